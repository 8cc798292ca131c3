import assert from "node:assert/strict";
import fc from "fast-check";
import { parseRequestFile } from "../../src/request/parse.ts";
import { tokenize } from "../../src/request/references.ts";
import { rangesOf, underlined } from "../request/documents.ts";

const pieces = [
  "###",
  "### title",
  "GET https://a.example",
  "POST ",
  "/x",
  " HTTP/1.1",
  "HTTP/1.1 200 OK",
  "# @name a",
  "// @region ",
  "# @",
  "@x = ",
  "@",
  "{{",
  "}}",
  "{{%a}}",
  "\\{{",
  "\\",
  "{",
  "?a=1",
  "&b",
  ": ",
  "Host: a",
  "< f",
  "<@ f",
  "> {%",
  "%}",
  "?? x",
  " ",
  "\t",
  "\n",
  "\n",
  "\r\n",
  "\r",
  "\n\n",
  "\ufeff",
  "\ud800",
  "\u202e",
  "\0",
  "é",
  "😀",
  "__proto__",
];

const fileText = fc.oneof(
  fc.string({ unit: "binary" }),
  fc
    .array(fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...pieces) }, fc.string()))
    .map((parts) => parts.join("")),
);

describe("invariant 6: parseRequestFile, any text", () => {
  it("never throws, and every range lies inside the document", () => {
    fc.assert(
      fc.property(fileText, (text) => {
        for (const range of rangesOf(parseRequestFile(text))) underlined(text, range);
      }),
      { numRuns: 2000 },
    );
  });

  it("gives each piece the text that stands at its range", () => {
    fc.assert(
      fc.property(fileText, (text) => {
        for (const { headers, target, body } of parseRequestFile(text).requests) {
          const spans = [
            ...target,
            ...headers.flatMap(({ name, value }) => [name, value]),
            ...body.map((part) => (part.kind === "text" ? part.text : part.path)),
          ];
          for (const span of spans) assert.equal(underlined(text, span.range), span.text);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it("has blocks in order that do not overlap", () => {
    fc.assert(
      fc.property(fileText, (text) => {
        const { requests } = parseRequestFile(text);
        for (const [index, { range }] of requests.entries()) {
          const next = requests[index + 1];
          if (next !== undefined) assert.ok(range.end.line <= next.range.start.line);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe("invariant 6: tokenize, any text", () => {
  it("loses nothing: the ranges are adjacent and cover the text", () => {
    fc.assert(
      fc.property(fileText, (given) => {
        const text = given.replaceAll("\ufeff", "");
        const lines = text.split(/\r\n|\n|\r/);
        const end = { line: lines.length - 1, column: lines.at(-1)?.length ?? 0 };
        const range = { start: { line: 0, column: 0 }, end };
        const tokens = tokenize({ text, range });
        const covered = tokens.map((token) => underlined(text, token.range)).join("");
        assert.equal(covered, text);
      }),
      { numRuns: 1000 },
    );
  });
});
