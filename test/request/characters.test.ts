import assert from "node:assert/strict";
import {
  characterProblems,
  controlCharacterFault,
  hiddenCharacterFault,
  lineBreakFault,
  surrogateFault,
  tokenPattern,
} from "../../src/request/characters.ts";

/** Which of the characters the check finds, by code point. */
function found(
  check: (text: string, where: string) => object | null,
  characters: readonly string[],
): readonly string[] {
  return characters
    .filter((character) => check(`a${character}b`, "The text") !== null)
    .map((character) => (character.codePointAt(0) ?? 0).toString(16));
}

const everyCharacter = [
  ..."aé漢😀❤️ \t\r\n\0\u0007\u007f\u0085\u00a0\u00ad\u061c\u180e\u200b\u200d\u200e\u202a\u202e\u2028\u2060\u2066\u2069\u3164\ufeff\u{e0041}",
  "\ud800",
  "\udfff",
];

describe("characters", () => {
  it("that are hidden are bidi controls, zero-width and tag characters", () => {
    assert.deepEqual(found(hiddenCharacterFault, everyCharacter), [
      "ad",
      "61c",
      "180e",
      "200b",
      "200d",
      "200e",
      "202a",
      "202e",
      "2028",
      "2060",
      "2066",
      "2069",
      "3164",
      "feff",
      "e0041",
    ]);
  });

  it("that end a line on the wire are CR, LF and NUL", () => {
    assert.deepEqual(found(lineBreakFault, everyCharacter), ["d", "a", "0"]);
  });

  it("that are controls are all of C0 and C1, and DEL, but not the tab", () => {
    assert.deepEqual(found(controlCharacterFault, everyCharacter), ["d", "a", "0", "7", "7f", "85"]);
  });

  it("that are lone surrogates are those without their other half", () => {
    assert.deepEqual(found(surrogateFault, everyCharacter), ["d800", "dfff"]);
  });

  it("are named in the message", () => {
    assert.deepEqual(lineBreakFault("a\rb", "The URL"), {
      code: "E_CONTROL_CHARACTER",
      message:
        "The URL holds the control character CR; remove it, or percent-encode the variable with {{%name}}.",
    });
    assert.deepEqual(hiddenCharacterFault("a\u202eb", "The URL"), {
      code: "E_HIDDEN_CHARACTER",
      message:
        "The URL holds U+202E, which is invisible and can make the line read as what it is not; delete it.",
    });
  });

  it("become problems at a place, one for each check", () => {
    const range = { start: { line: 1, column: 2 }, end: { line: 1, column: 5 } };
    const checks = [hiddenCharacterFault, surrogateFault, lineBreakFault];
    const problems = characterProblems({ text: "\u200b\ud800", range }, "The URL", checks);
    assert.deepEqual(
      problems.map((problem) => [problem.code, problem.severity, problem.range]),
      [
        ["E_HIDDEN_CHARACTER", "error", range],
        ["E_LONE_SURROGATE", "error", range],
      ],
    );
  });

  it("of a token are those of RFC 9110", () => {
    const visible = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code));
    assert.equal(
      visible.filter((character) => tokenPattern.test(character)).join(""),
      "!#$%&'*+-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ^_`abcdefghijklmnopqrstuvwxyz|~",
    );
  });
});
