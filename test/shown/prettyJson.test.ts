import assert from "node:assert/strict";
import fc from "fast-check";
import { prettyJson } from "../../src/shown/prettyJson.ts";

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

  it("takes what JSON.parse takes, and nothing else", () => {
    const tokens = [
      "{",
      "}",
      "[",
      "]",
      ",",
      ":",
      '"a"',
      '"\\\\"',
      '"\\x"',
      "1",
      "-",
      "01",
      "1.",
      "1e5",
      "true",
      "tru",
      " ",
      "\n",
      "\u00a0",
      "//c",
      "\t",
    ];
    const parses = (text: string) => {
      try {
        JSON.parse(text);
        return true;
      } catch {
        return false;
      }
    };
    const soup = fc.array(fc.constantFrom(...tokens), { maxLength: 9 }).map((parts) => parts.join(""));
    const broken = fc
      .tuple(fc.json(), fc.nat(), fc.constantFrom(...tokens))
      .map(([json, at, token]) => json.slice(0, at % json.length) + token + json.slice(at % json.length));
    fc.assert(
      fc.property(fc.oneof(soup, broken), (text) => {
        assert.equal(prettyJson(text) !== null, parses(text), text);
      }),
      { numRuns: 2000 },
    );
  });

  it("indents to a depth of 100, and leaves what lies deeper on its line", () => {
    const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
    assert.equal(prettyJson(nested(100)), JSON.stringify(JSON.parse(nested(100)), null, 2));
    const deep = prettyJson(`${"[".repeat(150)}{"a":[1,2]}${"]".repeat(150)}`) ?? "";
    const longest = Math.max(...deep.split("\n").map((line) => line.search(/\S/)));
    assert.equal(longest, 200);
    assert.ok(deep.includes('{"a": [1,2]}'), deep);
  });

  it("fault 73: grows with its text and no faster, whatever is nested how deep", () => {
    const size = 200_000;
    const texts: readonly (readonly [string, string])[] = [
      ["flat numbers", `[${"1,".repeat(size / 2)}1]`],
      ["records", `[${'{"id":1,"name":"Bella","tags":["a","b"]},'.repeat(size / 40)}0]`],
      ["nested without end", "[".repeat(size / 2) + "]".repeat(size / 2)],
      ["nested without end, and not closed", "[".repeat(size)],
      ["objects nested without end", '{"a":'.repeat(size / 5) + 1 + "}".repeat(size / 5)],
      ["much at the deepest indentation", `${"[".repeat(100)}${"1,".repeat(size / 2)}1${"]".repeat(100)}`],
      ["one string", `["${"\\n".repeat(size / 2)}"]`],
      ["one number", `[${"1".repeat(size)}]`],
      ["blanks", `[${" ".repeat(size)}1${" ".repeat(size)}]`],
    ];
    for (const [name, text] of texts) {
      const shown = prettyJson(text);
      assert.ok((shown?.length ?? 0) <= 20 * text.length + 100_000, name);
      const strip = (json: string) => json.replace(/\s/g, "");
      if (shown !== null) assert.equal(strip(shown), strip(text), name);
    }
  });
});
