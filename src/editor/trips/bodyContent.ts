import { type RedactedBody, redactBody, redactBodyInSlices } from "../../guard/redactBody.ts";
import { redactBytes } from "../../guard/redactBytes.ts";
import type { BodyContent, BodyLanguage } from "../../page/view.ts";
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
  const shown =
    body.size > largestText
      ? null
      : await redactBodyInSlices(await body.slice(0, body.size), contentType, redactor);
  if (shown?.kind === "text") return textContent(shown, contentType);
  // What begins within the head and ends behind it is found, too.
  const more = redactBytes(await body.slice(0, binaryHead + reach), contentType, redactor).bytes;
  const isLarge = shown === null && redactBody(head, contentType, redactor).kind === "text";
  const binary = { kind: "binary", head: more.subarray(0, binaryHead), bytes: body.size } as const;
  return isLarge ? { ...binary, isLarge } : binary;
}

function textContent(
  { text, charset, loss }: Extract<RedactedBody, { readonly kind: "text" }>,
  contentType: string,
): BodyContent {
  const language = languageOf(contentType, text);
  return { kind: "text", text, language, charset, ...(loss !== null && { note: loss }) };
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

/** By what it is, else by its type: functions and frameworks forget the type, and their usual one is text/html. */
function languageOf(contentType: string, text: string): BodyLanguage {
  const type = contentType.replace(/;.*$/s, "").trim();
  const isJsonType = /[/+]json$|json-/.test(type);
  const written = languageOfText(text, isJsonType);
  if (written !== null) return written;
  if (isJsonType) return "json";
  if (type === "text/html") return "html";
  return /[/+]xml$/.test(type) ? "xml" : "text";
}

/** The language of text that can be no other; null for any other text. */
function languageOfText(text: string, isJsonType: boolean): BodyLanguage | null {
  if (/^\s*[[{]/.test(text)) return !isJsonType && isJson(text) ? "json" : null;
  if (/^\s*(?:<!--[^>]{0,200}-->\s*)?<(?:!doctype\s+html|html)\b/i.test(text)) return "html";
  return /^\s*<\?xml\s/.test(text) ? "xml" : null;
}

/** Text that is parsed as a whole to tell; of a longer one beginning and end are enough, for nothing but its colours. */
const longestParsed = 1_000_000;

function isJson(text: string): boolean {
  if (text.length > longestParsed)
    return /^\s*(?:\{\s*["}]|\[)/.test(text) && /[}\]]\s*$/.test(text.slice(-100));
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
