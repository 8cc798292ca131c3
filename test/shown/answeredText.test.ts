import assert from "node:assert/strict";
import { answeredText } from "../../src/shown/answeredText.ts";
import type { BodyStore } from "../../src/stages.ts";

function storeOf(bytes: Uint8Array): BodyStore {
  return {
    size: bytes.length,
    slice: async (from, to) => bytes.subarray(from, to),
    dispose: async () => undefined,
  };
}

describe("what is read of a refusal", () => {
  const refusal = '{"message":"Accès refusé"}';
  for (const [type, bytes] of [
    ["application/json; charset=utf-16le", Buffer.from(refusal, "utf16le")],
    ["application/json; charset=iso-8859-1", Buffer.from(refusal, "latin1")],
    ["application/json", Buffer.from(`\ufeff${refusal}`)],
    ["application/json; charset=x-nobody-knows", Buffer.from(refusal)],
  ] as const) {
    it(`is read in its charset: ${type}`, async () => {
      const headers = [["content-type", type]] as const;
      assert.equal(await answeredText({ body: storeOf(bytes), headers }, 1000), refusal);
    });
  }

  it("is its beginning alone", async () => {
    const body = storeOf(Buffer.from("x".repeat(100)));
    assert.equal(await answeredText({ body, headers: [] }, 10), "x".repeat(10));
  });
});
