import type { AnswerText } from "../reading/answerText.ts";

/** What the service says that it would have signed. */
export interface CanonicalEcho {
  readonly canonicalRequest: string | null;
  readonly stringToSign: string | null;
}

/** The canonical string and the string to sign that an answer echoes: in API Gateway's words, or in S3's elements. */
export function canonicalEcho({ message, fields, whole, form }: AnswerText): CanonicalEcho {
  const quoted = (sentence: string) => quotedAfter(sentence, message) ?? quotedAfter(sentence, whole);
  const canonicalRequest =
    quoted("The Canonical String for this request should have been") ??
    fields.get("CanonicalRequest") ??
    (form === "text" ? aloneCanonical(whole) : null);
  const stringToSign = quoted("The String-to-Sign should have been") ?? fields.get("StringToSign") ?? null;
  return {
    canonicalRequest: canonicalRequest && withLineFeeds(canonicalRequest),
    stringToSign: stringToSign && withLineFeeds(stringToSign),
  };
}

/** What travelled as CRLF throughout was LF. A CR beside plain LF is a byte of the text. */
function withLineFeeds(text: string): string {
  return /(?:^|[^\r])\n/.test(text) ? text : text.replaceAll("\r\n", "\n");
}

/** Somebody took the canonical request out of the answer, and nothing else. */
function aloneCanonical(text: string): string | null {
  const isOne =
    /^[A-Z]{3,10}\n\/[^\n]*\n[^\n]*\n(?:[a-z0-9-]+:[^\n]*\n)+\n[a-z0-9;-]+\n(?:[0-9a-f]{64}|UNSIGNED-PAYLOAD|STREAMING-[A-Z0-9-]+)$/;
  const lines = text.replaceAll("\r\n", "\n").trim();
  return isOne.test(lines) ? lines : null;
}

/** The text in single quotes after a sentence; the closing one stands at the end of its line, or of what wraps it. */
function quotedAfter(sentence: string, text: string): string | null {
  const start = text.indexOf(sentence);
  const open = start === -1 ? -1 : text.indexOf("'", start + sentence.length);
  if (open === -1) return null;
  const close = /'\s*(?:\n|$|["}<])/g;
  close.lastIndex = open + 1;
  const end = close.exec(text)?.index;
  return end === undefined ? null : text.slice(open + 1, end);
}

/** As much of an echoed canonical request as there is, where somebody cut it off; null when there is nothing of it. */
export function partialEcho(answer: AnswerText): CanonicalParts | null {
  const { canonicalRequest } = canonicalEcho(answer);
  const text =
    canonicalRequest ??
    /The Canonical String for this request should have been\s*'([\s\S]*)/.exec(answer.whole)?.[1];
  if (text === undefined) return null;
  return (
    flattenedParts(text) ??
    canonicalParts(text) ??
    canonicalParts(`${text.replaceAll("\r\n", "\n").trimEnd()}\n\n\n`)
  );
}

/** A canonical request whose line breaks became blanks on the way; SignedHeaders says where each header begins. */
function flattenedParts(text: string): CanonicalParts | null {
  const line = text.trim();
  const frame =
    /^([A-Z]{3,10}) (\/\S*) (?:([^\s:]*) )?(?=[a-z0-9-]+:)(.*) ([a-z0-9-]+(?:;[a-z0-9-]+)*) ([0-9a-f]{64}|UNSIGNED-PAYLOAD)$/.exec(
      line,
    );
  if (frame === null) return null;
  const [, method = "", path = "", query = "", rest = "", signedHeaders = "", payloadHash = ""] = frame;
  const names = signedHeaders.split(";");
  const starts = names.map((name) => ` ${rest}`.indexOf(` ${name}:`));
  const isWhole = starts.every((start, index) => start >= 0 && start > (starts[index - 1] ?? -1));
  if (!isWhole) return null;
  const headers = names.map((name, index): readonly [string, string] => {
    const value = rest.slice((starts[index] ?? 0) + name.length + 1, starts[index + 1]);
    return [name, value.trim()];
  });
  return { method, path, query, headers, signedHeaders, payloadHash };
}

/** A canonical request in its parts. */
export interface CanonicalParts {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  /** In order, names lower case. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly signedHeaders: string;
  readonly payloadHash: string;
}

/** Reads a canonical request; null for a text that is none. */
export function canonicalParts(canonicalRequest: string): CanonicalParts | null {
  const lines = canonicalRequest.split("\n");
  const blank = lines.indexOf("", 3);
  const [method, path, query] = lines;
  if (blank === -1 || method === undefined || path === undefined || query === undefined) return null;
  const headers = lines.slice(3, blank).map((line): readonly [string, string] => {
    const colon = line.indexOf(":");
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1)];
  });
  const [signedHeaders = "", payloadHash = ""] = lines.slice(blank + 1);
  return { method, path, query, headers, signedHeaders, payloadHash };
}

/** A canonical request as it is hashed. */
export function canonicalText({
  method,
  path,
  query,
  headers,
  signedHeaders,
  payloadHash,
}: CanonicalParts): string {
  const lines = headers.map(([name, value]) => `${name}:${value}`);
  return [method, path, query, ...lines, "", signedHeaders, payloadHash].join("\n");
}
