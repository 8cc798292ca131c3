import { createScanner, type Node, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";

/** Where in a text something is wrong, in UTF-16 units, and what: words to stand behind a place. */
export interface JsonFault {
  readonly offset: number;
  readonly length: number;
  readonly words: string;
}

export type JsonTree =
  /** `root` is undefined for a file without any JSON. */
  { readonly root: Node | undefined; readonly fault: null } | { readonly fault: JsonFault };

const deepestNesting = 32;

/** Parses JSON, comments allowed, into a tree that knows its places. Never throws; linear in the text's length. */
export function readJsonTree(text: string): JsonTree {
  const tooDeep = offsetOfDeepNesting(text);
  if (tooDeep !== null) return faultAt(tooDeep, 1, `the JSON is nested more than ${deepestNesting} deep.`);
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: false });
  const [first] = errors;
  if (first === undefined) return { root, fault: null };
  const words = wordsOf(printParseErrorCode(first.error));
  return faultAt(first.offset, first.length, `the JSON is not valid: ${words}.`);
}

function faultAt(offset: number, length: number, words: string): JsonTree {
  return { fault: { offset, length, words } };
}

/** The parser is recursive: nesting is bounded before it runs. */
function offsetOfDeepNesting(text: string): number | null {
  const scanner = createScanner(text, true);
  let depth = 0;
  for (scanner.scan(); scanner.getTokenLength() > 0; scanner.scan()) {
    const token = text[scanner.getTokenOffset()];
    if (token === "{" || token === "[") depth++;
    if (token === "}" || token === "]") depth--;
    if (depth > deepestNesting) return scanner.getTokenOffset();
  }
  return null;
}

function wordsOf(code: string): string {
  return code.replace(/(?!^)[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).toLowerCase();
}
