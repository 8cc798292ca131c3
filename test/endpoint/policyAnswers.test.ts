import assert from "node:assert/strict";
import { type RequestRecord, requestLine } from "../../src/endpoint/requestLine.ts";
import type { Endpoint, EndpointOptions } from "../../src/endpoint/startEndpoint.ts";
import { policiesOf, written } from "./accessOf.ts";
import { jsonOf, type Reply, send, sendSigned, startAtNoon } from "./client.ts";
import { keys, signedRequest, type ToSign } from "./signedRequest.ts";

const user = "User: arn:aws:iam::123456789012:user/local is not authorized to perform: execute-api:Invoke";
const api = "arn:aws:execute-api:us-east-1:********9012:local/prod";

async function withEndpoint(
  options: Partial<EndpointOptions>,
  use: (ask: (request: ToSign) => Promise<Reply>, endpoint: Endpoint) => Promise<void>,
): Promise<void> {
  const endpoint = await startAtNoon(options);
  try {
    await use((request) => sendSigned(endpoint, request), endpoint);
  } finally {
    await endpoint.close();
  }
}

describe("an endpoint with policies", () => {
  const reading = policiesOf({
    identity: [written("Allow", "execute-api:Invoke", "arn:aws:execute-api:*:*:*/prod/GET/*")],
    scp: [written("Allow"), written("Deny", "*", "arn:aws:execute-api:*:*:*/prod/*/pets/2")],
  });

  it("serves what they allow and refuses the rest, with the clause of the policy that stands against it", () =>
    withEndpoint({ policies: reading }, async (ask) => {
      assert.equal((await ask({})).status, 200);
      assert.equal((await ask({ path: "/prod/pets/1?x=/prod/GET/pets/2" })).status, 200);
      const denied = await ask({ path: "/prod/pets/2" });
      assert.deepEqual(
        [denied.status, denied.headers["x-amzn-errortype"], jsonOf(denied)],
        [
          403,
          "AccessDeniedException",
          {
            Message: `${user} on resource: ${api}/GET/pets/2 with an explicit deny in a service control policy`,
          },
        ],
      );
      assert.deepEqual(jsonOf(await ask({ method: "DELETE", path: "/prod/pets/1" })), {
        Message: `${user} on resource: ${api}/DELETE/pets/1 because no identity-based policy allows the execute-api:Invoke action`,
      });
      assert.equal((await ask({ path: "/prod/pets/1" })).status, 200, "the pet is still there");
    }));

  it("looks at them after the path and the signature", () =>
    withEndpoint({ policies: { identity: [] } }, async (ask, { port, authority }) => {
      const types = async (reply: Promise<Reply>) => (await reply).headers["x-amzn-errortype"];
      assert.equal(await types(ask({ path: "/prod/nothing" })), "MissingAuthenticationTokenException");
      const wrong = { ...keys, secretAccessKey: "wrong" };
      assert.equal(await types(ask({ credentials: wrong })), "InvalidSignatureException");
      const unsigned = { ...signedRequest({}), headers: [["Host", authority]] as const };
      assert.equal(await types(send(port, unsigned)), "MissingAuthenticationTokenException");
      assert.equal(await types(ask({})), "AccessDeniedException");
    }));

  it("names its own region in the ARN that they are held against", () => {
    const policies = policiesOf({
      identity: [written("Allow", "*", "arn:aws:execute-api:eu-west-1:123456789012:local/*")],
    });
    return withEndpoint({ policies, region: "eu-west-1" }, async (ask) => {
      assert.equal((await ask({ region: "eu-west-1" })).status, 200);
    });
  });

  it("writes the clause into the log", async () => {
    const records: RequestRecord[] = [];
    const policies = { identity: [] };
    await withEndpoint({ policies, onRequest: (record) => records.push(record) }, async (ask) => {
      await ask({});
    });
    assert.deepEqual(records.map(requestLine), [
      "GET /prod/pets 403 AKIA…MPLE (because no identity-based policy allows the execute-api:Invoke action)",
    ]);
  });

  it("without policies allows everything but what nobody may", () =>
    withEndpoint({ policies: null }, async (ask) => {
      assert.equal((await ask({ method: "DELETE", path: "/prod/pets/1" })).status, 204);
      assert.deepEqual(jsonOf(await ask({ path: "/prod/forbidden" })), {
        Message: `${user} on resource: ${api}/GET/forbidden`,
      });
    }));
});

describe("a route that needs an API key", () => {
  const apiKey = "THROWAWAYTHROWAWAYTHROWAWAYTHROWAWAYTHRO";
  const path = "/prod/keyed";

  it("answers 200 to a signature and the key, and 403 without either", () =>
    withEndpoint({ apiKey }, async (ask, endpoint) => {
      assert.equal(endpoint.apiKey, apiKey);
      const good = await ask({ path, headers: { "X-Api-Key": apiKey } });
      assert.deepEqual([good.status, jsonOf(good)], [200, { message: "The API key is right." }]);
      const wrong: readonly Record<string, string>[] = [
        {},
        { "x-api-key": "" },
        { "x-api-key": `${apiKey}x` },
      ];
      for (const headers of wrong) {
        const reply = await ask({ path, headers });
        assert.deepEqual(
          [reply.status, reply.headers["x-amzn-errortype"], jsonOf(reply)],
          [403, "ForbiddenException", { message: "Forbidden" }],
        );
      }
      const unsigned = { ...signedRequest({ path }), headers: [["Host", endpoint.authority]] as const };
      const refused = await send(endpoint.port, {
        ...unsigned,
        headers: [...unsigned.headers, ["x-api-key", apiKey]],
      });
      assert.equal(refused.headers["x-amzn-errortype"], "MissingAuthenticationTokenException");
    }));

  it("looks at policies before the key", () =>
    withEndpoint({ apiKey, policies: { identity: [] } }, async (ask) => {
      assert.equal((await ask({ path })).headers["x-amzn-errortype"], "AccessDeniedException");
    }));

  it("has a new key in each endpoint, and never echoes one", () =>
    withEndpoint({}, (_, one) =>
      withEndpoint({}, async (ask, other) => {
        assert.match(other.apiKey, /^[A-Z2-7]{40}$/);
        assert.notEqual(one.apiKey, other.apiKey);
        const echo = await ask({ path: "/prod/echo", headers: { "x-api-key": other.apiKey } });
        assert.equal(echo.status, 200);
        assert.ok(echo.body.includes("‹API key, 40 chars›") && !echo.body.includes(other.apiKey));
      }),
    ));

  it("says in the log what was missing", async () => {
    const records: RequestRecord[] = [];
    await withEndpoint({ onRequest: (record) => records.push(record) }, async (ask) => {
      await ask({ path });
    });
    assert.deepEqual(records.map(requestLine), ["GET /prod/keyed 403 AKIA…MPLE (no valid API key)"]);
  });
});
