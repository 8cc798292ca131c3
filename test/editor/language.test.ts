import assert from "node:assert/strict";
import { lensLine, previewEntries } from "../../src/editor/language/lensTitles.ts";
import { folds, outline } from "../../src/editor/language/outline.ts";
import { parseRequestFile } from "../../src/request/parse.ts";

const text = `# @profile dev
@api = https://x

### List
# @name list
GET {{api}}/pets?a=1
Accept: */*

### 
# @name second
POST {{api}}/pets

{}

###
https://example.com/last`;

describe("the line above a request", () => {
  it("offers to send and tells who signs", () => {
    assert.deepEqual(previewEntries({ isSigned: true, who: "dev @ eu-west-1", fault: null }), {
      send: { title: "$(play) Send Signed Request", action: "send" },
      signer: { title: "$(account) dev @ eu-west-1", action: "switchProfile" },
    });
  });

  it("says beforehand what is not signed and what would not be sent", () => {
    assert.deepEqual(previewEntries({ isSigned: false, who: "not signed", fault: null }), {
      send: { title: "$(play) Send Request", action: "send" },
      signer: { title: "not signed", action: null },
    });
    assert.deepEqual(previewEntries({ isSigned: false, who: null, fault: "needs @service" }).signer, {
      title: "$(warning) needs @service",
      action: null,
    });
    assert.deepEqual(previewEntries({ isSigned: true, who: "dev", fault: "needs @region" }).signer, {
      title: "$(account) dev · $(warning) needs @region",
      action: "switchProfile",
    });
  });

  it("stands above the title, or above the request line where there is none", () => {
    assert.deepEqual(parseRequestFile(text).requests.map(lensLine), [3, 10, 15]);
  });
});

describe("the outline", () => {
  it("calls each request by title, name, or method and URL", () => {
    assert.deepEqual(
      outline(parseRequestFile(text)).map(({ name, detail }) => [name, detail]),
      [
        ["List", "GET {{api}}/pets"],
        ["second", "POST {{api}}/pets"],
        ["GET https://example.com/last", ""],
      ],
    );
  });

  it("folds each request without the blank lines after it", () => {
    const lines = text.split("\n");
    assert.deepEqual(
      folds(parseRequestFile(text), (line) => (lines[line] ?? "").trim() === ""),
      [
        { start: 3, end: 6 },
        { start: 8, end: 12 },
        { start: 14, end: 15 },
      ],
    );
  });
});
