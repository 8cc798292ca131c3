import assert from "node:assert/strict";
import { Sha256 as JavaScriptSha256 } from "@aws-crypto/sha256-js";
import aws4 from "aws4";
import fc from "fast-check";
import { UserError } from "../../src/errors.ts";
import { signingBreakdown } from "../../src/signing/breakdown.ts";
import { type SignableRequest, type SignOptions, sign } from "../../src/signing/sign.ts";
import type { Header, RequestTarget, SigningScope } from "../../src/stages.ts";

const now = new Date("2015-08-30T12:36:00Z");
const credentials = {
  accessKeyId: "AKIDEXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
};
const scope: SigningScope = {
  region: "eu-west-1",
  regionSource: "host",
  service: "execute-api",
  serviceSource: "host",
};
const options: SignOptions = {
  mode: "header",
  payload: "signed",
  contentSha256Header: true,
  normalizePath: true,
  doubleEncode: true,
  tokenAfterSigning: false,
};
const host = "abc123.execute-api.eu-west-1.amazonaws.com";

function targetOf(path: string, query: string | null = null): RequestTarget {
  const typed = `https://${host}${path}${query === null ? "" : `?${query}`}`;
  return { typed, scheme: "https:", host, port: 443, authority: host, path, query };
}

function requestOf(
  path: string,
  query: string | null,
  typed: [string, string][],
  body = "",
): SignableRequest {
  const headers: Header[] = [
    { name: "Host", value: host, origin: "default" },
    ...typed.map(([name, value]): Header => ({ name, value, origin: "typed" })),
    { name: "User-Agent", value: "awsreq/test", origin: "default" },
    { name: "Accept-Encoding", value: "gzip", origin: "default" },
  ];
  return { method: "POST", target: targetOf(path, query), headers, body: Buffer.from(body) };
}

