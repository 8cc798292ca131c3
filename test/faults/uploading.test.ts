import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { answering, onHead, type RawServer, rawServer } from "../transport/servers.ts";
import { type FaultWorld, faultCases, type Scenario, signed } from "./matrix.ts";

const ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
const kept = { status: 200, body: "ok", complete: true } as const;

/** A request whose body is a file of this many bytes. */
async function uploading({ write }: FaultWorld, port: number, size: number): Promise<Scenario> {
  await write("work/large.bin", Buffer.alloc(size, "x"));
  return {
    text: `${signed}PUT http://127.0.0.1:${port}/\n\n< ./large.bin\n`,
    host: `127.0.0.1:${port}`,
  };
}

const large = 5 * 1024 * 1024;

async function tooLarge(world: FaultWorld, leave: "end" | "resetAndDestroy"): Promise<Scenario> {
  const { port } = await rawServer((socket) => {
    socket.once("data", () => {
      socket.pause();
      socket.write("HTTP/1.1 413 Too Large\r\nContent-Length: 3\r\nConnection: close\r\n\r\nbig", () =>
        setTimeout(() => socket[leave](), 20),
      );
    });
  });
  return { ...(await uploading(world, port, large)), kept: { status: 413, body: "big", complete: true } };
}

faultCases(83, {
  "413, then a close": (world) => tooLarge(world, "end"),
  "413, then a reset": (world) => tooLarge(world, "resetAndDestroy"),
});

faultCases(84, {
  "it takes no more": async (world) => {
    const { port } = await rawServer((socket) => socket.pause());
    return { ...(await uploading(world, port, 4 * large)), limits: { idle: 60 } };
  },
  "it resets the connection": async (world) => {
    const { port } = await rawServer((socket) => socket.once("data", () => socket.resetAndDestroy()));
    return uploading(world, port, large);
  },
});

/** A request that asks first; what came of it at the server. */
async function expecting(
  start: () => Promise<RawServer>,
  bodySent: boolean,
  more: Partial<Scenario>,
): Promise<Scenario> {
  const server = await start();
  return {
    text: `${signed}POST http://127.0.0.1:${server.port}/\nExpect: 100-continue\n\nthe body`,
    limits: { expectContinue: 30 },
    ...more,
    also: () => assert.equal(server.received().includes("the body"), bodySent),
  };
}

const refusing = (status: number) => () => answering(`HTTP/1.1 ${status} No\r\nContent-Length: 0\r\n\r\n`);

faultCases(85, {
  100: () =>
    expecting(
      () =>
        rawServer((socket) => {
          onHead(socket, (head) => {
            if (!head.endsWith("\r\n\r\n")) return void socket.destroy();
            socket.write("HTTP/1.1 100 Continue\r\n\r\n");
            socket.once("data", () => socket.write(ok));
          });
        }),
      true,
      { kept, limits: { expectContinue: 10_000 } },
    ),
  "no word": () =>
    expecting(
      () => rawServer((socket) => onHead(socket, () => socket.once("data", () => socket.write(ok)))),
      true,
      { kept },
    ),
  417: () => expecting(refusing(417), false, { kept: { status: 417 }, limits: { expectContinue: 10_000 } }),
  403: () => expecting(refusing(403), false, { kept: { status: 403 }, limits: { expectContinue: 10_000 } }),
});

const including = async (path: string, more: Partial<Scenario> = {}): Promise<Scenario> => {
  const server = await answering(ok);
  return {
    text: `${signed}PUT http://127.0.0.1:${server.port}/\n\n< ./${path}\n`,
    also: () => assert.equal(server.received(), "", "something was sent"),
    ...more,
  };
};

/** Answers when a body of this many bytes is there: an answer before that would end the upload. */
const answeringAfter = (length: number) =>
  rawServer((socket) => {
    let head = "";
    let left = Number.POSITIVE_INFINITY;
    socket.on("data", (bytes: Buffer) => {
      if (left !== Number.POSITIVE_INFINITY) left -= bytes.length;
      else {
        head += bytes.toString("latin1");
        const end = head.indexOf("\r\n\r\n");
        if (end !== -1) left = length - (head.length - end - 4);
      }
      if (left <= 0) socket.write(ok);
    });
  });

const sending = async (bytes: Uint8Array, { write }: FaultWorld): Promise<Scenario> => {
  await write("work/body.bin", bytes);
  const server = await answeringAfter(bytes.length);
  return {
    text: `${signed}PUT http://127.0.0.1:${server.port}/\n\n< ./body.bin`,
    kept,
    also: ({ document }) => {
      const [, body = ""] = server.received().split("\r\n\r\n");
      assert.ok(body.startsWith(Buffer.from(bytes).toString("latin1")), body.slice(0, 200));
      assert.equal(document.requests[0]?.request?.bodyBytes, bytes.length);
    },
  };
};

faultCases(86, {
  missing: () => including("nowhere.bin"),
  "a folder": async ({ write }) => {
    await write("work/folder/x", "");
    return including("folder");
  },
  "a FIFO": async ({ work }) => {
    await promisify(execFile)("mkfifo", [join(work, "fifo")]);
    return including("fifo");
  },
  "larger than is held in memory": (world) =>
    sending(
      Uint8Array.from({ length: 5_000_000 }, (_, at) => 32 + (at % 90)),
      world,
    ),
  "of no bytes": (world) => sending(new Uint8Array(), world),
  "of any bytes": (world) =>
    sending(
      Uint8Array.from({ length: 1000 }, (_, at) => at),
      world,
    ),
});

/** A body that arrives as it is written. */
async function written(body: string, head = "", arrives = body): Promise<Scenario> {
  const server = await answering(ok);
  return {
    text: `${signed}POST http://127.0.0.1:${server.port}/\n${head}\n${body}`,
    kept,
    also: () => {
      const received = Buffer.from(server.received(), "latin1").toString("utf8");
      assert.ok(received.includes(`\r\n\r\n${arrives}`), received);
    },
  };
}

const parts = '--b\r\nContent-Disposition: form-data; name="a\\"b"\r\n\r\n--bc is no end\r\n--b--\r\n';

faultCases(87, {
  "NUL and CRLF": () => written("a\0b\r\nc", "Content-Type: text/plain\n"),
  "a byte order mark": () => written("\ufeffbody", "Content-Type: text/plain\n"),
  emoji: () => written('{"a":"🐈 café"}', "Content-Type: application/json\n"),
  "multipart with its boundary in a part": () =>
    written(parts.replaceAll("\r\n", "\n"), "Content-Type: multipart/form-data; boundary=b\n", parts),
});

async function method(typed: string, sent: string, body = ""): Promise<Scenario> {
  const server = await answering(ok);
  return {
    text: `${signed}${typed} http://127.0.0.1:${server.port}/\n\n${body}`,
    kept,
    also: ({ document }) => {
      assert.ok(server.received().startsWith(`${sent} / HTTP/1.1\r\n`), server.received());
      assert.ok(server.received().includes(`\r\n\r\n${body}`));
      assert.ok(document.requests[0]?.signing?.canonicalRequest.startsWith(`${sent}\n`));
    },
  };
}

faultCases(88, {
  "GET with a body": () => method("GET", "GET", "body"),
  "DELETE with a body": () => method("DELETE", "DELETE", "body"),
  PURGE: () => method("PURGE", "PURGE"),
  "purge, in small letters": () => method("purge", "purge"),
  "get, in small letters": () => method("get", "GET"),
});
