import type {
  HeaderLine,
  Position,
  Problem,
  RequestBlock,
  RequestFile,
  Spanned,
  TextRange,
} from "../stages.ts";
import { keysInAuthorization } from "./headerLine.ts";
import { type KeyRun, keyRuns, nameBefore } from "./keyRuns.ts";
import { errorAt, warningAt } from "./problem.ts";

/** What a literal piece of AWS credentials is. */
export type KeyPart = "accessKeyId" | "secretAccessKey" | "sessionToken";

/** A literal piece of AWS credentials. The text is as written: it may be percent-encoded in a URL. */
export interface LiteralKey {
  readonly part: KeyPart;
  readonly text: string;
  readonly range: TextRange;
}

/** A text of the file in which keys may stand. */
interface Place {
  readonly span: Spanned;
  readonly kind: "stated" | "authorization" | "url" | "body";
  /** The name of its definition, directive or header says that it is a secret. */
  readonly named: boolean;
}

type Texts = Pick<RequestFile, "preamble" | "requests">;

/**
 * `E_LITERAL_KEY` for every secret access key and session token, `W_KEY_ID` for every access key id, written out in
 * the file. The key is never repeated. Takes time in proportion to the text.
 */
export function literalKeyProblems(file: Texts): readonly Problem[] {
  return literalKeys(file).map(({ part, range }) =>
    part === "accessKeyId"
      ? warningAt(range, "W_KEY_ID", messages[part])
      : errorAt(range, "E_LITERAL_KEY", messages[part]),
  );
}

const messages: Readonly<Record<KeyPart, string>> = {
  accessKeyId:
    "This is an AWS access key id; a profile (`# @profile NAME`) keeps it and its secret out of the file.",
  secretAccessKey:
    "This is an AWS secret access key; move it to a profile (`# @profile NAME`) or to http-client.private.env.json, and replace it in IAM if others have seen this file.",
  sessionToken:
    "This is an AWS session token; move it to a profile (`# @profile NAME`) or to http-client.private.env.json.",
};

/**
 * The literal keys of a file. `Authorization: AWS …` is left out: it has a problem of its own. In URLs, which carry
 * the ids and tokens of presigned requests, and in bodies only secret access keys count.
 */
export function literalKeys({ preamble, requests }: Texts): readonly LiteralKey[] {
  const scans = [preamble, ...requests].map(scanOf);
  const besideId = scans.some(({ hasId }) => hasId);
  const judge = ({ place, runs }: PlaceWithRuns): readonly LiteralKey[] => keysAmong(place, runs, besideId);
  const isReported = ({ place }: PlaceWithRuns): boolean => place.kind !== "authorization";
  return [
    ...scans.flatMap(({ stated }) => stated.filter(isReported).flatMap(judge)),
    ...scans.flatMap(({ sent }) => sent.flatMap(judge)),
  ];
}

/** A part of a file with texts of its own. */
type Block = Pick<RequestBlock, "directives" | "variables"> &
  Partial<Pick<RequestBlock, "headers" | "target" | "body">>;

/** Where in a block keys may stand. */
interface BlockScan {
  /** Definitions, directives and headers. */
  readonly stated: readonly PlaceWithRuns[];
  readonly sent: readonly PlaceWithRuns[];
  /** Whether an access key id is among what is stated. */
  readonly hasId: boolean;
}

interface PlaceWithRuns {
  readonly place: Place;
  readonly runs: readonly KeyRun[];
}

/** Blocks that did not change are the same objects in the next version of a file. */
const scans = new WeakMap<Block, BlockScan>();

function scanOf(block: Block): BlockScan {
  const known = scans.get(block);
  if (known !== undefined) return known;
  const stated = statedPlaces(block).flatMap((place) => withRuns(place, keyIdLength));
  const hasId = stated.some(({ place, runs }) => runs.some((run) => isKeyId(place.span.text, run)));
  const scan = { stated, sent: sentPlaces(block).flatMap((place) => withRuns(place, secretLength)), hasId };
  scans.set(block, scan);
  return scan;
}

function withRuns(place: Place, least: number): readonly PlaceWithRuns[] {
  const runs = keyRuns(place.span.text, least);
  return runs.length === 0 ? [] : [{ place, runs }];
}

function statedPlaces({ variables, directives, headers = [] }: Block): readonly Place[] {
  return [
    ...variables.map(({ name, value }) => stated(name, value)),
    ...directives.map(({ key, value }) => stated(key, value)),
    ...headers.map(headerPlace),
  ];
}

function stated(name: Spanned, span: Spanned): Place {
  return { span, kind: "stated", named: saysSecret(name.text) };
}

