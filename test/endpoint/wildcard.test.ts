import assert from "node:assert/strict";
import fc from "fast-check";
import { matchesWildcard } from "../../src/endpoint/wildcard.ts";

describe("matchesWildcard", () => {
  const rows: readonly [pattern: string, text: string, covers: boolean][] = [
    ["", "", true],
    ["", "a", false],
    ["*", "", true],
    ["*", "a/b:c", true],
    ["a", "a", true],
    ["a", "A", false],
    ["?", "", false],
    ["a?c", "abc", true],
    ["a?c", "ac", false],
    ["prod/*/pets", "prod/GET/pets", true],
    ["prod/*/pets", "prod/GET/pets/1", false],
    ["*pets*1", "prod/pets/pets/1", true],
    ["**", "x", true],
    ["a.c", "abc", false],
    ["*", "*", true],
    ["?*", "*", true],
  ];
  for (const [pattern, text, covers] of rows) {
    it(`"${pattern}" ${covers ? "covers" : "does not cover"} "${text}"`, () => {
      assert.equal(matchesWildcard(pattern, text), covers);
    });
  }

  it("agrees with the regular expression of the same meaning", () => {
    const letters = fc.constantFrom("a", "b", "/", "*", "?");
    const pattern = fc.array(letters, { maxLength: 8 }).map((all) => all.join(""));
    const text = fc.array(fc.constantFrom("a", "b", "/"), { maxLength: 10 }).map((all) => all.join(""));
    fc.assert(
      fc.property(pattern, text, (wanted, found) => {
        const same = new RegExp(`^${wanted.replaceAll("*", ".*").replaceAll("?", ".")}$`);
        assert.equal(matchesWildcard(wanted, found), same.test(found));
      }),
    );
  });

  it("takes no exponential time", () => {
    assert.equal(matchesWildcard("*a".repeat(200), `${"a".repeat(5000)}b`), false);
  });
});
