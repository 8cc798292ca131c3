import { spawn } from "node:child_process";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { answer, answering, onHead, type RawServer, rawServer } from "../../transport/servers.ts";
import { cliPath } from "../cliProcess.ts";
import {
  hasReceived,
  isConnecting,
  type SignalPhase,
  type SignalWorld,
  silentServer,
  startIn,
  unsigned,
} from "./world.ts";

/** One phase of a sending: its server, the request, what the server has received by then, and what leads there. */
interface Wire {
  readonly name: string;
  readonly open: () => Promise<RawServer>;
  readonly request: (port: number) => string;
  readonly received: string;
  readonly isProxy?: true;
}

const local = (port: number) => unsigned(`http://127.0.0.1:${port}/`);
const faraway = () => unsigned("https://api.example.com/");
const posting = (port: number) =>
  `# @auth none\nPOST http://127.0.0.1:${port}/\n\n${`${"x".repeat(99)}\n`.repeat(40_000)}`;
const page = "HTTP/1.1 403 Forbidden\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n";

/** Reads the head and nothing more. */
const readingHeads = () => rawServer((socket) => onHead(socket, () => setImmediate(() => socket.pause())));

const wires: readonly Wire[] = [
  {
    name: "in the TLS handshake",
    open: silentServer,
    request: (port) => unsigned(`https://127.0.0.1:${port}/`),
    received: "\x16\x03",
  },
  { name: "waiting for a proxy", open: silentServer, request: faraway, received: "CONNECT ", isProxy: true },
  {
    name: "reading a proxy's refusal",
    open: () => answering(page),
    request: faraway,
    received: "CONNECT ",
    isProxy: true,
  },
  { name: "uploading", open: readingHeads, request: posting, received: "POST " },
  { name: "waiting for the head", open: silentServer, request: local, received: "GET " },
  {
    name: "waiting for the final head",
    open: () => answering("HTTP/1.1 100 Continue\r\n\r\n"),
    request: local,
    received: "GET ",
  },
  {
    name: "receiving the body",
    open: () => answering("HTTP/1.1 200 OK\r\n\r\nhello"),
    request: local,
    received: "GET ",
  },
];

const sending: readonly SignalPhase[] = wires.flatMap(({ name, open, request, received, isProxy }) =>
  [[], ["--json"], ["--output", "out"]].map((options) => ({
    name: `${["send", ...options].join(" ")}, ${name}`,
    async start(world: SignalWorld) {
      const server = await open();
      const file = await world.write("work/a.awsreq", request(server.port));
      const proxy: Record<string, string> = isProxy ? { HTTPS_PROXY: `http://127.0.0.1:${server.port}` } : {};
      const child = startIn(world, ["send", file, ...options], proxy);
      await hasReceived(server, received);
      return child;
    },
  })),
);

/** A port whose queue of connections is full: the system answers no further one. */
const connecting: SignalPhase = {
  name: "send, connecting",
  async start(world) {
    const program = `const s = require("node:net").createServer().listen({ port: 0, host: "127.0.0.1", backlog: 1 }, () => {
      process.stdout.write(String(s.address().port), () => { for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0); });
    });`;
    // It accepts as long as its loop turns: this one turns no more.
    const full = spawn(process.execPath, ["-e", program], { stdio: ["ignore", "pipe", "ignore"] });
    const [bytes] = (await once(full.stdout, "data")) as [Buffer];
    const port = Number(bytes.toString());
    const fill = `for (let i = 0; i < 4; i++) require("node:net").connect(${port}, "127.0.0.1").on("error", () => {});`;
    const filling = spawn(process.execPath, ["-e", fill], { stdio: "ignore" });
    for (const child of [full, filling]) world.afterwards(() => child.kill("SIGKILL"));
    await isConnecting(filling);
    const child = startIn(world, ["send", await world.write("work/a.awsreq", local(port))]);
    await isConnecting(child);
    return child;
  },
};

/** A name server that is asked and says nothing; only root can put one in the place of the system's. */
const lookingUp: SignalPhase = {
  name: "send, looking up a name",
  async start(world) {
    const names = createSocket("udp4");
    const address = `127.9.${Math.floor(Math.random() * 250)}.${1 + Math.floor(Math.random() * 250)}`;
    const asked = once(names, "message");
    await new Promise<void>((resolve) => names.bind(53, address, resolve));
    world.afterwards(() => names.close());
    const resolver = await world.write("resolv.conf", `nameserver ${address}\n`);
    const file = await world.write("work/a.awsreq", unsigned("http://api.example.com/"));
    const script = `mount --bind "$1" /etc/resolv.conf && exec "$2" "$3" send "$4"`;
    const child = spawn(
      "unshare",
      ["-m", "sh", "-c", script, "sh", resolver, process.execPath, cliPath, file],
      {
        cwd: world.work,
        env: { PATH: process.env["PATH"], HOME: world.home, ...world.env },
        stdio: ["ignore", "pipe", "pipe"],
      },
    );
    await asked;
    return child;
  },
};

/** Between two requests of a run: the signal comes when some of them have been answered. */
const between: SignalPhase = {
  name: "send --all, between requests",
  async start(world) {
    const ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok";
    const server = await rawServer(answer(ok, (socket) => socket.end()));
    const file = await world.write("work/a.awsreq", `${local(server.port)}###\n`.repeat(300));
    const child = startIn(world, ["send", file, "--all"]);
    const isUnderWay = () => server.received().split("GET ").length > 10;
    while (!isUnderWay()) await new Promise(setImmediate);
    return child;
  },
};

const canUnshare = process.platform === "linux" && process.getuid?.() === 0;

export const wirePhases: readonly SignalPhase[] = [
  ...sending,
  between,
  ...(process.platform === "linux" ? [connecting] : []),
  ...(canUnshare ? [lookingUp] : []),
];
