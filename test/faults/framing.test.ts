import assert from "node:assert/strict";
import type { Socket } from "node:net";
import { gzipSync } from "node:zlib";
import { answering } from "../transport/servers.ts";
import { answered as from } from "./answered.ts";
import { faultCases, run, type Scenario, signed } from "./matrix.ts";

const ends = (socket: Socket) => socket.end();
const resets = (socket: Socket) => socket.resetAndDestroy();
const head = (fields: string, status = "200 OK") => `HTTP/1.1 ${status}\r\n${fields}\r\n\r\n`;
const cutAt3 = { kept: { status: 200, body: "abc", complete: false } } as const;
const whole = { kept: { status: 200, body: "abc", complete: true } } as const;

faultCases(46, { "3 of 100 bytes": () => from(`${head("Content-Length: 100")}abc`, cutAt3, ends) });
faultCases(47, { "bytes behind the body": () => from(`${head("Content-Length: 3")}abcdef`, whole) });
faultCases(48, { "a reset after 3 bytes": () => from(`${head("Content-Length: 100")}abc`, cutAt3, resets) });

const withLength = (...fields: readonly string[]) => from(`${head(fields.join("\r\n"))}abc`);

faultCases(49, {
  negative: () => withLength("Content-Length: -1"),
  "5a": () => withLength("Content-Length: 5a"),
  overflowing: () => withLength("Content-Length: 99999999999999999999"),
});
faultCases(50, { "2 and 3": () => withLength("Content-Length: 2", "Content-Length: 3") });
faultCases(51, { "2 and 2": () => withLength("Content-Length: 2", "Content-Length: 2") });
faultCases(52, {
  "the length first": () => withLength("Content-Length: 3", "Transfer-Encoding: chunked"),
  "the coding first": () => withLength("Transfer-Encoding: chunked", "Content-Length: 3"),
});

faultCases(53, { "no length": () => from(`HTTP/1.1 200 OK\r\n\r\nabc`, whole, ends) });

const chunks = (text: string, more: Partial<Scenario> = cutAt3) =>
  from(`${head("Transfer-Encoding: chunked")}${text}`, more, ends);

faultCases(54, {
  "a size that is no number": () => chunks("3\r\nabc\r\nzz\r\n"),
  "a size that overflows": () => chunks("3\r\nabc\r\nfffffffffffffffff\r\n"),
  "a missing line end": () => chunks("3\r\nabcXX3\r\nabc\r\n"),
  "cut before the last chunk": () => chunks("3\r\nabc\r\n"),
  "cut in the trailers": () => chunks("3\r\nabc\r\n0\r\nX-A: 1\r\n"),
});

faultCases(55, { "a name and a value": () => chunks("3;a=b\r\nabc\r\n0;c\r\n\r\n", whole) });

faultCases(56, {
  "two trailers": async (world) => {
    const scenario = await chunks("3\r\nabc\r\n0\r\nX-Sum: 1\r\n__proto__: 2\r\n\r\n", whole);
    return {
      ...scenario,
      also: async ({ document }) => {
        const trailers = [
          ["X-Sum", "1"],
          ["__proto__", "2"],
        ];
        assert.deepEqual(document.requests[0]?.response?.trailers, trailers);
        const { stdout } = await run(world, ["send", "case.awsreq", "--include"], scenario);
        assert.match(stdout, /\nabc\nX-Sum: 1\n__proto__: 2\n$/);
      },
    };
  },
});

const coded = (codings: string, bytes: Uint8Array, more: Partial<Scenario>) =>
  from(
    Buffer.concat([
      Buffer.from(`${head(`Transfer-Encoding: ${codings}`)}${bytes.length.toString(16)}\r\n`),
      bytes,
      Buffer.from("\r\n0\r\n\r\n"),
    ]),
    more,
  );

faultCases(57, {
  "gzip, chunked": () => coded("gzip, chunked", gzipSync("abc"), whole),
  "identity, chunked": () => coded("identity, chunked", Buffer.from("abc"), whole),
  "gzip to the end": () =>
    from(Buffer.concat([Buffer.from(head("Transfer-Encoding: gzip")), gzipSync("abc")]), whole, ends),
  "a label that is not true": () => coded("gzip, chunked", Buffer.from("abc"), { ...cutAt3, host: "" }),
  "an unknown coding": () => coded("compress, chunked", Buffer.from("abc"), { ...cutAt3, host: "" }),
  "chunked twice": () => coded("chunked, chunked", Buffer.from("abc"), { ...cutAt3, host: "" }),
});

faultCases(58, {
  "100 000 of one byte": () =>
    chunks(`${"1\r\nx\r\n".repeat(100_000)}0\r\n\r\n`, {
      kept: { status: 200, body: "x".repeat(100_000), complete: true },
    }),
});

const endless = (type: string, more: Partial<Scenario>) =>
  from(`HTTP/1.1 200 OK\r\nContent-Type: ${type}\r\n\r\ndata: 1\n\n`, {
    kept: { status: 200, complete: false },
    ...more,
  });

faultCases(59, {
  "events, stopped": () =>
    endless("text/event-stream", {
      stopAt: ({ type }) => type === "chunk",
      kept: { status: 200, body: "data: 1\n\n", complete: false },
    }),
  "events, out of time": () =>
    endless("text/event-stream", {
      args: ["--timeout", "100ms"],
      kept: { status: 200, body: "data: 1\n\n", complete: false },
    }),
  "an AWS event stream": () =>
    endless("application/vnd.amazon.eventstream", { args: ["--timeout", "100ms"] }),
});

const empty = (status: number) => ({ kept: { status, body: "", complete: true } });

faultCases(60, { "3 bytes": () => from(`${head("Content-Length: 3", "204 No Content")}abc`, empty(204)) });
faultCases(61, {
  "Content-Length: 3": () => from(head("Content-Length: 3", "304 Not Modified"), empty(304)),
});

const toHead = async (bytes: string) => {
  const { port } = await answering(bytes);
  return { text: `${signed}HEAD http://127.0.0.1:${port}/\n`, ...empty(200) };
};

faultCases(62, {
  "a length": () => toHead(head("Content-Length: 3")),
  chunked: () => toHead(head("Transfer-Encoding: chunked")),
  "a body that may not be": () => toHead(`${head("Content-Length: 3")}abc`),
});

const part = (status: number, fields: string) =>
  from(`HTTP/1.1 ${status} X\r\n${fields}Content-Length: 2\r\n\r\nab`, { kept: { status } });

faultCases(63, {
  205: () => part(205, ""),
  "206 with Content-Range": () => part(206, "Content-Range: bytes 0-1/10\r\n"),
  "206 without": () => part(206, ""),
  416: () => part(416, "Content-Range: bytes */10\r\n"),
});

faultCases(64, { "a length of 0": () => from(head("Content-Length: 0"), empty(200)) });
