import { blackhole } from "../transport/blackhole.ts";
import { failingLookup, resolvingTo } from "../transport/lookups.ts";
import { answer, answering, rawServer } from "../transport/servers.ts";
import { faultCases, signed } from "./matrix.ts";

const ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
const kept = { status: 200, body: "ok", complete: true } as const;

const get = (url: string) => `${signed}GET ${url}\n`;
/** For hosts that are not this machine: nobody signs, so nobody is asked. */
const unsigned = (url: string) => `# @auth none\nGET ${url}\n`;

const closedPort = async (): Promise<number> => {
  const server = await rawServer(() => undefined);
  await server.close();
  return server.port;
};

faultCases(1, {
  "a name that nobody has": () => ({
    text: unsigned("http://nowhere.invalid/"),
    host: "nowhere.invalid",
    lookup: failingLookup("ENOTFOUND"),
  }),
  "a misspelt region": () => ({
    text: unsigned("https://sqs.eu-wst-1.amazonaws.com/"),
    host: "sqs.eu-wst-1.amazonaws.com",
    lookup: failingLookup("ENOTFOUND"),
  }),
  "a name without addresses": () => ({
    text: unsigned("http://api.example.test/"),
    host: "api.example.test",
    lookup: resolvingTo(),
  }),
});

faultCases(2, {
  "a temporary failure": () => ({
    text: unsigned("http://api.example.test/"),
    host: "api.example.test",
    lookup: failingLookup("EAI_AGAIN"),
  }),
  "a look-up that never ends": () => ({
    text: unsigned("http://api.example.test/"),
    host: "api.example.test",
    lookup: () => undefined,
    limits: { connect: 40 },
  }),
});

faultCases(3, {
  "a port on which nothing listens": async () => {
    const port = await closedPort();
    return { text: get(`http://127.0.0.1:${port}/`), host: `127.0.0.1:${port}` };
  },
});

describe("a listener that never accepts", () => {
  let hole: Awaited<ReturnType<typeof blackhole>>;
  before(async () => {
    hole = await blackhole();
  });
  after(() => hole.close());

  faultCases(4, {
    "a full backlog": () => ({
      text: get(`http://127.0.0.1:${hole.port}/`),
      host: `127.0.0.1:${hole.port}`,
      limits: { connect: 60 },
    }),
  });
});

faultCases(5, {
  "the first is dead, the second answers": async () => {
    const { port } = await answering(ok);
    const lookup = resolvingTo("127.0.0.2", "127.0.0.1");
    return { text: unsigned(`http://api.example.test:${port}/`), lookup, kept };
  },
  "all are dead": async () => {
    const port = await closedPort();
    const lookup = resolvingTo("127.0.0.2", "127.0.0.3");
    return { text: unsigned(`http://api.example.test:${port}/`), lookup, host: "api.example.test" };
  },
});

faultCases(6, {
  silence: async () => {
    const { port } = await rawServer(() => undefined);
    return { text: get(`http://127.0.0.1:${port}/`), host: `127.0.0.1:${port}`, limits: { head: 40 } };
  },
  "a bound for the whole exchange": async () => {
    const { port } = await rawServer(() => undefined);
    return { text: get(`http://127.0.0.1:${port}/`), host: `127.0.0.1:${port}`, args: ["--timeout", "40ms"] };
  },
});

faultCases(7, {
  "closed at once": async () => {
    const { port } = await rawServer((socket) => socket.end());
    return { text: get(`http://127.0.0.1:${port}/`), host: `127.0.0.1:${port}` };
  },
});

faultCases(8, {
  "reset once the request is there": async () => {
    const { port } = await rawServer((socket) => socket.once("data", () => socket.resetAndDestroy()));
    return { text: get(`http://127.0.0.1:${port}/`), host: `127.0.0.1:${port}` };
  },
});

faultCases(19, {
  "an IPv4 literal": () => received("127.0.0.1", "127.0.0.1"),
  "an IPv6 literal": () => received("[::1]", "[::1]", "::1"),
  "a dot at the end": () => received("localhost.", "localhost."),
  "mixed case": () => received("LocalHost", "localhost"),
  "an internationalised name": () => received("bücher.localhost", "xn--bcher-kva.localhost"),
});

/** The Host field that reaches the server is the one that was signed. */
async function received(written: string, host: string, listens = "127.0.0.1") {
  const server = await rawServer(answer(ok), listens);
  return {
    text: get(`http://${written}:${server.port}/`),
    kept,
    also: () => {
      if (!server.received().includes(`\r\nHost: ${host}:${server.port}\r\n`))
        throw new Error(`Host: ${host} is not in ${server.received()}`);
    },
  };
}
