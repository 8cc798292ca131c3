import assert from "node:assert/strict";
import http from "node:http";
import type { Endpoint } from "../../src/endpoint/startEndpoint.ts";
import { jsonOf, send, sendSigned, startAtNoon } from "./client.ts";
import { keys, signedRequest } from "./signedRequest.ts";

const temporary = { ...keys, accessKeyId: "ASIATEMPORARYEXAMPLE", sessionToken: "token/+=" };

describe("the wire routes", () => {
  let endpoint: Endpoint;
  before(async () => {
    endpoint = await startAtNoon({ credentials: [keys, temporary] });
  });
  after(() => endpoint.close());

  const get = (path: string) => sendSigned(endpoint, { path });

  it("echo tells method, target, query, headers, body and signer", async () => {
    const request = signedRequest({
      host: endpoint.authority,
      method: "PATCH",
      path: "/prod/echo/a%2Fb?q=%C3%A9&e=",
      headers: { "X-Name": "Zoë", "Content-Type": "text/plain" },
      body: "Grüße",
    });
    const reply = await send(endpoint.port, request);
    const authorization = request.headers.find(([name]) => name === "Authorization")?.[1] ?? "";
    assert.deepEqual([reply.status, reply.headers["content-type"]], [200, "application/json"]);
    assert.deepEqual(jsonOf(reply), {
      method: "PATCH",
      target: "/prod/echo/a%2Fb?q=%C3%A9&e=",
      query: [
        ["q", "é"],
        ["e", ""],
      ],
      headers: [
        ["X-Name", "Zoë"],
        ["Content-Type", "text/plain"],
        ["X-Amz-Date", "20260329T120000Z"],
        ["Host", endpoint.authority],
        ["Content-Length", "7"],
        ["Authorization", authorization],
        ["Connection", "close"],
      ],
      body: { size: 7, text: "Grüße" },
      signedBy: {
        accessKeyId: keys.accessKeyId,
        userArn: "arn:aws:iam::123456789012:user/local",
        mode: "header",
        credentialScope: "20260329/us-east-1/execute-api/aws4_request",
        signedHeaders: ["content-length", "content-type", "host", "x-amz-date", "x-name"],
      },
    });
  });

  it("echo never repeats a session token", async () => {
    for (const request of [{ path: "/prod/echo" }, { path: "/prod/echo", expires: 60 }]) {
      const reply = await sendSigned(endpoint, { ...request, credentials: temporary });
      const text = reply.body.toString("utf8");
      assert.equal(reply.status, 200);
      assert.ok(text.includes("‹token, 8 chars›"), text);
      assert.ok(!text.includes("token/+=") && !text.includes("token%2F"), text);
    }
  });

  it("echo gives bytes that are no UTF-8 as base64", async () => {
    const body = Buffer.from([0xff, 0x00, 0x0a]);
    const reply = await sendSigned(endpoint, { method: "PUT", path: "/prod/echo", body });
    assert.deepEqual((jsonOf(reply) as { body: object }).body, { size: 3, base64: "/wAK" });
  });

  it("echo answers HEAD without a body", async () => {
    const reply = await sendSigned(endpoint, { method: "HEAD", path: "/prod/echo" });
    assert.deepEqual([reply.status, reply.body.length, reply.complete], [200, 0, true]);
  });

  it("binary is a PNG", async () => {
    const reply = await get("/prod/binary");
    assert.equal(reply.headers["content-type"], "image/png");
    assert.equal(reply.body.subarray(1, 4).toString(), "PNG");
  });

  it("large is as long as was asked", async () => {
    const array = await get("/prod/large?bytes=300000");
    assert.deepEqual(
      [array.headers["content-type"], array.headers["content-length"], array.body.length],
      ["application/json", "300000", 300_000],
    );
    assert.ok(Array.isArray(jsonOf(array)));
    const lines = await get("/prod/large?bytes=5000&format=lines");
    assert.deepEqual([lines.headers["content-type"], lines.body.length], ["application/x-ndjson", 5000]);
  });

  it("slow waits as long as was asked", async () => {
    const start = process.hrtime.bigint();
    const reply = await get("/prod/slow?ms=50");
    assert.ok(Number(process.hrtime.bigint() - start) >= 45e6);
    assert.deepEqual(jsonOf(reply), { waitedMs: 50 });
  });

  it("chunked has no length", async () => {
    const reply = await get("/prod/chunked?chunks=3");
    assert.deepEqual(
      [reply.headers["transfer-encoding"], reply.headers["content-length"], reply.body.toString()],
      ["chunked", undefined, "chunk 1 of 3\nchunk 2 of 3\nchunk 3 of 3\n"],
    );
  });

  it("cut promises more than it sends", async () => {
    const reply = await get("/prod/cut?bytes=100&sent=3");
    assert.deepEqual(
      [reply.status, reply.headers["content-length"], reply.body.toString(), reply.complete],
      [200, "100", "xxx", false],
    );
  });

  it("redirect names another path, and nothing but a path", async () => {
    const reply = await get("/prod/redirect");
    assert.deepEqual([reply.status, reply.headers.location, reply.body.length], [302, "/prod/pets", 0]);
    assert.equal((await get("/prod/redirect?to=%2Fprod%2Fecho%3Fa")).headers.location, "/prod/echo?a");
    for (const to of ["//evil.example", "https://evil.example", "/%0d%0aX: y", "/\\evil.example", ""]) {
      assert.equal(
        (await get(`/prod/redirect?to=${encodeURIComponent(decodeURIComponent(to))}`)).status,
        400,
      );
    }
  });

  const outOfBounds: readonly [path: string, message: string][] = [
    ["/prod/large?bytes=50000001", "bytes must be one whole number from 2 to 50000000."],
    ["/prod/large?bytes=1e3", "bytes must be one whole number from 2 to 50000000."],
    ["/prod/large?format=xml", "format must be 'array' or 'lines'."],
    ["/prod/slow?ms=60001", "ms must be one whole number from 0 to 60000."],
    ["/prod/chunked?chunks=0", "chunks must be one whole number from 1 to 100000."],
    ["/prod/chunked?chunks=1&chunks=2", "chunks must be one whole number from 1 to 100000."],
    ["/prod/cut?bytes=0", "bytes must be one whole number from 1 to 1000000."],
    ["/prod/cut?bytes=5&sent=5", "sent must be one whole number from 0 to 4."],
  ];
  for (const [path, message] of outOfBounds) {
    it(`refuses ${path}`, async () => {
      const reply = await get(path);
      assert.deepEqual([reply.status, jsonOf(reply)], [400, { message }]);
    });
  }

  it("a client that leaves a large answer does no harm", async () => {
    const { path, headers } = signedRequest({ host: endpoint.authority, path: "/prod/large?bytes=20000000" });
    const options = { host: "127.0.0.1", port: endpoint.port, path, headers: headers.flat(), agent: false };
    await new Promise<void>((resolve, reject) => {
      const request = http.get(options, (message) => {
        message.once("data", () => message.destroy());
        message.once("close", resolve);
      });
      request.once("error", reject);
    });
    assert.equal((await get("/prod/pets")).status, 200);
  });
});
