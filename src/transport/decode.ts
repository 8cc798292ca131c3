import type { Transform } from "node:stream";
import * as zlib from "node:zlib";
import type { BodyStore, Field } from "../stages.ts";
import { createBodyStore, type StoragePlace } from "./bodyStore.ts";
import { fieldValues } from "./head.ts";
import { sizeInWords } from "./sizeInWords.ts";
import { type Undone, undoCoding } from "./undoCoding.ts";

/** What decoding is allowed to cost. */
export interface DecodeLimits {
  readonly decodedBody: number;
  readonly encodings: number;
}

/** A body with its content encodings undone. */
export interface Decoded {
  readonly body: BodyStore;
  /** The bytes as received; null when they are `body`. */
  readonly encodedBody: BodyStore | null;
  readonly warnings: readonly string[];
}

/** Makes a decoder, given the first bytes of the body. */
type Decoder = (first: Uint8Array) => Transform;

/** Zstandard came to Node after the oldest version supported here. */
const { createZstdDecompress }: typeof zlib & { readonly createZstdDecompress?: () => Transform } = zlib;

/** Content codings by name. https://www.iana.org/assignments/http-parameters/http-parameters.xhtml#content-coding */
const decoders: ReadonlyMap<string, Decoder> = new Map<string, Decoder>([
  ["gzip", () => zlib.createGunzip()],
  ["x-gzip", () => zlib.createGunzip()],
  ["deflate", (first) => (hasZlibHeader(first) ? zlib.createInflate() : zlib.createInflateRaw())],
  ["br", () => zlib.createBrotliDecompress()],
  ...(createZstdDecompress === undefined ? [] : ([["zstd", () => createZstdDecompress()]] as const)),
]);

/** Names that change nothing; aws-chunked belongs to uploads, S3 stores the name and returns the plain bytes. */
const noCoding: ReadonlySet<string> = new Set(["", "identity", "none", "aws-chunked"]);

/** The content codings of a head in the order in which they were applied, lower case, without those that change nothing. */
export function contentCodings(headers: readonly Field[]): readonly string[] {
  return fieldValues(headers, "content-encoding")
    .flatMap((value) => value.split(","))
    .map((name) => name.trim().toLowerCase())
    .filter((name) => !noCoding.has(name));
}

/**
 * Undoes content codings, the last one applied first, each into a store of its own, so that no size of output is
 * ever in memory. Bytes that cannot be decoded stay as they are; what is odd is a warning.
 */
export async function decodeBody(
  received: BodyStore,
  codings: readonly string[],
  limits: DecodeLimits,
  place: StoragePlace,
  signal: AbortSignal,
): Promise<Decoded> {
  if (codings.length === 0 || received.size === 0) return { body: received, encodedBody: null, warnings: [] };
  if (codings.length > limits.encodings)
    return { body: received, encodedBody: null, warnings: [tooMany(codings, limits)] };
  const warnings: string[] = [];
  let body: BodyStore = received;
  for (const coding of codings.toReversed()) {
    const step = await decodeStep(body, coding, limits, place, signal);
    if (step.warning !== null) warnings.push(step.warning);
    if (step.body !== body && body !== received) await body.dispose();
    body = step.body;
    if (!step.goOn) break;
  }
  return { body, encodedBody: body === received ? null : received, warnings };
}

interface Step {
  readonly body: BodyStore;
  readonly warning: string | null;
  /** False when what stands below this coding is no longer whole. */
  readonly goOn: boolean;
}

async function decodeStep(
  encoded: BodyStore,
  coding: string,
  limits: DecodeLimits,
  place: StoragePlace,
  signal: AbortSignal,
): Promise<Step> {
  const decoder = decoders.get(coding);
  if (decoder === undefined) {
    const warning = `The content encoding "${clipped(coding)}" is not known here; the body is shown still encoded.`;
    return { body: encoded, warning, goOn: false };
  }
  const undone = await undoCoding(encoded, decoder, limits.decodedBody, () => createBodyStore(place), signal);
  return {
    body: await keepBetter(encoded, undone),
    warning: warningOf(undone, coding, limits),
    goOn: undone.kind === "whole" || undone.kind === "trailing",
  };
}

/** The decoded bytes; the encoded ones when decoding failed before it gave any. */
async function keepBetter(encoded: BodyStore, undone: Undone): Promise<BodyStore> {
  if (undone.kind !== "broken" || undone.decoded.size > 0) return undone.decoded;
  await undone.decoded.dispose();
  return encoded;
}

function warningOf(step: Undone, coding: string, limits: DecodeLimits): string | null {
  switch (step.kind) {
    case "whole":
      return null;
    case "trailing":
      return `The body goes on after the end of its ${coding} data; what follows (${step.bytes} bytes) is only in the bytes as received.`;
    case "capped":
      return `The body is larger than the limit of ${sizeInWords(limits.decodedBody)} (decodedBody) once its ${coding} encoding is undone; it is shown up to there.`;
    case "stopped":
      return `Decoding of the ${coding} body was stopped; it is shown up to there.`;
    case "broken":
      return step.decoded.size > 0
        ? `The body is labelled ${coding} but is damaged or cut; it is shown up to there (${step.decoded.size} bytes).`
        : `The body is labelled ${coding} but is not ${coding}; it is shown as received.`;
  }
}

function tooMany(codings: readonly string[], limits: DecodeLimits): string {
  return `The body has ${codings.length} content encodings; the limit (encodings) is ${limits.encodings}, so it is shown still encoded.`;
}

function clipped(name: string): string {
  return name.length > 40 ? `${name.slice(0, 40)}…` : name;
}

/** RFC 1950 section 2.2: method 8, and a header that is a multiple of 31. Some servers send bare RFC 1951 instead. */
function hasZlibHeader(first: Uint8Array): boolean {
  const [cmf = 0, flags = 0] = first;
  return (cmf & 0x0f) === 8 && (cmf * 256 + flags) % 31 === 0;
}
