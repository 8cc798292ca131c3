import assert from "node:assert/strict";
import fc from "fast-check";
import type { RequestRecord } from "../../src/endpoint/requestLine.ts";
import { type Endpoint, startEndpoint } from "../../src/endpoint/startEndpoint.ts";
import type { Trip } from "../../src/trip/trip.ts";
import { createWorld, type World } from "../trip/world.ts";

const keys = {
  accessKeyId: "AKIASIGNEDISSENTEXAM",
  secretAccessKey: "signed/is+sent=".repeat(3).slice(0, 40),
};
const sessionToken = "session/token+of=the==property";

/** Pieces of paths and queries that signers stumble over. Literal "?" and "#" would end the part they stand in. */
const awkward = fc.constantFrom(
  "pets",
  "a%20b",
  "%2F",
  "%2f",
  "%E9",
  "%25",
  "100%",
  "é",
  "日本",
  "😀",
  ":",
  "@",
  "=",
  ",",
  "*",
  "'",
  "(",
  "~",
  "-._",
  "..",
  ".",
  "",
  "$default",
  "arn:aws:iam::1:role/x",
  "[",
  "|",
);
const path = fc.array(awkward, { maxLength: 5 }).map((segments) => `/prod/echo/${segments.join("/")}`);
const word = fc.oneof(awkward, fc.constantFrom("+", "a+b", "%2B", "?", "/", "__proto__", "X-Amz-Meta"));
const pair = fc
  .tuple(word, fc.option(word))
  .map(([name, value]) => (value === null ? name : `${name}=${value}`));
const query = fc
  .array(pair, { maxLength: 5 })
  .map((pairs) => (pairs.length === 0 ? "" : `?${pairs.join("&")}`));
const headerName = fc.constantFrom("X-Test", "x-test", "X-AMZ-META-A", "Content-Type", "Accept", "x");
const headerValue = fc.constantFrom("1", " a   b ", "é", "a, b", '"q  q"', "\ttab\t", "x=y; z");
const headers = fc.array(fc.tuple(headerName, headerValue), { maxLength: 4 });
const body = fc.constantFrom("", "x", '{"a": 1}', "é 😀", "line\nline", "a=b&c=d+e", "\u0000binary");
const method = fc.constantFrom("GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS");

const requests = fc.record({ path, query, headers, body, method });
type Generated = typeof requests extends fc.Arbitrary<infer T> ? T : never;

/** The request as a person would type it. */
function textOf(url: string, directives: string, { path, query, headers, body, method }: Generated): string {
  const lines = headers.map(([name, value]) => `${name}: ${value}\n`).join("");
  return `${directives}${method} ${url}${path}${query}\n${lines}${body === "" ? "" : `\n${body}`}`;
}

describe("invariant 3: signed == sent", () => {
  const records: RequestRecord[] = [];
  const endpoints: Endpoint[] = [];
  let plain: World;
  let withToken: World;

  before(async () => {
    const onRequest = (record: RequestRecord) => records.push(record);
    for (const service of ["execute-api", "s3"]) {
      for (const token of [{}, { sessionToken }]) {
        endpoints.push(
          await startEndpoint({ port: 0, service, credentials: [{ ...keys, ...token }], onRequest }),
        );
      }
    }
    const env = { AWS_ACCESS_KEY_ID: keys.accessKeyId, AWS_SECRET_ACCESS_KEY: keys.secretAccessKey };
    plain = await createWorld(env);
    withToken = await createWorld({ ...env, AWS_SESSION_TOKEN: sessionToken });
  });

  after(async () => {
    for (const endpoint of endpoints) await endpoint.close();
    await plain.remove();
    await withToken.remove();
  });

  /** The judge computed from the bytes that it received what we say that we signed. */
  function assertSignedIsSent(trip: Trip, text: string): void {
    const verdict = records.at(-1)?.verdict;
    const context = JSON.stringify({ text, error: trip.error, problems: trip.problems, verdict }, null, 1);
    assert.ok(verdict?.ok, context);
    assert.equal(trip.signed?.trace?.canonicalRequest, verdict.canonicalRequest, context);
    assert.equal(trip.signed?.trace?.stringToSign, verdict.stringToSign, context);
  }

  async function check(generated: Generated, service: string, token: boolean, auth: string): Promise<void> {
    const world = token ? withToken : plain;
    const endpoint = endpoints[(service === "s3" ? 2 : 0) + (token ? 1 : 0)];
    const directives = `# @region us-east-1\n# @service ${service}\n${auth}`;
    // S3 takes no others; they are refused before anything is sent.
    const isSent = ([, value]: readonly [string, string]) => service !== "s3" || /^[\t -~]*$/.test(value);
    const sent = { ...generated, headers: generated.headers.filter(isSent) };
    const text = textOf(endpoint?.url ?? "", directives, sent);
    records.length = 0;
    assertSignedIsSent(await world.trip(text), text);
  }

  const kinds = fc.record({ service: fc.constantFrom("execute-api", "s3"), token: fc.boolean() });

  it("for any request, in headers", async () => {
    await fc.assert(
      fc.asyncProperty(requests, kinds, (generated, { service, token }) =>
        check(generated, service, token, ""),
      ),
      { numRuns: 300 },
    );
  });

  it("for any request, presigned", async () => {
    await fc.assert(
      fc.asyncProperty(requests, kinds, (generated, { service, token }) =>
        check({ ...generated, body: "" }, service, token, "# @auth presign 60\n"),
      ),
      { numRuns: 200 },
    );
  });

  it("and not when a byte changes on the way", async () => {
    const text = `# @region us-east-1\n# @service execute-api\nGET ${endpoints[0]?.url}/prod/pets\nX-Test: 1\n`;
    const { signed } = await plain.trip(text, {}, "sign");
    const changed = Object.fromEntries(
      (signed?.headers ?? []).map(({ name, value }) => [name, name === "X-Test" ? "2" : value]),
    );
    const answer = await fetch(`${endpoints[0]?.url}/prod/pets`, { headers: changed });
    assert.equal(answer.status, 403);
    assert.match(await answer.text(), /The Canonical String for this request should have been/);
  });
});
