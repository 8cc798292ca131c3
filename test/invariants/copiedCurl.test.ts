import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { copySubjects } from "../../src/page/protocol.ts";

const root = resolve(__dirname, "../..");
const manifest = readFileSync(resolve(root, "package.json"), "utf8");
const { contributes } = JSON.parse(manifest) as { contributes: { commands: { command: string }[] } };

/**
 * A request cannot be copied as a curl command yet. Whoever adds that writes here that the copied text, run by a shell
 * with a curl that only notes its arguments, gives the intended ones, and that keys are variables in it.
 */
describe("invariant 8: copied curl commands", () => {
  it("are offered by no command and by nothing that the panel copies", () => {
    const names = [...contributes.commands.map(({ command }) => command), ...copySubjects];
    assert.ok(names.length > 10);
    assert.deepEqual(
      names.filter((name) => /curl/i.test(name)),
      [],
    );
  });
});
