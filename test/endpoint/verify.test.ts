import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import type { Refusal } from "../../src/endpoint/refusals.ts";
import type { VerifyOptions } from "../../src/endpoint/verify.ts";
import { keys, noon, signedRequest, type ToSign, withHeader } from "./signedRequest.ts";
import {
  at,
  kindOf,
  knowsToken,
  options,
  refusalOf,
  s3Options,
  temporary,
  unsigned,
  verify,
} from "./verifying.ts";

describe("verifySignature", () => {
  it("tells who signed what", () => {
    const verdict = verify(signedRequest({ method: "DELETE", path: "/prod/pets/1?b=2&a" }));
    const emptyHash = createHash("sha256").digest("hex");
    assert.ok(verdict.ok);
    assert.equal(
      verdict.canonicalRequest,
      `DELETE\n/prod/pets/1\na=&b=2\nhost:127.0.0.1:8998\nx-amz-date:20260329T120000Z\n\nhost;x-amz-date\n${emptyHash}`,
    );
    const requestHash = createHash("sha256").update(verdict.canonicalRequest).digest("hex");
    assert.deepEqual(verdict, {
      ok: true,
      mode: "header",
      accessKeyId: keys.accessKeyId,
      credentialScope: "20260329/us-east-1/execute-api/aws4_request",
      signedHeaders: ["host", "x-amz-date"],
      payloadHash: emptyHash,
      canonicalRequest: verdict.canonicalRequest,
      stringToSign: `AWS4-HMAC-SHA256\n20260329T120000Z\n20260329/us-east-1/execute-api/aws4_request\n${requestHash}`,
      signature: verdict.signature,
    });
  });

  it("accepts a presigned URL for as long as it says, and the clocks' difference before", () => {
    const request = signedRequest({ expires: 600 });
    assert.equal(kindOf(request, at(600_999)), "accepted");
    assert.equal(kindOf(request, at(601_000)), "signatureExpired");
    assert.equal(kindOf(request, at(-300_000)), "accepted");
    assert.equal(kindOf(request, at(-301_000)), "signatureNotYetCurrent");
  });

  it("accepts a header signature five minutes before and after", () => {
    const request = signedRequest({});
    assert.equal(kindOf(request, at(300_999)), "accepted");
    assert.equal(kindOf(request, at(301_000)), "signatureExpired");
    assert.equal(kindOf(request, at(-300_000)), "accepted");
    assert.equal(kindOf(request, at(-301_000)), "signatureNotYetCurrent");
    assert.equal(kindOf(request, { ...at(901_000), clockWindowMs: 900_000 }), "signatureExpired");
  });

  it("holds a presigned URL without an expiry to the clock window", () => {
    const { path } = signedRequest({ expires: 600 });
    const request = { ...unsigned, path: path.replace(/&X-Amz-Expires=600/, "") };
    assert.equal(kindOf(request, at(301_000)), "signatureExpired");
    assert.equal(kindOf(request), "signatureMismatch");
  });
});

describe("verifySignature, wrong", () => {
  const named = (parts: string) => (value: string) =>
    value.replace(/Credential=[^,]*/, `Credential=${parts}`);
  const scopes: readonly [name: string, request: ToSign, refusal: Refusal][] = [
    ["region", { region: "eu-west-1" }, { kind: "wrongScope", region: "eu-west-1" }],
    ["service", { service: "lambda" }, { kind: "wrongScope", service: "execute-api" }],
    [
      "region and service",
      { region: "eu-west-1", service: "lambda" },
      { kind: "wrongScope", region: "eu-west-1", service: "execute-api" },
    ],
  ];
  for (const [name, request, refusal] of scopes) {
    it(name, () => assert.deepEqual(refusalOf(signedRequest(request)), refusal));
  }

  it("date and terminator of the scope", () => {
    const change = named(`${keys.accessKeyId}/20260328/us-east-1/execute-api/aws5_request`);
    assert.deepEqual(refusalOf(withHeader(signedRequest({}), "authorization", change)), {
      kind: "wrongScope",
      terminator: "aws5_request",
      date: { scope: "20260328", sent: "20260329T120000Z" },
    });
  });

  it("host not signed, signed header not sent", () => {
    const signedHeaders = (list: string) =>
      withHeader(signedRequest({}), "authorization", (value) =>
        value.replace("SignedHeaders=host;x-amz-date", `SignedHeaders=${list}`),
      );
    assert.deepEqual(refusalOf(signedHeaders("x-amz-date")), { kind: "hostNotSigned" });
    assert.deepEqual(refusalOf(signedHeaders("")), { kind: "hostNotSigned" });
    assert.deepEqual(refusalOf(signedHeaders("a;host;B;x-amz-date")), {
      kind: "signedHeaderNotSent",
      names: ["a", "b"],
    });
  });

  it("key and token", () => {
    const stranger = { ...keys, accessKeyId: "AKIASTRANGER" };
    const reasonOf = (request: ToSign, given: Partial<VerifyOptions>) =>
      refusalOf(signedRequest(request), given);
    const invalid = (reason: string) => ({ kind: "securityTokenInvalid", reason });
    const other = { ...temporary, sessionToken: "other" };
    assert.deepEqual(reasonOf({ credentials: stranger }, {}), invalid("unknown key"));
    assert.deepEqual(reasonOf({ credentials: temporary }, {}), invalid("token not expected"));
    assert.deepEqual(reasonOf({}, knowsToken), invalid("token missing"));
    assert.deepEqual(reasonOf({ credentials: other }, knowsToken), invalid("token unknown"));
    assert.deepEqual(reasonOf({ credentials: temporary }, knowsToken), null);
    assert.deepEqual(reasonOf({ credentials: temporary, expires: 60 }, knowsToken), null);
  });

  it("token expired", () => {
    const credentials = () => ({ ...temporary, expiration: noon });
    assert.deepEqual(refusalOf(signedRequest({ credentials: temporary }), { credentials }), {
      kind: "securityTokenExpired",
    });
    const later = () => ({ ...temporary, expiration: new Date(noon.getTime() + 1) });
    assert.equal(kindOf(signedRequest({ credentials: temporary }), { credentials: later }), "accepted");
  });

  it("token beside the signature where it belongs under it", () => {
    const bare = signedRequest({});
    const beside = {
      ...bare,
      headers: [...bare.headers, ["X-Amz-Security-Token", temporary.sessionToken] as const],
    };
    assert.deepEqual(refusalOf(beside, knowsToken), {
      kind: "headersNotSigned",
      names: ["x-amz-security-token"],
    });
    assert.equal(kindOf(beside, { ...knowsToken, tokenAfterSigning: true }), "accepted");
    const presigned = signedRequest({ expires: 60 });
    const path = `${presigned.path}&X-Amz-Security-Token=${encodeURIComponent(temporary.sessionToken)}`;
    assert.equal(kindOf({ ...presigned, path }, knowsToken), "signatureMismatch");
    assert.equal(kindOf({ ...presigned, path }, { ...knowsToken, tokenAfterSigning: true }), "accepted");
  });
});

