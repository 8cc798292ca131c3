import assert from "node:assert/strict";
import { foreignLinesAt } from "../../src/request/foreignLines.ts";
import { splitLines } from "../../src/request/lines.ts";

type Zone = Parameters<typeof foreignLinesAt>[2];

/** Code and number of lines of the form that begins a text, or null. */
function read(text: string, zone: Zone): readonly [string, number] | null {
  const found = foreignLinesAt(splitLines(text), 0, zone);
  return found === null ? null : [found.problem.code, found.end];
}

describe("foreignLinesAt", () => {
  const rows: readonly (readonly [
    text: string,
    before: [string, number] | null,
    after: [string, number] | null,
  ])[] = [
    ["< {%\nx\n%}\ny", ["E_SCRIPT", 3], ["E_SCRIPT", 3]],
    ["< {% x %}\ny", ["E_SCRIPT", 1], ["E_SCRIPT", 1]],
    ["{{\nx\n}}\ny", ["E_SCRIPT", 3], ["W_SCRIPT", 3]],
    ["{{@request\nx", ["E_SCRIPT", 2], ["E_SCRIPT", 2]],
    ["{{+before \nx\n}}", ["E_SCRIPT", 3], ["E_SCRIPT", 3]],
    ["{{@response\nx\n}}\ny", ["W_SCRIPT", 3], ["W_SCRIPT", 3]],
    ["{{@after \nx\n}}", ["W_SCRIPT", 3], ["W_SCRIPT", 3]],
    ["HTTP/1.1 200 OK\nA: b\n\n{}\n> {%\n%}", null, ["H_RESPONSE_STORED", 4]],
    ["HTTP/2 404\n\n{{@response\n}}", null, ["H_RESPONSE_STORED", 2]],
    ["HTTP/1.1 200  - OK", null, ["H_RESPONSE_STORED", 1]],
    ["HTTP/1.1 2000", null, null],
    ["HTTP/1.1", null, null],
    ["Host: a", null, null],
    ["{{host}}/x", null, null],
    ["> {%\nx\n%}", ["W_SCRIPT", 3], ["W_SCRIPT", 3]],
    ["> {%\nx", ["W_SCRIPT", 2], ["W_SCRIPT", 2]],
    ["> ./check.js", ["W_SCRIPT", 1], ["W_SCRIPT", 1]],
    ["> a quotation", null, null],
    [">> answer.json", ["W_SAVE_LATER", 1], ["W_SAVE_LATER", 1]],
    [">>! answer.json  ", ["W_SAVE_LATER", 1], ["W_SAVE_LATER", 1]],
    [">> two words", null, null],
    ["<> answer.200.json", ["H_RESPONSE_REFERENCE", 1], ["H_RESPONSE_REFERENCE", 1]],
    ["<>", null, null],
    ["<a>", null, null],
    ["< ./file", null, null],
    ["?? status == 200", ["W_ASSERTION_LATER", 1], ["W_ASSERTION_LATER", 1]],
    ["?a=b", null, null],
    [" > {%", null, null],
    ["", null, null],
  ];
  for (const [text, before, after] of rows) {
    it(`reads ${JSON.stringify(text)}`, () => {
      assert.deepEqual([read(text, "beforeRequest"), read(text, "afterRequest")], [before, after]);
    });
  }

  it("reads a stored response only behind a blank line, and not where a body may be one", () => {
    const lines = splitLines("x\nHTTP/1.1 200 OK\n\nHTTP/1.1 200 OK");
    assert.equal(foreignLinesAt(lines, 1, "afterRequest"), null);
    assert.equal(foreignLinesAt(lines, 3, "afterRequest")?.end, 4);
    assert.equal(foreignLinesAt(lines, 3, "inText"), null);
  });

  it("points at the first line of the form", () => {
    const found = foreignLinesAt(splitLines("x\n> {%  \n%}"), 1, "afterRequest");
    assert.deepEqual(found?.problem.range, { start: { line: 1, column: 0 }, end: { line: 1, column: 4 } });
    assert.equal(foreignLinesAt([], 0, "afterRequest"), null);
  });
});
