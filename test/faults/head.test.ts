import assert from "node:assert/strict";
import { certificate } from "../transport/certificates.ts";
import { answer, answering, onHead, rawServer, tlsServer } from "../transport/servers.ts";
import { faultCases, run, type Scenario, type Seen, signed } from "./matrix.ts";

const ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
const kept = { status: 200, body: "ok", complete: true } as const;

/** A server that answers with these bytes, each character a byte, and then closes or stays. */
async function from(
  bytes: string | Uint8Array,
  more: Partial<Scenario> = {},
  ends = false,
): Promise<Scenario> {
  const { port } = await answering(bytes, (socket) => void (ends && socket.end()));
  return { text: `${signed}GET http://127.0.0.1:${port}/\n`, host: `127.0.0.1:${port}`, ...more };
}

/** An answer with these lines in its head. */
const withFields = (lines: readonly string[], more: Partial<Scenario> = {}) =>
  from(`HTTP/1.1 200 OK\r\n${lines.map((line) => `${line}\r\n`).join("")}Content-Length: 2\r\n\r\nok`, more);

const fieldsOf = ({ document }: Seen) => document.requests[0]?.response?.headers ?? [];

/** The fields as they came, in front of the length. */
const arrive =
  (fields: readonly (readonly [string, string])[]): Scenario["also"] =>
  (seen) =>
    assert.deepEqual(fieldsOf(seen).slice(0, fields.length), fields);

faultCases(27, {
  "a page without a head": () => from('<html>\r\n\u0000"old"\u001b[31m\u009b'),
  "many bytes": () => from("x".repeat(500)),
});

const versionIs =
  (version: string): Scenario["also"] =>
  (seen) =>
    assert.equal(seen.document.requests[0]?.response?.httpVersion, version);

faultCases(28, {
  "with a length": () =>
    from("HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok", { kept, also: versionIs("1.0") }),
  "without a length": () => from("HTTP/1.0 200 OK\r\n\r\nok", { kept, also: versionIs("1.0") }, true),
});

faultCases(29, {
  "in plain text": () => from(Uint8Array.from([0, 0, 0, 4, 0, 0, 0, 0, 0])),
  "agreed in the TLS handshake": async ({ write }) => {
    const made = await certificate();
    const { port } = await tlsServer({ ...made, ALPNProtocols: ["h2"] }, answer(ok));
    const env = { AWS_CA_BUNDLE: await write("ca.pem", made.cert) };
    return { text: `${signed}GET https://localhost:${port}/\n`, host: `localhost:${port}`, env };
  },
});

faultCases(30, {
  "a bare 200": () => from("HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nok", { kept }),
});

const reasonIs =
  (reason: string): Scenario["also"] =>
  (seen) =>
    assert.equal(seen.document.requests[0]?.response?.statusText, reason);
const withReason = (reason: string) =>
  from(`HTTP/1.1 200 ${reason}\r\nContent-Length: 2\r\n\r\nok`, {
    kept,
    also: (seen) => {
      reasonIs(reason)?.(seen);
      assert.ok(seen.person.stderr.length < 700, "it is clipped");
    },
  });

faultCases(31, {
  "2 KB of it": () => withReason("long ".repeat(400).trimEnd()),
  markup: () => withReason("<script>alert(1)</script>"),
  "escape sequences": () => withReason("\u001b[2JX"),
});

const withStatus = (status: string, more: Partial<Scenario>) =>
  from(`HTTP/1.1 ${status} Odd\r\nContent-Length: 2\r\n\r\nok`, more);
const warns: Scenario["also"] = ({ document }) =>
  assert.equal(document.requests[0]?.response?.warnings.length, 1);

faultCases(32, {
  0: () => withStatus("000", { kept: { status: 0, body: "ok" } }),
  99: () => withStatus("099", { kept: { status: 99, body: "ok" } }),
  600: () => withStatus("600", { kept: { status: 600, body: "ok", complete: true }, also: warns }),
  999: () => withStatus("999", { kept: { status: 999, body: "ok", complete: true }, also: warns }),
});

const switching = (fields: string) =>
  from(`HTTP/1.1 101 Switching Protocols\r\n${fields}\r\n`, { kept: { status: 101, complete: false } });

faultCases(33, {
  "with Upgrade": () => switching("Upgrade: websocket\r\nConnection: Upgrade\r\n"),
  "without Upgrade": () => switching(""),
});

const interim =
  "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n";

faultCases(34, {
  "100, 102 and 103": async (world) => {
    const scenario = await from(`${interim}${ok}`, { kept });
    return {
      ...scenario,
      also: async ({ document }) => {
        const listed = document.requests[0]?.response?.interim ?? [];
        assert.deepEqual(
          listed.map(({ status }) => status),
          [100, 102, 103],
        );
        assert.deepEqual(listed[2]?.headers, [["Link", "</a>"]]);
        const { stdout } = await run(world, ["send", "case.awsreq", "--include"], scenario);
        assert.match(stdout, /^HTTP\/1\.1 100 Continue\n.*103 Early Hints\nLink: <\/a>\n.*200 OK/s);
      },
    };
  },
});

faultCases(35, { "40 of them": () => from(`${"HTTP/1.1 103 Early Hints\r\n\r\n".repeat(40)}${ok}`) });

