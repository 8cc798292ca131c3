import { bodyCharset, isWide } from "./bodyCharset.ts";
import { firstBadByte, isReadable, type ReadText, readText } from "./readText.ts";
import { redactBytesSteps, redactedAsBytes } from "./redactBytes.ts";
import type { Redactor } from "./redactor.ts";
import { finish, inSlices, type Steps } from "./steps.ts";
import { decoderOf } from "./textDecoding.ts";

/** The bytes of an answer as they may be shown. */
export type RedactedBody =
  | {
      readonly kind: "text";
      readonly text: string;
      /** What it was read in: `UTF-8`, `ISO-8859-1`. */
      readonly charset: string;
      /** What the text does not say any more, in a sentence; null where it says all. */
      readonly loss: string | null;
    }
  /** Bytes that are no text, with credentials masked. */
  | { readonly kind: "bytes"; readonly bytes: Uint8Array; readonly masked: boolean }
  /** Credentials may be written in them in a way that cannot be searched. */
  | { readonly kind: "hidden" };

/**
 * Reads the bytes of an answer in their charset and masks secrets in what came of it. All that is shown as text goes
 * through here, so that terminal, `--json` and panel tell the same of the same bytes.
 * @param contentType the header's value, or ""
 * @param takesControls true where any UTF-8 counts as text, because control characters do no harm there
 */
export function redactBody(
  bytes: Uint8Array,
  contentType: string,
  redactor: Redactor,
  takesControls = false,
): RedactedBody {
  return finish(redactBodySteps(bytes, contentType, redactor, takesControls));
}

/** The same in slices, between which whoever else is waiting for the thread gets a turn. */
export function redactBodyInSlices(
  bytes: Uint8Array,
  contentType: string,
  redactor: Redactor,
  signal?: AbortSignal,
): Promise<RedactedBody> {
  return inSlices(redactBodySteps(bytes, contentType, redactor, false), signal);
}

function* redactBodySteps(
  bytes: Uint8Array,
  contentType: string,
  redactor: Redactor,
  takesControls: boolean,
): Steps<RedactedBody> {
  const read = readText(bytes, contentType);
  const isUtf8 = read.encoding === "utf-8" && read.bad === 0;
  if (!(takesControls && isUtf8) && !isReadable(read, contentType))
    return yield* asBytes(bytes, contentType, redactor);
  const isPlain = isUtf8 && !read.text.includes("\0") && isNameKnown(contentType);
  const searched = isPlain ? read.text : yield* maskedText(bytes, read, contentType, redactor);
  if (searched === null) return { kind: "hidden" };
  const loss = read.bad === 0 ? null : lossOf(bytes, read);
  const text = yield* redactor.steps.text(searched);
  return { kind: "text", text, charset: read.charset, loss };
}

/** Whether the charset that is named, if any, is known. */
function isNameKnown(contentType: string): boolean {
  return bodyCharset(new Uint8Array(), contentType).encoding !== null;
}

function* asBytes(bytes: Uint8Array, contentType: string, redactor: Redactor): Steps<RedactedBody> {
  const { bytes: shown, masked, searched } = yield* redactBytesSteps(bytes, contentType, redactor);
  return searched ? { kind: "bytes", bytes: shown, masked } : { kind: "hidden" };
}

/**
 * The text with what can be found in its bytes masked: what is written in another charset than is named would not be found
 * in the text. Null when there may be more.
 */
function* maskedText(
  bytes: Uint8Array,
  read: ReadText,
  contentType: string,
  { steps }: Redactor,
): Steps<string | null> {
  const redacted = yield* redactedAsBytes(bytes, contentType, steps);
  if (!redacted.searched) return null;
  return redacted.masked ? textAroundMasks(redacted.bytes, read.encoding) : read.text;
}

/** Masks are written in UTF-8 whatever stands around them, but in UTF-16. */
function textAroundMasks(bytes: Uint8Array, encoding: string): string {
  const decode = decoderOf(encoding);
  if (encoding === "utf-8" || isWide(encoding)) return decode(bytes);
  const pieces = Buffer.from(bytes)
    .toString("latin1")
    .split(/(\xe2\x80[\xa6\xb9\xba])/);
  const texts = pieces.map((piece, index) => {
    const part = Buffer.from(piece, "latin1");
    return index % 2 === 1 ? part.toString("utf8") : decode(part, { stream: true });
  });
  return texts.join("") + decode(new Uint8Array());
}

function lossOf(bytes: Uint8Array, { text, bad, charset, encoding }: ReadText): string {
  const first = encoding === "utf-8" ? firstBadByte(bytes, text) : null;
  const where = first === null ? "" : `, ${bad === 1 ? "" : "the first "}at byte ${first}`;
  return `The body is not all ${charset}: ${bad === 1 ? "1 place is" : `${bad} places are`} shown as “\ufffd”${where}.`;
}
