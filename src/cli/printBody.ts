import type { BodyStore } from "../stages.ts";
import { type BodyOutput, bodyForPipe, bodyForTerminal, pieceForTerminal } from "./bodyOutput.ts";
import { write, writeLines } from "./output.ts";
import { type PieceSizes, presentedBody } from "./presentedBody.ts";
import { noteLines, type Printer } from "./printer.ts";
import type { Surroundings } from "./surroundings.ts";

/** Bytes of a body that a terminal gets at once, JSON re-indented. */
const largestAtOnce = 4 * 1024 * 1024;

/** A body on standard output, piece by piece where it is large; tells whether it ended its last line. */
export async function printBody(
  body: BodyStore,
  printer: Printer,
  surroundings: Surroundings,
  sizes?: PieceSizes,
): Promise<boolean> {
  const { stdout, signal } = surroundings;
  const wasAborted = signal.aborted;
  let last: BodyOutput["output"] = "\n";
  let remark: string | null = null;
  for await (const shown of presentedBody(body, presentFor(body.size, printer, surroundings), sizes)) {
    if (!stdout.writable || (signal.aborted && !wasAborted)) break;
    await write(stdout, shown.output);
    if (shown.output.length > 0) last = shown.output;
    remark ??= shown.remark;
  }
  if (remark !== null) await writeLines(surroundings, noteLines([remark], printer));
  return Buffer.from(last.slice(-1)).at(-1) === 0x0a;
}

function presentFor(size: number, { redactor }: Printer, { stdoutIsTerminal, env }: Surroundings) {
  if (!stdoutIsTerminal) {
    const onGitHub = env["GITHUB_ACTIONS"] === "true";
    return (bytes: Uint8Array) => bodyForPipe(bytes, redactor, onGitHub);
  }
  return size <= largestAtOnce
    ? (bytes: Uint8Array) => bodyForTerminal(bytes, redactor)
    : (bytes: Uint8Array) => pieceForTerminal(bytes, redactor);
}