function headerPlace({ name, value }: HeaderLine): Place {
  const isOwn = keysInAuthorization(name.text, value.text, value.range).length > 0;
  const isAuthorization = /^(?:proxy-)?authorization$/i.test(name.text);
  // What another scheme carries there (Basic, Bearer, AWS4-HMAC-SHA256) may look like a key by chance.
  return isOwn || isAuthorization
    ? { span: value, kind: "authorization", named: false }
    : stated(name, value);
}

function sentPlaces({ target = [], body = [] }: Block): readonly Place[] {
  return [
    ...target.map((span): Place => ({ span, kind: "url", named: false })),
    ...body.flatMap((part): readonly Place[] =>
      part.kind === "text" ? [{ span: part.text, kind: "body", named: false }] : [],
    ),
  ];
}

const keyIdLength = 20;
const secretLength = 40;
const shortestToken = 100;

function keysAmong(place: Place, runs: readonly KeyRun[], besideId: boolean): readonly LiteralKey[] {
  const keys: LiteralKey[] = [];
  const { text } = place.span;
  const position = positionsIn(place.span);
  for (const run of runs) {
    const part = partOf(place, run, besideId);
    if (part === null) continue;
    keys.push({
      part,
      text: text.slice(run.start, run.end),
      range: { start: position(run.start), end: position(run.end) },
    });
  }
  return keys;
}

function partOf(place: Place, run: KeyRun, besideId: boolean): KeyPart | null {
  const { text } = place.span;
  if (run.length === secretLength && run.padding === 0)
    return isSecret(place, run, besideId) ? "secretAccessKey" : null;
  if (place.kind !== "stated") return null;
  if (isKeyId(text, run)) return "accessKeyId";
  const isToken =
    run.length >= shortestToken && /^(?:IQoJ|F[wQ]oG)/.test(text.slice(run.start, run.start + 4));
  return isToken ? "sessionToken" : null;
}

function isKeyId(text: string, { start, end, length }: KeyRun): boolean {
  return length === keyIdLength && /^A[KS]IA[A-Z0-9]{16}$/.test(text.slice(start, end));
}

/** By a name that says so, or beside an access key id; the form alone is that of many other things. */
function isSecret({ span: { text }, kind, named }: Place, run: KeyRun, besideId: boolean): boolean {
  const shape = shapeOf(text.slice(run.start, run.end).replace(/%2[bf]/gi, "/"));
  if (!shape.isMixed) return false;
  if (named || saysSecret(nameBefore(text, run.start))) return true;
  return besideId && shape.hasDigit && isValueOf(kind, text, run);
}

/** In a URL the values of the query, in a body what does not fill its line, as a line of base64 does. */
function isValueOf(kind: Place["kind"], text: string, { start, end }: KeyRun): boolean {
  if (kind === "url") return text[start - 1] === "=";
  const isLine = (start === 0 || /[\r\n]/.test(text.charAt(start - 1))) && /^[\r\n]?$/.test(text.charAt(end));
  return kind !== "body" || !isLine;
}

/** Forty random characters have many letters of both cases; hashes in hex and most paths and words do not. */
function shapeOf(text: string): { readonly isMixed: boolean; readonly hasDigit: boolean } {
  const count = (pattern: RegExp): number => text.match(pattern)?.length ?? 0;
  const [upper, lower] = [count(/[A-Z]/g), count(/[a-z]/g)];
  const isHex = /^[0-9a-fA-F]*$/.test(text);
  return { isMixed: !isHex && upper >= 5 && lower >= 5, hasDigit: /\d/.test(text) };
}

/** `secret`, `secretAccessKey`, `AWS_SECRET`; not secrets of OAuth, and not what a secret is called. */
function saysSecret(name: string): boolean {
  if (!/secret/i.test(name)) return false;
  const words = name.toLowerCase().replace(/[^a-z0-9]/g, "");
  return !/client|consumer|webhook|(?:id|name|arn|path|stage)$/.test(words);
}

/** Offsets of a span's text as places in the document. Asked for in rising order: each line end is passed once. */
function positionsIn({ text, range }: Spanned): (offset: number) => Position {
  const { start } = range;
  const lineEnd = /\r\n|\n|\r/g;
  let line = { number: start.line, offset: -start.column };
  let next = lineEnd.exec(text);
  return (offset) => {
    while (next !== null && next.index + next[0].length <= offset) {
      line = { number: line.number + 1, offset: next.index + next[0].length };
      next = lineEnd.exec(text);
    }
    return { line: line.number, column: offset - line.offset };
  };
}
