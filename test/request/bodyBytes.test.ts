import assert from "node:assert/strict";
import { readBodyBytes } from "../../src/request/bodyBytes.ts";

const range = { start: { line: 0, column: 0 }, end: { line: 0, column: 1 } };

describe("readBodyBytes", () => {
  it("stops at the limit of all files together", async () => {
    const parts = ["a", "b", "c"].map((path) => ({ kind: "file", path, range }) as const);
    const reads: string[] = [];
    const readInclude = async (path: string): Promise<Uint8Array> => {
      reads.push(path);
      return new Uint8Array(5);
    };
    const { bytes, problems } = await readBodyBytes(parts, "/w", readInclude, 9);
    assert.deepEqual(
      [bytes.length, problems.map(({ code }) => code), reads],
      [0, ["E_INCLUDE_SIZE"], ["/w/a", "/w/b"]],
    );
    assert.equal((await readBodyBytes(parts, "/w", readInclude, 15)).bytes.length, 15);
  });

  it("gives no bytes for no parts", async () => {
    assert.deepEqual(await readBodyBytes([], "/w", async () => new Uint8Array()), {
      bytes: new Uint8Array(),
      problems: [],
    });
  });
});
