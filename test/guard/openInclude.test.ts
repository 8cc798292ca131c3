import assert from "node:assert/strict";
import { appendFile, mkdtemp, rename, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { heldInMemory, openInclude } from "../../src/guard/openInclude.ts";
import { nodeIncludeEffects } from "../../src/guard/readInclude.ts";
import type { OpenedInclude } from "../../src/requestBody.ts";

describe("openInclude", () => {
  let root = "";
  const path = (name: string): string => join(root, name);
  const bytes = Buffer.alloc(heldInMemory + 1, "0123456789abcdef!");

  before(async () => {
    root = await mkdtemp(join(tmpdir(), "awsreq-include-"));
  });
  after(() => rm(root, { recursive: true }));
  beforeEach(() => writeFile(path("large"), bytes));

  const find = (name: string) => openInclude(path(name), nodeIncludeEffects);

  async function allOf(opened: OpenedInclude): Promise<Buffer> {
    const pieces: Uint8Array[] = [];
    for await (const piece of opened.pieces()) pieces.push(piece);
    return Buffer.concat(pieces);
  }

  it("gives the bytes of a file up to a megabyte", async () => {
    await writeFile(path("small"), bytes.subarray(0, heldInMemory));
    assert.deepEqual(Buffer.from((await find("small")) as Uint8Array), bytes.subarray(0, heldInMemory));
  });

  it("gives a larger file, to be read as often as it is needed", async () => {
    const included = await find("large");
    assert.ok(!(included instanceof Uint8Array));
    assert.deepEqual(
      [included.path, included.size, Buffer.from(included.head).equals(bytes.subarray(0, heldInMemory))],
      [path("large"), bytes.length, true],
    );
    const opened = await included.open();
    for (let time = 0; time < 2; time += 1) assert.ok((await allOf(opened)).equals(bytes));
    await opened.check();
    await opened.close();
  });

  it("has no limit", async () => {
    await truncate(path("large"), 5 * 1024 ** 3);
    const included = await find("large");
    assert.ok(!(included instanceof Uint8Array));
    assert.equal(included.size, 5 * 1024 ** 3);
  });

  const changes: readonly (readonly [string, () => Promise<unknown>])[] = [
    ["grew", () => appendFile(path("large"), "more")],
    ["shrank", () => truncate(path("large"), 1)],
    ["was rewritten", () => writeFile(path("large"), Buffer.alloc(bytes.length, "x"))],
    [
      "was exchanged",
      async () => {
        await writeFile(path("other"), bytes);
        await rename(path("other"), path("large"));
      },
    ],
  ];
  for (const [what, change] of changes) {
    it(`fault 86: refuses a file that ${what} after it was found, or once it is open`, async () => {
      const changed = { code: "E_REFUSED_INCLUDE_CHANGED", phase: "guard" };
      const found = await find("large");
      assert.ok(!(found instanceof Uint8Array));
      const opened = await found.open();
      await change();
      await assert.rejects(found.open(), changed);
      if (what !== "was exchanged") await assert.rejects(opened.check(), changed);
      await opened.close();
    });
  }

  it("fault 86: follows no link that takes its place", async () => {
    const found = await find("large");
    assert.ok(!(found instanceof Uint8Array));
    await rename(path("large"), path("moved"));
    await symlink(path("moved"), path("large"));
    await assert.rejects(found.open());
  });
});
