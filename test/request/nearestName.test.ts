import assert from "node:assert/strict";
import fc from "fast-check";
import { didYouMean, editDistance, nearestName, suggester } from "../../src/request/nearestName.ts";

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

  it("stays cheap with hostile names", () => {
    assert.equal(editDistance("a".repeat(1_000_000), "b".repeat(1_000_000)), 64);
    assert.equal(nearestName("__proto__", ["constructor", "__prot__"]), "__prot__");
  });

  it("finds the first of those that are nearest, without comparing each to its end", () => {
    const word = fc.string({ unit: fc.constantFrom(..."abcdAB-"), maxLength: 9 });
    fc.assert(
      fc.property(word, fc.array(word, { maxLength: 12 }), (name, known) => {
        const allowed = Math.max(1, Math.floor(name.length / 3));
        const near = known
          .filter((one) => one !== name && Math.abs(one.length - name.length) <= allowed)
          .map((one) => ({ one, slips: editDistance(name.toLowerCase(), one.toLowerCase()) }))
          .filter(({ slips }) => slips <= allowed);
        const fewest = Math.min(...near.map(({ slips }) => slips));
        const expected = near.find(({ slips }) => slips === fewest)?.one ?? null;
        assert.equal(nearestName(name, known), expected);
        const suggest = suggester(known);
        assert.deepEqual([suggest(name), suggest(name)], Array(2).fill(didYouMean(name, known)));
      }),
    );
  });

  it("ends a sentence", () => {
    assert.equal(didYouMean("tokne", ["token"]), "; did you mean `token`?");
    assert.equal(didYouMean("tokne", ["host"]), "");
  });
});
