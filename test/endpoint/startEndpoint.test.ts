import assert from "node:assert/strict";
import { once } from "node:events";
import net from "node:net";
import { type RequestRecord, requestLine } from "../../src/endpoint/requestLine.ts";
import { type Endpoint, startEndpoint } from "../../src/endpoint/startEndpoint.ts";
import { UserError } from "../../src/errors.ts";
import { jsonOf, send, sendBytes, sendSigned, startAtNoon } from "./client.ts";
import { keys, noon, signedRequest } from "./signedRequest.ts";

describe("startEndpoint", () => {
  let endpoint: Endpoint;
  const records: RequestRecord[] = [];
  before(async () => {
    endpoint = await startAtNoon({ bodyLimit: 1000, onRequest: (record) => records.push(record) });
  });
  beforeEach(() => records.splice(0));
  after(() => endpoint.close());

  it("names its address", () => {
    const { port, authority, url } = endpoint;
    assert.ok(port > 0);
    assert.deepEqual([authority, url], [`127.0.0.1:${port}`, `http://127.0.0.1:${port}`]);
  });

  it("hands the raw request and its verdict over", async () => {
    const request = signedRequest({
      host: endpoint.authority,
      method: "POST",
      path: "/prod/echo/%E9//..?a=%20&&b",
      headers: { "X-Odd": "Zoë" },
      body: "hi",
    });
    await send(endpoint.port, request);
    const [record, another] = records;
    assert.ok(record?.verdict.ok && another === undefined);
    assert.equal(record.raw.target, "/prod/echo/%E9//..?a=%20&b=");
    assert.deepEqual(
      record.raw.headers.find(([name]) => name === "X-Odd"),
      ["X-Odd", "Zo\xc3\xab"],
    );
    assert.equal(Buffer.from(record.raw.body).toString(), "hi");
    assert.match(requestLine(record), /^POST \/prod\/echo\/%E9\/\/\.\.\?a=%20&b= 200 AKIA…MPLE$/);
  });

  it("logs a refusal by its kind, and no secret of a presigned URL", async () => {
    const { path } = signedRequest({ host: "localhost:1", expires: 60 });
    await send(endpoint.port, { method: "GET", path, headers: [["Host", endpoint.authority]], body: "" });
    const [record] = records;
    assert.ok(record !== undefined);
    const line = requestLine(record);
    assert.match(line, / 403 signatureMismatch$/);
    assert.match(line, /X-Amz-Signature=‹signature, 64 chars›/);
  });

  it("accepts localhost and names under .localhost with its own port", async () => {
    for (const host of ["localhost", "LOCALHOST", "pets.localhost"]) {
      const request = signedRequest({ host: `${host}:${endpoint.port}` });
      assert.equal((await send(endpoint.port, request)).status, 200, host);
    }
  });

  it("refuses another Host, however well signed, and hands nothing over", async () => {
    for (const host of ["attacker.example", "127.0.0.1:1", `localhost.attacker.example:${endpoint.port}`]) {
      const reply = await send(endpoint.port, signedRequest({ host }));
      assert.deepEqual(
        [reply.status, reply.headers["x-amzn-errortype"], jsonOf(reply)],
        [
          421,
          "MisdirectedRequestException",
          {
            message: `This endpoint answers for ${endpoint.authority} (or localhost with the same port), not for the Host '${host}'.`,
          },
        ],
      );
    }
    assert.deepEqual(records, []);
  });

  it("refuses two Host headers and a target that is no path", async () => {
    const two = `GET /prod/pets HTTP/1.1\r\nHost: ${endpoint.authority}\r\nHost: ${endpoint.authority}\r\nConnection: close\r\n\r\n`;
    assert.match(await sendBytes(endpoint.port, two), /^HTTP\/1\.1 421 /);
    const absolute = `GET http://${endpoint.authority}/prod/pets HTTP/1.1\r\nHost: ${endpoint.authority}\r\nConnection: close\r\n\r\n`;
    assert.match(await sendBytes(endpoint.port, absolute), /^HTTP\/1\.1 400 [\s\S]*must be a path/);
  });

  it("answers what is no HTTP with 400 and lives on", async () => {
    assert.match(await sendBytes(endpoint.port, "not http\r\n\r\n"), /^HTTP\/1\.1 400 /);
    assert.equal((await sendSigned(endpoint, {})).status, 200);
  });

  it("reads bodies up to the limit", async () => {
    const atLimit = await sendSigned(endpoint, {
      method: "POST",
      path: "/prod/echo",
      body: "x".repeat(1000),
    });
    assert.equal(atLimit.status, 200);
    const above = await sendSigned(endpoint, { method: "POST", path: "/prod/echo", body: "x".repeat(1001) });
    assert.deepEqual(
      [above.status, above.headers["x-amzn-errortype"], jsonOf(above)],
      [413, "RequestTooLargeException", { message: "HTTP content length exceeded 1000 bytes." }],
    );
  });

  it("answers 413 to a body of megabytes without a reset", async () => {
    const reply = await sendSigned(endpoint, { method: "POST", body: "x".repeat(3_000_000) });
    assert.deepEqual([reply.status, reply.complete], [413, true]);
  });

  it("survives clients that leave in the middle of a body", async () => {
    const socket = net.connect(endpoint.port, "127.0.0.1");
    socket.write(
      `POST /prod/pets HTTP/1.1\r\nHost: ${endpoint.authority}\r\nContent-Length: 100\r\n\r\nhalf`,
    );
    await once(socket, "connect");
    socket.resetAndDestroy();
    await once(socket, "close");
    assert.equal((await sendSigned(endpoint, {})).status, 200);
  });

  it("accepts several keys, and names the one that signed", async () => {
    const second = { accessKeyId: "ASIASECONDKEYEXAMPLE", secretAccessKey: "s", sessionToken: "token+/=" };
    const both = await startAtNoon({ credentials: [keys, second] });
    try {
      for (const credentials of [keys, second]) {
        const reply = await sendSigned(both, { path: "/prod/echo", credentials });
        const { signedBy } = jsonOf(reply) as { signedBy: { accessKeyId: string } };
        assert.equal(signedBy.accessKeyId, credentials.accessKeyId);
      }
    } finally {
      await both.close();
    }
  });

  it("starts every endpoint with pets of its own", async () => {
    const other = await startAtNoon();
    try {
      await sendSigned(other, { method: "DELETE", path: "/prod/pets/1" });
      assert.equal((await sendSigned(other, { path: "/prod/pets/1" })).status, 404);
      assert.equal((await sendSigned(endpoint, { path: "/prod/pets/1" })).status, 200);
    } finally {
      await other.close();
    }
  });
});

