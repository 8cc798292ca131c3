import { spawn } from "node:child_process";
import { createHash, type Hash } from "node:crypto";
import { once } from "node:events";
import { createReadStream, readdirSync, readFileSync } from "node:fs";
import { mkdir, open } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { createGzip } from "node:zlib";
import { cliPath, createMachine, credentialsFile, type Machine } from "../cli/cliProcess.ts";

/** What a run of the command line left behind. */
export interface LoadRun {
  readonly code: number | null;
  readonly stderr: string;
  /** Of standard output, which is read as fast as it comes. */
  readonly bytes: number;
  readonly sha256: string;
  /** The most memory that the process had, in bytes. */
  readonly memory: number;
}

/** A server that gives and takes bodies of any size, and a machine to send to it from. */
export interface LoadWorld {
  readonly machine: Machine;
  readonly tmpdir: string;
  /** Hashes of the bodies that arrived whole. */
  readonly arrived: readonly { readonly sha256: string; readonly bytes: number }[];
  /** Writes the file `a.awsreq` with a request to the server. */
  request(lines: string): Promise<void>;
  run(...args: readonly string[]): Promise<LoadRun>;
  /** The names in the temporary folder. */
  left(): readonly string[];
  remove(): Promise<void>;
}

const lines = Buffer.from("a line of text, of which there are a great many\n".repeat(20_000));

/** Bytes of a body: lines of text. */
export function* bodyOf(bytes: number): Generator<Buffer, void> {
  for (let left = bytes; left > 0; left -= lines.length) yield lines.subarray(0, left);
}

/** Hex SHA-256 of such a body. */
export function hashOf(bytes: number): string {
  const hash = createHash("sha256");
  for (const piece of bodyOf(bytes)) hash.update(piece);
  return hash.digest("hex");
}

/** Hex SHA-256 of a file. */
export async function hashOfFile(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const piece of createReadStream(path)) hash.update(piece as Buffer);
  return hash.digest("hex");
}

/** Writes such a body into a file. */
export async function writeBodyFile(path: string, bytes: number): Promise<void> {
  const handle = await open(path, "w");
  for (const piece of bodyOf(bytes)) await handle.write(piece);
  await handle.close();
}

/** Makes such a world. `GET /bytes/N` and `GET /gzip/N` give a body, `PUT /` takes one. */
export async function createLoadWorld(): Promise<LoadWorld> {
  const machine = await createMachine();
  await machine.write(".aws/credentials", credentialsFile());
  const tmpdir = join(machine.home, "tmp");
  await mkdir(tmpdir);
  const arrived: { sha256: string; bytes: number }[] = [];
  const server = createServer((request, response) => {
    if (request.method === "GET") void give(request.url ?? "", response);
    else take(request, response, arrived);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const measured = await machine.write("memory.cjs", noteMemory);
  return {
    machine,
    tmpdir,
    arrived,
    async request(text) {
      const directives = "# @profile canary\n# @auth iam\n# @region us-east-1\n# @service execute-api\n";
      await machine.write("work/a.awsreq", directives + text.replace("SERVER", `http://127.0.0.1:${port}`));
    },
    run: (...args) => run(machine, { TMPDIR: tmpdir, NODE_OPTIONS: `--require ${measured}` }, args),
    left: () => readdirSync(tmpdir),
    async remove() {
      server.closeAllConnections();
      server.close();
      await machine.remove();
    },
  };
}

const noteMemory = `process.on("exit", () => require("node:fs").writeFileSync(
  process.env.HOME + "/memory", String(process.resourceUsage().maxRSS * 1024)));`;

async function run(
  machine: Machine,
  env: Readonly<Record<string, string>>,
  args: readonly string[],
): Promise<LoadRun> {
  const child = spawn(process.execPath, [cliPath, "send", "a.awsreq", ...args], {
    cwd: machine.work,
    env: { PATH: process.env["PATH"], HOME: machine.home, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const hash = createHash("sha256");
  let bytes = 0;
  let stderr = "";
  child.stdout.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    hash.update(chunk);
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const [code] = (await once(child, "close")) as [number | null];
  const memory = Number(readFileSync(join(machine.home, "memory"), "utf8"));
  return { code, stderr, bytes, sha256: hash.digest("hex"), memory };
}

async function give(url: string, response: ServerResponse): Promise<void> {
  const [, what, size] = url.split("/");
  const isCompressed = what === "gzip";
  response.writeHead(200, {
    "Content-Type": "text/plain",
    ...(isCompressed ? { "Content-Encoding": "gzip" } : { "Content-Length": size }),
  });
  const sink = isCompressed ? createGzip({ level: 1 }) : response;
  if (sink !== response) sink.pipe(response);
  const closed = new Promise((resolve) => response.once("close", resolve));
  for (const piece of bodyOf(Number(size))) {
    if (response.destroyed) return;
    if (sink.write(piece)) continue;
    await Promise.race([new Promise((resolve) => sink.once("drain", resolve)), closed]);
  }
  sink.end();
}

function take(
  request: IncomingMessage,
  response: ServerResponse,
  arrived: { sha256: string; bytes: number }[],
): void {
  const hash: Hash = createHash("sha256");
  let bytes = 0;
  request.on("error", () => undefined);
  request.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    hash.update(chunk);
  });
  request.on("end", () => {
    arrived.push({ sha256: hash.digest("hex"), bytes });
    response.end("ok");
  });
}
