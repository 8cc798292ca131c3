import assert from "node:assert/strict";
import { decideAuth } from "../../src/signing/authMode.ts";
import { type ScopeSources, scopeServiceText, signingScope } from "../../src/signing/scope.ts";
import type { AuthMode, RequestSettings } from "../../src/stages.ts";
import { codeOf } from "./codeOf.ts";

const aws = { isAws: true, isUnsignedService: false };
const cognito = { isAws: true, isUnsignedService: true };
const elsewhere = { isAws: false, isUnsignedService: false };
const noHeaders: readonly { name: string; value: string }[] = [];
const bearer = [{ name: "authorization", value: "Bearer x" }];

function request(
  settings: RequestSettings = {},
  headers: { name: string; value: string }[] = [],
  query = "",
  namesProfile = false,
) {
  return {
    settings,
    headers,
    namesProfile,
    target: { query: query === "" ? null : query, authority: "api.example.com" },
  };
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

describe("a request to a host that is not AWS's", () => {
  const ofFile: RequestSettings = { profile: { value: "dev", source: "a.http:1" } };
  const own: RequestSettings = { profile: { value: "dev", source: "a.http:3" } };
  const requestOf = (settings: RequestSettings, headers = [...noHeaders]) =>
    request(settings, headers, "", settings === own);
  const flag = (value: "iam" | "none") => ({ auth: { value, source: "--auth" } });
  const service: RequestSettings = { service: { value: "lambda", source: "a.http:2" } };
  const rows = [
    ["its own profile", own, {}, "sign"],
    ["a profile of the file", ofFile, {}, "E_AUTH_UNDECIDED"],
    ["a profile of the file, in a file of other tools", ofFile, { sendsAsTyped: true }, "none"],
    ["no word, in a file of other tools", {}, { sendsAsTyped: true }, "none"],
    ["its own profile, in a file of other tools", own, { sendsAsTyped: true }, "sign"],
    ["--auth iam", {}, flag("iam"), "sign"],
    ["--auth none", {}, flag("none"), "none"],
    ["--auth iam and a profile of the file", ofFile, flag("iam"), "sign"],
    ["--auth none and a profile of the file", ofFile, flag("none"), "none"],
    ["--auth none and its own profile", own, flag("none"), "sign"],
    ["--auth none and @service", service, flag("none"), "sign"],
    ["--auth none and @auth iam", auth({ kind: "iam" }), flag("none"), "sign"],
    ["--auth iam and @auth none", auth({ kind: "none" }), flag("iam"), "none"],
  ] as const;
  for (const [name, settings, unsaid, expected] of rows) {
    it(`with ${name}: ${expected}`, () => {
      const decided = () => decideAuth(requestOf(settings), elsewhere, undefined, unsaid).kind;
      assert.equal(expected.startsWith("E_") ? codeOf(decided) : decided(), expected);
    });
  }

  it("that brings an Authorization header is sent as typed, whatever a flag or a profile says", () => {
    for (const [settings, unsaid] of [
      [own, {}],
      [own, flag("iam")],
      [ofFile, { sendsAsTyped: true }],
    ] as const)
      assert.equal(decideAuth(requestOf(settings, bearer), elsewhere, undefined, unsaid).kind, "asTyped");
  });

  it("and one to an AWS host are told apart: --auth none leaves unsigned what only the host would sign", () => {
    assert.equal(decideAuth(request(), aws, undefined, flag("none")).kind, "none");
    assert.equal(decideAuth(request(ofFile), aws, undefined, flag("none")).kind, "none");
    assert.equal(decideAuth(requestOf(own), aws, undefined, flag("none")).kind, "sign");
    assert.equal(decideAuth(requestOf(own), cognito, undefined).kind, "none");
    assert.equal(decideAuth(request(), cognito, undefined, flag("iam")).kind, "sign");
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

  it("assumes API Gateway where nothing names a service, and says so", () => {
    const { scope, conflict } = signingScope({ ...sources, host: silent }, "h");
    assert.deepEqual([scope.service, scope.serviceSource, conflict], ["execute-api", "assumed", null]);
    assert.equal(scopeServiceText(scope), "execute-api (assumed)");
    assert.equal(scopeServiceText(signingScope(sources, "h").scope), "execute-api");
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
  });
});
