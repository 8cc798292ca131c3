import assert from "node:assert/strict";
import type { RefusalContext } from "../../src/guard/refusalRules.ts";
import { refusals } from "../../src/guard/refuse.ts";
import type { OutsideValue, ResolvedRequest } from "../../src/stages.ts";
import { requestWith, typed } from "./requestFixture.ts";

const signed: RefusalContext = {
  trusted: true,
  scope: { region: "eu-west-1", service: "execute-api" },
  allowPlainHttpHosts: [],
};
const unsigned = { ...signed, scope: null };

const refused = (request: ResolvedRequest, context: RefusalContext = signed) =>
  refusals(request, context).map(({ code, message }) => `${code}: ${message}`);
const isRefused = (request: ResolvedRequest, context: RefusalContext = signed) => {
  const codes = refusals(request, context).map(({ code }) => code);
  assert.ok(codes.length <= 1 && codes.every((code) => code === "E_REFUSED_PLAIN_HTTP"), codes.join());
  return codes.length === 1;
};

function plain(host: string, scheme = "http:") {
  return {
    typed: `${scheme}//${host}/`,
    scheme,
    host: host.replace(/:\d+$/, ""),
    authority: host,
    query: null,
  };
}

function connect(host: string, port: number | null = null) {
  return { connectTo: { value: { host, port }, source: "pets.awsreq:1" } };
}

const elsewhere = plain("api.example.com");
const withHeader = (name: string, value = "x") =>
  requestWith({ target: elsewhere, headers: [typed("Host", "api.example.com"), typed(name, value)] });
const withQuery = (query: string) => requestWith({ target: { ...elsewhere, query } });

