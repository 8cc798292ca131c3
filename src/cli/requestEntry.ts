import { maskKeyId } from "../guard/masks.ts";
import { redactBody } from "../guard/redactBody.ts";
import { redactBytes } from "../guard/redactBytes.ts";
import type { Redactor } from "../guard/redactor.ts";
import { contentTypeOf, lossRemark, maskedRemark, notSearched } from "../shown/redactedBody.ts";
import { redactedFinding } from "../shown/redactedFinding.ts";
import { redactedError, redactorOf, sentValue } from "../shown/tripRedactor.ts";
import { urlOf } from "../signing/presignedTarget.ts";
import type { ExchangeResponse, Field, SignedRequest } from "../stages.ts";
import type { Trip } from "../trip/trip.ts";
import { identityEntry, type RequestEntry, type ResponseEntry, type SigningEntry } from "./document.ts";
import type { LeftOutBody } from "./documentRoom.ts";
import type { RefusedTrip } from "./refusedTrip.ts";

/**
 * One request of the document. The body is read whole: a document has no other way to hold it.
 * @param leftOut a body for which the document has no room; else null
 */
export async function requestEntry(
  trip: Trip,
  { findings, checked }: RefusedTrip,
  leftOut: LeftOutBody | null = null,
): Promise<RequestEntry> {
  const redactor = redactorOf(trip);
  const { name, line, title, signed, identity, exchange, timings, notes, error } = trip;
  return {
    name,
    line: line + 1,
    title,
    skipped: trip.skipped ?? null,
    request: signed === null ? null : sentEntry(signed, redactor),
    identity: identity === null ? null : identityEntry(identity, maskKeyId),
    signing: signed === null ? null : signingEntry(signed, redactor),
    response: exchange?.response == null ? null : await responseEntry(exchange.response, redactor, leftOut),
    timings,
    notes: notes.map((note) => redactor.message(note)),
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
    headers: signed.headers.map((header): Field => [redactor.text(header.name), sentValue(header, redactor)]),
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
    signedHeaders: trace.signedHeaders.map((name) => redactor.text(name)),
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

async function responseEntry(
  response: ExchangeResponse,
  redactor: Redactor,
  leftOut: LeftOutBody | null,
): Promise<ResponseEntry> {
  const fields = (all: readonly Field[]) =>
    all.map(([name, value]): Field => [redactor.text(name), redactor.field(name, value)]);
  const { body, warnings } = leftOut === null ? await bodyEntry(response, redactor) : elsewhere(leftOut);
  return {
    status: response.status,
    statusText: redactor.text(response.statusText),
    httpVersion: response.httpVersion,
    answeredBy: response.answeredBy,
    interim: response.interim.map(({ status, statusText, headers }) => ({
      status,
      statusText: redactor.text(statusText),
      headers: fields(headers),
    })),
    headers: fields(response.headers),
    bodyBytes: response.body.size,
    ...body,
    trailers: fields(response.trailers),
    complete: response.complete,
    warnings: [...response.warnings.map((warning) => redactor.message(warning)), ...warnings],
  };
}

interface BodyEntry {
  readonly body: Pick<ResponseEntry, "body" | "charset" | "bodyBase64" | "bodyFile">;
  readonly warnings: readonly string[];
}

function elsewhere({ file }: LeftOutBody): BodyEntry {
  return { body: file === null ? {} : { bodyFile: file }, warnings: [] };
}

/** The body as text, or its bytes; both where the text lost some, neither when it cannot be searched. */
async function bodyEntry({ body, headers }: ExchangeResponse, redactor: Redactor): Promise<BodyEntry> {
  const whole = await body.slice(0, body.size);
  const contentType = contentTypeOf(headers);
  const shown = redactBody(whole, contentType, redactor, true);
  if (shown.kind === "hidden") return { body: {}, warnings: [notSearched] };
  if (shown.kind === "bytes") {
    const bodyBase64 = base64Of(shown.bytes);
    return { body: { bodyBase64 }, warnings: shown.masked ? [maskedRemark] : [] };
  }
  const { text, charset, loss } = shown;
  if (loss === null) return { body: { body: text, charset }, warnings: [] };
  const exact = redactBytes(whole, contentType, redactor);
  const bytes = exact.searched ? { bodyBase64: base64Of(exact.bytes) } : {};
  return { body: { body: text, charset, ...bytes }, warnings: [lossRemark(loss)] };
}

function base64Of(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
}
