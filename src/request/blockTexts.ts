import { plainCommentSpans } from "./blockComments.ts";

/**
 * Cuts a document at every line that begins with `###`, unless it stands in a comment. Each block is the text from there, or from the document's
 * beginning, up to the next one; there is always one at least.
 */
export function blockTexts(document: string): readonly string[] {
  const texts: string[] = [];
  const comments = plainCommentSpans(document);
  let start = 0;
  let comment = 0;
  for (let at = nextSeparator(document, 1); at >= 0; at = nextSeparator(document, at + 1)) {
    while ((comments[comment]?.end ?? at) < at) comment += 1;
    if (at >= (comments[comment]?.start ?? document.length)) continue;
    texts.push(document.slice(start, at));
    start = at;
  }
  texts.push(document.slice(start));
  return texts;
}

/** Whether a line begins there, and with a separator. */
export function isSeparatorAt(document: string, at: number): boolean {
  return document.startsWith("###", at) && (at === 0 || isLineEnd(document.charCodeAt(at - 1)));
}

function nextSeparator(document: string, from: number): number {
  let at = document.indexOf("###", from);
  while (at >= 0 && !isSeparatorAt(document, at)) at = document.indexOf("###", at + 1);
  return at;
}

function isLineEnd(code: number): boolean {
  return code === 0x0a || code === 0x0d;
}