faultCases(36, {
  "a drip": async () => {
    const { port } = await rawServer((socket) => {
      onHead(socket, () => {
        const timer = setInterval(() => socket.write("H"), 10);
        socket.once("close", () => clearInterval(timer));
        socket.write("HTTP/1.1 200 OK\r\nX: ");
      });
    });
    const text = `${signed}GET http://127.0.0.1:${port}/\n`;
    return { text, host: `127.0.0.1:${port}`, limits: { head: 60 } };
  },
});

const half = "HTTP/1.1 200 OK\r\nX-A: 1\r\nX-";

faultCases(37, {
  closed: () => from(half, {}, true),
  reset: async () => {
    const { port } = await answering(half, (socket) => socket.resetAndDestroy());
    return { text: `${signed}GET http://127.0.0.1:${port}/\n`, host: `127.0.0.1:${port}` };
  },
});

const large = (size: number) => `X: ${"v".repeat(size)}`;

faultCases(38, {
  "a field of 20 KB": () => withFields([large(20_000)], { kept, also: arrive([["X", "v".repeat(20_000)]]) }),
  "a field of 1 MB": () => withFields([large(1_000_000)]),
});

const many = (count: number) => Array.from({ length: count - 1 }, (_, at) => `X-${at}: ${at}`);
const countIs =
  (count: number): Scenario["also"] =>
  (seen) =>
    assert.equal(fieldsOf(seen).length, count);

faultCases(39, {
  3000: () => withFields(many(3000), { kept, also: countIs(3000) }),
  6000: () => withFields(many(6000), { kept: { status: 200, complete: false }, also: countIs(5000) }),
});

const shown = (fields: readonly (readonly [string, string])[]) =>
  withFields(
    fields.map(([name, value]) => `${name}: ${value}`),
    { kept, also: arrive(fields) },
  );

faultCases(40, {
  "fifty cookies": () =>
    withFields(
      Array.from({ length: 50 }, (_, at) => `Set-Cookie: a${at}=${at}`),
      {
        kept,
        // Values of cookies are secrets; names and order stay.
        also: (seen) =>
          assert.deepEqual(
            fieldsOf(seen)
              .slice(0, 50)
              .map(([name, value]) => `${name} ${value.split("=")[0]}`),
            Array.from({ length: 50 }, (_, at) => `Set-Cookie a${at}`),
          ),
      },
    ),
  "other fields, in other case": () =>
    shown([
      ["ETag", "1"],
      ["etag", "2"],
      ["ETAG", "3"],
    ]),
});

faultCases(41, {
  "the name __proto__": () => shown([["__proto__", "polluted"]]),
  "the name constructor": () => shown([["constructor", "x"]]),
  "the name toString": () => shown([["toString", "y"]]),
});

const begins: Scenario["also"] = ({ person }) => assert.match(person.stderr, /It begins "HTTP\//);
const malformed = (bytes: string) => from(bytes, { also: begins }, true);

faultCases(42, {
  "a NUL": () => malformed("HTTP/1.1 200 OK\r\nX: a\0b\r\n\r\n"),
  "a bare CR": () => malformed("HTTP/1.1 200 OK\r\nX: a\rb\r\n\r\n"),
  "lines that end in LF only": () => malformed("HTTP/1.1 200 OK\nContent-Length: 0\n\n"),
  "a line without colon": () => malformed("HTTP/1.1 200 OK\r\nnonsense\r\n\r\n"),
  "a blank before the colon": () => malformed("HTTP/1.1 200 OK\r\nX : a\r\n\r\n"),
  "a blank before the first field": () => malformed("HTTP/1.1 200 OK\r\n X: a\r\n\r\n"),
  "a folded field": () => malformed("HTTP/1.1 200 OK\r\nX: a\r\n b\r\nContent-Length: 0\r\n\r\n"),
  "an unknown HTTP version": () => malformed("HTTP/4.2 200 OK\r\n\r\n"),
  "a status that is no number": () => malformed("HTTP/1.1 2xx OK\r\n\r\n"),
});

faultCases(43, {
  "UTF-8": () => withFields(["X-U: \u00c3\u00a9"], { kept, also: arrive([["X-U", "é"]]) }),
  "Latin-1": () => withFields(["X-L: \u00e9"], { kept, also: arrive([["X-L", "é"]]) }),
});

/** In no sink is it more than text. */
const inert = (value: string, isTaken: boolean) =>
  withFields([`X-Odd: ${Buffer.from(value).toString("latin1")}`], {
    ...(isTaken ? { kept } : {}),
    args: ["--include"],
    also: (seen) => {
      if (isTaken) assert.deepEqual(fieldsOf(seen)[0], ["X-Odd", value]);
      for (const sink of [seen.person.stdout, seen.person.stderr])
        assert.deepEqual(
          Array.from(sink).filter((one) => one < "\n" || "\u007f\u009b\u001b\u202e".includes(one)),
          [],
        );
    },
  });

faultCases(44, {
  "an escape sequence": () => inert("\u001b[2Jgone", false),
  "an operating system command": () => inert("\u001b]0;title\u0007", false),
  "a control character above ASCII": () => inert("\u009b2J", true),
  "bidirectional text": () => inert("\u202egpj.exe", true),
  markup: () => inert("<img src=x onerror=alert(1)>", true),
});

faultCases(45, {
  "a quote that does not end": () => withFields(['Content-Type: text/plain; charset="x'], { kept }),
  twice: () => withFields(["Content-Type: text/html", "Content-Type: text/plain"], { kept }),
  nonsense: () => withFields(["Content-Type: ;;"], { kept }),
});
