import type { Transform } from "node:stream";
import * as zlib from "node:zlib";
import type { UserError } from "../errors.ts";
import type { BodyStore, Field } from "../stages.ts";
import { bodyEncoding, bodyTooLarge } from "./bodyFaults.ts";
import { createBodyStore, type StoragePlace } from "./bodyStore.ts";
import { inertText } from "./excerpt.ts";
import { fieldValues } from "./head.ts";
import { type Undone, undoCoding } from "./undoCoding.ts";

/** What decoding is allowed to cost. */
export interface DecodeLimits {
  readonly decodedBody: number | null;
  readonly encodings: number;
}

/** One coding of a body: the resource's own (Content-Encoding), or the message's (Transfer-Encoding). */
export interface Coding {
  readonly name: string;
  readonly layer: "content" | "transfer";
}

/** A body with its codings undone. */
export interface Decoded {
  readonly body: BodyStore;
  /** The bytes as received; null when they are `body`. */
  readonly encodedBody: BodyStore | null;
  /** Why `body` is not what was sent, or null. */
  readonly fault: UserError | null;
  readonly warnings: readonly string[];
}

/** Makes a decoder, given the first bytes of the body. */
type Decoder = (first: Uint8Array) => Transform;

/** Zstandard came to Node after the oldest version supported here. */
const { createZstdDecompress }: typeof zlib & { readonly createZstdDecompress?: () => Transform } = zlib;

/** Codings by name, content and transfer codings alike. https://www.iana.org/assignments/http-parameters/http-parameters.xhtml#content-coding */
const decoders: ReadonlyMap<string, Decoder> = new Map<string, Decoder>([
  ["gzip", () => zlib.createGunzip()],
  ["x-gzip", () => zlib.createGunzip()],
  ["deflate", (first) => (hasZlibHeader(first) ? zlib.createInflate() : zlib.createInflateRaw())],
  ["br", () => zlib.createBrotliDecompress()],
  ...(createZstdDecompress === undefined ? [] : ([["zstd", () => createZstdDecompress()]] as const)),
]);

/** Names that change nothing; aws-chunked belongs to uploads, S3 stores the name and returns the plain bytes. */
const noCoding: ReadonlySet<string> = new Set(["", "identity", "none", "aws-chunked"]);

/** The codings of a head in the order in which they were applied, lower case, without those that change nothing. */
export function codingsOf(headers: readonly Field[]): readonly Coding[] {
  const content = names(headers, "content-encoding").filter((name) => !noCoding.has(name));
  const transfer = names(headers, "transfer-encoding").filter((name) => name !== "" && name !== "identity");
  // The parser takes the last chunked away, and refuses messages where it is not the last.
  const under = transfer.at(-1) === "chunked" ? transfer.slice(0, -1) : transfer;
  return [
    ...content.map((name): Coding => ({ name, layer: "content" })),
    ...under.map((name): Coding => ({ name, layer: "transfer" })),
  ];
}

function names(headers: readonly Field[], field: string): readonly string[] {
  return fieldValues(headers, field)
    .flatMap((value) => value.split(","))
    .map((name) => name.trim().toLowerCase());
}

/**
 * Undoes codings, the last one applied first, each into a store of its own, so that no size of output is ever in
 * memory. Bytes that cannot be decoded stay as they are, and the fault says why.
 */
export async function decodeBody(
  received: BodyStore,
  codings: readonly Coding[],
  limits: DecodeLimits,
  place: StoragePlace,
  signal: AbortSignal,
): Promise<Decoded> {
  const whole: Decoded = { body: received, encodedBody: null, fault: null, warnings: [] };
  if (codings.length === 0 || received.size === 0) return whole;
  if (codings.length > limits.encodings) return { ...whole, fault: tooMany(codings, limits) };
  let body: BodyStore = received;
  for (const coding of codings.toReversed()) {
    const step = await decodeStep(body, coding, limits, place, signal);
    if (step.body !== body && body !== received) await body.dispose();
    body = step.body;
    const { fault, warning } = step;
    const encodedBody = body === received ? null : received;
    if (fault !== null || warning !== null)
      return { body, encodedBody, fault, warnings: warning === null ? [] : [warning] };
  }
  return { body, encodedBody: received, fault: null, warnings: [] };
}

