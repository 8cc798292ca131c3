import assert from "node:assert/strict";
import type { Refusal } from "../../src/endpoint/refusals.ts";
import { signedRequest, type WireRequest, withHeader } from "./signedRequest.ts";
import { authorized, kindOf, refusalOf, unsigned } from "./verifying.ts";

describe("a malformed claim", () => {
  const claims: readonly [name: string, request: WireRequest, refusal: Refusal][] = [
    ["nothing", unsigned, { kind: "missingAuthenticationToken" }],
    [
      "a bearer token",
      authorized("Bearer SomeKey"),
      { kind: "missingEqualSign", part: "SomeKey", authorization: "Bearer SomeKey" },
    ],
    [
      "an opaque token without a date",
      authorized("sometoken", false),
      {
        kind: "missingAuthorizationParts",
        missing: ["Credential", "Signature", "SignedHeaders", "Date"],
        authorization: "sometoken",
      },
    ],
    [
      "an empty header",
      authorized(""),
      {
        kind: "missingAuthorizationParts",
        missing: ["Credential", "Signature", "SignedHeaders"],
        authorization: "",
      },
    ],
    [
      "a blank behind Credential=",
      authorized("AWS4-HMAC-SHA256 Credential= A/1/r/s/t, SignedHeaders=host, Signature=0"),
      {
        kind: "missingEqualSign",
        part: "A/1/r/s/t",
        authorization: "AWS4-HMAC-SHA256 Credential= A/1/r/s/t, SignedHeaders=host, Signature=0",
      },
    ],
    [
      "SigV4a",
      authorized("AWS4-ECDSA-P256-SHA256 Credential=A/1/s/aws4_request, SignedHeaders=host, Signature=0"),
      { kind: "unsupportedAlgorithm", algorithm: "AWS4-ECDSA-P256-SHA256" },
    ],
    [
      "a short credential",
      authorized("AWS4-HMAC-SHA256 Credential=A/1/s/aws4_request, SignedHeaders=host, Signature=0"),
      { kind: "malformedCredential", credential: "A/1/s/aws4_request" },
    ],
    [
      "a presigned query without its parts",
      { ...unsigned, path: "/prod/pets?X-Amz-Algorithm=AWS4-HMAC-SHA256" },
      {
        kind: "missingQueryParts",
        missing: ["X-Amz-Credential", "X-Amz-Signature", "X-Amz-SignedHeaders", "X-Amz-Date"],
      },
    ],
    [
      "both ways at once",
      { ...signedRequest({}), path: "/prod/pets?X-Amz-Algorithm=AWS4-HMAC-SHA256" },
      { kind: "twoSignatures" },
    ],
    [
      "another date format",
      withHeader(signedRequest({}), "x-amz-date", () => "2026-03-29T12:00:00Z"),
      { kind: "malformedDate", date: "2026-03-29T12:00:00Z" },
    ],
    [
      "no date at all",
      { ...authorized("AWS4-HMAC-SHA256 Credential=A/1/r/s/t, SignedHeaders=host, Signature=0", false) },
      {
        kind: "missingAuthorizationParts",
        missing: ["Date"],
        authorization: "AWS4-HMAC-SHA256 Credential=A/1/r/s/t, SignedHeaders=host, Signature=0",
      },
    ],
  ];
  for (const [name, request, refusal] of claims) {
    it(name, () => assert.deepEqual(refusalOf(request), refusal));
  }

  it("two Authorization headers", () => {
    const request = signedRequest({});
    const twice = request.headers.filter(([name]) => name === "Authorization");
    assert.equal(kindOf({ ...request, headers: [...request.headers, ...twice] }), "missingEqualSign");
  });

  it("a query part given twice", () => {
    const request = signedRequest({ expires: 60 });
    assert.deepEqual(refusalOf({ ...request, path: `${request.path}&X-Amz-Signature=0` }), {
      kind: "missingQueryParts",
      missing: ["X-Amz-Signature"],
    });
  });

  for (const expires of ["0", "604801", "-1", "1.5", "x", "", "6048000000"]) {
    it(`X-Amz-Expires=${expires}`, () => {
      const request = signedRequest({ expires: 60 });
      const path = request.path.replace("X-Amz-Expires=60", `X-Amz-Expires=${expires}`);
      assert.deepEqual(refusalOf({ ...request, path }), { kind: "malformedExpires", expires });
    });
  }
});
