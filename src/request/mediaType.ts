import type { HeaderLine } from "../stages.ts";
import { isBlankText } from "./lines.ts";

/** What a body is by its media type, as far as it decides how its text is read. */
export type BodyKind =
  | "form"
  | "json"
  /** JSON values, one a line, the last one ended like the others. */
  | "ndjson"
  | "multipart"
  /** A message of HTTP in a message of HTTP. */
  | "http"
  | "plain"
  /** Any other `text/…`. */
  | "text"
  | "untyped"
  | "other";

const byType: readonly (readonly [pattern: RegExp, kind: BodyKind])[] = [
  [/^application\/x-www-form-urlencoded$/, "form"],
  [
    /^(?:application|text)\/(?:.*[+.])?(?:x-)?(?:ndjson|nd-json|jsonl|jsonlines|json-lines|json-stream)$/,
    "ndjson",
  ],
  [/^application\/(?:x-)?stream\+json$/, "ndjson"],
  [/^(?:application|text)\/(?:x-)?(?:amz-)?json(?:-1\.\d+|-rpc|-seq|request)?$/, "json"],
  [/\+json$/, "json"],
  [/^multipart\//, "multipart"],
  [/^(?:application|message)\/http$/, "http"],
  [/^text\/plain$/, "plain"],
  [/^text\//, "text"],
];

/** Services that read JSON values, one a line, whatever the type says: OpenSearch and Elasticsearch. */
const linesOfJson = /\/_(?:bulk|msearch|msearch\/template)$/;

/**
 * The kind of a body.
 * @param contentType the value of `Content-Type`; null when there is none
 * @param path the path of the URL; null when it is not known
 */
export function bodyKindOf(contentType: string | null, path: string | null): BodyKind {
  const type = (/^[^;]*/.exec(contentType ?? "")?.[0] ?? "").trim().toLowerCase();
  if (type === "") return "untyped";
  const kind = byType.find(([pattern]) => pattern.test(type))?.[1] ?? "other";
  return kind === "json" && path !== null && linesOfJson.test(path) ? "ndjson" : kind;
}

/** The kind of a body as far as the headers tell it before variables have values; null when they do not. */
export function writtenKindOf(headers: readonly HeaderLine[]): BodyKind | null {
  if (headers.some(({ name }) => name.text.includes("{{"))) return null;
  const value = headers.find(({ name }) => name.text.toLowerCase() === "content-type")?.value.text ?? "";
  return value.includes("{{") ? null : bodyKindOf(value, null);
}

/** True when a text begins as JSON does: with `[`, or with a `{` that begins no variable. */
export function beginsAsJson(text: string): boolean {
  return !isBlankText(text) && /^[ \t\ufeff]*(?:\[|\{(?!\{))/.test(text);
}
