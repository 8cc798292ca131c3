import { codesIn, embeddedFields, unwrappedText } from "./wrappedText.ts";

/** What an answer says of itself, in whatever form it says it. */
export interface AnswerText {
  /** Error codes, from the body and the headers: `InvalidSignatureException`. */
  readonly codes: readonly string[];
  /** The sentence for a person; the whole body when none stands out. Line breaks are kept. */
  readonly message: string;
  /** Elements of an XML error, or strings of a JSON object, by name; the first of each. */
  readonly fields: ReadonlyMap<string, string>;
  readonly form: "json" | "xml" | "html" | "text" | "empty";
  /** All of it, escapes undone: what somebody pasted may wrap the answer in anything. */
  readonly whole: string;
}

/** Characters of a body that are looked at: what a service says stands at the beginning. */
const longest = 64 * 1024;

/** Of these, characters in which sentences are looked for: fewer in a body that is too large to be an error. */
const longestWhole = 20_000;
const beginning = 2000;

/** Reads a body; never throws, expands no entity of a document's own, and takes time in proportion to the text. */
export function readAnswer(body: string): AnswerText {
  const text = body.slice(0, longest).trim();
  if (text === "") return { codes: [], message: "", fields: new Map(), form: "empty", whole: "" };
  const bound = body.length > longest ? beginning : longestWhole;
  const whole = unwrappedText(text.slice(0, bound));
  const { message, ...parsed } = parsedAnswer(text, whole);
  return { ...parsed, message: message.slice(0, bound), whole };
}

function parsedAnswer(text: string, whole: string): Omit<AnswerText, "whole"> {
  if (/^[[{]/.test(text)) {
    const json = jsonAnswer(text);
    if (json !== null) return json;
  }
  if (/^<(?:!doctype html|html)\b/i.test(text)) {
    return { codes: [], message: withoutTags(text), fields: new Map(), form: "html" };
  }
  return text.startsWith("<") ? xmlAnswer(text) : textAnswer(whole);
}

/** The part of a code before a colon, and after a `#`: `prefix#Code`, `Code:http://…`. */
export function plainCode(code: string): string {
  return (code.split(":")[0] ?? "").split("#").at(-1)?.trim() ?? "";
}

/** Levels of a document that are looked at: AWS puts its error at the top or just below. */
const deepest = 4;

function jsonAnswer(text: string): Omit<AnswerText, "whole"> | null {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return null;
  }
  const fields = new Map<string, string>();
  collect(document, fields, 0);
  const codes = ["__type", "code", "Code", "errorType"].flatMap((name) => fields.get(name) ?? []);
  const message = ["message", "Message", "detailedMessage", "errorMessage"]
    .map((name) => fields.get(name))
    .find((found) => found !== undefined && found !== "");
  return {
    codes: codes.map(plainCode),
    message: message ?? [...fields.values()].join("\n"),
    fields,
    form: "json",
  };
}

/** Strings by name, the outer before the inner, the first of each name. */
function collect(value: unknown, fields: Map<string, string>, depth: number): void {
  if (typeof value !== "object" || value === null || depth > deepest) return;
  const entries: readonly (readonly [string, unknown])[] = Object.entries(value).slice(0, 200);
  for (const [name, found] of entries) {
    if (typeof found === "string" && !fields.has(name)) fields.set(name, found);
  }
  for (const [, found] of entries) collect(found, fields, depth + 1);
}

function xmlAnswer(text: string): Omit<AnswerText, "whole"> {
  const fields = new Map<string, string>();
  // Each match begins after the one before it: the text is passed once.
  for (const [, name = "", content = ""] of text.matchAll(/<([A-Za-z][\w.-]{0,80})>([^<]{0,100000})<\//g)) {
    if (!fields.has(name)) fields.set(name, unescaped(content));
  }
  const root = /^(?:<\?xml[^>]{0,200}\?>\s*)?<([A-Za-z][\w.-]{0,80})/.exec(text)?.[1] ?? "";
  const code = fields.get("Code") ?? (root.endsWith("Exception") ? root : "");
  const message = fields.get("Message") ?? fields.get("message") ?? "";
  return {
    codes: code === "" ? [] : [plainCode(code)],
    message: message === "" ? withoutTags(text) : message,
    fields,
    form: "xml",
  };
}

const entities: ReadonlyMap<string, string> = new Map([
  ["amp", "&"],
  ["lt", "<"],
  ["gt", ">"],
  ["quot", '"'],
  ["apos", "'"],
  ["#10", "\n"],
  ["#xA", "\n"],
  ["#39", "'"],
]);

/** The five entities that XML has, and line breaks; any other stays as it is written. */
function unescaped(text: string): string {
  return text.replace(/&(#?\w{1,6});/g, (whole, name: string) => entities.get(name) ?? whole).trim();
}

/** Characters of a page of which the words are taken. */
const longestPage = 16_000;

function withoutTags(text: string): string {
  return text
    .slice(0, longestPage)
    .replace(/<[^>]{0,2000}>/g, " ")
    .replace(/[ \t]+/g, " ")
    .trim();
}

/** An exception, a line of a log, a page of a forum: whatever it says stands somewhere in it. */
function textAnswer(whole: string): Omit<AnswerText, "whole"> {
  const fields = embeddedFields(whole);
  const named = ["__type", "code", "Code", "ErrorCode", "errorType"].flatMap(
    (name) => fields.get(name) ?? [],
  );
  const codes = [...named.map(plainCode), ...codesInText(whole), ...codesIn(whole)];
  return { codes, message: whole, fields, form: "text" };
}

/** `An error occurred (Code) when calling …`, `Code: message`, `Code -- message`, a code alone. */
function codesInText(text: string): readonly string[] {
  if (/^[A-Z][A-Za-z0-9]{5,80}$/.test(text)) return [text];
  const called = /An error occurred \((\w{3,80})\) when calling/.exec(text)?.[1];
  const first = /(?:^|[\s-])([A-Z][A-Za-z0-9]{5,80})(?::| --)/.exec(text.slice(0, 2000))?.[1];
  return [called, first].filter((code) => code !== undefined);
}