describe("plain http", () => {
  it("carries no signature to another machine", () => {
    const request = requestWith({ target: plain("api.example.com:8080") });
    assert.deepEqual(
      refusals(request, signed).map(({ code, phase, message, hint }) => [code, phase, message, hint]),
      [
        [
          "E_REFUSED_PLAIN_HTTP",
          "guard",
          "The request to api.example.com:8080 carries credentials (its signature) over plain http, where anyone on the way can read them.",
          "Write https://, or, for a machine of your own, allow it: AWSREQ_PLAIN_HTTP_HOSTS=api.example.com in the environment of a terminal, or the user setting awsreq.allowPlainHttpHosts in the editor.",
        ],
      ],
    );
    assert.ok(isRefused(requestWith({ target: plain("api.example.com", "ws:") })));
    assert.ok(!isRefused(requestWith({ target: elsewhere }), unsigned));
  });

  for (const name of [
    "authorization",
    "Proxy-Authorization",
    "X-Amz-Security-Token",
    "x-api-key",
    "apikey",
    "Cookie",
    "X-Auth-Token",
    "X-Vault-Token",
    "X-CSRF-Token",
    "X-Client-Secret",
    "X-User-Password",
    "Ocp-Apim-Subscription-Key",
    "x-functions-key",
    "X-Access-Key",
    "X-Amz-Server-Side-Encryption-Customer-Key",
    "X-Session-Id",
    "X-Hub-Signature-256",
    "X-Auth",
    "X-JWT",
  ]) {
    it(`carries no header ${name}`, () => {
      assert.deepEqual(refused(withHeader(name), unsigned), [
        `E_REFUSED_PLAIN_HTTP: The request to api.example.com carries credentials (the header "${name}") over plain http, where anyone on the way can read them.`,
      ]);
      assert.ok(!isRefused(withHeader(name, ""), unsigned), "a header without a value carries nothing");
    });
  }

  for (const name of [
    "Accept",
    "Content-Type",
    "X-Request-Id",
    "Idempotency-Key",
    "X-Amz-Date",
    "User-Agent",
  ]) {
    it(`carries the header ${name}`, () => assert.ok(!isRefused(withHeader(name), unsigned)));
  }

  for (const query of [
    "a=1&X-Amz-Signature=00",
    "x-amz-signature=00",
    "X%2DAmz%2DSignature=00",
    "AWSAccessKeyId=AKIA&Expires=1&Signature=x%3D",
    "Expires=1&Signature=x&Key-Pair-Id=K",
    "X-Goog-Signature=00",
    "se=2030&sp=r&sig=x",
    "x-oss-signature=x",
    "q-signature=x",
    "X-Amz-Security-Token=t",
    "access_token=t",
    "api_key=k",
    "apikey=k",
    "client_secret=s",
    "password=p",
  ]) {
    it(`carries no query ${query}`, () => assert.ok(isRefused(withQuery(query), unsigned)));
  }

  for (const query of ["a=1", "nextToken=abc", "X-Amz-Signature=", "design=sig", "keyword=signature"]) {
    it(`carries the query ${query}`, () => assert.ok(!isRefused(withQuery(query), unsigned)));
  }

  it("carries no value of the private environment or of this machine's; an included file it does", () => {
    const carrying = (...outsideValues: readonly OutsideValue[]) =>
      requestWith({ target: elsewhere, outsideValues });
    assert.deepEqual(refused(carrying("include", "privateEnvironment"), unsigned), [
      "E_REFUSED_PLAIN_HTTP: The request to api.example.com carries values of the private environment over plain http, where anyone on the way can read them.",
    ]);
    assert.ok(isRefused(carrying("processEnv"), unsigned));
    assert.ok(!isRefused(carrying("include"), unsigned));
    const home = requestWith({ target: plain("localhost:8080"), outsideValues: ["privateEnvironment"] });
    assert.ok(!isRefused(home, unsigned));
  });

  it("is as good as any other way to this machine", () => {
    for (const host of ["127.0.0.1:4566", "[::1]", "localhost", "s3.localhost:4566"])
      assert.ok(!isRefused(requestWith({ target: plain(host) })), host);
  });

  it("may be used where the person's settings allow it, by host or by host and port", () => {
    const allowing = (target: ReturnType<typeof plain>, ...allowPlainHttpHosts: readonly string[]) =>
      !isRefused(requestWith({ target }), { ...signed, allowPlainHttpHosts });
    assert.ok(allowing(plain("localstack:4566"), "LocalStack"));
    assert.ok(allowing(plain("localstack:4566"), "localstack:4566"));
    assert.ok(allowing(plain("localstack"), "localstack:80"));
    assert.ok(allowing(plain("[fd00::7]:4566"), "[fd00::7]:4566"));
    assert.ok(allowing(plain("[fd00::7]:4566"), "fd00::7"));
    assert.ok(!allowing(plain("localstack:4566"), "localstack:80", "stack", "localstack:456", "*", ""));
  });

  it("is judged by where the connection goes, not by the URL", () => {
    const moved = (host: string, to: ReturnType<typeof connect>, ...allowPlainHttpHosts: readonly string[]) =>
      refused(requestWith({ target: plain(host), settings: to }), { ...signed, allowPlainHttpHosts });
    assert.deepEqual(moved("good.internal", connect("evil.example", 443), "good.internal"), [
      "E_REFUSED_PLAIN_HTTP: The request to good.internal, which connects to evil.example:443, carries credentials (its signature) over plain http, where anyone on the way can read them.",
    ]);
    assert.equal(moved("localhost", connect("evil.example")).length, 1);
    assert.equal(moved("localstack:4566", connect("LOCALSTACK", 9), "localstack:4566").length, 1);
    assert.equal(
      moved("localstack:4566", connect("evil.example"), "localstack:4566", "localstack").length,
      1,
    );
    assert.deepEqual(moved("api.example.com", connect("127.0.0.1")), []);
    assert.deepEqual(moved("api.example.com", connect("LocalStack", 4566), "localstack:4566"), []);
    assert.deepEqual(moved("api.example.com:4566", connect("localstack"), "localstack:4566"), []);
  });
});
