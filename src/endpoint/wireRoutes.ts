import { type Answer, emptyAnswer, jsonAnswer } from "./answer.ts";
import { type LargeFormat, largeBody } from "./largeBody.ts";
import { maskTarget, maskValue } from "./maskSecrets.ts";
import { greyPng } from "./png.ts";
import { toText } from "./rawRequest.ts";
import { type Call, queryValues, type Route } from "./route.ts";

/** Routes that answer in ways in which a client can go wrong. */
export const wireRoutes: readonly Route[] = [
  { method: "ANY", path: "/prod/echo", answer: echo },
  { method: "ANY", path: "/prod/echo/{proxy+}", answer: echo },
  { method: "GET", path: "/prod/binary", answer: binary },
  { method: "GET", path: "/prod/large", answer: large },
  { method: "ANY", path: "/prod/slow", answer: slow },
  { method: "GET", path: "/prod/chunked", answer: chunked },
  { method: "GET", path: "/prod/cut", answer: cut },
  { method: "ANY", path: "/prod/redirect", answer: redirect },
  { method: "ANY", path: "/prod/forbidden", answer: "denied" },
  { method: "GET", path: "/prod/keyed", answer: keyed, apiKeyRequired: true },
];

function keyed(): Answer {
  return jsonAnswer(200, { message: "The API key is right." });
}

function echo({ request, query, signer }: Call): Answer {
  return jsonAnswer(200, {
    method: request.method,
    target: maskTarget(request.target),
    query: query.map(([name, value]) => [toText(name), maskValue(name, toText(value))]),
    headers: request.headers.map(([name, value]) => [name, maskValue(name, toText(value))]),
    body: bodyOf(request.body),
    signedBy: {
      accessKeyId: signer.accessKeyId,
      userArn: signer.userArn,
      mode: signer.mode,
      credentialScope: signer.credentialScope,
      signedHeaders: signer.signedHeaders,
    },
  });
}

function bodyOf(bytes: Uint8Array): object {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    return { size: bytes.length, text };
  } catch {
    return { size: bytes.length, base64: Buffer.from(bytes).toString("base64") };
  }
}

function binary(): Answer {
  return { kind: "whole", status: 200, headers: [["Content-Type", "image/png"]], body: greyPng(16) };
}

const formats: ReadonlyMap<string, LargeFormat> = new Map([
  ["array", "array"],
  ["lines", "lines"],
]);

function large(call: Call): Answer {
  const size = wholeNumber(call, "bytes", 1_000_000, [2, 50_000_000]);
  if (typeof size === "object") return size;
  const format = formats.get(queryValues(call, "format")[0] ?? "array");
  if (format === undefined) return badRequest("format must be 'array' or 'lines'.");
  const type = format === "array" ? "application/json" : "application/x-ndjson";
  return {
    kind: "chunks",
    status: 200,
    headers: [
      ["Content-Type", type],
      ["Content-Length", String(size)],
    ],
    chunks: largeBody(size, format),
  };
}

function slow(call: Call): Answer {
  const delayMs = wholeNumber(call, "ms", 1000, [0, 60_000]);
  if (typeof delayMs === "object") return delayMs;
  return { kind: "whole", status: 200, headers: [jsonType], body: jsonBytes({ waitedMs: delayMs }), delayMs };
}

function chunked(call: Call): Answer {
  const count = wholeNumber(call, "chunks", 10, [1, 100_000]);
  if (typeof count === "object") return count;
  return { kind: "chunks", status: 200, headers: [["Content-Type", "text/plain"]], chunks: lines(count) };
}

function* lines(count: number): Generator<Uint8Array> {
  for (let at = 1; at <= count; at++) yield Buffer.from(`chunk ${at} of ${count}\n`);
}

function cut(call: Call): Answer {
  const promised = wholeNumber(call, "bytes", 100, [1, 1_000_000]);
  if (typeof promised === "object") return promised;
  const sent = wholeNumber(call, "sent", Math.floor(promised / 2), [0, promised - 1]);
  if (typeof sent === "object") return sent;
  return {
    kind: "cut",
    status: 200,
    headers: [["Content-Type", "text/plain"]],
    promised,
    body: Buffer.alloc(sent, "x"),
  };
}

function redirect(call: Call): Answer {
  const to = queryValues(call, "to")[0] ?? "/prod/pets";
  const isPath = /^\/(?![/\\])[\x21-\x7e]*$/.test(to);
  return isPath
    ? emptyAnswer(302, [["Location", to]])
    : badRequest("to must be a path: '/', then printable ASCII.");
}

const jsonType = ["Content-Type", "application/json"] as const;

function jsonBytes(value: unknown): Uint8Array {
  return Buffer.from(JSON.stringify(value), "utf8");
}

type Bounds = readonly [least: number, most: number];

function wholeNumber(call: Call, name: string, usual: number, [least, most]: Bounds): number | Answer {
  const [text = String(usual), another] = queryValues(call, name);
  const number = /^\d{1,9}$/.test(text) && another === undefined ? Number(text) : Number.NaN;
  return number >= least && number <= most
    ? number
    : badRequest(`${name} must be one whole number from ${least} to ${most}.`);
}

function badRequest(message: string): Answer {
  return jsonAnswer(400, { message });
}
