import { parseArgs } from "node:util";
import type { CapturedRequest, Field } from "../../stages.ts";
import { shellWords } from "./shellWords.ts";

/** Reads one request that somebody captured: raw HTTP, the `>` lines of `curl -v`, or a `curl` command. Null for no such. */
export function readRequest(text: string): CapturedRequest | null {
  const trimmed = text.replace(/^\uFEFF/, "").trim();
  if (/^(?:\$ )?curl\s/.test(trimmed)) return fromCommand(trimmed.replace(/^\$ /, ""));
  const sent = trimmed
    .split(/\r?\n/)
    .filter((line) => line.startsWith("> ") || line === ">")
    .map((line) => line.slice(2));
  if (sent.length > 0) return fromLines(sent);
  return requestLine.test(trimmed) ? fromLines(trimmed.split(/\r?\n/)) : null;
}

const requestLine = /^([A-Z]{3,12}) (\S+) HTTP\/\d/;

function fromLines(lines: readonly string[]): CapturedRequest | null {
  const [, method, target = ""] = requestLine.exec(lines[0] ?? "") ?? [];
  if (method === undefined) return null;
  const blank = lines.indexOf("");
  const head = lines.slice(1, blank === -1 ? undefined : blank);
  const headers = head.flatMap(fieldOf);
  const body = blank === -1 ? null : lines.slice(blank + 1).join("\n");
  return requestOf(method, target, headers, body === "" ? null : body);
}

function fieldOf(line: string): readonly Field[] {
  const colon = line.indexOf(":");
  return colon < 1 ? [] : [[line.slice(0, colon).trim(), line.slice(colon + 1).trim()]];
}

function requestOf(
  method: string,
  target: string,
  headers: readonly Field[],
  body: string | null,
): CapturedRequest {
  const [, ofUrl = "", rest = target] = /^[a-z]+:\/\/([^/?#]*)(.*)$/i.exec(target) ?? [];
  const host = headers.find(([name]) => name.toLowerCase() === "host")?.[1] ?? ofUrl;
  const [path = "", ...query] = (rest.split("#", 1)[0] ?? "").split("?");
  return {
    method,
    host: host.toLowerCase(),
    path: path === "" ? "/" : path,
    query: query.length === 0 ? null : query.join("?"),
    headers,
    body,
  };
}

const text = { type: "string" } as const;
const flag = { type: "boolean" } as const;
const many = { type: "string", multiple: true } as const;

/** Options of curl: those that make a request, and those whose value is no part of it. */
const curlOptions = {
  request: { ...text, short: "X" },
  header: { ...many, short: "H" },
  data: { ...many, short: "d" },
  "data-raw": many,
  "data-binary": many,
  "data-ascii": many,
  json: many,
  url: text,
  get: { ...flag, short: "G" },
  head: { ...flag, short: "I" },
  output: { ...text, short: "o" },
  user: { ...text, short: "u" },
  "user-agent": { ...text, short: "A" },
  cookie: { ...text, short: "b" },
  proxy: { ...text, short: "x" },
  "max-time": { ...text, short: "m" },
  "connect-timeout": text,
  "write-out": { ...text, short: "w" },
  "aws-sigv4": text,
  resolve: text,
  retry: text,
  cacert: text,
  cert: { ...text, short: "E" },
  key: text,
} as const;

function fromCommand(command: string): CapturedRequest | null {
  const args = shellWords(command).slice(1);
  const { values, positionals } = parseArgs({
    args,
    options: curlOptions,
    strict: false,
    allowPositionals: true,
  });
  const texts = (value: unknown): readonly string[] =>
    Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
  const given = (value: unknown): string | null => (typeof value === "string" ? value : null);
  // The value of an option that is not known stands among them too.
  const url = given(values.url) ?? positionals.find((one) => /^https?:/i.test(one)) ?? positionals[0] ?? null;
  const plain = [...texts(values.data), ...texts(values["data-ascii"])].map((data) =>
    data.replace(/[\r\n]/g, ""),
  );
  const json = texts(values.json).join("");
  const data = [...plain, ...texts(values["data-raw"]), ...texts(values["data-binary"])].join("&") || json;
  const method = given(values.request) ?? (values.head === true ? "HEAD" : null);
  const headers = texts(values.header).flatMap(fieldOf);
  const type = json === "" ? "application/x-www-form-urlencoded" : "application/json";
  return url === null ? null : ofCommand({ url, method, headers, data, type, isGet: values.get === true });
}

/** What a command line of curl asks for. */
interface CurlRequest {
  readonly url: string;
  /** Null when it follows from the data. */
  readonly method: string | null;
  readonly headers: readonly Field[];
  readonly data: string;
  /** Content type of the data where no header says another. */
  readonly type: string;
  readonly isGet: boolean;
}

function ofCommand({ url, method, headers, data, type, isGet }: CurlRequest): CapturedRequest {
  const hasBody = data !== "" && !isGet;
  const target = isGet && data !== "" ? `${url}${url.includes("?") ? "&" : "?"}${data}` : url;
  const isTyped = headers.some(([name]) => name.toLowerCase() === "content-type");
  const form: Field[] = hasBody && !isTyped ? [["Content-Type", type]] : [];
  const absolute = /^[a-z]+:\/\//i.test(target) ? target : `http://${target}`;
  const usual = hasBody ? "POST" : "GET";
  return requestOf(method ?? usual, absolute, [...headers, ...form], hasBody ? data : "");
}
