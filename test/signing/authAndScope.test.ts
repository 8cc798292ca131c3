import assert from "node:assert/strict";
import { decideAuth } from "../../src/signing/authMode.ts";
import { type ScopeSources, signingScope } from "../../src/signing/scope.ts";
import type { AuthMode, RequestSettings } from "../../src/stages.ts";
import { codeOf } from "./codeOf.ts";

const aws = { isAws: true, isUnsignedService: false };
const cognito = { isAws: true, isUnsignedService: true };
const elsewhere = { isAws: false, isUnsignedService: false };
const bearer = [{ name: "authorization", value: "Bearer x" }];

function request(
  settings: RequestSettings = {},
  headers: { name: string; value: string }[] = [],
  query = "",
) {
  return { settings, headers, target: { query: query === "" ? null : query, authority: "api.example.com" } };
}

function auth(value: AuthMode): RequestSettings {
  return { auth: { value, source: "a.awsreq:1" } };
}

describe("decideAuth", () => {
  const presign: AuthMode = { kind: "presign", expires: 60 };
  const service: RequestSettings = { service: { value: "execute-api", source: "a.awsreq:2" } };
  const rows = [
    ["an AWS host", request(), aws, "sign"],
    ["a host that takes no signature", request(), cognito, "none"],
    ["@service on any host", request(service), elsewhere, "sign"],
    ["@service where no signature is taken", request(service), cognito, "sign"],
    ["@auth iam on any host", request(auth({ kind: "iam" })), elsewhere, "sign"],
    ["@auth presign", request(auth(presign)), elsewhere, "sign"],
    ["@auth none on an AWS host", request(auth({ kind: "none" })), aws, "none"],
    ["a typed Authorization header", request({}, bearer), aws, "asTyped"],
    ["a typed Authorization header with @service", request(service, bearer), aws, "asTyped"],
    ["@auth none with an Authorization header", request(auth({ kind: "none" }), bearer), aws, "asTyped"],
    ["a presigned URL", request({}, [], "a=1&X-Amz-Signature=ff"), aws, "asTyped"],
  ] as const;
  for (const [name, given, host, kind] of rows) {
    it(`${name}: ${kind}`, () => assert.equal(decideAuth(given, host, undefined).kind, kind));
  }

  it("signs when --service says for what", () => {
    assert.deepEqual(decideAuth(request(), elsewhere, "execute-api"), {
      kind: "sign",
      mode: { kind: "iam" },
      reason: "--service execute-api",
    });
  });

  it("never guesses for another host", () => {
    assert.equal(
      codeOf(() => decideAuth(request(), elsewhere, undefined)),
      "E_AUTH_UNDECIDED",
    );
  });

  it("refuses to authorise twice", () => {
    assert.equal(
      codeOf(() => decideAuth(request(auth({ kind: "iam" }), bearer), aws, undefined)),
      "E_AUTH_TWICE",
    );
    const presigned = request(auth(presign), [], "X-Amz-Signature=ff");
    assert.equal(
      codeOf(() => decideAuth(presigned, aws, undefined)),
      "E_AUTH_TWICE",
    );
  });
});

describe("signingScope", () => {
  const silent = { service: null, serviceReason: "", region: null, regionReason: "" };
  const told = { service: "execute-api", serviceReason: "host", region: "eu-west-1", regionReason: "host" };
  const sources: ScopeSources = {
    flagRegion: undefined,
    flagService: undefined,
    settings: {},
    host: told,
    needsSigV4a: false,
    configuredRegion: { value: "us-west-2", source: "AWS_REGION" },
  };

  it("believes the host before the environment", () => {
    assert.deepEqual(signingScope(sources, "h"), {
      scope: { region: "eu-west-1", regionSource: "host", service: "execute-api", serviceSource: "host" },
      conflict: "Signed for eu-west-1, where the host is; us-west-2 (AWS_REGION) is not used.",
    });
  });

  it("lets flags and directives win, and says what they contradict", () => {
    const settings: RequestSettings = {
      region: { value: "us-east-1", source: "a.awsreq:1" },
      service: { value: "lambda", source: "a.awsreq:2" },
    };
    assert.deepEqual(signingScope({ ...sources, settings }, "h"), {
      scope: {
        region: "us-east-1",
        regionSource: "a.awsreq:1",
        service: "lambda",
        serviceSource: "a.awsreq:2",
      },
      conflict: "Signed for us-east-1 (a.awsreq:1), but the host is in eu-west-1.",
    });
    const flags = {
      ...sources,
      settings,
      flagRegion: { value: "eu-west-1", source: "--region" },
      flagService: "s3",
    };
    assert.equal(
      signingScope(flags, "h").conflict,
      "Signed for s3 (--service), but the host is execute-api's.",
    );
  });

  it("says when a host takes SigV4A only, whatever region is given", () => {
    const spanning = {
      ...sources,
      needsSigV4a: true,
      flagRegion: { value: "eu-west-1", source: "--region" },
    };
    assert.equal(
      codeOf(() => signingScope(spanning, "x.mrap.accesspoint.s3-global.amazonaws.com")),
      "E_SIGV4A_NEEDED",
    );
  });

  it("falls back to the configured region, and else says what is missing", () => {
    const custom = { ...sources, host: silent, flagService: "execute-api" };
    assert.deepEqual(signingScope(custom, "h").scope.region, "us-west-2");
    assert.equal(
      codeOf(() => signingScope({ ...custom, configuredRegion: null }, "h")),
      "E_REGION_UNKNOWN",
    );
    assert.equal(
      codeOf(() => signingScope({ ...custom, flagService: undefined }, "h")),
      "E_SERVICE_UNKNOWN",
    );
  });
});
