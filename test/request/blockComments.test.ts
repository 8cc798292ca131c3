import assert from "node:assert/strict";
import { blockCommentLines, plainCommentSpans } from "../../src/request/blockComments.ts";
import { parseRequestFile } from "../../src/request/parse.ts";

describe("comments between /* and */", () => {
  const rows: readonly (readonly [lines: string, any: readonly number[], plain: readonly number[]])[] = [
    ["/*|a|*/|b", [0, 1, 2], [0, 1, 2]],
    [" /* |*/ |b", [0, 1], [0, 1]],
    ["/* one line */|b", [0], []],
    ["/* a|b */|c", [0, 1], []],
    ["/*|never closed", [], []],
    ["a /*|*/", [], []],
    ["*/|/*|*/|/*", [1, 2], [1, 2]],
    ["/*|/*|*/|*/", [0, 1, 2], [0, 1, 2]],
    ["", [], []],
  ];
  for (const [lines, any, plain] of rows) {
    it(`are found in ${JSON.stringify(lines)}`, () => {
      const texts = lines.split("|");
      assert.deepEqual([...blockCommentLines(texts)], any);
      for (const lineEnd of ["\n", "\r\n", "\r"]) {
        const document = texts.join(lineEnd);
        assert.deepEqual(
          plainCommentSpans(document).map(({ start, end }) => document.slice(start, end)),
          plain.map((line) => texts[line]),
        );
      }
    });
  }

  it("stand above a request line and among headers, with blank lines and ### in them", () => {
    const text =
      "/*\n### no\n\nx\n*/\n# @name a\nGET https://a.example\nA: 1\n/*\n\n### no\n*/\nB: 2\n\n### yes\n/* b */\nGET https://b.example";
    const { requests, problems } = parseRequestFile(text);
    assert.deepEqual(problems, []);
    assert.deepEqual(
      requests.map(({ name, title, headers, body }) => [
        name,
        title,
        headers.map(({ name: { text: header } }) => header),
        body,
      ]),
      [
        ["a", "", ["A", "B"], []],
        [null, "yes", [], []],
      ],
    );
  });

  it("do not hide a request behind one that is not closed", () => {
    const { requests } = parseRequestFile("/*\n\n###\nGET https://a.example");
    assert.deepEqual(
      requests.map(({ target }) => target[0]?.text),
      ["/*", "https://a.example"],
    );
  });
});
