import assert from "node:assert/strict";
import type { RequestChange, ResolvedRequest } from "../../src/stages.ts";
import { changesOnly } from "../../src/trip/changesOnly.ts";
import { resolved } from "../request/resolving.ts";

const text = `# @service s3
# @region eu-west-1
# @connect-to localhost:8443
# @profile dev
GET https://a.example.com/prod/pets?q=1
Accept: text/plain
X-Tenant: acme

body
`;
const auth = { kind: "sign", mode: { kind: "iam" }, reason: "@service" } as const;
const sent = async (of = text): Promise<{ request: ResolvedRequest; auth: typeof auth }> => ({
  request: await resolved(of),
  auth,
});

describe("a request that is the one that was sent but for one change", () => {
  const made: readonly (readonly [name: string, from: string, to: string, change: RequestChange])[] = [
    ["a header", "acme", "two", { kind: "header", name: "x-tenant", value: "two" }],
    ["a header more", "X-T", "X-New: 1\nX-T", { kind: "header", name: "x-new", value: "1" }],
    ["a header less", "X-Tenant: acme\n", "", { kind: "header", name: "x-tenant", value: null }],
    ["our default in its place", "Accept: text/plain\n", "", { kind: "header", name: "accept", value: null }],
    ["a path", "/pets", "/cats", { kind: "target", from: "/pets", to: "/cats" }],
    ["a query", "q=1", "q=2", { kind: "target", from: "q=1", to: "q=2" }],
    ["a region", "eu-west-1", "us-east-1", { kind: "directive", key: "region", value: "us-east-1" }],
    ["a service", "s3", "lambda", { kind: "directive", key: "service", value: "lambda" }],
    ["a way of signing", "GET", "# @auth iam\nGET", { kind: "directive", key: "auth", value: "iam" }],
    ["a payload", "GET", "# @payload signed\nGET", { kind: "directive", key: "payload", value: "signed" }],
  ];
  for (const [name, from, to, change] of made) {
    it(`has ${name}`, async () => {
      const after = await sent(text.replace(from, to));
      assert.equal(changesOnly(change, await sent(), after), true);
      const more = await sent(text.replace(from, to).replace("body\n", "other\n"));
      assert.equal(changesOnly(change, await sent(), more), false, "and another body");
    });
  }

  const header = { kind: "header", name: "x-tenant", value: "two" } as const;
  const others: readonly (readonly [name: string, from: string, to: string])[] = [
    ["host", "a.example.com", "b.example.com"],
    ["port", "a.example.com", "a.example.com:444"],
    ["scheme", "https:", "http:"],
    ["method", "GET", "PUT"],
    ["path", "/prod", "/test"],
    ["query", "q=1", "q=2"],
    ["connect-to", "8443", "8444"],
    ["profile", "dev", "prod"],
    ["role", "GET", "# @role arn:aws:iam::123456789012:role/x\nGET"],
    ["region", "eu-west-1", "us-east-1"],
    ["payload", "GET", "# @payload unsigned\nGET"],
    ["header", "text/plain", "text/html"],
    ["header more", "Accept", "X-New: 1\nAccept"],
    ["title", "# @service", "### T\n# @service"],
    ["name", "GET", "# @name n\nGET"],
    ["value than it says", "two", "three"],
    ["second one of the same name", "X-Tenant: two", "X-Tenant: two\nX-Tenant: three"],
  ];
  for (const [name, from, to] of others) {
    it(`has no other ${name}`, async () => {
      const after = await sent(text.replace("acme", "two").replace(from, to));
      assert.equal(changesOnly(header, await sent(), after), false);
    });
  }

  it("has no new value from outside, and no other way of signing", async () => {
    const [before, after] = [await sent(), await sent(text.replace("acme", "two"))];
    assert.equal(changesOnly(header, before, after), true);
    for (const more of [
      { request: { ...after.request, privateValues: ["secret"] }, auth },
      { request: { ...after.request, outsideValues: ["processEnv" as const] }, auth },
      { request: after.request, auth: { kind: "none", reason: "" } as const },
      { request: after.request, auth: { ...auth, mode: { kind: "presign", expires: 60 } as const } },
    ])
      assert.equal(changesOnly(header, before, more), false);
  });
});
