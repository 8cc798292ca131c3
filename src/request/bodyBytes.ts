import { resolve } from "node:path";
import { UserError } from "../errors.ts";
import type { BodyPart, Problem, TextRange } from "../stages.ts";
import { byteSize } from "./byteSize.ts";
import { surrogateFault } from "./characters.ts";
import type { Expansion } from "./expansion.ts";
import { jsonVariableProblems } from "./jsonVariables.ts";
import { encodeUnsendable } from "./percentEncode.ts";
import type { Fault } from "./problem.ts";
import { errorAt, warningAt } from "./problem.ts";
import type { Expander } from "./variables.ts";

/** A piece of a body, its variables expanded. */
export type ExpandedPart =
  | { readonly kind: "text"; readonly text: string; readonly range: TextRange }
  | { readonly kind: "file"; readonly path: string; readonly range: TextRange };

/** The pieces that could be expanded, and what is wrong with them. */
export interface BodyExpansion {
  readonly parts: readonly ExpandedPart[];
  readonly problems: readonly Problem[];
}

/**
 * Expands the pieces of a body and gives text the form that its media type asks for: of a form
 * (`application/x-www-form-urlencoded`), one pair a line becomes one line.
 */
export function expandBody(
  body: readonly BodyPart[],
  contentType: string | null,
  expander: Expander,
): BodyExpansion {
  const parts: ExpandedPart[] = [];
  const problems: Problem[] = [];
  const isForm = /^application\/x-www-form-urlencoded(?:[ \t]*;|$)/i.test(contentType ?? "");
  for (const part of body) {
    const span = part.kind === "text" ? part.text : part.path;
    const expansion = expander.expand(span);
    if (expansion === null) continue;
    problems.push(...expansionProblems(expansion, part, body.length, contentType));
    if (part.kind === "file") parts.push({ kind: "file", path: expansion.text, range: span.range });
    else {
      const text = isForm && body.length === 1 ? formText(expansion.text) : expansion.text;
      parts.push({ kind: "text", text, range: span.range });
    }
  }
  problems.push(...multipartWarning(parts, contentType));
  return { parts, problems };
}

function expansionProblems(
  expansion: Expansion,
  part: BodyPart,
  partCount: number,
  contentType: string | null,
): readonly Problem[] {
  const { range } = part.kind === "text" ? part.text : part.path;
  const fault = surrogateFault(expansion.text, "The body");
  if (fault !== null) return [errorAt(range, fault.code, fault.message)];
  // Only a text that is the whole body can be JSON.
  return part.kind === "text" && partCount === 1 ? jsonVariableProblems(expansion, contentType) : [];
}

/**
 * One pair a line, with or without `&`; blanks around the line and its first `=` are layout. What may not stand in
 * a form (a space, `é`) is percent-encoded, once.
 */
function formText(text: string): string {
  return text
    .split(/\r\n|\n|\r/)
    .map((line) => formPair(line.trim().replace(/^&/, "").replace(/&$/, "").trim()))
    .filter((pair) => pair !== "")
    .join("&");
}

function formPair(text: string): string {
  const equals = text.indexOf("=");
  const pair = equals < 0 ? text : `${text.slice(0, equals).trimEnd()}=${text.slice(equals + 1).trimStart()}`;
  return encodeUnsendable(pair);
}

function multipartWarning(parts: readonly ExpandedPart[], contentType: string | null): readonly Problem[] {
  if (!/^multipart\//i.test(contentType ?? "")) return [];
  const part = parts.find(({ kind, ...rest }) => "text" in rest && /(?<!\r)\n/.test(rest.text));
  if (part === undefined) return [];
  const message =
    "This multipart body is sent with the line ends of the file (LF), but most servers want CRLF; save the file with CRLF line ends.";
  return [warningAt(part.range, "W_MULTIPART_LINE_ENDS", message)];
}

/** Bytes of a body, or what kept an included file from being read. */
export interface BodyReading {
  readonly bytes: Uint8Array;
  readonly problems: readonly Problem[];
}

/**
 * The bytes of a body: text as UTF-8, files as they are.
 * @param directory what relative paths start from
 * @param readInclude reads an absolute path; may refuse with a UserError
 * @param limit bytes of all files together
 */
export async function readBodyBytes(
  parts: readonly ExpandedPart[],
  directory: string,
  readInclude: (path: string) => Promise<Uint8Array>,
  limit = 100 * 1024 * 1024,
): Promise<BodyReading> {
  let size = 0;
  const chunks: Uint8Array[] = [];
  const problems: Problem[] = [];
  for (const part of parts) {
    if (part.kind === "text") {
      chunks.push(Buffer.from(part.text, "utf8"));
      continue;
    }
    const path = resolve(directory, part.path);
    try {
      const bytes = await readInclude(path);
      size += bytes.length;
      if (size > limit) return { bytes: new Uint8Array(), problems: [tooLarge(part.range, path, limit)] };
      chunks.push(bytes);
    } catch (error) {
      const fault = includeFault(error, path);
      problems.push(errorAt(part.range, fault.code, fault.message));
    }
  }
  const [only] = chunks;
  const bytes = only !== undefined && chunks.length === 1 ? only : Buffer.concat(chunks);
  return { bytes: new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength), problems };
}

function tooLarge(range: TextRange, path: string, limit: number): Problem {
  const message = `With ${path} the included files of this request are larger than ${byteSize(limit)} together.`;
  return errorAt(range, "E_INCLUDE_SIZE", message);
}

const readFailures: ReadonlyMap<string, readonly [code: string, sentence: string]> = new Map([
  ["ENOENT", ["E_INCLUDE_MISSING", "there is no such file; paths start from the request file's folder"]],
  ["ENOTDIR", ["E_INCLUDE_MISSING", "a part of the path is a file, not a folder"]],
  ["EISDIR", ["E_INCLUDE_DIRECTORY", "it is a folder; name a file in it"]],
  ["EACCES", ["E_INCLUDE_UNREADABLE", "you may not read it; change its permissions"]],
  ["EPERM", ["E_INCLUDE_UNREADABLE", "you may not read it; change its permissions"]],
  ["ENAMETOOLONG", ["E_INCLUDE_UNREADABLE", "the path is too long"]],
  ["ELOOP", ["E_INCLUDE_UNREADABLE", "its links lead in a circle"]],
]);

/** Rethrows what is neither a refusal nor a failure of the file system: that is a bug. */
function includeFault(error: unknown, path: string): Fault {
  if (error instanceof UserError) {
    return {
      code: error.code,
      message: error.hint === undefined ? error.message : `${error.message} ${error.hint}`,
    };
  }
  const code = error instanceof Error && "code" in error ? String(error.code) : null;
  if (code === null) throw error;
  const [stable, sentence] = readFailures.get(code) ?? ["E_INCLUDE_UNREADABLE", `the system says ${code}`];
  return { code: stable, message: `${path} cannot be included: ${sentence}.` };
}
