import assert from "node:assert/strict";
import { hexDump } from "../../src/page/hexDump.ts";
import { jsonPathAt, valueOnLine } from "../../src/page/jsonPath.ts";

describe("the path of a place in JSON", () => {
  const text = '{\n  "orders": [\n    {\n      "e-mail": "a",\n      "it\'s": 1\n    }\n  ]\n}';
  for (const [sought, path] of [
    ['"a"', "$.orders[0]['e-mail']"],
    ["1\n", "$.orders[0]['it\\'s']"],
    ["[", "$.orders"],
  ] as const) {
    it(path, () => assert.equal(jsonPathAt(text, text.indexOf(sought) + (sought === "[" ? 0 : 1)), path));
  }

  for (const [line, value] of [
    ['  "a": 12,', "12"],
    ['  "a": "x\\ny",', "x\ny"],
    ['  "a": {', null],
    ["  ],", null],
    ['  "value in an array"', "value in an array"],
    ["  true", "true"],
  ] as const) {
    it(`the value of ${JSON.stringify(line)}`, () => assert.equal(valueOnLine(line), value));
  }
});

describe("bytes as people read them", () => {
  it("has offset, hexadecimal and ASCII", () => {
    const bytes = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x41]);
    assert.equal(hexDump(bytes), "00000000  89 50 4e 47 0d 0a 1a 0a  41                       .PNG....A");
  });
});
