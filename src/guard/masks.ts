/** What stands for a secret access key, a derived key or a password. */
export const secretMask = "‹secret›";

/** What stands for a signature where signatures are not shown. */
export const signatureMask = "‹signature›";

/** What stands for a value of a private environment. */
export const privateMask = "‹private value›";

/** An access key id as it may be shown: `AKIA…WXYZ`. One too short to hide anything is hidden whole. */
export function maskKeyId(id: string): string {
  if (maskedKeyId.test(id)) return id;
  return id.length <= 8 ? secretMask : `${id.slice(0, 4)}…${id.slice(-4)}`;
}

/** A session token as it may be shown: `‹token, 1234 chars›`. */
export function describeToken(token: string): string {
  return isMask(token) ? token : `‹token, ${token.length} chars›`;
}

/** The end of the mask that begins at `start`, or -1. Exact, so that brackets typed around a secret hide nothing from us. */
export function maskEnd(text: string, start: number): number {
  if (text.charCodeAt(start) !== 0x2039 || !firstLetters.includes(text.charCodeAt(start + 1))) return -1;
  mask.lastIndex = start;
  return mask.test(text) ? mask.lastIndex : -1;
}

function isMask(text: string): boolean {
  return text !== "" && maskEnd(text, 0) === text.length;
}

/** Every mask in angle quotes, as a pattern's source. */
export const maskSource = "‹(?:secret|signature|private value|token, \\d{1,7} chars)›";

const mask = new RegExp(maskSource, "y");
/** Of what stands in masks: s, p, t. */
const firstLetters: readonly number[] = [0x73, 0x70, 0x74];
const maskedKeyId = /^.{4}\u2026.{4}$/;
