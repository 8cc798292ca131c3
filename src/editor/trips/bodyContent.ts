import { redactBytes } from "../../guard/redactBytes.ts";
import type { BodyContent, BodyLanguage } from "../../page/view.ts";
import { looksBinary, utf8TextOf } from "../../shown/bodyText.ts";
import { type RedactedOf, redactorOf } from "../../shown/tripRedactor.ts";
import type { ExchangeResponse, Field } from "../../stages.ts";
import { imageType } from "./imageType.ts";

/** Bytes up to which a body is shown unasked. */
export const largestShown = 10_000_000;

const binaryHead = 64 * 1024;
const largestImage = 20_000_000;

/** Larger text is shown by its first bytes: a page and a string hold no more. */
const largestText = 100_000_000;

/** How far a secret may reach. */
const reach = 64 * 1024;

/**
 * The body of an answer, ready for the page: text and other bytes redacted, images as they are.
 * @param unasked false when the person asked for a body that is too large to show unasked
 */
export async function bodyContent(
  trip: RedactedOf,
  response: ExchangeResponse,
  unasked: boolean,
): Promise<BodyContent> {
  const { body } = response;
  if (body.size === 0) return { kind: "empty" };
  const contentType = contentTypeOf(response.headers);
  const head = await body.slice(0, Math.min(body.size, binaryHead));
  const mime = imageType(head);
  if (mime !== null && body.size <= largestImage)
    return { kind: "image", mime, data: await body.slice(0, body.size) };
  if (unasked && body.size > largestShown) return { kind: "large", bytes: body.size };
  const redactor = redactorOf(trip);
  const decoded = body.size > largestText ? null : textOf(await body.slice(0, body.size), contentType);
  if (decoded === null) {
    // What begins within the head and ends behind it is found, too.
    const more = redactBytes(await body.slice(0, binaryHead + reach), contentType, redactor).bytes;
    return { kind: "binary", head: more.subarray(0, binaryHead), bytes: body.size };
  }
  const text = redactor.text(decoded.text);
  return { kind: "text", text, language: languageOf(contentType, text), charset: decoded.charset };
}

/** A name for a file that the body is saved as, by its type alone: the server does not choose it. */
export function savedName(response: ExchangeResponse): string {
  const type = contentTypeOf(response.headers);
  const endings: readonly (readonly [RegExp, string])[] = [
    [/json/, "json"],
    [/html/, "html"],
    [/xml/, "xml"],
    [/csv/, "csv"],
    [/^text\//, "txt"],
    [/png/, "png"],
    [/jpe?g/, "jpg"],
    [/pdf/, "pdf"],
  ];
  const [, ending = "bin"] = endings.find(([pattern]) => pattern.test(type)) ?? [];
  return `response.${ending}`;
}

function contentTypeOf(headers: readonly Field[]): string {
  return headers.find(([name]) => name.toLowerCase() === "content-type")?.[1].toLowerCase() ?? "";
}

/** Text in UTF-8, or in the charset that the answer names; null for bytes that are no text. */
function textOf(bytes: Uint8Array, contentType: string): { text: string; charset: string } | null {
  const text = utf8TextOf(bytes);
  if (text !== null) return looksBinary(text) ? null : { text, charset: "UTF-8" };
  const charset = /charset="?([^\s;"]+)/.exec(contentType)?.[1];
  if (charset === undefined) return null;
  try {
    return { text: new TextDecoder(charset).decode(bytes), charset: charset.toUpperCase() };
  } catch {
    // A charset that nobody knows: the bytes are shown instead.
    return null;
  }
}

function languageOf(contentType: string, text: string): BodyLanguage {
  const type = contentType.replace(/;.*$/s, "").trim();
  if (/[/+]json$|json-/.test(type)) return "json";
  if (type === "text/html") return "html";
  if (/[/+]xml$/.test(type)) return "xml";
  // Lambda functions often forget the type: what looks like JSON is shown as JSON.
  return /^\s*[[{]/.test(text) && /[\]}]\s*$/.test(text.slice(-100)) ? "json" : "text";
}