describe("startEndpoint, ports", () => {
  it("says which port is taken and what to do", async () => {
    const first = await startAtNoon();
    try {
      await assert.rejects(startAtNoon({ port: first.port }), (error) => {
        assert.ok(error instanceof UserError);
        const { code, phase, message, hint } = error;
        assert.deepEqual(
          { code, phase, message, hint },
          {
            code: "E_PORT_TAKEN",
            phase: "usage",
            message: `Port ${first.port} on 127.0.0.1 is taken by another program, so the local endpoint cannot listen there.`,
            hint: "Stop that program, or let the system choose a free port with `--port 0`.",
          },
        );
        return true;
      });
    } finally {
      await first.close();
    }
  });

  for (const port of [65_536, -1, 1.5, Number.NaN]) {
    it(`refuses ${port} as a port`, async () => {
      await assert.rejects(startAtNoon({ port }), {
        name: "UserError",
        code: "E_PORT_UNUSABLE",
        message: `${port} is no port: ports are whole numbers from 0 to 65535.`,
        hint: "Let the system choose a free port with `--port 0`.",
      });
    });
  }

  it("is not reachable from other addresses", async () => {
    const endpoint = await startAtNoon();
    try {
      // 127.0.0.2 is this machine too, but not the address that is bound.
      const socket = net.connect(endpoint.port, "127.0.0.2");
      const [error] = (await once(socket, "error")) as [NodeJS.ErrnoException];
      assert.ok(error.code === "ECONNREFUSED" || error.code === "EADDRNOTAVAIL", error.code);
    } finally {
      await endpoint.close();
    }
  });

  it("closes at once, idle and busy connections too, and frees the port", async () => {
    const endpoint = await startAtNoon();
    const idle = net.connect(endpoint.port, "127.0.0.1");
    await once(idle, "connect");
    const busy = sendSigned(endpoint, { path: "/prod/slow?ms=60000" }).catch((error: unknown) => error);
    const idleClosed = once(idle, "close");
    const reached = new Promise<void>((resolve) => setImmediate(resolve));
    await reached;
    await endpoint.close();
    await idleClosed;
    assert.ok((await busy) instanceof Error);
    const again = await startEndpoint({ port: endpoint.port, credentials: [keys], now: () => noon });
    await again.close();
  });

  it("can be closed twice", async () => {
    const endpoint = await startAtNoon();
    await endpoint.close();
    await endpoint.close();
  });
});
