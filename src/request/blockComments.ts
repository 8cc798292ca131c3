interface Marks {
  readonly begins: RegExp;
  readonly ends: RegExp;
}

const anyMarks: Marks = { begins: /^[ \t]*\/\*/, ends: /\*\/[ \t]*$/ };
const marksAlone: Marks = { begins: /^[ \t]*\/\*[ \t]*$/, ends: /^[ \t]*\*\/[ \t]*$/ };

/**
 * Indexes of the lines of comments as httpYac has them, from a line that begins with a slash and a star to one that ends
 * with a star and a slash. What is not closed is no comment.
 */
export function blockCommentLines(texts: readonly string[]): ReadonlySet<number> {
  return linesBetween(texts, anyMarks);
}

/** Offsets of a comment in its document: of its first character, and behind its last. */
interface Span {
  readonly start: number;
  readonly end: number;
}

/** Comments whose marks stand alone on their lines, in their order: a `###` between such marks parts nothing. */
export function plainCommentSpans(document: string): readonly Span[] {
  if (!holdsCommentMarks(document)) return [];
  const texts = document.split(/\r\n|\r|\n/);
  const found = linesBetween(texts, marksAlone);
  const spans: Span[] = [];
  let start = 0;
  for (const [index, text] of texts.entries()) {
    const end = start + text.length;
    if (found.has(index)) spans.push({ start, end });
    start = end + (document.startsWith("\r\n", end) ? 2 : 1);
  }
  return spans;
}

/** Whether a document may hold such comments. */
export function holdsCommentMarks(document: string): boolean {
  return document.includes("/*") && document.includes("*/");
}

function linesBetween(texts: readonly string[], { begins, ends }: Marks): ReadonlySet<number> {
  const found = new Set<number>();
  if (!texts.some((text) => begins.test(text))) return found;
  const last = texts.findLastIndex((text) => ends.test(text));
  for (let index = 0; index <= last; index++) {
    if (!begins.test(texts[index] ?? "")) continue;
    while (!ends.test(texts[index] ?? "")) found.add(index++);
    found.add(index);
  }
  return found;
}
