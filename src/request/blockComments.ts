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

/** Only those whose marks stand alone on their lines: a `###` between such marks parts nothing. */
export function plainBlockCommentLines(texts: readonly string[]): ReadonlySet<number> {
  return linesBetween(texts, marksAlone);
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
