import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { startEndpoint } from "../../src/endpoint/startEndpoint.ts";
import { createMachine, finished, type Machine } from "../cli/cliProcess.ts";
import { blackhole } from "../transport/blackhole.ts";
import { closeServers, onHead, rawServer } from "../transport/servers.ts";
import { answered } from "./answered.ts";
import { type FaultWorld, faultCases, keys, type Scenario, signed } from "./matrix.ts";

faultCases(89, {
  "3 bytes, then nothing": () =>
    answered("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc", {
      limits: { idle: 40 },
      kept: { status: 200, body: "abc", complete: false },
    }),
});

faultCases(90, {
  "a byte at a time": () =>
    answered(
      "HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n",
      { limits: { idle: 150 }, kept: { status: 200, body: "xxxxxxxx", complete: true } },
      (socket) => {
        let left = 8;
        const timer = setInterval(() => {
          socket.write("x");
          left -= 1;
          if (left === 0) clearInterval(timer);
        }, 25);
      },
    ),
});

/** Stopped in the phase that nothing ends by itself. */
const stoppedIn = (phase: string, scenario: Scenario): Scenario => ({
  ...scenario,
  stopAt: (event) => event.type === "phase" && event.phase === phase,
});
const silent = async (scheme: string) => {
  const { port } = await rawServer(() => undefined);
  return { text: `${signed}GET ${scheme}://127.0.0.1:${port}/\n`, host: `127.0.0.1:${port}` };
};

describe("stopping", () => {
  let hole: Awaited<ReturnType<typeof blackhole>>;
  before(async () => {
    hole = await blackhole();
  });
  after(() => hole.close());

  faultCases(91, {
    "while a name is looked up": () =>
      stoppedIn("dns", {
        text: "# @auth none\nGET http://api.example.test/\n",
        host: "api.example.test",
        lookup: () => undefined,
      }),
    "while connecting": () =>
      stoppedIn("connect", {
        text: `${signed}GET http://127.0.0.1:${hole.port}/\n`,
        host: `127.0.0.1:${hole.port}`,
      }),
    "in the TLS handshake": async () => stoppedIn("tls", await silent("https")),
    "while the proxy is waited for": async () => {
      const { port } = await rawServer(() => undefined);
      return stoppedIn("proxy", {
        text: "# @auth none\nGET https://api.example.test/\n",
        env: { HTTPS_PROXY: `http://127.0.0.1:${port}` },
        host: `127.0.0.1:${port}`,
      });
    },
    "while the body is sent": async ({ write }: FaultWorld) => {
      await write("work/large.bin", Buffer.alloc(20 * 1024 * 1024));
      const { port } = await rawServer((socket) => socket.pause());
      const text = `${signed}PUT http://127.0.0.1:${port}/\n\n< ./large.bin\n`;
      return stoppedIn("send", { text, host: `127.0.0.1:${port}` });
    },
    "while the head is waited for": async () => stoppedIn("head", await silent("http")),
    "while the body comes": () =>
      answered("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc", {
        stopAt: ({ type }) => type === "chunk",
        kept: { status: 200, body: "abc", complete: false },
      }),
  });
});

describe("fault 93: a process that is suspended while it waits", () => {
  let machine: Machine;
  before(async () => {
    machine = await createMachine();
  });
  after(async () => {
    await closeServers();
    await machine.remove();
  });

  it("ends once it goes on, when its time is over", async () => {
    let arrived: () => void = () => undefined;
    const asked = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const { port } = await rawServer((socket) => onHead(socket, arrived));
    await machine.write("work/a.awsreq", `# @auth none\nGET http://127.0.0.1:${port}/\n`);
    const child = machine.start(["send", "a.awsreq", "--timeout", "300ms"]);
    const ended = finished(child);
    await asked;
    child.kill("SIGSTOP");
    await once(spawn("sleep", ["0.5"]), "close");
    const before = performance.now();
    child.kill("SIGCONT");
    const { code, stderr } = await ended;
    assert.ok(performance.now() - before < 5000);
    assert.equal(code, 4);
    assert.match(stderr, /E_TOTAL_TIMEOUT/);
  });
});

/** A request signed by a clock that is off by so many seconds, to an endpoint that checks it. */
async function offBy(seconds: number): Promise<Scenario> {
  const { url, close } = await startEndpoint({
    port: 0,
    credentials: [
      {
        accessKeyId: keys.AWS_ACCESS_KEY_ID,
        secretAccessKey: keys.AWS_SECRET_ACCESS_KEY,
        sessionToken: keys.AWS_SESSION_TOKEN,
      },
    ],
  });
  return {
    text: `${signed}GET ${url}/prod/pets\n`,
    args: [`--clock-offset=${seconds}`],
    close,
    also({ person }) {
      assert.ok(person.stderr.includes("send --clock-offset="), person.stderr);
    },
  };
}

faultCases(94, {
  "10 minutes slow": () => offBy(-600),
  "10 minutes fast": () => offBy(600),
  "23 hours slow": () => offBy(-23 * 3600),
  "23 hours fast": () => offBy(23 * 3600),
});
