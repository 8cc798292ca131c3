import assert from "node:assert/strict";
import fc from "fast-check";
import { didYouMean, editDistance, nearestName } from "../../src/request/nearestName.ts";

describe("nearestName", () => {
  const distances: readonly (readonly [string, string, number])[] = [
    ["", "", 0],
    ["", "abc", 3],
    ["abc", "abc", 0],
    ["abc", "acb", 1],
    ["abc", "ab", 1],
    ["abc", "abcd", 1],
    ["abc", "axc", 1],
    ["kitten", "sitting", 3],
    ["ca", "abc", 3],
  ];
  for (const [left, right, distance] of distances) {
    it(`${JSON.stringify(left)} and ${JSON.stringify(right)} are ${distance} apart`, () => {
      assert.equal(editDistance(left, right), distance);
      assert.equal(editDistance(right, left), distance);
    });
  }

  it("finds the nearest name, whatever its case", () => {
    assert.equal(nearestName("tokne", ["host", "token", "tokens"]), "token");
    assert.equal(nearestName("Region", ["region", "service"]), "region");
  });

  it("finds none that is too far, empty or the same", () => {
    assert.equal(nearestName("abc", ["xyz", "abc", ""]), null);
    assert.equal(nearestName("", ["ab"]), null);
    assert.equal(nearestName("x", []), null);
  });

  it("finds what comparing with each name finds", () => {
    const names = fc.array(fc.string({ unit: fc.constantFrom(..."abcABC-é1"), maxLength: 7 }), {
      maxLength: 6,
    });
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(..."abcABC-é1"), maxLength: 7 }),
        names,
        (name, known) => {
          const allowed = Math.max(1, Math.floor(name.length / 3));
          const distances = known
            .filter((other) => other !== name && Math.abs(other.length - name.length) <= allowed)
            .map((other) => ({ other, slips: editDistance(name.toLowerCase(), other.toLowerCase()) }))
            .filter(({ slips }) => slips <= allowed);
          const fewest = Math.min(...distances.map(({ slips }) => slips));
          assert.equal(
            nearestName(name, known),
            distances.find(({ slips }) => slips === fewest)?.other ?? null,
          );
        },
      ),
    );
  });

  it("stays cheap with hostile names", () => {
    assert.equal(editDistance("a".repeat(1_000_000), "b".repeat(1_000_000)), 64);
    assert.equal(nearestName("__proto__", ["constructor", "__prot__"]), "__prot__");
  });

  it("ends a sentence", () => {
    assert.equal(didYouMean("tokne", ["token"]), "; did you mean `token`?");
    assert.equal(didYouMean("tokne", ["host"]), "");
  });
});