describe("verifySignature, payload", () => {
  const hash = createHash("sha256").update("hello").digest("hex");
  const post = (told: string, service = "execute-api", body = "hello") =>
    signedRequest({ method: "POST", service, body, headers: { "X-Amz-Content-Sha256": told } });

  it("takes X-Amz-Content-Sha256 when it is true", () => {
    assert.equal(kindOf(post(hash)), "accepted");
    assert.equal(kindOf(post(hash, "s3"), s3Options), "accepted");
  });

  it("takes UNSIGNED-PAYLOAD from S3 and VPC Lattice only", () => {
    const lattice = { ...options, service: "vpc-lattice-svcs" };
    assert.equal(kindOf(post("UNSIGNED-PAYLOAD", "s3"), s3Options), "accepted");
    assert.equal(kindOf(post("UNSIGNED-PAYLOAD", "vpc-lattice-svcs"), lattice), "accepted");
    assert.equal(kindOf(post("UNSIGNED-PAYLOAD")), "signatureMismatch");
  });

  it("refuses a hash that is not the body's", () => {
    const lie = createHash("sha256").update("other").digest("hex");
    assert.equal(kindOf(post(lie)), "signatureMismatch");
    assert.equal(kindOf(post(lie, "s3"), s3Options), "contentSha256Mismatch");
    assert.equal(
      kindOf(post("STREAMING-AWS4-HMAC-SHA256-PAYLOAD", "s3"), s3Options),
      "contentSha256Mismatch",
    );
  });

  it("refuses a body changed behind a true signature", () => {
    assert.equal(kindOf({ ...post(hash), body: "hellO" }), "signatureMismatch");
    assert.equal(kindOf({ ...post(hash, "s3"), body: "hellO" }, s3Options), "contentSha256Mismatch");
  });

  it("wants the header for S3, and every x-amz-* header signed", () => {
    const s3 = signedRequest({ service: "s3" });
    const bare = withHeader(s3, "authorization", (value) => value.replace(";x-amz-content-sha256", ""));
    assert.equal(
      kindOf(
        withHeader(bare, "x-amz-content-sha256", () => null),
        s3Options,
      ),
      "contentSha256Missing",
    );
    const more = { ...s3, headers: [...s3.headers, ["X-Amz-Acl", "private"] as const] };
    assert.deepEqual(refusalOf(more, s3Options), { kind: "headersNotSigned", names: ["x-amz-acl"] });
    const api = signedRequest({});
    assert.equal(kindOf({ ...api, headers: [...api.headers, ["X-Amz-Meta", "1"] as const] }), "accepted");
  });

  it("leaves the body out of a URL presigned for S3, and in everywhere else", () => {
    const s3 = signedRequest({ service: "s3", expires: 60, method: "PUT" });
    assert.equal(kindOf({ ...s3, body: "anything" }, s3Options), "accepted");
    const api = signedRequest({ expires: 60, method: "PUT" });
    assert.equal(kindOf({ ...api, body: "anything" }), "signatureMismatch");
  });
});
