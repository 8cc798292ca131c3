import assert from "node:assert/strict";
import { maskAccessKeyId, maskTarget, maskValue } from "../../src/endpoint/maskSecrets.ts";

describe("maskSecrets", () => {
  it("counts a token, an API key and a presigned signature, and shows the rest", () => {
    assert.equal(maskValue("X-Amz-Security-Token", "secret"), "‹token, 6 chars›");
    assert.equal(maskValue("x-amz-signature", "0123"), "‹signature, 4 chars›");
    assert.equal(maskValue("X-Api-Key", "secret"), "‹API key, 6 chars›");
    assert.equal(maskValue("X-Amz-Date", "20150830T123600Z"), "20150830T123600Z");
  });

  it("leaves a target as it was written, but for its secrets, however their names are encoded", () => {
    assert.equal(maskTarget("/a%2Fb"), "/a%2Fb");
    assert.equal(
      maskTarget("/a?b=%20&&X-Amz-Signature=abc&X%2DAmz-Security-Token=a%2Bb&c"),
      "/a?b=%20&&X-Amz-Signature=‹signature, 3 chars›&X-Amz-Security-Token=‹token, 3 chars›&c",
    );
  });

  it("shortens an access key id", () => {
    assert.equal(maskAccessKeyId("AKIAIOSFODNN7EXAMPLE"), "AKIA…MPLE");
    assert.equal(maskAccessKeyId("short"), "…");
  });
});
