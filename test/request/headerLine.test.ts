import assert from "node:assert/strict";
import { headerNameFault, keysInAuthorization, readHeaderLine } from "../../src/request/headerLine.ts";
import { splitLines } from "../../src/request/lines.ts";

/** Name and value of a header line, or the codes of what is wrong with it. */
function read(text: string): readonly string[] {
  const [line] = splitLines(text);
  assert.ok(line !== undefined);
  const { header, problems } = readHeaderLine(line);
  if (problems.length > 0) return problems.map(({ code }) => code);
  return header === null ? [] : [header.name.text, header.value.text];
}

describe("readHeaderLine", () => {
  const rows: readonly (readonly [text: string, read: readonly string[]])[] = [
    ["A: b", ["A", "b"]],
    ["A:b:c", ["A", "b:c"]],
    ["A:", ["A", ""]],
    ["A: \t b \t", ["A", "b"]],
    ["__proto__: x", ["__proto__", "x"]],
    ["{{name}}: x", ["{{name}}", "x"]],
    ['{{$datetime "HH:mm"}}: x', ['{{$datetime "HH:mm"}}', "x"]],
    ["{{name: x", ["E_VARIABLE_UNCLOSED"]],
    ["A b: x", ["E_HEADER_NAME"]],
    ["Ä: x", ["E_HEADER_NAME"]],
    ["A", ["E_HEADER_COLON"]],
    ["{{a}}", ["{{a}}", ""]],
    ["{{a}} b", ["E_HEADER_COLON"]],
    ["{{a}}{{b}}", ["E_HEADER_COLON"]],
    [" A: b", ["H_LINE_INDENTED"]],
    ["  {{a}}", ["H_LINE_INDENTED"]],
    ["A : b", ["H_HEADER_BLANK"]],
    [" a=b: c", ["E_LINE_INDENTED"]],
    ["\tb", ["E_LINE_INDENTED"]],
    ["A: \u0000", ["E_CONTROL_CHARACTER"]],
    ["A: \u0085", ["E_CONTROL_CHARACTER"]],
  ];
  for (const [text, expected] of rows) {
    it(`reads ${JSON.stringify(text)}`, () => {
      assert.deepEqual(read(text), expected);
    });
  }
});

describe("headerNameFault", () => {
  it("accepts every character of a token, and says what is wrong with others", () => {
    assert.equal(headerNameFault("!#$%&'*+-.^_`|~09AZaz"), null);
    assert.equal(headerNameFault(""), "This header has no name before its colon.");
    assert.equal(headerNameFault("Accept "), "Delete the blank between `Accept` and its colon.");
    assert.match(headerNameFault('{"a"') ?? "", /put an empty line before it/);
  });
});

describe("keysInAuthorization", () => {
  const range = { start: { line: 0, column: 0 }, end: { line: 0, column: 1 } };

  it("looks at Authorization only", () => {
    assert.deepEqual(keysInAuthorization("X-Authorization", "AWS a b", range), []);
    assert.equal(keysInAuthorization("AUTHORIZATION", "AWS a b", range).length, 1);
  });

  it("never repeats what it found", () => {
    const [problem] = keysInAuthorization("Authorization", "AWS canary-id canary-secret token:canary", range);
    assert.equal(problem?.code, "E_AUTHORIZATION_KEYS");
    assert.doesNotMatch(JSON.stringify(problem), /canary/);
  });
});
