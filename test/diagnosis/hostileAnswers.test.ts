import assert from "node:assert/strict";
import fc from "fast-check";
import { causes } from "../../src/diagnosis/causes/causes.ts";
import { diagnose } from "../../src/diagnosis/diagnose.ts";
import type { Fix } from "../../src/diagnosis/fixes/fix.ts";
import { noRequestFacts } from "../../src/diagnosis/reading/diagnosisInput.ts";
import { isSeen } from "../../src/request/literalText.ts";
import type { RequestChange } from "../../src/stages.ts";
import { hostile } from "../request/hostileText.ts";
import { canonicalText, type Echo, refusalText } from "../trip/lyingServer.ts";

const signed: Echo = {
  method: "GET",
  path: "/prod/pets",
  query: "q=1",
  headers: [
    ["host", "a.example.com"],
    ["x-tenant", "acme"],
  ],
  signedHeaders: "host;x-tenant",
  payloadHash: "e".repeat(64),
};

/** What is offered about an answer of a server that may say anything. */
function fixesOf(body: string, headers: readonly (readonly [string, string])[] = []): readonly Fix[] {
  const canonicalRequest = canonicalText(signed);
  return diagnose({
    status: 403,
    headers,
    body,
    service: "execute-api",
    request: {
      ...noRequestFacts,
      method: "GET",
      host: "a.example.com",
      path: signed.path,
      query: signed.query,
      headers: signed.headers,
      region: "eu-west-1",
      signed: true,
      signedHeaders: ["host", "x-tenant"],
    },
    account: null,
    verification: null,
    clockOffset: null,
    signing: { canonicalRequest, stringToSign: "AWS4-HMAC-SHA256\n20260101T000000Z\na\nb" },
  }).flatMap(({ fixes }) => fixes);
}

const answers: readonly (readonly [name: string, said: (text: string) => string])[] = [
  ["a path", (text) => refusalText(canonicalText({ ...signed, path: `/prod/${text}` }), "x")],
  ["a query", (text) => refusalText(canonicalText({ ...signed, query: text }), "x")],
  [
    "a header's value",
    (text) =>
      refusalText(
        canonicalText({
          ...signed,
          headers: [
            ["host", "a.example.com"],
            ["x-tenant", text],
          ],
        }),
        "x",
      ),
  ],
  [
    "a header's name",
    (text) => refusalText(canonicalText({ ...signed, headers: [...signed.headers, [text, "1"]] }), "x"),
  ],
  [
    "a service",
    (text) => JSON.stringify({ message: `Credential should be scoped to correct service: '${text}'.` }),
  ],
  [
    "a region",
    (text) =>
      `<Error><Code>AuthorizationHeaderMalformed</Code><Message>the region 'x' is wrong; expecting '${text}'</Message><Region>${text}</Region></Error>`,
  ],
  [
    "a denial",
    (text) =>
      JSON.stringify({
        message: `User: arn:aws:iam::111122223333:user/u is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:eu-west-1:111122223333:a/prod/${text} because no identity-based policy allows the execute-api:Invoke action`,
      }),
  ],
  [
    "a time",
    (text) =>
      JSON.stringify({
        message: `Signature expired: ${text} is now earlier than ${text} (${text} - 5 min.)`,
      }),
  ],
  ["anything", (text) => text],
];

describe("what is offered about an answer that may say anything", () => {
  const constants = ["aws sso login", "aws login"];
  const pages = new Set<string>(Object.values(causes).map(({ page }) => page));
  for (const [name, said] of answers) {
    it(`with ${name}: links are ours, commands too, and what is written or copied can be seen`, () => {
      fc.assert(
        fc.property(hostile, hostile, (text, header) => {
          const headers = [
            ["x-amz-bucket-region", header],
            ["x-amzn-errortype", header],
          ] as const;
          for (const fix of fixesOf(said(text), headers)) check(fix);
        }),
        { numRuns: 300 },
      );
    });
  }

  function check(fix: Fix): void {
    assert.ok(isSeen(fix.title), JSON.stringify(fix));
    if (fix.kind === "link") assert.ok(pages.has(fix.url), fix.url);
    if (fix.kind === "copy" && !constants.includes(fix.text)) checkStatement(JSON.parse(fix.text));
    if (fix.kind === "edit") checkChange(fix.change);
  }

  function checkStatement({ Effect, Action, Resource }: Readonly<Record<string, string | string[]>>): void {
    assert.equal(Effect, "Allow");
    for (const part of [Action, Resource].flat()) assert.ok(isSeen(part ?? "\0"), JSON.stringify(part));
  }

  function checkChange(change: RequestChange): void {
    if (change.kind === "header") assert.equal(change.name, "x-tenant");
    const value = change.kind === "target" ? change.to : (change.value ?? "");
    assert.ok(isSeen(value), JSON.stringify(value));
  }

  it("has no statement of what cannot be seen, and the request's own where there is one", () => {
    const denial = (resource: string) =>
      JSON.stringify({
        message: `User: arn:aws:iam::111122223333:user/u is not authorized to perform: execute-api:Invoke on resource: ${resource}`,
      });
    for (const character of ["\u202e", "\u200b", "\u001b", "\u0085", "\u{e0041}"]) {
      const copied = fixesOf(denial(`arn:aws:execute-api:x:1:a/*${character}`)).filter(
        ({ kind }) => kind === "copy",
      );
      for (const fix of copied)
        assert.ok(fix.kind === "copy" && fix.text.includes("GET/prod/pets"), JSON.stringify(fix));
    }
  });
});
