import { type JSONVisitor, visit } from "jsonc-parser";

/**
 * JSON re-indented from its text, token by token: numbers, escapes and duplicate keys stay exactly as they were sent.
 * Null for text that is not one JSON value.
 */
export function prettyJson(text: string): string | null {
  const writer = createWriter(text);
  try {
    visit(text, writer.visitor, { disallowComments: true, allowTrailingComma: false });
  } catch {
    // Nested deeper than the parser's stack reaches: shown as it came.
    return null;
  }
  return writer.finish();
}

/** Indentation beyond this depth would be wider than any panel. */
const deepest = 100;

function createWriter(text: string): { readonly visitor: JSONVisitor; readonly finish: () => string | null } {
  const out: string[] = [];
  /** For each open bracket, how many values it holds so far. */
  const counts: number[] = [];
  let isValid = true;
  let afterKey = false;
  const line = (): string => `\n${"  ".repeat(Math.min(counts.length, deepest))}`;
  const beforeValue = (): void => {
    if (!afterKey && counts.length > 0) out.push(line());
    afterKey = false;
    const last = counts.length - 1;
    if (last >= 0) counts[last] = (counts[last] ?? 0) + 1;
  };
  const open = (bracket: string) => (): void => {
    beforeValue();
    out.push(bracket);
    counts.push(0);
  };
  const close = (bracket: string) => (): void => {
    const count = counts.pop() ?? 0;
    out.push(count === 0 ? bracket : `${line()}${bracket}`);
  };
  const visitor: JSONVisitor = {
    onObjectBegin: open("{"),
    onObjectEnd: close("}"),
    onArrayBegin: open("["),
    onArrayEnd: close("]"),
    onObjectProperty(_name, offset, length) {
      out.push(line(), text.slice(offset, offset + length), ": ");
      afterKey = true;
    },
    onLiteralValue(_value, offset, length) {
      beforeValue();
      out.push(text.slice(offset, offset + length));
    },
    onSeparator(character) {
      if (character === ",") out.push(",");
    },
    onError() {
      isValid = false;
    },
  };
  return { visitor, finish: () => (isValid && out.length > 0 ? out.join("") : null) };
}