describe("sign", () => {
  it("adds its headers behind those of the request and records what it signed", async () => {
    const request = requestOf("/prod/pets", "b=2&a=1", [["X-Test", " a   b "]], "{}");
    const { headers, trace } = await sign(request, credentials, scope, options, now);
    const bodyHash = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";
    assert.deepEqual(
      headers.map(({ name, origin }) => `${origin} ${name}`),
      [
        "default Host",
        "typed X-Test",
        "default User-Agent",
        "default Accept-Encoding",
        "signing X-Amz-Content-Sha256",
        "signing X-Amz-Date",
        "signing Authorization",
      ],
    );
    assert.equal(
      trace?.canonicalRequest,
      `POST\n/prod/pets\na=1&b=2\nhost:${host}\nx-amz-content-sha256:${bodyHash}\nx-amz-date:20150830T123600Z\nx-test:a b\n\nhost;x-amz-content-sha256;x-amz-date;x-test\n${bodyHash}`,
    );
    assert.deepEqual(
      [trace.date, trace.credentialScope, trace.signedHeaders, trace.payloadHash],
      [
        "20150830T123600Z",
        "20150830/eu-west-1/execute-api/aws4_request",
        ["host", "x-amz-content-sha256", "x-amz-date", "x-test"],
        bodyHash,
      ],
    );
    assert.equal(headers.at(-1)?.value, trace.authorization);
    assert.ok(trace.authorization?.endsWith(`Signature=${trace.signature}`));
  });

  it("signs what was typed, but nothing that changes on the way", async () => {
    const typed: [string, string][] = [
      ["Accept", "text/plain"],
      ["Accept-Encoding", "br"],
      ["X-Forwarded-For", "1.2.3.4"],
      ["Via", "1.1 x"],
      ["Forwarded", "for=x"],
      ["Date", "Sun, 30 Aug 2015 12:36:00 GMT"],
      ["User-Agent", "mine"],
      ["Content-Length", "0"],
      ["__proto__", "data"],
    ];
    const { trace, headers } = await sign(requestOf("/", null, typed), credentials, scope, options, now);
    assert.deepEqual(trace?.signedHeaders, [
      "__proto__",
      "accept",
      "content-length",
      "host",
      "x-amz-content-sha256",
      "x-amz-date",
    ]);
    assert.ok(headers.some(({ name }) => name === "Date"));
  });

  it("replaces a typed session token with that of the credentials", async () => {
    const request = requestOf("/", null, [["x-amz-security-token", "stale"]]);
    const { headers } = await sign(request, { ...credentials, sessionToken: "fresh" }, scope, options, now);
    const tokens = headers.filter(({ name }) => name.toLowerCase() === "x-amz-security-token");
    assert.deepEqual(tokens, [{ name: "X-Amz-Security-Token", value: "fresh", origin: "signing" }]);
  });

  it("refuses a typed X-Amz-Date and an untrue X-Amz-Content-Sha256", async () => {
    const codes: unknown[] = [];
    for (const header of [
      ["X-Amz-Date", "20150830T123600Z"],
      ["x-amz-date", "20150830T123600Z"],
      ["X-Amz-Content-Sha256", "0".repeat(64)],
      ["x-AMZ-content-sha256", "0".repeat(64)],
    ] as [string, string][]) {
      await sign(requestOf("/", null, [header]), credentials, scope, options, now).catch((error: unknown) => {
        codes.push(error instanceof UserError ? error.code : error);
      });
    }
    assert.deepEqual(codes, ["E_DATE_TYPED", "E_DATE_TYPED", "E_CONTENT_SHA256", "E_CONTENT_SHA256"]);
  });

  it("presigns in the query, keeps x-amz headers as headers, and puts an IoT token last", async () => {
    const request = requestOf("/mqtt", "a=1", [["x-amz-meta-a", "1"]]);
    const presign = { ...options, mode: "presign", expires: 60, tokenAfterSigning: true } as const;
    const withToken = { ...credentials, sessionToken: "a/b" };
    const { target, trace, headers } = await sign(request, withToken, scope, presign, now);
    const names = target.query?.split("&").map((pair) => pair.split("=")[0]);
    assert.deepEqual(names, [
      "a",
      "X-Amz-Algorithm",
      "X-Amz-Credential",
      "X-Amz-Date",
      "X-Amz-SignedHeaders",
      "X-Amz-Expires",
      "X-Amz-Signature",
      "X-Amz-Security-Token",
    ]);
    assert.ok(target.query?.endsWith("X-Amz-Security-Token=a%2Fb"));
    assert.deepEqual(trace?.signedHeaders, ["host", "x-amz-meta-a"]);
    assert.ok(!trace.canonicalRequest.includes("Security-Token"));
    assert.deepEqual(headers, request.headers);
    assert.equal(trace.authorization, null);
  });

  it("presigns anew a URL that is presigned: no parameter of signing comes twice, on the wire or under the signature", async () => {
    const old = "X-Amz-Date=20140101T000000Z&x-amz-signature=ff&X%2DAmz%2DExpires=9&X-Amz-Security-Token=old";
    const presign = { ...options, mode: "presign", expires: 60 } as const;
    const fresh = { ...credentials, sessionToken: "fresh" };
    const anew = await sign(requestOf("/", `a=1&${old}`, []), fresh, scope, presign, now);
    const first = await sign(requestOf("/", "a=1", []), fresh, scope, presign, now);
    assert.equal(anew.target.query, first.target.query);
    assert.equal(anew.trace?.canonicalRequest, first.trace?.canonicalRequest);
  });

  it("presigns without the header that says the payload's hash: who opens the URL does not send it", async () => {
    const presign = { ...options, mode: "presign", payload: "unsigned" } as const;
    for (const name of ["X-Amz-Content-Sha256", "x-amz-content-sha256"]) {
      const request = requestOf("/", null, [[name, "UNSIGNED-PAYLOAD"]]);
      const { headers, trace } = await sign(request, credentials, scope, presign, now);
      assert.ok(!headers.some((header) => header.name === name));
      assert.deepEqual(trace?.signedHeaders, ["host"]);
      assert.equal(trace.payloadHash, "UNSIGNED-PAYLOAD");
    }
  });

  const segment = fc.stringMatching(/^[A-Za-z0-9_~-]{1,8}$/);
  const requests = fc.record({
    path: fc.array(segment, { maxLength: 4 }).map((segments) => `/${segments.join("/")}`),
    query: fc.uniqueArray(fc.tuple(segment, segment), { maxLength: 4, selector: ([name]) => name }),
    headers: fc.uniqueArray(
      fc.tuple(fc.stringMatching(/^x-[a-z]{1,8}$/), fc.stringMatching(/^[a-z0-9]{1,12}$/)),
      {
        maxLength: 4,
        selector: ([name]) => name,
      },
    ),
    body: fc.string({ unit: "grapheme", maxLength: 40 }),
  });

  it("gives aws4's signature where aws4 follows the specification", async () => {
    await fc.assert(
      fc.asyncProperty(requests, async ({ path, query, headers, body }) => {
        const wireQuery = query.map(([name, value]) => `${name}=${value}`).join("&");
        const request = requestOf(path, wireQuery === "" ? null : wireQuery, headers, body);
        const plain = { ...options, contentSha256Header: false };
        const ours = await sign(request, credentials, scope, plain, now);
        const theirs = aws4.sign(
          {
            host,
            method: "POST",
            path: wireQuery === "" ? path : `${path}?${wireQuery}`,
            // aws4 adds these two to a POST with a body unless they are given.
            headers: { ...Object.fromEntries(headers), "X-Amz-Date": "20150830T123600Z" },
            body,
            service: "execute-api",
            region: "eu-west-1",
            extraHeadersToIgnore: { "content-type": true, "content-length": true },
          } as Parameters<typeof aws4.sign>[0],
          credentials,
        );
        assert.equal(ours.trace?.authorization, theirs.headers?.["Authorization"]);
      }),
      { numRuns: 200 },
    );
  });

  it("gives the same signature with SHA-256 in JavaScript", async () => {
    await fc.assert(
      fc.asyncProperty(requests, async ({ path, headers, body }) => {
        const request = requestOf(path, null, headers, body);
        const ours = await sign(request, credentials, scope, options, now);
        const other = await sign(request, credentials, scope, { ...options, sha256: JavaScriptSha256 }, now);
        assert.deepEqual(other, ours);
      }),
      { numRuns: 50 },
    );
  });
});

