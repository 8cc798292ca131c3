import assert from "node:assert/strict";
import { UserError } from "../../src/errors.ts";
import { parseRequestFile } from "../../src/request/parse.ts";
import type { RequestSelector } from "../../src/request/selectRequest.ts";
import { requestAt, requestLabel, selectRequest } from "../../src/request/selectRequest.ts";

const text = `@api = https://a.example
### first
# @name pets
GET {{api}}/pets

### second
# @name add-pet
POST {{api}}/pets

### third
GET https://user:secret@a.example/x
  ?token=secret

### stored
HTTP/1.1 200 OK
`;
const file = parseRequestFile(text);

/** Titles of the selected requests, or the error. */
function select(selector: RequestSelector, from = file): readonly string[] | object {
  try {
    return selectRequest(from, selector).map(({ title }) => title);
  } catch (error) {
    assert.ok(error instanceof UserError);
    return { code: error.code, phase: error.phase, message: error.message, hint: error.hint };
  }
}

const choices = 'Requests to choose from: pets, add-pet, "third" (line 11 GET https://a.example/x).';

describe("selectRequest", () => {
  it("selects by name, by line, all, or the only one", () => {
    assert.deepEqual(select({ name: "add-pet" }), ["second"]);
    assert.deepEqual(select({ line: 2 }), ["first"]);
    assert.deepEqual(select({ line: 5 }), ["first"]);
    assert.deepEqual(select({ line: 6 }), ["second"]);
    assert.deepEqual(select({ line: 12 }), ["third"]);
    assert.deepEqual(select({ all: true }), ["first", "second", "third"]);
    assert.deepEqual(select({}, parseRequestFile("GET https://a.example")), [""]);
  });

  it("means the later one of two with the same name", () => {
    const twice = "### one\n# @name a\nGET https://a.example\n### two\n# @name a\nGET https://b.example";
    assert.deepEqual(select({ name: "a" }, parseRequestFile(twice)), ["two"]);
  });

  it("lists what there is when several are there", () => {
    assert.deepEqual(select({}), {
      code: "E_SELECT",
      phase: "usage",
      message: "The file holds 3 requests; say which one is meant.",
      hint: choices,
    });
  });

  it("suggests the nearest name", () => {
    assert.deepEqual(select({ name: "add-pets" }), {
      code: "E_SELECT",
      phase: "usage",
      message: 'No request is named "add-pets"; did you mean `add-pet`?',
      hint: choices,
    });
    assert.deepEqual(select({ name: "__proto__" }), {
      code: "E_SELECT",
      phase: "usage",
      message: 'No request is named "__proto__".',
      hint: choices,
    });
  });

  it("says when no request stands at a line", () => {
    for (const line of [1, 15, 99, 0, -1]) {
      assert.deepEqual(select({ line }), {
        code: "E_SELECT",
        phase: "usage",
        message: `No request stands at line ${line}.`,
        hint: choices,
      });
    }
  });

  it("says when there is no request", () => {
    assert.deepEqual(select({ all: true }, parseRequestFile("# nothing")), {
      code: "E_SELECT",
      phase: "usage",
      message: "The file holds no request.",
      hint: "Write one: `GET https://example.com/path`.",
    });
  });

  it("shortens a long list", () => {
    const many = parseRequestFile("GET https://a.example\n###\n".repeat(35));
    const error = select({}, many);
    assert.match(JSON.stringify(error), /and 5 more\./);
  });
});

describe("requestAt", () => {
  it("takes the last line, the empty one after it too", () => {
    const [one] = parseRequestFile("GET https://a.example\n\n").requests;
    assert.equal(requestAt(one === undefined ? [] : [one], 2), one);
    assert.equal(requestAt(one === undefined ? [] : [one], 3), null);
    assert.equal(requestAt([], 0), null);
  });
});

describe("requestLabel", () => {
  it("clips a long URL and never shows user names or queries", () => {
    const label = (line: string): string | undefined => parseRequestFile(line).requests.map(requestLabel)[0];
    assert.equal(
      label(`GET https://a.example/${"x".repeat(99)}`),
      `line 1 GET https://a.example/${"x".repeat(42)}…`,
    );
    assert.equal(label("GET https://u:p@a.example/x?k=v"), "line 1 GET https://a.example/x");
    assert.equal(
      label("### a title\nGET https://u:p@a.example/x?k=v"),
      '"a title" (line 2 GET https://a.example/x)',
    );
    assert.equal(label("# @name n\nGET https://a.example"), "n");
  });
});