/** What came of one coding; a fault or a warning says why what stands below it is left as it is. */
interface Step {
  readonly body: BodyStore;
  readonly fault: UserError | null;
  readonly warning: string | null;
}

async function decodeStep(
  encoded: BodyStore,
  { name, layer }: Coding,
  limits: DecodeLimits,
  place: StoragePlace,
  signal: AbortSignal,
): Promise<Step> {
  const decoder = decoders.get(name);
  if (decoder === undefined) return notKnown(encoded, name, layer);
  const undone = await undoCoding(encoded, decoder, limits.decodedBody, () => createBodyStore(place), signal);
  const fault = await faultOf(undone, encoded, name, limits);
  const stopped = `Decoding of the ${name} body was stopped; it is kept up to there.`;
  return {
    body: await keepBetter(encoded, undone),
    fault,
    warning: undone.kind === "stopped" ? stopped : null,
  };
}

/** A resource may well be stored with a label of its own; a message that cannot be read is another matter. */
function notKnown(body: BodyStore, name: string, layer: Coding["layer"]): Step {
  const what = `The ${layer} encoding "${inertText(name, 40)}" is not known here; the body is kept still encoded.`;
  return layer === "content"
    ? { body, fault: null, warning: what }
    : { body, fault: bodyEncoding(what), warning: null };
}

/** The decoded bytes; the encoded ones when decoding failed before it gave any. */
async function keepBetter(encoded: BodyStore, undone: Undone): Promise<BodyStore> {
  if (undone.kind !== "broken" || undone.decoded.size > 0) return undone.decoded;
  await undone.decoded.dispose();
  return encoded;
}

async function faultOf(
  undone: Undone,
  encoded: BodyStore,
  name: string,
  { decodedBody }: DecodeLimits,
): Promise<UserError | null> {
  switch (undone.kind) {
    case "whole":
    case "stopped":
      return null;
    case "trailing":
      return bodyEncoding(
        `The body goes on after the end of its ${name} data; what follows (${undone.bytes} bytes) is only in the bytes as received.`,
      );
    case "capped":
      return bodyTooLarge("decodedBody", decodedBody ?? undone.decoded.size);
    case "broken":
      return bodyEncoding(brokenText(undone, await encoded.slice(0, 2), name));
  }
}

function brokenText(
  { isCut, decoded }: Extract<Undone, { kind: "broken" }>,
  first: Uint8Array,
  name: string,
): string {
  if (decoded.size > 0)
    return `The body's ${name} data is ${isCut ? "cut short" : "damaged"}; the ${decoded.size} bytes before that are kept decoded.`;
  const begins = beginsAs.get(name)?.(first) ?? null;
  if (begins === false) return `The body is labelled ${name} but is not ${name}; it is kept as received.`;
  const fate = isCut ? "cut short" : "damaged";
  const other = begins === null ? ", or is something else" : "";
  return `The body's ${name} data is ${fate} before anything could be decoded${other}; it is kept as received.`;
}

/** Whether the first bytes are those of the coding; one that is not here has no mark. */
const beginsAs: ReadonlyMap<string, Mark> = new Map<string, Mark>([
  ["gzip", isGzip],
  ["x-gzip", isGzip],
  ["deflate", (first) => hasZlibHeader(first) || null],
]);

type Mark = (first: Uint8Array) => boolean | null;

function tooMany(codings: readonly Coding[], { encodings }: DecodeLimits): UserError {
  return bodyEncoding(
    `The body has ${codings.length} encodings; the limit (encodings) is ${encodings}, so it is kept still encoded.`,
  );
}

/** RFC 1952 section 2.3.1; as far as there are bytes. */
function isGzip([id1 = 0x1f, id2 = 0x8b]: Uint8Array): boolean {
  return id1 === 0x1f && id2 === 0x8b;
}

/** RFC 1950 section 2.2: method 8, and a header that is a multiple of 31. Some servers send bare RFC 1951 instead. */
function hasZlibHeader(first: Uint8Array): boolean {
  const [cmf = 0, flags = 0] = first;
  return (cmf & 0x0f) === 8 && (cmf * 256 + flags) % 31 === 0;
}
