import { parseArgs } from "node:util";
import type { CapturedRequest, Field } from "../../stages.ts";
import { curlOptions } from "./curlOptions.ts";
import { fieldOf, requestOf } from "./requestParts.ts";
import { shellWords } from "./shellWords.ts";

/** What a command line of curl asks for, as far as it is read. */
interface CurlRequest {
  method: string | null;
  url: string | null;
  readonly headers: Field[];
  /** Names of headers that are not to be sent: `-H "Name:"`. */
  readonly without: Set<string>;
  /** Data of `-d` and its like, joined; null when some of it stands in a file. */
  data: string | null;
  hasData: boolean;
  isJson: boolean;
  isForm: boolean;
  isGet: boolean;
  isHead: boolean;
  /** The file of `-T`. */
  upload: string | null;
  readonly queries: string[];
}

/**
 * The request that a command of curl sends; null for a command without a URL.
 * @see https://curl.se/docs/manpage.html
 */
export function requestOfCommand(command: string): CapturedRequest | null {
  const args = [...shellWords(command)].slice(1);
  const { tokens } = parseArgs({
    args,
    options: curlOptions,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const asked: CurlRequest = {
    method: null,
    url: null,
    headers: [],
    without: new Set(),
    data: "",
    hasData: false,
    isJson: false,
    isForm: false,
    isGet: false,
    isHead: false,
    upload: null,
    queries: [],
  };
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") positionals.push(token.value);
    else if (token.kind === "option") readers.get(token.name)?.(asked, token.value ?? "");
  }
  // The value of an option that is not known stands among them too.
  const url = asked.url ?? positionals.find((one) => /^https?:/i.test(one)) ?? positionals[0] ?? null;
  return url === null ? null : sentBy(asked, url);
}

type Reader = (asked: CurlRequest, value: string) => void;

/** In the order of the command: data are joined as they come. */
const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  [
    "url",
    (asked, value) => {
      asked.url ??= value;
    },
  ],
  [
    "request",
    (asked, value) => {
      asked.method = value;
    },
  ],
  [
    "head",
    (asked) => {
      asked.isHead = true;
    },
  ],
  [
    "get",
    (asked) => {
      asked.isGet = true;
    },
  ],
  ["header", addHeader],
  ["data", (asked, value) => addData(asked, value.startsWith("@") ? null : value)],
  ["data-ascii", (asked, value) => addData(asked, value.startsWith("@") ? null : value)],
  ["data-binary", (asked, value) => addData(asked, value.startsWith("@") ? null : value)],
  ["data-raw", (asked, value) => addData(asked, value)],
  ["data-urlencode", (asked, value) => addData(asked, encodedPair(value))],
  ["json", (asked, value) => addJson(asked, value.startsWith("@") ? null : value)],
  [
    "form",
    (asked) => {
      asked.isForm = true;
    },
  ],
  [
    "form-string",
    (asked) => {
      asked.isForm = true;
    },
  ],
  [
    "upload-file",
    (asked, value) => {
      asked.upload ??= value;
    },
  ],
  [
    "url-query",
    (asked, value) => {
      asked.queries.push(queryOf(value));
    },
  ],
]);

/** `Name: value`; `Name:` leaves out one of curl's own, `Name;` sends an empty one. */
function addHeader(asked: CurlRequest, line: string): void {
  const [field] = fieldOf(line);
  const empty = /^([\w-]+);$/.exec(line)?.[1];
  if (empty !== undefined) asked.headers.push([empty, ""]);
  else if (field?.[1] === "") asked.without.add(field[0].toLowerCase());
  else if (field !== undefined) asked.headers.push(field);
}

function addData(asked: CurlRequest, data: string | null): void {
  asked.hasData = true;
  const { data: before } = asked;
  asked.data = before === null || data === null ? null : before + (before === "" ? "" : "&") + data;
}

/** Pieces of JSON make one document. */
function addJson(asked: CurlRequest, data: string | null): void {
  asked.hasData = true;
  asked.isJson = true;
  asked.data = asked.data === null || data === null ? null : asked.data + data;
}

/** `name=content`, `=content`, `content`; null for `@file` and `name@file`. The name is taken as it is written. */
function encodedPair(text: string): string | null {
  const mark = text.includes("=") ? text.indexOf("=") : text.indexOf("@");
  if (mark >= 0 && text[mark] === "@") return null;
  const name = text.slice(0, Math.max(mark, 0));
  const content = formEncoded(text.slice(mark + 1));
  return name === "" ? content : `${name}=${content}`;
}

/** As curl does: every byte but the unreserved ones, a blank as "+". */
function formEncoded(text: string): string {
  const escaped = [...Buffer.from(text, "utf8")].map((byte) => {
    const character = String.fromCharCode(byte);
    if (/[\w.~-]/.test(character)) return character;
    return character === " " ? "+" : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  });
  return escaped.join("");
}

function queryOf(text: string): string {
  return text.startsWith("+") ? text.slice(1) : (encodedPair(text) ?? "");
}

function sentBy(asked: CurlRequest, written: string): CapturedRequest {
  const { isGet, isHead, isForm, upload, hasData, data, queries, headers } = asked;
  const inQuery = [
    ...queries,
    ...((isGet || isHead) && hasData && data !== null && data !== "" ? [data] : []),
  ];
  const absolute = /^[a-z]+:\/\//i.test(written) ? written : `http://${written}`;
  const target = withQuery(upload === null ? absolute : withFileName(absolute, upload), inQuery);
  const posts = isForm || (hasData && !isGet && !isHead);
  const names = new Set([...headers.map(([name]) => name.toLowerCase()), ...asked.without]);
  const type = posts && !names.has("content-type") ? [["Content-Type", typeOf(asked)] as const] : [];
  const body = bodyOf(asked, posts);
  return requestOf(asked.method ?? usualMethod(asked, posts), target, [...headers, ...type], body);
}

function usualMethod({ isHead, upload }: CurlRequest, posts: boolean): string {
  if (isHead) return "HEAD";
  if (upload !== null) return "PUT";
  return posts ? "POST" : "GET";
}

function typeOf({ isForm, isJson }: CurlRequest): string {
  if (isForm) return "multipart/form-data";
  return isJson ? "application/json" : "application/x-www-form-urlencoded";
}

/** What stands in a file is not known, and of a form not even its boundary. */
function bodyOf({ isForm, upload, data }: CurlRequest, posts: boolean): string | null {
  if (isForm || upload !== null) return null;
  return posts ? data : "";
}

function withQuery(url: string, added: readonly string[]): string {
  if (added.length === 0) return url;
  const [before = ""] = url.split("#", 1);
  return `${before}${before.includes("?") ? "&" : "?"}${added.join("&")}`;
}

/** To a URL that ends in a slash curl adds the name of the file that it uploads. */
function withFileName(url: string, file: string): string {
  const name = file.split("/").at(-1) ?? "";
  const [, origin = "", path = "", rest = ""] = /^([a-z]+:\/\/[^/?#]*)([^?#]*)(.*)$/is.exec(url) ?? [];
  const isFolder = path === "" || path.endsWith("/");
  if (!isFolder || name === "" || file === "-" || file === ".") return url;
  return `${origin}${path === "" ? "/" : path}${encodeURIComponent(name)}${rest}`;
}
