import assert from "node:assert/strict";
import fc from "fast-check";
import { type VerifyOptions, verifySignature } from "../../src/endpoint/verify.ts";
import { bytesOf, keys, noon, signedRequest } from "../endpoint/signedRequest.ts";
import { wire } from "../endpoint/vectors.ts";
import { createWorld } from "../trip/world.ts";

const temporary = { ...keys, accessKeyId: "ASIATEMPORARYEXAMPLE", sessionToken: "t0k/en+==" };

const options: Omit<VerifyOptions, "service"> = {
  credentials: (id) => [keys, temporary].find((known) => known.accessKeyId === id) ?? null,
  region: "us-east-1",
  now: noon,
};

const text = fc.string({ unit: "binary", maxLength: 8 });
const segment = fc.oneof(
  text.map(encodeURIComponent),
  fc.constantFrom("a%2Fb", "@x", "a:b", "(1)", "it's", "%2E"),
);
// aws4 drops a dot segment or an empty one at a path's end otherwise than the specification does.
const path = fc
  .array(fc.oneof(segment, fc.constantFrom("", ".", "..")), { maxLength: 5 })
  .map((segments) => `/prod/${segments.map((part) => `${part}/`).join("")}end`);
// aws4 cannot express a nameless parameter, and reads more than 1000 of them as 1000.
const pair = fc.tuple(
  text.filter((name) => name !== ""),
  text,
);
const query = fc
  .array(pair, { maxLength: 6 })
  .map((pairs) =>
    pairs.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join("&"),
  );
const headers = fc.dictionary(
  fc.stringMatching(/^x-[a-z]{1,6}$/),
  fc.stringMatching(/^[!-~]([ -~]{0,12}[!-~])?$/),
  { maxKeys: 4 },
);

describe("invariant 4: requests signed by aws4", () => {
  it("are accepted, whatever path, query, headers and body", () => {
    const request = fc.record({
      method: fc.constantFrom("GET", "POST", "DELETE"),
      path,
      query,
      headers,
      body: fc.option(text, { nil: undefined }),
      expires: fc.option(fc.integer({ min: 1, max: 604_800 }), { nil: undefined }),
      credentials: fc.constantFrom(keys, temporary),
    });
    fc.assert(
      fc.property(request, ({ query: search, body, expires, ...rest }) => {
        const signed = signedRequest({
          ...rest,
          path: search === "" ? rest.path : `${rest.path}?${search}`,
          ...(body === undefined ? {} : { body }),
          ...(expires === undefined ? {} : { expires }),
        });
        const raw = wire(signed.method, signed.path, signed.headers, bytesOf(signed.body));
        const verdict = verifySignature(raw, { ...options, service: "execute-api" });
        assert.ok(verdict.ok, JSON.stringify({ signed, verdict }, null, 1));
      }),
      { numRuns: 400 },
    );
  });

  it("are accepted for S3 with keys of every kind", () => {
    const key = fc
      .array(text, { minLength: 1, maxLength: 4 })
      .map((parts) => `/${parts.map(encodeURIComponent).join("/")}`);
    fc.assert(
      fc.property(key, fc.boolean(), (path, presign) => {
        const signed = signedRequest({ path, service: "s3", ...(presign ? { expires: 60 } : {}) });
        const raw = wire(signed.method, signed.path, signed.headers, new Uint8Array());
        const verdict = verifySignature(raw, { ...options, service: "s3" });
        assert.ok(verdict.ok, JSON.stringify({ signed, verdict }, null, 1));
      }),
      { numRuns: 200 },
    );
  });
});

describe("invariant 4: requests signed by us", () => {
  it("have the signature that aws4 gives them", async () => {
    const world = await createWorld({
      AWS_ACCESS_KEY_ID: temporary.accessKeyId,
      AWS_SECRET_ACCESS_KEY: temporary.secretAccessKey,
      AWS_SESSION_TOKEN: temporary.sessionToken,
    });
    const method = fc.constantFrom("GET", "DELETE", "HEAD");
    await fc.assert(
      fc.asyncProperty(method, path, query, headers, async (verb, at, search, typed) => {
        const target = search === "" ? at : `${at}?${search}`;
        const lines = Object.entries(typed).map(([name, value]) => `${name}: ${value}`);
        const text = `# @service execute-api\n# @region us-east-1\n${verb} http://127.0.0.1:8998${target}\n${lines.join("\n")}\n`;
        const { signed, error } = await world.trip(text, { at: noon }, "sign");
        assert.ok(signed?.trace, error?.message ?? "");
        const ours = new Set(signed.trace.signedHeaders);
        const given = signed.headers.filter(({ name }) => ours.has(name.toLowerCase()));
        const theirs = signedRequest({
          method: verb,
          path:
            signed.target.query === null
              ? signed.target.path
              : `${signed.target.path}?${signed.target.query}`,
          headers: Object.fromEntries(given.map(({ name, value }) => [name, value])),
          credentials: temporary,
        });
        const authorization = theirs.headers.find(([name]) => name.toLowerCase() === "authorization")?.[1];
        assert.equal(signed.trace.signature, /Signature=([0-9a-f]{64})/.exec(authorization ?? "")?.[1], text);
      }),
      { numRuns: 150 },
    );
    await world.remove();
  });
});

describe("verifySignature, given anything", () => {
  it("neither throws nor accepts", () => {
    const byteString = fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes).toString("latin1"));
    const authorization = fc.oneof(
      byteString,
      fc
        .tuple(byteString, byteString)
        .map(([one, two]) => `AWS4-HMAC-SHA256 Credential=${one}/${two}/a/b/c/d`),
    );
    fc.assert(
      fc.property(byteString, authorization, byteString, (target, value, date) => {
        const raw = {
          method: "GET",
          target: `/${target}`,
          headers: [
            ["Authorization", value],
            ["Date", date],
          ] as const,
          body: new Uint8Array(),
        };
        return !verifySignature(raw, { ...options, service: "execute-api" }).ok;
      }),
    );
  });
});
