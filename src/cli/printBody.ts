import { bodyCharset, isWide, statedType } from "../guard/bodyCharset.ts";
import { contentTypeOf, notSearched } from "../shown/redactedBody.ts";
import type { ExchangeResponse } from "../stages.ts";
import { bodyForPipe, bodyForTerminal, pieceForTerminal } from "./bodyOutput.ts";
import { writeBody, writeLines } from "./output.ts";
import { type PieceSizes, type Present, presentedBody } from "./presentedBody.ts";
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
    const { present, unit } = await presentFor(response, printer, surroundings);
    for await (const shown of presentedBody(response.body, present, sizes, unit)) {
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

/** How the body is presented, and how many bytes the shortest of its characters has. */
async function presentFor(
  { body, headers }: Pick<ExchangeResponse, "body" | "headers">,
  { redactor }: Printer,
  { stdoutIsTerminal }: Surroundings,
): Promise<{ readonly present: Present; readonly unit: 1 | 2 }> {
  const present = presenterFor(body.size, stdoutIsTerminal);
  const named = contentTypeOf(headers);
  if (present !== pieceForTerminal) return { present: (bytes) => present(bytes, redactor, named), unit: 1 };
  // What a document says of its charset stands at its beginning, and holds for each of its pieces.
  const head = await body.slice(0, charsetHead);
  const contentType = statedType(head, named);
  const unit = isWide(bodyCharset(head, named).encoding) ? 2 : 1;
  return { present: (bytes) => present(bytes, redactor, contentType), unit };
}

const charsetHead = 4096;

function presenterFor(size: number, isTerminal: boolean) {
  if (!isTerminal) return bodyForPipe;
  return size <= largestAtOnce ? bodyForTerminal : pieceForTerminal;
}
