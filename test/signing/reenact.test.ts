import assert from "node:assert/strict";
import fc from "fast-check";
import { canonicalDifference } from "../../src/diagnosis/canonical/canonicalDiff.ts";
import { reenact, signatureClaim } from "../../src/signing/reenact.ts";
import { sign } from "../../src/signing/sign.ts";
import type { CapturedRequest, Header, SigningScope } from "../../src/stages.ts";

const credentials = { accessKeyId: "AKIAEXAMPLE", secretAccessKey: "secret/of+the=test" };
const scope: SigningScope = {
  region: "eu-west-1",
  regionSource: "",
  service: "execute-api",
  serviceSource: "",
};
const usual = {
  mode: "header",
  payload: "signed",
  contentSha256Header: false,
  normalizePath: true,
  doubleEncode: true,
  tokenAfterSigning: false,
} as const;

interface Sent {
  readonly path?: string;
  readonly query?: string | null;
  readonly method?: string;
  readonly body?: string;
  readonly headers?: readonly Header[];
  readonly options?: Partial<typeof usual | { doubleEncode: boolean }>;
}

/** A request as our signer signs it, captured on the wire. */
async function captured({ path = "/prod/a", query = null, method = "GET", body = "", ...more }: Sent) {
  const host = "a.execute-api.eu-west-1.amazonaws.com";
  const target = { typed: "", scheme: "https:", host, port: 443, authority: host, path, query };
  const headers: Header[] = [{ name: "Host", value: host, origin: "default" }, ...(more.headers ?? [])];
  const request = { method, target, headers, body: new TextEncoder().encode(body) };
  const now = new Date("2026-01-02T03:04:05Z");
  const signed = await sign(request, credentials, scope, { ...usual, ...more.options }, now);
  const sent: CapturedRequest = {
    method,
    host,
    path: signed.target.path,
    query: signed.target.query,
    headers: signed.headers.map(({ name, value }) => [name, value] as const),
    body,
  };
  return { sent, trace: signed.trace };
}

function reenacted(sent: CapturedRequest, secret = credentials.secretAccessKey) {
  const claim = signatureClaim(sent);
  assert.ok(claim);
  return reenact(sent, claim, secret);
}

describe("signing a captured request again", () => {
  it("gives the same for every request that is signed well", async () => {
    const path = fc.stringMatching(/^\/[A-Za-z0-9 %@:._~-]{0,20}$/).map((text) => encodeURI(text));
    const query = fc.option(fc.stringMatching(/^[a-z]{1,5}=[A-Za-z0-9%._~-]{0,10}$/).map(encodeURI));
    await fc.assert(
      fc.asyncProperty(path, query, fc.string(), async (path, query, body) => {
        const { sent, trace } = await captured({ path, query, body, method: "POST" });
        const { isRight, signed } = reenacted(sent);
        assert.ok(isRight);
        assert.equal(signed?.canonicalRequest, trace?.canonicalRequest);
      }),
      { numRuns: 50 },
    );
  });

  const wrong: readonly (readonly [
    cause: string,
    sent: Sent,
    change: (sent: CapturedRequest) => CapturedRequest,
  ])[] = [
    ["sig-path-encoding", { path: "/prod/a%3Ab", options: { doubleEncode: false } }, (sent) => sent],
    ["sig-query-encoding", { query: "a=b%20c" }, (sent) => ({ ...sent, query: "a=b%2520c" })],
    ["sig-host-mismatch", {}, (sent) => ({ ...sent, host: `${sent.host}:443` })],
    ["sig-body-changed", { method: "POST" }, (sent) => ({ ...sent, body: '{"name":"rex"}' })],
    [
      "sig-content-type-changed",
      { headers: [{ name: "Content-Type", value: "application/json", origin: "typed" }] },
      (sent) => ({
        ...sent,
        headers: sent.headers.map(([name, value]) =>
          name === "Content-Type" ? [name, `${value}; charset=utf-8`] : [name, value],
        ),
      }),
    ],
  ];
  for (const [cause, how, change] of wrong) {
    it(`finds out how it was signed: ${cause}`, async () => {
      const { sent } = await captured(how);
      const { isRight, signed, expected } = reenacted(change(sent));
      assert.equal(isRight, false);
      assert.ok(signed, "no way of signing gives it");
      const difference = canonicalDifference(signed, expected);
      assert.deepEqual([difference?.cause, difference?.proved], [cause, true]);
    });
  }

  it("finds nothing with another secret", async () => {
    const { sent } = await captured({});
    assert.deepEqual(
      { ...reenacted(sent, "another"), expected: null },
      { expected: null, signed: null, isRight: false },
    );
  });

  it("reads a presigned URL", async () => {
    const { sent } = await captured({ query: "a=b", options: { mode: "presign" } as never });
    assert.equal(signatureClaim(sent)?.mode, "presign");
    assert.ok(reenacted(sent).isRight);
  });

  for (const [name, sent] of [
    ["no Authorization", { headers: [] }],
    ["another scheme", { headers: [["Authorization", "Bearer x"]] }],
    ["half of one", { headers: [["Authorization", "AWS4-HMAC-SHA256 Credential=A/b/c, Signature=d"]] }],
  ] as const) {
    it(`reads no signature in ${name}`, () => {
      const request = { method: "GET", host: "a", path: "/", query: null, body: null, ...sent };
      assert.equal(signatureClaim(request as CapturedRequest), null);
    });
  }
});
