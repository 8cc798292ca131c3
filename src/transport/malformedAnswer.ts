import type { UserError } from "../errors.ts";
import { escapedExcerpt } from "./excerpt.ts";
import { type FaultContext, type FaultRow, faultError, throughProxy } from "./faultContext.ts";
import { sizeInWords } from "./sizeInWords.ts";

const shownBytes = 64;

/** What llhttp's error codes mean for an answer. https://github.com/nodejs/llhttp/blob/main/src/llhttp/constants.ts */
const parserFaults: ReadonlyMap<string, string> = new Map([
  ["HPE_INVALID_CONTENT_LENGTH", "its Content-Length is not a number that can be right"],
  ["HPE_UNEXPECTED_CONTENT_LENGTH", "it has two Content-Length fields, or one beside Transfer-Encoding"],
  [
    "HPE_INVALID_TRANSFER_ENCODING",
    "its Transfer-Encoding does not end in chunked, or stands beside Content-Length",
  ],
  ["HPE_INVALID_CHUNK_SIZE", "the size of a chunk is not a hexadecimal number"],
  ["HPE_CHUNK_EXTENSIONS_OVERFLOW", "its chunk extensions are too long"],
  ["HPE_INVALID_HEADER_TOKEN", "a header field has a character that is not allowed there"],
  ["HPE_INVALID_VERSION", "its HTTP version is unknown"],
  ["HPE_INVALID_STATUS", "its status is not a three-digit number"],
  ["HPE_CR_EXPECTED", "a line does not end in CR LF"],
  ["HPE_LF_EXPECTED", "a CR is not followed by LF"],
  ["HPE_STRICT", "CR LF is missing after a chunk"],
  ["HPE_INVALID_EOF_STATE", "it ends in the middle of a line"],
  ["HPE_UNEXPECTED_SPACE", "a blank stands where none may be"],
]);

interface Sign {
  readonly when: (bytes: Uint8Array, text: string) => boolean;
  readonly row: (context: FaultContext) => FaultRow;
}

/** Answers that are another protocol altogether. */
const otherProtocols: readonly Sign[] = [
  {
    when: (bytes, text) => isHttp2Frame(bytes) || text.startsWith("PRI * HTTP/2"),
    row: (context) => ({
      code: "E_HTTP2_ONLY",
      message: `${context.peer} answered in HTTP/2, which was not asked for.`,
      hint: "Only HTTP/1.1 is sent here: use an endpoint or port that speaks it.",
    }),
  },
  {
    when: (bytes) => (bytes[0] === 0x15 || bytes[0] === 0x16) && bytes[1] === 0x03,
    row: (context) => ({
      code: "E_TLS_EXPECTED",
      message: `${context.peer} answered in TLS to a request in plain HTTP.`,
      hint: "Write the URL with https://.",
    }),
  },
  {
    when: (_, text) => !text.startsWith("HTTP/"),
    row: (context) => ({
      code: "E_NOT_HTTP",
      message: `What ${context.peer}${throughProxy(context)} sent is not an HTTP response: "${escapedExcerpt(context.received, shownBytes)}".`,
      hint: "Check that the port is that of an HTTP server.",
    }),
  },
];

/** Which malformation a head has, looked for in its bytes (as Latin-1); the first that fits is named. */
const headMalformations: readonly (readonly [pattern: RegExp, what: string])[] = [
  [/^[^\r\n]*\r?\n[\t ]/, "the first header line begins with a blank"],
  [/\0/, "it holds a NUL"],
  [/\r(?!\n|$)/, "it holds a CR without LF"],
  [/(?:^|[^\r])\n/, "a line ends in LF without CR"],
  [/\r\n[\t ]/, "a header is folded over two lines"],
  [/\r\n[^\r\n:]*[\t ]+:/, "a blank stands before the colon of a header"],
  [/\r\n[^\r\n:]+\r\n/, "a header line has no colon"],
];

/** What llhttp's refusal of an answer means. */
export function malformedAnswer(error: unknown, code: string, context: FaultContext): FaultRow {
  if (code === "HPE_HEADER_OVERFLOW") return headOverflow(context);
  const text = Buffer.from(context.received).toString("latin1");
  const other = otherProtocols.find(({ when }) => when(context.received, text));
  if (other !== undefined) return other.row(context);
  const what = parserFault(code) ?? headMalformation(text) ?? parserReason(error, code);
  return {
    code: "E_RESPONSE_MALFORMED",
    message: `The response of ${context.peer}${throughProxy(context)} is malformed: ${what}. It begins "${escapedExcerpt(context.received, shownBytes)}".`,
    hint: "The server is wrong here, not the request.",
  };
}

/**
 * The error for a status below 100, which no list of statuses has: what came is kept, but it is no answer. One above
 * 599 is taken as it came, as a server's error.
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-15-5
 */
export function malformedStatus(status: number, context: FaultContext): UserError {
  const row = {
    code: "E_RESPONSE_MALFORMED",
    message: `The response of ${context.peer}${throughProxy(context)} is malformed: its status is ${status}, and HTTP has 100 to 599.`,
    hint: "The server is wrong here, not the request. What arrived is kept.",
    phase: "head",
  } as const;
  return faultError(row, context);
}

/** What llhttp's code says of a malformed body. */
export function malformedBody(error: unknown, code: string): string {
  return parserFaults.get(code) ?? parserReason(error, code);
}

/** What the code alone says, where it says more than the bytes do. */
function parserFault(code: string): string | null {
  const saysLess = code === "HPE_INVALID_HEADER_TOKEN" || code === "HPE_UNEXPECTED_SPACE";
  return saysLess || code.endsWith("_EXPECTED") ? null : (parserFaults.get(code) ?? null);
}

function headMalformation(text: string): string | null {
  const end = text.indexOf("\r\n\r\n");
  const head = end === -1 ? text : text.slice(0, end + 2);
  return headMalformations.find(([pattern]) => pattern.test(head))?.[1] ?? null;
}

function parserReason(error: unknown, code: string): string {
  const known = parserFaults.get(code);
  if (known !== undefined) return known;
  const reason = error instanceof Error && "reason" in error ? String(error.reason) : "";
  return reason === "" ? code : `${reason} (${code})`;
}

function headOverflow(context: FaultContext): FaultRow {
  return {
    code: "E_HEAD_TOO_LARGE",
    message: `The response head of ${context.peer}${throughProxy(context)} is larger than the limit of ${sizeInWords(context.headLimit)} (headBytes).`,
    hint: "This limit is fixed; the server has to send a smaller head.",
  };
}

/** RFC 9113 section 4.1: length (24 bits), type, flags, stream. SETTINGS (4) and GOAWAY (7) are on stream 0. */
function isHttp2Frame(bytes: Uint8Array): boolean {
  const type = bytes[3];
  return (
    bytes.length >= 9 &&
    bytes[0] === 0 &&
    (type === 4 || type === 7) &&
    bytes.subarray(5, 9).every((byte) => byte === 0)
  );
}
