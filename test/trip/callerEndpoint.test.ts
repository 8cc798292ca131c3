import assert from "node:assert/strict";
import { callerEndpoint } from "../../src/trip/callerIdentity.ts";
import { filesOf } from "../identity/filesOf.ts";

describe("where STS is asked who somebody is", () => {
  const rows: readonly (readonly [region: string | null, profileRegion: string | null, endpoint: string])[] =
    [
      [null, null, "https://sts.us-east-1.amazonaws.com"],
      ["eu-west-1", null, "https://sts.eu-west-1.amazonaws.com"],
      ["cn-north-1", null, "https://sts.cn-north-1.amazonaws.com.cn"],
      ["us-east-1", "cn-northwest-1", "https://sts.cn-northwest-1.amazonaws.com.cn"],
      ["us-gov-west-1", null, "https://sts.us-gov-west-1.amazonaws.com"],
    ];
  for (const [region, own, endpoint] of rows) {
    it(`for ${region} and a profile of ${own}: ${endpoint}`, () => {
      const files = filesOf(`[profile p]\n${own === null ? "" : `region = ${own}\n`}`);
      const profile = files.profiles.get("p") ?? null;
      const voices = { files, env: {}, profile, source: null, region, partition: "aws" };
      assert.equal(callerEndpoint(voices).endpoint, endpoint);
    });
  }
});
