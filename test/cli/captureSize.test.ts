import assert from "node:assert/strict";
import { truncate } from "node:fs/promises";
import { createMachine, finished, type Machine } from "./cliProcess.ts";

const megabyte = 1024 * 1024;

/** A HAR of about this many bytes whose last answer is a refusal. */
function har(bytes: number): string {
  const entry = (status: number, headers: readonly unknown[], text: string) => ({
    request: { method: "GET", url: "https://abc.execute-api.eu-west-1.amazonaws.com/x", headers: [] },
    response: { status, headers, content: { text } },
  });
  const type = { name: "x-amzn-ErrorType", value: "ExpiredTokenException" };
  const large = entry(200, [], "x".repeat(bytes));
  const refused = entry(403, [type], '{"message":"The security token included in the request is expired"}');
  return JSON.stringify({ log: { entries: [large, refused] } });
}

describe("a large capture", () => {
  let machine: Machine;
  before(async () => {
    machine = await createMachine();
    await machine.write("work/large.har", har(20 * megabyte));
  });
  after(() => machine.remove());

  it("is diagnosed out of a file and from standard input", async () => {
    const file = await machine.run(["diagnose", "large.har"]);
    assert.equal(file.code, 0, file.stderr);
    assert.match(file.stdout, /cred-expired-token/);
    const input = await finished(machine.start(["diagnose", "-"], {}, har(8 * megabyte)));
    assert.equal(input.code, 0, input.stderr);
    assert.match(input.stdout, /cred-expired-token/);
  });

  it("is refused above 200 MB in words of its own", async () => {
    await truncate(await machine.write("work/sparse.har", ""), 200 * megabyte + 1);
    const { code, stdout, stderr } = await machine.run(["diagnose", "sparse.har"]);
    assert.deepEqual([code, stdout], [2, ""]);
    assert.match(
      stderr,
      /sparse\.har is larger than 200 MB, which is the limit for a captured answer or a HAR/,
    );
    assert.doesNotMatch(stderr, /request file|included by/);
  });
});
