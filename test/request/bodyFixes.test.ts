import assert from "node:assert/strict";
import { bodyFixesFor } from "../../src/request/bodyFixes.ts";
import { parseRequestFile } from "../../src/request/parse.ts";
import { edited } from "../editor/keys/editedText.ts";

/** The text after each fix of the first problem with a code. */
function fixed(text: string, code: string): readonly string[] {
  const found = parseRequestFile(text).problems.find((problem) => problem.code === code);
  if (found === undefined) throw new Error(`${code} is not in the text`);
  return bodyFixesFor(code, found.range, text).map(({ edits }) => edited(text, edits));
}

const post = "POST https://a.example\nContent-Type: application/x-www-form-urlencoded\n\n";

describe("bodyFixesFor", () => {
  it("puts ### above a request line, and above what introduces it", () => {
    const text = "DELETE https://a.example/1\n\n# @name all\n@x = 1\nGET https://a.example\n";
    const [after = ""] = fixed(text, "E_REQUEST_SEPARATOR");
    assert.equal(after, "DELETE https://a.example/1\n\n###\n# @name all\n@x = 1\nGET https://a.example\n");
    const { requests, problems } = parseRequestFile(after);
    assert.deepEqual([requests.map(({ name }) => name), problems], [[null, "all"], []]);
  });

  it("puts ### above a definition behind a body, which then holds for the file", () => {
    const [after = ""] = fixed("POST https://a.example\n\n{}\n\n@token = 5", "W_BODY_VARIABLE");
    const { preamble, problems } = parseRequestFile(after);
    assert.deepEqual([preamble.variables.map(({ name }) => name.text), problems], [["token"], []]);
  });

  it("puts ### above a request line behind other text", () => {
    assert.deepEqual(fixed("POST https://a.example\n\nx\nGET https://b.example", "W_REQUEST_SEPARATOR"), [
      "POST https://a.example\n\nx\n###\nGET https://b.example",
    ]);
  });

  it("makes lines of a form parameters, or one value", () => {
    const fixes = fixed(`${post}a=1\n# c\n  b=2\n\nc=3`, "E_FORM_LINES");
    assert.deepEqual(fixes, [`${post}a=1\n# c\n&b=2\n\n&c=3`, `${post}a=1%0A  b=2%0A%0Ac=3`]);
    for (const text of fixes) {
      assert.ok(parseRequestFile(text).problems.every(({ severity }) => severity !== "error"));
    }
  });

  it("deletes blanks that would be sent", () => {
    assert.deepEqual(fixed(`${post}a=1\n  &b=2`, "W_FORM_BLANK"), [`${post}a=1\n&b=2`]);
    assert.deepEqual(fixed(`${post}a=1\n\n&b=2`, "W_FORM_BLANK"), [`${post}a=1\n&b=2`]);
  });

  it("knows nothing of other problems", () => {
    const start = { line: 0, column: 0 };
    assert.deepEqual(bodyFixesFor("E_SCRIPT", { start, end: start }, ""), []);
  });
});
