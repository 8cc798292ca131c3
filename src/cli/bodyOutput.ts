import { type RedactedBody, redactBody } from "../guard/redactBody.ts";
import { redactBytes } from "../guard/redactBytes.ts";
import type { Redactor } from "../guard/redactor.ts";
import { inertText } from "../guard/terminalText.ts";
import { sizeText } from "../shown/bodyText.ts";
import { prettyJson } from "../shown/prettyJson.ts";
import { lossRemark, maskedRemark, notSearched } from "../shown/redactedBody.ts";

/** What goes to standard output for a body, and what is said beside it. */
export interface BodyOutput {
  readonly output: string | Uint8Array;
  readonly remark: string | null;
}

/** Larger JSON is shown as it came: re-indenting it would cost more than it helps. */
const largestPretty = 1_000_000;

/** For a terminal: text only, harmless, JSON re-indented from its text so that no number or key is changed. */
export function bodyForTerminal(bytes: Uint8Array, redactor: Redactor, contentType = ""): BodyOutput {
  const body = redactBody(bytes, contentType, redactor);
  if (body.kind !== "text") return withoutText(body, bytes, "The body is");
  const shown = inertText(laidOut(body.text));
  const output = shown === "" || shown.endsWith("\n") ? shown : `${shown}\n`;
  return { output, remark: body.loss === null ? null : lossRemark(body.loss) };
}

/** For a piece of a larger body on a terminal: as above, but as it came, with nothing added. */
export function pieceForTerminal(bytes: Uint8Array, redactor: Redactor, contentType = ""): BodyOutput {
  const body = redactBody(bytes, contentType, redactor);
  if (body.kind !== "text") return withoutText(body, bytes, "A part of the body is");
  const remark = body.loss === null ? null : lossRemark(`A part of the body is not all ${body.charset}.`);
  return { output: inertText(body.text), remark };
}

/** For a pipe: the bytes as they are, with credentials masked where the body shows some. */
export function bodyForPipe(bytes: Uint8Array, redactor: Redactor, contentType = ""): BodyOutput {
  const { bytes: output, masked, searched } = redactBytes(bytes, contentType, redactor);
  if (!searched) return { output: "", remark: notSearched };
  return { output, remark: masked ? maskedRemark : null };
}

function withoutText({ kind }: RedactedBody, bytes: Uint8Array, what: string): BodyOutput {
  if (kind === "hidden") return { output: "", remark: notSearched };
  const remark = `${what} binary (${sizeText(bytes.length)}) and not shown: --output FILE keeps it, a pipe gets it.`;
  return { output: "", remark: bytes.length === 0 ? null : remark };
}

function laidOut(text: string): string {
  if (text.length > largestPretty || !/^\s*[[{]/.test(text)) return text;
  return prettyJson(text) ?? text;
}
