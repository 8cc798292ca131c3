import type { BodyStore } from "../stages.ts";
import { type BodyOutput, bodyForPipe, bodyForTerminal, pieceForTerminal } from "./bodyOutput.ts";
import { writeBody, writeLines } from "./output.ts";
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
  const { exactStdout, signal } = surroundings;
  const wasAborted = signal.aborted;
  let last = 0x0a;
  let remark: string | null = null;
  async function* shownPieces(): AsyncGenerator<Uint8Array> {
    for await (const shown of presentedBody(body, presentFor(body.size, printer, surroundings), sizes)) {
      if (!exactStdout.writable || (signal.aborted && !wasAborted)) return;
      const bytes = Buffer.from(shown.output);
      last = bytes.at(-1) ?? last;
      remark ??= shown.remark;
      yield bytes;
    }
  }
  await writeBody(surroundings, shownPieces());
  if (remark !== null) await writeLines(surroundings, noteLines([remark], printer));
  return last === 0x0a;
}

function presentFor(size: number, { redactor }: Printer, { stdoutIsTerminal }: Surroundings) {
  const present = presenterFor(size, stdoutIsTerminal);
  return (bytes: Uint8Array): BodyOutput => present(bytes, redactor);
}

function presenterFor(size: number, isTerminal: boolean) {
  if (!isTerminal) return bodyForPipe;
  return size <= largestAtOnce ? bodyForTerminal : pieceForTerminal;
}
