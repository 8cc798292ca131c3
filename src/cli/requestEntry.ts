import { maskKeyId } from "../guard/masks.ts";
import type { Redactor } from "../guard/redactor.ts";
import { utf8TextOf } from "../shown/bodyText.ts";
import { redactedFinding } from "../shown/redactedFinding.ts";
import { redactedError, redactorOf, sentValue } from "../shown/tripRedactor.ts";
import { urlOf } from "../signing/presignedTarget.ts";
import type { BodyStore, ExchangeResponse, Field, SignedRequest } from "../stages.ts";
import type { Trip } from "../trip/trip.ts";
import { identityEntry, type RequestEntry, type ResponseEntry, type SigningEntry } from "./document.ts";
import type { RefusedTrip } from "./refusedTrip.ts";

/** One request of the document. The body is read whole: a document has no other way to hold it. */
export async function requestEntry(trip: Trip, { findings, checked }: RefusedTrip): Promise<RequestEntry> {
  const redactor = redactorOf(trip);
  const { name, line, title, signed, identity, exchange, timings, error } = trip;
  return {
    name,
    line: line + 1,
    title,
    request: signed === null ? null : sentEntry(signed, redactor),
    identity: identity === null ? null : identityEntry(identity, maskKeyId),
    signing: signed === null ? null : signingEntry(signed, redactor),
    response: exchange?.response == null ? null : await responseEntry(exchange.response, redactor),
    timings,
    checks: [],
    diagnosis: findings.map((finding) => redactedFinding(finding, redactor)),
    checked: checked.map((result) => ({ ...result, shown: redactor.text(result.shown) })),
    error: error === null ? null : redactedError(error, redactor),
  };
}

function sentEntry(signed: SignedRequest, redactor: Redactor): NonNullable<RequestEntry["request"]> {
  return {
    method: signed.method,
    url: redactor.text(urlOf(signed.target)),
    headers: signed.headers.map((header): Field => [header.name, sentValue(header, redactor)]),
    bodyBytes: signed.body.length,
  };
}

function signingEntry({ trace, target }: SignedRequest, redactor: Redactor): SigningEntry | null {
  if (trace === null) return null;
  const { scope, authorization } = trace;
  return {
    algorithm: trace.algorithm,
    region: scope.region,
    regionSource: scope.regionSource,
    service: scope.service,
    serviceSource: scope.serviceSource,
    date: trace.date,
    credentialScope: trace.credentialScope,
    signedHeaders: trace.signedHeaders,
    payloadHash: trace.payloadHash,
    canonicalRequest: redactor.text(trace.canonicalRequest),
    canonicalRequestHash: trace.canonicalRequestHash,
    stringToSign: trace.stringToSign,
    signature: trace.signature,
    authorization,
    // Whole, token included: it is what the command was asked for, and useless without.
    ...(trace.mode === "presign" ? { presignedUrl: urlOf(target) } : {}),
  };
}

async function responseEntry(response: ExchangeResponse, redactor: Redactor): Promise<ResponseEntry> {
  const bytes = await allBytes(response.body);
  const text = utf8TextOf(bytes);
  return {
    status: response.status,
    statusText: redactor.text(response.statusText),
    httpVersion: response.httpVersion,
    answeredBy: response.answeredBy,
    headers: response.headers.map(([name, value]): Field => [name, redactor.field(name, value)]),
    bodyBytes: bytes.length,
    ...(text === null
      ? { bodyBase64: Buffer.from(bytes).toString("base64") }
      : { body: redactor.text(text) }),
    complete: response.complete,
    warnings: response.warnings,
  };
}

const pieceSize = 16 * 1024 * 1024;

/** A body in pieces that memory can hold. */
export async function* piecesOf(body: BodyStore): AsyncIterable<Uint8Array> {
  for (let at = 0; at < body.size; at += pieceSize) yield await body.slice(at, at + pieceSize);
}

/** Every byte of a body, in memory. */
export function allBytes(body: BodyStore): Promise<Uint8Array> {
  return body.slice(0, body.size);
}
