import assert from "node:assert/strict";
import fc from "fast-check";
import { changedLines } from "../../src/request/changedLines.ts";
import { changeRequest } from "../../src/request/changeRequest.ts";
import { parseRequestFile } from "../../src/request/parse.ts";
import { requestAt } from "../../src/request/selectRequest.ts";
import type { RequestChange, TextEdit } from "../../src/stages.ts";
import { edited } from "../editor/keys/editedText.ts";

const text = `# @region eu-west-1

### List
# @profile dev
# @service s3
GET https://{{host}}/prod/pets%20a?b=c
Accept: application/json
X-Note: one

### Add
POST https://api.example.com/prod/pets
`;

/** The edit of the request at that line, or null. */
function editOf(line: number, change: RequestChange, of = text): TextEdit | null {
  const file = parseRequestFile(of);
  const block = requestAt(file.requests, line);
  assert.ok(block);
  return changeRequest(file, block, change);
}

function changedText(line: number, change: RequestChange, of = text): string | null {
  const edit = editOf(line, change, of);
  return edit === null ? null : edited(of, [edit]);
}

describe("a change of a request, in its text", () => {
  const rows: readonly (readonly [string, number, RequestChange, string, string])[] = [
    [
      "writes another value of its own directive",
      5,
      { kind: "directive", key: "service", value: "execute-api" },
      "# @service s3",
      "# @service execute-api",
    ],
    [
      "puts a directive above the request line, before the preamble's",
      5,
      { kind: "directive", key: "region", value: "us-east-1" },
      "GET https",
      "# @region us-east-1\nGET https",
    ],
    [
      "takes its own directive away",
      5,
      { kind: "directive", key: "service", value: null },
      "# @service s3\n",
      "",
    ],
    [
      "writes another value of a header, by its name in any case",
      5,
      { kind: "header", name: "x-note", value: "two" },
      "X-Note: one",
      "X-Note: two",
    ],
    [
      "takes a header away",
      5,
      { kind: "header", name: "accept", value: null },
      "Accept: application/json\n",
      "",
    ],
    [
      "adds a header behind the last",
      5,
      { kind: "header", name: "x-api-key", value: "{{apiKey}}", expands: true },
      "X-Note: one",
      "X-Note: one\nx-api-key: {{apiKey}}",
    ],
    [
      "adds the first header behind the URL",
      10,
      { kind: "header", name: "x-api-key", value: "k" },
      "com/prod/pets\n",
      "com/prod/pets\nx-api-key: k\n",
    ],
    [
      "writes a part of the URL as it was sent",
      5,
      { kind: "target", from: "/pets%20a", to: "/pets+a" },
      "/pets%20a",
      "/pets+a",
    ],
  ];
  for (const [name, line, change, from, to] of rows) {
    it(name, () =>
      assert.equal(
        changedText(line, change),
        text.replace(from, () => to),
      ),
    );
  }

  const refused: readonly (readonly [string, number, RequestChange])[] = [
    ["what is not in the URL as it was sent", 5, { kind: "target", from: "/prod/x", to: "/y" }],
    ["what stands there twice", 10, { kind: "target", from: "p", to: "q" }],
    ["a directive of the preamble", 10, { kind: "directive", key: "region", value: null }],
    ["a header that is not there", 10, { kind: "header", name: "accept", value: null }],
  ];
  for (const [name, line, change] of refused) {
    it(`does not change ${name}`, () => assert.equal(editOf(line, change), null));
  }

  it("holds with a last line without an end, and with CRLF", () => {
    const change = { kind: "header", name: "A", value: "b" } as const;
    assert.equal(changedText(0, change, "GET https://a.example/"), "GET https://a.example/\nA: b");
    const away = { kind: "header", name: "A", value: null } as const;
    assert.equal(
      changedText(0, away, "GET https://a.example/\r\nA: b\r\nC: d\r\n"),
      "GET https://a.example/\r\nC: d\r\n",
    );
  });

  it("is read back as what was asked for, whatever the file", () => {
    const value = fc.stringMatching(/^[a-z0-9-]{1,20}$/);
    fc.assert(
      fc.property(value, fc.constantFrom("region", "service"), fc.constantFrom(5, 10), (found, key, line) => {
        const changed = changedText(line, { kind: "directive", key: key as "region", value: found });
        assert.ok(changed);
        const file = parseRequestFile(changed);
        const block = requestAt(file.requests, line + 1);
        assert.equal(block?.directives.findLast((one) => one.key.text === key)?.value.text, found);
        assert.deepEqual(file.problems, parseRequestFile(text).problems);
      }),
    );
  });
});

describe("the lines that an edit changes", () => {
  const of = (change: RequestChange) => {
    const edit = editOf(5, change);
    assert.ok(edit);
    return changedLines(text, edit);
  };
  it("are the line before and after", () => {
    assert.deepEqual(of({ kind: "directive", key: "service", value: "es" }), [
      { change: "removed", number: 5, text: "# @service s3" },
      { change: "added", number: 5, text: "# @service es" },
    ]);
  });
  it("are only the new one where a line is put in", () => {
    assert.deepEqual(of({ kind: "directive", key: "region", value: "x" }), [
      { change: "added", number: 6, text: "# @region x" },
    ]);
    assert.deepEqual(of({ kind: "header", name: "b", value: "c" }), [
      { change: "added", number: 9, text: "b: c" },
    ]);
  });
  it("are only the old one where a line is taken away", () => {
    assert.deepEqual(of({ kind: "header", name: "accept", value: null }), [
      { change: "removed", number: 7, text: "Accept: application/json" },
    ]);
  });
});
