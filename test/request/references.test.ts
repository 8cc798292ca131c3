import assert from "node:assert/strict";
import { blankOutsideReferences, holdsReference, tokenize } from "../../src/request/references.ts";

const marks = { none: "", percent: "%", json: "json " } as const;

/** Tokens as `literal`, `{reference}`, `{%reference}`, `{json reference}` and `!` for an unclosed one. */
function shortly(text: string): readonly string[] {
  const range = { start: { line: 0, column: 0 }, end: { line: 0, column: text.length } };
  return tokenize({ text, range }).map((token) => {
    if (token.kind === "literal") return token.text;
    return token.kind === "unclosed" ? "!" : `{${marks[token.encoding]}${token.expression}}`;
  });
}

describe("tokenize", () => {
  const rows: readonly (readonly [string, readonly string[]])[] = [
    ["", []],
    ["plain } text {", ["plain } text {"]],
    ["{{a}}", ["{a}"]],
    ["x{{ a }}y{{%b}}z", ["x", "{a}", "y", "{%b}", "z"]],
    ["{{% c }}", ["{%c}"]],
    ["{{%json a}}{{ % json\t$guid }}{{%json}}", ["{json a}", "{json $guid}", "{%json}"]],
    ["{{}}", ["{}"]],
    ['{"a":{{b}}}', ['{"a":', "{b}", "}"]],
    ["{{{a}}}", ["{", "{a}", "}"]],
    ["{{{{a}}", ["{{", "{a}"]],
    ["\\{{a}}", ["{{", "a}}"]],
    ["\\\\{{a}}", ["\\\\", "{a}"]],
    ["\\\\\\{{a}}", ["\\\\", "{{", "a}}"]],
    ["{{a}}\\{{b}}", ["{a}", "{{", "b}}"]],
    ["{{a", ["!"]],
    ["{{a\n}}", ["!", "\n}}"]],
    ["{{a}}\r\n{{b}}", ["{a}", "\r\n", "{b}"]],
    ['{{$datetime "YYYY" 1 d}}', ['{$datetime "YYYY" 1 d}']],
    ["{{__proto__}}", ["{__proto__}"]],
  ];
  for (const [text, tokens] of rows) {
    it(`splits ${JSON.stringify(text)}`, () => {
      assert.deepEqual(shortly(text), tokens);
    });
  }

  it("gives places, from where the text begins in its file", () => {
    const range = { start: { line: 4, column: 7 }, end: { line: 5, column: 6 } };
    assert.deepEqual(tokenize({ text: "a{{b}}\nc{{%d", range }), [
      { kind: "literal", text: "a", range: { start: { line: 4, column: 7 }, end: { line: 4, column: 8 } } },
      {
        kind: "reference",
        expression: "b",
        encoding: "none",
        range: { start: { line: 4, column: 8 }, end: { line: 4, column: 13 } },
      },
      {
        kind: "literal",
        text: "\nc",
        range: { start: { line: 4, column: 13 }, end: { line: 5, column: 1 } },
      },
      { kind: "unclosed", range: { start: { line: 5, column: 1 }, end: { line: 5, column: 5 } } },
    ]);
  });

  it("finds references, and blanks outside of them", () => {
    assert.deepEqual(["{{a}}", "\\{{a}}", "{{a"].map(holdsReference), [true, false, false]);
    assert.deepEqual(
      ["a{{b c}}d", "a{{b c}}d e", "a\tb", "{{a b"].map(blankOutsideReferences),
      [-1, 9, 1, -1],
    );
  });
});
