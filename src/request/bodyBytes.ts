import { resolve } from "node:path";
import { UserError } from "../errors.ts";
import type { IncludedFile, RequestBody } from "../requestBody.ts";
import type { Problem, TextRange } from "../stages.ts";
import { byteSize } from "./byteSize.ts";
import type { ExpandedPart } from "./expandBody.ts";
import type { Fault } from "./problem.ts";
import { errorAt } from "./problem.ts";
import { streamedBody } from "./streamedBody.ts";

/** Bytes of a body, or what kept an included file from being read. */
export interface BodyReading {
  readonly bytes: RequestBody;
  readonly problems: readonly Problem[];
}

/**
 * The bytes of a body: text as UTF-8, files as they are.
 * @param directory what relative paths start from
 * @param readInclude reads an absolute path, or gives the file where it is too large for memory; may refuse with a UserError
 * @param limit bytes of all files in memory together
 */
export async function readBodyBytes(
  parts: readonly ExpandedPart[],
  directory: string,
  readInclude: (path: string) => Promise<Uint8Array | IncludedFile>,
  limit = 100 * 1024 * 1024,
): Promise<BodyReading> {
  let size = 0;
  const chunks: (Uint8Array | IncludedFile)[] = [];
  const problems: Problem[] = [];
  for (const part of parts) {
    if (part.kind === "text") {
      chunks.push(Buffer.from(part.text, "utf8"));
      continue;
    }
    const path = resolve(directory, part.path);
    try {
      const included = await readInclude(path);
      size += included instanceof Uint8Array ? included.length : included.head.length;
      if (size > limit) return { bytes: new Uint8Array(), problems: [tooLarge(part.range, path, limit)] };
      chunks.push(included);
    } catch (error) {
      const fault = includeFault(error, path);
      problems.push(errorAt(part.range, fault.code, fault.message));
    }
  }
  return { bytes: joined(chunks), problems };
}

function joined(chunks: readonly (Uint8Array | IncludedFile)[]): RequestBody {
  const held = chunks.filter((chunk) => chunk instanceof Uint8Array);
  if (held.length < chunks.length) return streamedBody(chunks);
  const [only] = held;
  const bytes = only !== undefined && held.length === 1 ? only : Buffer.concat(held);
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function tooLarge(range: TextRange, path: string, limit: number): Problem {
  const message = `With ${path} the included files of this request are more than fit into memory, ${byteSize(limit)} together. Include one file that holds them all.`;
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
