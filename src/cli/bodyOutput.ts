import { randomBytes } from "node:crypto";
import { applyEdits, format } from "jsonc-parser";
import { redactBytes } from "../guard/redactBytes.ts";
import type { Redactor } from "../guard/redactor.ts";
import { inertText } from "../guard/terminalText.ts";
import { looksBinary, sizeText, utf8TextOf } from "../shown/bodyText.ts";
import { maskedRemark, notSearched } from "../shown/redactedBody.ts";

/** What goes to standard output for a body, and what is said beside it. */
export interface BodyOutput {
  readonly output: string | Uint8Array;
  readonly remark: string | null;
}

/** Larger JSON is shown as it came: re-indenting it would cost more than it helps. */
const largestPretty = 1_000_000;

/** For a terminal: text only, harmless, JSON re-indented from its text so that no number or key is changed. */
export function bodyForTerminal(bytes: Uint8Array, redactor: Redactor, contentType = ""): BodyOutput {
  const redacted = redactBytes(bytes, contentType, redactor);
  if (!redacted.searched) return { output: "", remark: notSearched };
  const text = utf8TextOf(redacted.bytes);
  if (text === null || looksBinary(text)) {
    const remark = `The body is binary (${sizeText(bytes.length)}) and not shown: --output FILE keeps it, a pipe gets it.`;
    return { output: "", remark: bytes.length === 0 ? null : remark };
  }
  const shown = inertText(prettyJson(text));
  return { output: shown === "" || shown.endsWith("\n") ? shown : `${shown}\n`, remark: null };
}

/** For a pipe: the bytes as they are, with credentials masked where the body shows some. */
export function bodyForPipe(
  bytes: Uint8Array,
  redactor: Redactor,
  onGitHub: boolean,
  contentType = "",
): BodyOutput {
  const { bytes: shown, masked, searched } = redactBytes(bytes, contentType, redactor);
  if (!searched) return { output: "", remark: notSearched };
  const remark = masked ? maskedRemark : null;
  const text = masked || onGitHub ? wholeText(shown) : null;
  if (text === null) return { output: shown, remark };
  const harmless = onGitHub ? withoutCommands(text) : text;
  return { output: !masked && harmless === text ? bytes : harmless, remark };
}

/** With the mark at its beginning; null for bytes that are no UTF-8. */
function wholeText(bytes: Uint8Array): string | null {
  return utf8TextOf(bytes) === null ? null : Buffer.from(bytes).toString("utf8");
}

function prettyJson(text: string): string {
  if (text.length > largestPretty || !/^\s*[[{]/.test(text)) return text;
  return applyEdits(text, format(text, undefined, { tabSize: 2, insertSpaces: true, eol: "\n" }));
}

/**
 * GitHub Actions obeys lines of a log that begin with `::`; a body must not be able to say them.
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#stopping-and-starting-workflow-commands
 */
function withoutCommands(text: string): string {
  if (!/^\s*(?:::|##\[)/m.test(text)) return text;
  const token = randomBytes(16).toString("hex");
  return `::stop-commands::${token}\n${text}${text.endsWith("\n") ? "" : "\n"}::${token}::\n`;
}
