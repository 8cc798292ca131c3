/**
 * JSON re-indented from its text, token by token: numbers, escapes and duplicate keys stay exactly as they were sent.
 * One pass without recursion, over text that nobody vouches for.
 * @returns null for text that is not one JSON value, and for what would grow beyond reading
 */
export function prettyJson(text: string): string | null {
  const layout = createLayout(20 * text.length + 100_000);
  let end = 0;
  for (let at = blanksEnd(text, 0); at < text.length; at = blanksEnd(text, end)) {
    end = tokenEnd(text, at);
    if (end === -1 || !layout.take(text.slice(at, end))) return null;
  }
  return layout.finish();
}

/** What lies deeper stays on the line that it begins on: its indentation would be wider than any panel. */
const deepest = 100;

type Expected = "value" | "value or end" | "key" | "key or end" | "colon" | "comma or end" | "nothing";

interface Layout {
  /** Whether the token may stand there. */
  readonly take: (token: string) => boolean;
  readonly finish: () => string | null;
}

function createLayout(largest: number): Layout {
  const out: string[] = [];
  /** The brackets that would close what is open. */
  const closing: string[] = [];
  let expected: Expected = "value";
  let size = 0;
  const put = (piece: string, next: Expected): boolean => {
    out.push(piece);
    size += piece.length;
    expected = next;
    return size <= largest;
  };
  const line = (depth: number): string => (depth > deepest ? "" : lineAt(depth));
  const afterValue = (): Expected => (closing.length === 0 ? "nothing" : "comma or end");
  const inArray = (): string => (closing.at(-1) === "]" ? line(closing.length) : "");
  const close = (bracket: string): boolean => {
    const isEmpty = expected !== "comma or end";
    const before = isEmpty || closing.length > deepest ? "" : lineAt(closing.length - 1);
    return closing.pop() === bracket && put(before + bracket, afterValue());
  };
  const value = (token: string): boolean => {
    const before = inArray();
    if (token === "{" || token === "[") {
      closing.push(token === "{" ? "}" : "]");
      return put(before + token, token === "{" ? "key or end" : "value or end");
    }
    return !/^[\]},:]$/.test(token) && put(before + token, afterValue());
  };
  const rules: Readonly<Record<Expected, (token: string) => boolean>> = {
    value,
    "value or end": (token) => (token === "]" ? close(token) : value(token)),
    key: (token) => token.startsWith('"') && put(line(closing.length) + token, "colon"),
    "key or end": (token) => (token === "}" ? close(token) : rules.key(token)),
    colon: (token) => token === ":" && put(": ", "value"),
    "comma or end": (token) =>
      token === "," ? put(token, closing.at(-1) === "}" ? "key" : "value") : close(token),
    nothing: () => false,
  };
  return {
    take: (token) => rules[expected](token),
    finish: () => (expected === "nothing" ? out.join("") : null),
  };
}

const lines: string[] = [];

function lineAt(depth: number): string {
  lines[depth] ??= `\n${"  ".repeat(depth)}`;
  return lines[depth];
}

function blanksEnd(text: string, start: number): number {
  let at = start;
  while (" \t\n\r".includes(text[at] ?? "-")) at += 1;
  return at;
}

/** Where the token that begins here ends; -1 when none does. */
function tokenEnd(text: string, start: number): number {
  const first = text[start] ?? "";
  if ("{}[],:".includes(first)) return start + 1;
  if (first === '"') return stringEnd(text, start + 1);
  literal.lastIndex = start;
  return literal.test(text) ? literal.lastIndex : -1;
}

const literal = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)/y;
const escaped = /\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4})/y;

/** Character by character: an expression with a choice in its loop would need a stack as deep as the string is long. */
function stringEnd(text: string, start: number): number {
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22) return at + 1;
    if (code < 0x20) return -1;
    if (code !== 0x5c) continue;
    escaped.lastIndex = at;
    if (!escaped.test(text)) return -1;
    at = escaped.lastIndex - 1;
  }
  return -1;
}
