import { fork } from "node:child_process";
import { once } from "node:events";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import type { Header, SignedRequest } from "../src/stages.ts";
import { defaultLimits } from "../src/transport/limits.ts";
import { send } from "../src/transport/send.ts";
import { measure, report } from "./measure.ts";

const answer = Buffer.alloc(1000, "b");

/** The server is a process of its own: in the client's it would share its thread, and be measured with it. */
if (process.argv[2] === "server") {
  const server = createServer((message, response) => {
    message.resume().on("end", () => response.end(answer));
  });
  server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
  process.on("disconnect", () => process.exit());
} else {
  void compare();
}

async function compare(): Promise<void> {
  const server = fork(__filename, ["server"]);
  const [port] = (await once(server, "message")) as [number];
  const measured = await measure(
    [
      { name: "node:http", run: () => sendPlain(port) },
      { name: "awsreq send()", run: () => sendOurs(port) },
    ],
    30,
    100,
  );
  server.disconnect();
  const claims = [{ subject: "awsreq send()", against: "node:http", limit: 2 }];
  if (!report("Sending a POST of 1 kB on a connection of its own, answer of 1 kB", measured, claims))
    process.exitCode = 1;
}

const body = Buffer.alloc(1000, "a");

function sendPlain(port: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        host: "127.0.0.1",
        port,
        method: "POST",
        path: "/prod/pets",
        agent: false,
        headers: { "content-length": 1000 },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () => resolve(Buffer.concat(chunks)));
      },
    );
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

async function sendOurs(port: number): Promise<Uint8Array> {
  const authority = `127.0.0.1:${port}`;
  const headers: Header[] = [
    { name: "Host", value: authority, origin: "default" },
    { name: "Content-Length", value: "1000", origin: "default" },
  ];
  const signed: SignedRequest = {
    method: "POST",
    target: {
      typed: "",
      scheme: "http:",
      host: "127.0.0.1",
      port,
      authority,
      path: "/prod/pets",
      query: null,
    },
    headers,
    body,
    trace: null,
  };
  const options = { limits: defaultLimits, checkAddress: () => null, storageDirectory: tmpdir() };
  const { response, error } = await send(signed, options, new AbortController().signal);
  if (response === null) throw new Error(error?.message);
  return response.body.slice(0, response.body.size);
}
