import type { CopySubject } from "../../page/protocol.ts";
import type { SignedLine } from "../../page/signingView.ts";
import type { BodyContent, HeaderRow, PanelView, RequestHead } from "../../page/view.ts";
import { redactorOf } from "../../shown/tripRedactor.ts";
import { urlOf } from "../../signing/presignedTarget.ts";
import type { Trip } from "../../trip/trip.ts";
import { supportBundle } from "./supportBundle.ts";

/**
 * What a copy button of the panel copies: what is shown, redacted; a presigned URL whole, since it is of no use otherwise.
 * Null when there is nothing of it.
 */
export function copiedText(
  what: CopySubject,
  view: PanelView,
  body: BodyContent | null,
  trip: Trip | null,
): string | null {
  const { signing, headers, request } = view;
  switch (what) {
    case "body":
      return body?.kind === "text" ? body.text : null;
    case "canonicalRequest":
      return signing === null ? null : linesText(signing.canonicalRequest);
    case "stringToSign":
      return signing === null ? null : linesText(signing.stringToSign);
    case "authorization":
      return signing === null ? null : authorizationText(signing.authorization);
    case "requestHeaders":
      return headers === null ? null : headersText(headers.request);
    case "responseHeaders":
      return headers?.response == null ? null : headersText(headers.response);
    case "supportBundle":
      return supportBundle(view, trip);
    case "url":
      return presignedUrl(trip) ?? shownUrl(request);
  }
}

function shownUrl({ origin, path, query }: RequestHead): string {
  return `${origin}${path}${query === "" ? "" : `?${query}`}`;
}

function presignedUrl(trip: Trip | null): string | null {
  const signed = trip?.signed ?? null;
  return signed?.trace?.mode === "presign" ? urlOf(signed.target) : null;
}

/** The canonical request of a trip, its token masked; null when it was not signed. */
export function canonicalRequestText(trip: Trip): string | null {
  const text = trip.signed?.trace?.canonicalRequest;
  return text === undefined ? null : redactorOf(trip).text(text);
}

function textOf({ pieces }: SignedLine): string {
  return pieces.map(({ text }) => text).join("");
}

function linesText(lines: readonly SignedLine[]): string {
  return lines.map(textOf).join("\n");
}

function authorizationText(lines: readonly SignedLine[]): string {
  const [algorithm = "", ...parts] = lines.map(textOf);
  return `${algorithm} ${parts.join(", ")}`;
}

function headersText(rows: readonly HeaderRow[]): string {
  return rows.map(({ name, value }) => `${name}: ${value}`).join("\n");
}
