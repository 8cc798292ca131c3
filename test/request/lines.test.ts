import assert from "node:assert/strict";
import { endOfText, isBlankText, skipBlanks, splitLines, trimmedSpan } from "../../src/request/lines.ts";

describe("splitLines", () => {
  it("ends lines at CRLF, LF and CR, and has a last line without an end", () => {
    assert.deepEqual(splitLines("a\r\nb\n\rc\r"), [
      { number: 0, offset: 0, text: "a", lineEnd: "\r\n" },
      { number: 1, offset: 3, text: "b", lineEnd: "\n" },
      { number: 2, offset: 5, text: "", lineEnd: "\r" },
      { number: 3, offset: 6, text: "c", lineEnd: "\r" },
      { number: 4, offset: 8, text: "", lineEnd: "" },
    ]);
    assert.deepEqual(splitLines(""), [{ number: 0, offset: 0, text: "", lineEnd: "" }]);
  });

  it("does not end them at other separators", () => {
    assert.equal(splitLines("a\u2028b\u0085c\vd\fe").length, 1);
  });
});

describe("blanks", () => {
  it("are spaces and tabs", () => {
    assert.deepEqual([skipBlanks(" \t x", 0), endOfText("x \t ", 0)], [3, 1]);
    assert.deepEqual([isBlankText(" \t"), isBlankText(""), isBlankText("\u00a0")], [true, true, false]);
  });

  it("are taken off both ends of a span", () => {
    const line = { number: 3, offset: 9, text: "ab  c d  ", lineEnd: "\n" };
    assert.deepEqual(trimmedSpan(line, 2), {
      text: "c d",
      range: { start: { line: 3, column: 4 }, end: { line: 3, column: 7 } },
    });
    assert.deepEqual(trimmedSpan(line, 7), {
      text: "",
      range: { start: { line: 3, column: 9 }, end: { line: 3, column: 9 } },
    });
  });
});
