import assert from "node:assert/strict";
import { isProtected } from "../../src/guard/protectedProfiles.ts";

describe("isProtected", () => {
  const yes: readonly (readonly [profile: string, pattern: string])[] = [
    ["prod", "prod"],
    ["prod-eu", "prod-*"],
    ["eu-prod", "*prod"],
    ["a-prod-b", "*prod*"],
    ["prod-eu-admin", "prod*admin"],
    ["prod", "prod*"],
    ["anything", "*"],
    ["aXbXc", "a*b*c"],
    ["Prod", "prod"],
    ["prod-eu", "PROD-*"],
  ];
  for (const [profile, pattern] of yes) {
    it(`${pattern} holds for ${profile}`, () => {
      assert.equal(isProtected({ kind: "profile", name: profile }, ["other", pattern]), true);
    });
  }
  const no: readonly (readonly [profile: string, pattern: string])[] = [
    ["prod-eu", "prod"],
    ["production", "prod-*"],
    ["dev", "prod*"],
    ["ab", "a*b*b"],
    ["aba", "ab*ba"],
    ["prod", ""],
  ];
  for (const [profile, pattern] of no) {
    it(`${JSON.stringify(pattern)} does not hold for ${profile}`, () => {
      assert.equal(isProtected({ kind: "profile", name: profile }, [pattern]), false);
    });
  }

  it("takes no long time for many stars", () => {
    assert.equal(
      isProtected({ kind: "profile", name: "a".repeat(10_000) }, [`${"a*".repeat(2_000)}b`]),
      false,
    );
  });
});
