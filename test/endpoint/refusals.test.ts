import assert from "node:assert/strict";
import type { Endpoint, EndpointOptions } from "../../src/endpoint/startEndpoint.ts";
import { send, sendSigned, startAtNoon } from "./client.ts";
import { expired, minutesFromNoon, refusalRows, temporary } from "./refusalRows.ts";
import { keys, noon, signedRequest } from "./signedRequest.ts";

const mismatchWords =
  "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.";

/** What every answer bears, taken off a reply's headers. */
function isGatewayHeaders(headers: Readonly<Record<string, unknown>>): boolean {
  return (
    headers["content-type"] === "application/json" &&
    headers["date"] === "Sun, 29 Mar 2026 12:00:00 GMT" &&
    /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(String(headers["x-amzn-requestid"])) &&
    /^[A-Za-z0-9+/]{15}=$/.test(String(headers["x-amz-apigw-id"])) &&
    !Object.keys(headers).some((name) => name.startsWith("access-control-"))
  );
}

async function withEndpoint(
  options: Partial<EndpointOptions>,
  use: (endpoint: Endpoint) => Promise<void>,
): Promise<void> {
  const endpoint = await startAtNoon(options);
  try {
    await use(endpoint);
  } finally {
    await endpoint.close();
  }
}

describe("the endpoint's refusals, word by word", () => {
  let endpoint: Endpoint;
  before(async () => {
    endpoint = await startAtNoon({ credentials: [keys, temporary, { ...expired, expiration: noon }] });
  });
  after(() => endpoint.close());

  for (const { name, request, type, body } of refusalRows) {
    it(name, async () => {
      const reply = await send(endpoint.port, request(endpoint.authority));
      assert.deepEqual(
        [reply.status, reply.headers["x-amzn-errortype"], reply.body.toString("utf8")],
        [403, type, JSON.stringify(body)],
      );
      assert.ok(isGatewayHeaders(reply.headers), JSON.stringify(reply.headers));
    });
  }

  it("a wrong secret: the canonical string and the string to sign are told", async () => {
    const wrong = { ...keys, secretAccessKey: "wrong" };
    const reply = await sendSigned(endpoint, { path: "/prod/pets?name=Zo%C3%AB", credentials: wrong });
    const canonical = `GET\n/prod/pets\nname=Zo%C3%AB\nhost:${endpoint.authority}\nx-amz-date:20260329T120000Z\n\nhost;x-amz-date\ne3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855`;
    const { message } = JSON.parse(reply.body.toString("utf8")) as { message: string };
    const hash = /[0-9a-f]{64}(?='\n$)/.exec(message)?.[0];
    assert.equal(
      message,
      `${mismatchWords}\n\nThe Canonical String for this request should have been\n'${canonical}'\n\nThe String-to-Sign should have been\n'AWS4-HMAC-SHA256\n20260329T120000Z\n20260329/us-east-1/execute-api/aws4_request\n${hash}'\n`,
    );
    assert.deepEqual([reply.status, reply.headers["x-amzn-errortype"]], [403, "InvalidSignatureException"]);
  });

  it("a changed body and a changed path: the mismatch is told before anything is served", async () => {
    const request = signedRequest({ host: endpoint.authority, method: "POST", body: '{"name":"a"}' });
    const changed = [
      { ...request, body: '{"name":"b"}' },
      { ...request, path: "/prod/pets?x" },
    ];
    for (const one of changed) {
      const reply = await send(endpoint.port, one);
      assert.equal(reply.headers["x-amzn-errortype"], "InvalidSignatureException");
    }
  });

  it("another window is told in its own minutes", () =>
    withEndpoint({ clockWindowMs: 900_000 }, async (patient) => {
      const reply = await sendSigned(patient, { date: minutesFromNoon(-16) });
      assert.equal(
        reply.body.toString(),
        '{"message":"Signature expired: 20260329T114400Z is now earlier than 20260329T114500Z (20260329T120000Z - 15 min.)"}',
      );
    }));
});
