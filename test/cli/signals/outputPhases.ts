import { once } from "node:events";
import { closeSync, constants, openSync } from "node:fs";
import { answer, rawServer } from "../../transport/servers.ts";
import { noTerminal } from "../onTerminal.ts";
import { type SignalPhase, type SignalWorld, startIn, startOnTerminal, unsigned, until } from "./world.ts";

const megabyte = 1_000_000;
const manyLines = (count: number) => "GET https://a.example/pets\n\n###\n".repeat(count);

/** A body that is more than a pipe holds. */
async function answeredFile(world: SignalWorld, size = 8 * megabyte): Promise<string> {
  const head = `HTTP/1.1 200 OK\r\nContent-Length: ${size}\r\n\r\n`;
  const server = await rawServer(answer(Buffer.concat([Buffer.from(head), Buffer.alloc(size, "x")])));
  return world.write("work/a.awsreq", unsigned(`http://127.0.0.1:${server.port}/`));
}

/** Standard output or standard error that is not read. */
const unread: readonly SignalPhase[] = [
  {
    name: "send, its output not read",
    start: async (world) => notRead(world, ["send", await answeredFile(world)]),
  },
  {
    name: "send --json, its output not read",
    start: async (world) => notRead(world, ["send", await answeredFile(world), "--json"]),
  },
  {
    name: "send --include, its output not read",
    start: async (world) => notRead(world, ["send", await answeredFile(world), "--include"]),
  },
  {
    name: "list, its output not read",
    start: async (world) => notRead(world, ["list", await world.write("work/a.awsreq", manyLines(4_000))]),
  },
  {
    name: "explain --all, its output not read",
    async start(world) {
      const text = `# @auth iam\n# @service execute-api\n${manyLines(200)}`;
      return notRead(world, ["explain", "--all", await world.write("work/a.awsreq", text)]);
    },
  },
  {
    name: "diagnose --json, its output not read",
    async start(world) {
      const file = await world.write("work/a.har", manyAnswers(400));
      return notRead(world, ["diagnose", "--json", file]);
    },
  },
];

/** The terminal's own buffer is full, and what reads from it has stopped. */
const stoppedTerminal: SignalPhase = {
  name: "send, its terminal not read",
  async start(world) {
    const terminal = startOnTerminal(world, ["send", await answeredFile(world)]);
    if (terminal.stdout !== null) await once(terminal.stdout, "readable");
    // What came is left there until the command has ended: only then is there an end to be seen.
    const kill = terminal.kill;
    terminal.kill = (signal) => {
      const done = kill(signal);
      void until(() => world.leftProcesses().length <= 1).then(() => terminal.stdout?.resume());
      return done;
    };
    return terminal;
  },
};

async function notRead(world: SignalWorld, args: readonly string[]) {
  const child = startIn(world, args, {}, { reads: false });
  if (child.stdout !== null) await once(child.stdout, "readable");
  return child;
}

/** A HAR of so many refusals. */
export function manyAnswers(count: number): string {
  const entry = {
    request: { method: "GET", url: "https://abc.execute-api.us-east-1.amazonaws.com/prod/pets", headers: [] },
    response: {
      status: 403,
      statusText: "Forbidden",
      headers: [{ name: "x-amzn-RequestId", value: "1" }],
      content: { mimeType: "application/json", text: '{"message":"Missing Authentication Token"}' },
    },
  };
  return JSON.stringify({ log: { version: "1.2", entries: Array.from({ length: count }, () => entry) } });
}

const toFifo: SignalPhase = {
  name: "send --output, its reader reads nothing",
  async start(world) {
    const path = world.fifo("out");
    const reader = openSync(path, constants.O_RDWR | constants.O_NONBLOCK);
    world.afterwards(() => closeSync(reader));
    const file = await answeredFile(world);
    const child = startIn(world, ["send", file, "--output", path]);
    const { readSync } = await import("node:fs");
    for (;;) {
      try {
        if (readSync(reader, Buffer.alloc(1)) > 0) return child;
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    }
  },
};

/** The local endpoint, idle and with an answer that it is slow to give. */
const serving: readonly SignalPhase[] = ["", "/prod/slow", "/prod/large"].map((path) => ({
  name: path === "" ? "endpoint, waiting for requests" : `endpoint, while ${path} is asked for`,
  async start(world: SignalWorld) {
    const child = startIn(world, ["endpoint", "--port", "0"], {}, { reads: false });
    if (child.stdout === null) throw new Error("There is no standard output.");
    const [bytes] = (await once(child.stdout, "data")) as [Buffer];
    if (path !== "") {
      const { connect } = await import("node:net");
      const { port } = new URL(bytes.toString().trim());
      const socket = connect(Number(port), "127.0.0.1");
      socket.on("error", () => undefined);
      world.afterwards(() => socket.destroy());
      await once(socket, "connect");
      await new Promise((resolve) => socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n`, resolve));
    }
    return child;
  },
}));

export const outputPhases: readonly SignalPhase[] = [
  ...unread,
  ...(noTerminal === null ? [stoppedTerminal] : []),
  toFifo,
  ...serving,
];
