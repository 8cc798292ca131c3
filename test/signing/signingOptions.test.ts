import assert from "node:assert/strict";
import { signingOptions } from "../../src/signing/signingOptions.ts";
import type { AuthMode, Header, RequestSettings, RequestTarget } from "../../src/stages.ts";
import { codeOf } from "./codeOf.ts";

const now = new Date("2026-01-01T00:00:00Z");
const target: RequestTarget = {
  typed: "https://x/",
  scheme: "https:",
  host: "x",
  port: 443,
  authority: "x",
  path: "/",
  query: null,
};

function options(
  service: string,
  auth: AuthMode = { kind: "iam" },
  given: { body?: string; headers?: Header[]; settings?: RequestSettings; expiration?: Date } = {},
) {
  const request = {
    target,
    headers: given.headers ?? [],
    settings: given.settings ?? {},
    body: Buffer.from(given.body ?? ""),
  };
  return signingOptions(request, service, auth, given.expiration, now);
}

const common = { payload: "signed", normalizePath: true, doubleEncode: true, tokenAfterSigning: false };

describe("signingOptions", () => {
  it("signs the common way", () => {
    assert.deepEqual(options("execute-api"), { ...common, mode: "header", contentSha256Header: true });
  });

  it("neither normalises nor encodes twice for the S3 family", () => {
    for (const service of ["s3", "s3-outposts", "s3-object-lambda", "s3express"]) {
      const expected = { ...common, normalizePath: false, doubleEncode: false, mode: "header" };
      assert.deepEqual(options(service), { ...expected, contentSha256Header: true });
    }
  });

  it("leaves the body out for VPC Lattice, whatever is asked", () => {
    assert.equal(options("vpc-lattice-svcs").payload, "unsigned");
    const settings: RequestSettings = { payload: { value: "signed", source: "a:1" } };
    assert.equal(options("vpc-lattice-svcs", { kind: "iam" }, { settings }).payload, "unsigned");
  });

  it("puts the token beside the signature for IoT's MQTT", () => {
    assert.equal(options("iotdevicegateway").tokenAfterSigning, true);
  });

  it("takes UNSIGNED-PAYLOAD from a directive or a header where the service does", () => {
    const settings: RequestSettings = { payload: { value: "unsigned", source: "a:1" } };
    const headers: Header[] = [{ name: "x-amz-content-sha256", value: "UNSIGNED-PAYLOAD", origin: "typed" }];
    assert.equal(options("s3", { kind: "iam" }, { settings }).payload, "unsigned");
    assert.equal(options("s3", { kind: "iam" }, { headers }).payload, "unsigned");
    assert.equal(
      codeOf(() => options("execute-api", { kind: "iam" }, { settings })),
      "E_PAYLOAD_UNSIGNED",
    );
    assert.equal(
      codeOf(() => options("execute-api", { kind: "iam" }, { headers })),
      "E_PAYLOAD_UNSIGNED",
    );
  });

  it("presigns for a short time unless told otherwise", () => {
    const presign: AuthMode = { kind: "presign", expires: null };
    assert.deepEqual([options("s3", presign).expires, options("execute-api", presign).expires], [900, 300]);
    assert.deepEqual(
      [options("s3", presign).payload, options("execute-api", presign).payload],
      ["unsigned", "signed"],
    );
    assert.equal(options("s3", presign).contentSha256Header, false);
  });

  it("lets no presigned URL outlive its credentials", () => {
    const expiration = new Date("2026-01-01T00:01:30.900Z");
    assert.equal(options("s3", { kind: "presign", expires: 3600 }, { expiration }).expires, 90);
  });

  it("refuses a presigned body, except for S3, and lives that AWS refuses", () => {
    const presign: AuthMode = { kind: "presign", expires: 60 };
    assert.equal(
      codeOf(() => options("execute-api", presign, { body: "x" })),
      "E_PRESIGN_BODY",
    );
    assert.equal(options("s3", presign, { body: "x" }).expires, 60);
    for (const expires of [0, -1, 1.5, 604_801]) {
      assert.equal(
        codeOf(() => options("s3", { kind: "presign", expires })),
        "E_PRESIGN_EXPIRES",
      );
    }
  });
});
