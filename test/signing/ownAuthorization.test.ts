import assert from "node:assert/strict";
import { decideAuth } from "../../src/signing/authMode.ts";
import type { AuthMode, RequestSettings } from "../../src/stages.ts";
import { codeOf } from "./codeOf.ts";

const aws = { isAws: true, isUnsignedService: false };
const cognito = { isAws: true, isUnsignedService: true };
const service: RequestSettings = { service: { value: "s3", source: "a.awsreq:2" } };

function auth(value: AuthMode): RequestSettings {
  return { auth: { value, source: "a.awsreq:1" } };
}

const settings: readonly (readonly [string, RequestSettings])[] = [
  ["alone", {}],
  ["with @service", service],
  ["with @auth none", auth({ kind: "none" })],
  ["with @auth iam", auth({ kind: "iam" })],
  ["with @auth presign", auth({ kind: "presign", expires: null })],
];

function decided(
  given: RequestSettings,
  headers: readonly (readonly [string, string])[],
  query: string | null = null,
  host = aws,
) {
  const request = {
    settings: given,
    headers: headers.map(([name, value]) => ({ name, value })),
    target: { query, authority: "bkt.s3.amazonaws.com" },
  };
  return decideAuth(request, host, undefined);
}

describe("an authorisation that is empty", () => {
  const values = [
    "",
    " ",
    "\t",
    "\u00a0",
    "Bearer",
    "Bearer ",
    "bearer \t",
    "Basic",
    "Basic :",
    "Digest",
    "Negotiate ",
    "Token",
    "ApiKey",
    "AWS4-HMAC-SHA256",
    "AWS4-HMAC-SHA256 Credential=AKID/20150830/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=",
    "AWS",
    "AWS AKID:",
    "\u200b",
    "Bearer \u2060",
  ];
  for (const value of values) {
    it(`is an error as the header ${JSON.stringify(value)}, whatever else is said`, () => {
      for (const [name, given] of settings) {
        const code = codeOf(() => decided(given, [["authorization", value]]));
        assert.equal(code, "E_AUTH_EMPTY", name);
      }
      const unsigned = codeOf(() => decided({}, [["Authorization", value]], null, cognito));
      assert.equal(unsigned, "E_AUTH_EMPTY");
    });
  }

  it("is an error beside one that is not, in either order", () => {
    const [full, empty] = [
      ["Authorization", "Bearer x"],
      ["authorization", ""],
    ] as const;
    for (const headers of [
      [full, empty],
      [empty, full],
    ]) {
      const code = codeOf(() => decided({}, headers));
      assert.equal(code, "E_AUTH_EMPTY");
    }
  });

  const queries = [
    "X-Amz-Signature=",
    "X-Amz-Signature",
    "x-amz-signature=",
    "X%2DAmz%2DSignature=",
    "x%2damz%2dsignature",
    "a=1&X-Amz-Signature=%20",
    "X-Amz-Signature=+&a=1",
    "X-Amz-Signature=%E2%80%8B",
    "X-Amz-Signature=ff&X-Amz-Signature=",
    "X-Amz-Signature=&X-Amz-Signature=ff",
    "AWSAccessKeyId=AKIDEXAMPLE&Signature=&Expires=1896064725",
    "AWSAccessKeyId=AKIDEXAMPLE&Signature&Expires=1896064725",
    "AWSAccessKeyId=AKIDEXAMPLE&%53ignature=&Expires=1896064725",
    "Expires=1&Signature=&Key-Pair-Id=K1",
    "Policy=p&Signature=%20&Key-Pair-Id=K1",
  ];
  for (const query of queries) {
    it(`is an error in ?${query}, whatever else is said`, () => {
      for (const [name, given] of settings)
        assert.equal(
          codeOf(() => decided(given, [], query)),
          "E_AUTH_EMPTY",
          name,
        );
    });
  }

  it("is said without the values beside it", () => {
    assert.throws(
      () => decided({}, [], "X-Amz-Credential=AKIDEXAMPLE&X-Amz-Signature="),
      (error: Error) => !error.message.includes("AKIDEXAMPLE") && error.message.includes("X-Amz-Signature"),
    );
  });
});

describe("an authorisation that the request brings", () => {
  const values = ["Bearer x", "abc123", "Basic OnBhc3M=", "Basic x:", "Token token=x", "AWS AKID:sig=", "0"];
  for (const value of values) {
    it(`is left alone as the header ${JSON.stringify(value)}`, () => {
      assert.equal(decided({}, [["authorization", value]]).kind, "asTyped");
      assert.equal(decided(service, [["authorization", value]]).kind, "asTyped");
    });
  }

  const presigned = [
    "X-Amz-Signature=ff",
    "x-amz-signature=ff&a=1",
    "X%2DAmz%2DSignature=ff",
    "AWSAccessKeyId=AKIDEXAMPLE&Signature=abc%3D&Expires=1896064725",
    "Expires=1896064725&Signature=abc%3D&AWSAccessKeyId=AKIDEXAMPLE",
    "AWSAccessKeyId=AKIDEXAMPLE&%53ignature=a&Expires=1",
    "AWSAccessKeyId=AKIDEXAMPLE&Signature=a&SignatureVersion=2&Timestamp=2026",
    "Expires=1&Signature=abc~&Key-Pair-Id=K1",
    "Policy=p_&Signature=abc~&Key-Pair-Id=K1",
  ];
  for (const query of presigned) {
    it(`is left alone in ?${query}; only @auth contradicts it`, () => {
      for (const [name, given] of settings.slice(0, 3))
        assert.equal(decided(given, [], query).kind, "asTyped", name);
      assert.equal(decided({}, [], query, cognito).kind, "asTyped");
      for (const [name, given] of settings.slice(3))
        assert.equal(
          codeOf(() => decided(given, [], query)),
          "E_AUTH_TWICE",
          name,
        );
    });
  }

  const unsigned = [
    "X-Amz-Security-Token=t",
    "X-Amz-Credential=AKID&X-Amz-Date=d",
    "AWSAccessKeyId=AKID",
    "Key-Pair-Id=K1&Expires=1",
    "Signature=own&a=1",
    "NotX-Amz-Signature=",
    "a=X-Amz-Signature=",
    "%zz=1",
    "",
  ];
  for (const query of unsigned) {
    it(`is none in ?${query}`, () => assert.equal(decided({}, [], query).kind, "sign"));
  }
});
