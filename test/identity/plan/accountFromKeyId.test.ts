import assert from "node:assert/strict";
import fc from "fast-check";
import { accountFromKeyId } from "../../../src/identity/plan/accountFromKeyId.ts";

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

describe("accountFromKeyId", () => {
  it("reads the account out of a public example", () => {
    assert.equal(accountFromKeyId("ASIAQNZGKIQY56JQ7WML"), "029608264753");
  });

  it("knows nothing of ids from before 2019, of other kinds and of other text", () => {
    const others = [
      "AKIAIOSFODNN7EXAMPLE",
      "AKIAJ2345672ABCDEFGH",
      "AROAQNZGKIQY56JQ7WML",
      "AKIA",
      "",
      "ASIAQNZGKIQ1",
    ];
    assert.deepEqual(others.map(accountFromKeyId), [null, null, null, null, null, null]);
    assert.equal(accountFromKeyId("asiaqnzgkiqy56jq7wml"), null);
  });

  it("knows nothing when the number is longer than an account", () => {
    assert.equal(accountFromKeyId("AKIA7777777777777777"), null);
  });

  it("reads every account that is written into an id", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 999_999_999_999n }), fc.nat(15), (account, rest) => {
        let bits = (1n << 44n) | (account << 4n) | BigInt(rest);
        let letters = "";
        for (let i = 0; i < 9; i += 1) {
          letters = (alphabet[Number(bits & 31n)] ?? "") + letters;
          bits >>= 5n;
        }
        assert.equal(accountFromKeyId(`AKIA${letters}ABCDEFG`), account.toString().padStart(12, "0"));
      }),
    );
  });
});
