import { contentTypeOf, notSearched } from "../shown/redactedBody.ts";
import type { ExchangeResponse } from "../stages.ts";
import { type BodyOutput, bodyForPipe, bodyForTerminal, pieceForTerminal } from "./bodyOutput.ts";
import { writeBody, writeLines } from "./output.ts";
import { type PieceSizes, presentedBody } from "./presentedBody.ts";
import { noteLines, type Printer } from "./printer.ts";
import type { Surroundings } from "./surroundings.ts";

/** Bytes of a body that a terminal gets at once, JSON re-indented. */
const largestAtOnce = 4 * 1024 * 1024;

/** A body on standard output, piece by piece where it is large; tells whether it ended its last line. */
export async function printBody(
  response: Pick<ExchangeResponse, "body" | "headers">,
  printer: Printer,
  surroundings: Surroundings,
  sizes?: PieceSizes,
): Promise<boolean> {
  const { exactStdout, signal } = surroundings;
  const wasAborted = signal.aborted;
  let last = 0x0a;
  let remark: string | null = null;
  async function* shownPieces(): AsyncGenerator<Uint8Array> {
    const present = presentFor(response, printer, surroundings);
    for await (const shown of presentedBody(response.body, present, sizes)) {
      if (!exactStdout.writable || (signal.aborted && !wasAborted)) return;
      const bytes = Buffer.from(shown.output);
      last = bytes.at(-1) ?? last;
      remark ??= shown.remark;
      yield bytes;
      if (shown.remark === notSearched) return;
    }
  }
  await writeBody(surroundings, shownPieces());
  if (remark !== null) await writeLines(surroundings, noteLines([remark], printer));
  return last === 0x0a;
}

function presentFor(
  { body, headers }: Pick<ExchangeResponse, "body" | "headers">,
  { redactor }: Printer,
  { stdoutIsTerminal }: Surroundings,
) {
  const present = presenterFor(body.size, stdoutIsTerminal);
  const contentType = contentTypeOf(headers);
  return (bytes: Uint8Array): BodyOutput => present(bytes, redactor, contentType);
}

function presenterFor(size: number, isTerminal: boolean) {
  if (!isTerminal) return bodyForPipe;
  return size <= largestAtOnce ? bodyForTerminal : pieceForTerminal;
}
