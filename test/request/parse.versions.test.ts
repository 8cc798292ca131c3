import assert from "node:assert/strict";
import fc from "fast-check";
import { parseRequestFile, type TextLimits } from "../../src/request/parse.ts";
import type { RequestFile } from "../../src/stages.ts";

const pieces = [
  ...["###\n", "### title\n", "###", "\n###\r\n", "\r### b\r", "a ### b", "\u2028###", "#", "##"],
  ...["GET https://a.example\n", "POST {{api}}/x HTTP/1.1\n", "HTTP/1.1 200 OK\n", "?a={{b\n"],
  ...["# @name a\n", "# @profile dev\n", "# @profile = dev\n", "# @unknwn\n", "@profile = x\n", "@api = y\n"],
  ...["Host: a\n", "Authorization: AWS {{id}} {{secret}}\n", "@id = z\n", "@secret = z\n"],
  ...["@k = AKIAIOSFODNN7EXAMPLE\n", '{"v": "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEYa"}\n'],
  ...["/*\n", "*/\n", "/*", " */ \r\n", "/* a */\n"],
  ...[
    "\n",
    "\n\n",
    "\r",
    "\r\n",
    " ",
    "\t",
    "{",
    "}",
    "< ./f\n",
    "> {%\n",
    "%}\n",
    "\ufeff",
    "\ud800",
    "é",
    "😀",
  ],
];
const anyText = fc.array(fc.constantFrom(...pieces), { maxLength: 24 }).map((some) => some.join(""));

/** Takes so many characters away at a place, both as parts of the text's length, and writes something there. */
const anyEdit = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  gone: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1, noNaN: true })),
  put: fc.oneof(fc.constantFrom("", ...pieces), anyText),
});

function edited(text: string, { at, gone, put }: { at: number; gone: number; put: string }): string {
  const start = Math.floor(at * text.length);
  const end = start + Math.floor(gone * (text.length - start));
  return text.slice(0, start) + put + text.slice(end);
}

/** Reads versions of a file, each with the one before. */
function createParser(limits?: TextLimits): (text: string) => RequestFile {
  let file: RequestFile | null = null;
  return (text) => {
    file = parseRequestFile(text, limits, file);
    return file;
  };
}

describe("parseRequestFile with the version before", () => {
  it("gives of every version of a file what a parser that knows none of the others gives", () => {
    const limits = { file: 400, line: 60 };
    fc.assert(
      fc.property(anyText, fc.array(anyEdit, { minLength: 1, maxLength: 8 }), (first, edits) => {
        const parse = createParser(limits);
        let text = first;
        assert.deepEqual(parse(text), parseRequestFile(text, limits));
        for (const edit of edits) {
          text = edited(text, edit);
          assert.deepEqual(parse(text), parseRequestFile(text, limits), JSON.stringify(text));
        }
      }),
      { numRuns: 600 },
    );
  });

  it("reads an emptied file anew", () => {
    const parse = createParser();
    for (const text of ["", "GET https://a.example\n", "", "", "###\n", "\ufeff"])
      assert.deepEqual(parse(text), parseRequestFile(text));
  });

  const many = Array.from({ length: 50 }, (_, index) => `### ${index}\nGET https://a.example/${index}\n`);

  it("keeps the requests that an edit does not touch as the objects that they were", () => {
    const parse = createParser();
    const before = parse(many.join(""));
    const after = parse(many.with(20, "### 20\nGET https://a.example/changed\n").join(""));
    const changed = after.requests.flatMap((request, index) =>
      request === before.requests[index] ? [] : [index],
    );
    assert.deepEqual(changed, [20]);
  });

  it("keeps those above where lines move, and moves those below without reading them again", () => {
    const parse = createParser();
    const before = parse(many.join(""));
    const after = parse(many.with(20, "### 20\n\nGET https://a.example/20\n").join(""));
    assert.ok(after.requests.slice(0, 20).every((request, index) => request === before.requests[index]));
    assert.deepEqual(after.requests[49]?.method.range.start, { line: 100, column: 0 });
  });
});
