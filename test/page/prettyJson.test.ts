import assert from "node:assert/strict";
import fc from "fast-check";
import { hexDump } from "../../src/page/hexDump.ts";
import { jsonPathAt, valueOnLine } from "../../src/page/jsonPath.ts";
import { prettyJson } from "../../src/page/prettyJson.ts";

describe("JSON re-indented from its text", () => {
  for (const [text, expected] of [
    ["{}", "{}"],
    ["[]", "[]"],
    ["1", "1"],
    ['{"a":1,"b":[true,null]}', '{\n  "a": 1,\n  "b": [\n    true,\n    null\n  ]\n}'],
    ['{"a":9007199254740993,"a":1.10}', '{\n  "a": 9007199254740993,\n  "a": 1.10\n}'],
    [' [ { } , "\\u00e9" ] ', '[\n  {},\n  "\\u00e9"\n]'],
    ["", null],
    ["{", null],
    ['{"a":1,}', null],
    ["[1] [2]", null],
    ["{a:1}", null],
    ["// comment\n1", null],
    ["[1 2]", null],
    ["nul", null],
  ] as const) {
    it(JSON.stringify(text), () => assert.equal(prettyJson(text), expected));
  }

  it("is what JSON.stringify makes of any value", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        assert.equal(prettyJson(JSON.stringify(value)), JSON.stringify(value, null, 2));
      }),
    );
  });

  it("changes nothing but the blanks between tokens", () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const strip = (json: string) => json.replace(/("(?:[^"\\]|\\.)*")|\s+/g, "$1");
        assert.equal(strip(prettyJson(text) ?? ""), strip(text));
      }),
    );
  });

  it("does not fall over what is nested without end", () => {
    const deep = "[".repeat(100_000) + "]".repeat(100_000);
    assert.doesNotThrow(() => prettyJson(deep));
  });
});

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
