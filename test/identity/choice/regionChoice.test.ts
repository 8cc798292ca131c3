import assert from "node:assert/strict";
import { chooseRegion, type RegionVoices } from "../../../src/identity/choice/regionChoice.ts";

const said = (value: string) => ({ value, source: `${value}'s place` });

describe("chooseRegion", () => {
  const order: readonly (readonly [name: string, voices: Partial<RegionVoices>, region: string])[] = [
    ["the setting", { configured: said("set") }, "set"],
    [".env", { dotenv: said("dot") }, "dot"],
    ["AWS_REGION", { env: { AWS_REGION: "env", AWS_DEFAULT_REGION: "old" } }, "env"],
    ["AWS_DEFAULT_REGION", { env: { AWS_REGION: "", AWS_DEFAULT_REGION: "old" } }, "old"],
    ["the profile", { profile: said("prof") }, "prof"],
    ["samconfig.toml", { samconfig: said("sam") }, "sam"],
  ];
  for (const [index, [name, , region]] of order.entries()) {
    it(`hears ${name} before all that come after it`, () => {
      const voices = Object.assign(
        { env: {}, profile: null },
        ...order
          .slice(index)
          .map(([, voice]) => voice)
          .reverse(),
      );
      assert.equal(chooseRegion(voices)?.value, region);
    });
  }

  it("knows none where nobody speaks", () => {
    assert.equal(chooseRegion({ env: {}, profile: null }), null);
  });
});