describe("signingBreakdown", () => {
  it("says of each line what it is and where it comes from", async () => {
    const typedAt = { start: { line: 4, column: 0 }, end: { line: 4, column: 9 } };
    const request = {
      method: "GET",
      line: 3,
      target: targetOf("/prod/a%20b", "q=x%20y&a"),
      headers: [
        { name: "Host", value: host, origin: "default" },
        { name: "X-Test", value: "1", origin: "typed", range: typedAt },
      ] satisfies Header[],
      body: Buffer.alloc(0),
    };
    const signed = await sign(request, credentials, scope, options, now);
    assert.ok(signed.trace !== null);
    const breakdown = signingBreakdown(request, { ...signed, trace: signed.trace }, "pets.awsreq");
    assert.deepEqual(breakdown.path, { typed: "/prod/a%20b", sent: "/prod/a%20b", signed: "/prod/a%2520b" });
    assert.deepEqual(breakdown.query, { typed: "q=x%20y&a", sent: "q=x%20y&a", signed: "a=&q=x%20y" });
    assert.deepEqual(
      breakdown.canonicalRequest.map(({ label, source }) => `${label} ← ${source}`),
      [
        "method ← pets.awsreq:4",
        "canonical path ← pets.awsreq:4, encoded once more, as the service does",
        "canonical query ← pets.awsreq:4, encoded and sorted",
        "header host ← host of the URL",
        "header x-amz-content-sha256 ← the payload hash, sent so that the service can check it",
        "header x-amz-date ← time of signing (UTC)",
        "header x-test ← pets.awsreq:5",
        "end of headers ← ",
        "signed headers ← the names above, sorted",
        "payload hash ← SHA-256 of the empty body",
      ],
    );
    assert.equal(
      breakdown.canonicalRequest.map(({ text }) => text).join("\n"),
      signed.trace.canonicalRequest,
    );
    assert.equal(breakdown.stringToSign.map(({ text }) => text).join("\n"), signed.trace.stringToSign);
    assert.ok(!JSON.stringify(breakdown).includes(credentials.secretAccessKey));
  });
});
