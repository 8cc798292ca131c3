import assert from "node:assert/strict";
import fc from "fast-check";
import { inertJson, inertLine, inertText } from "../../src/guard/terminalText.ts";

describe("inertText", () => {
  it("leaves text as it is", () => {
    const text = "GET /pets\n\tname: Bücher 日本 ❤\ufe0f 😀 \\x1b";
    assert.equal(inertText(text), text);
  });

  it("writes out what a terminal would act on", () => {
    const rows: readonly (readonly [string, string])[] = [
      ["\u001b[31mred", "\\x1b[31mred"],
      ["\u001b]0;title\u0007", "\\x1b]0;title\\x07"],
      ["\u009b31m", "\\x9b31m"],
      ["\u007f\u0000\b", "\\x7f\\x00\\x08"],
      ["a\rb", "a\\x0db"],
      ["a\r\nb", "a\nb"],
      ["\u202egpj.exe", "\\u202egpj.exe"],
      ["a\u200bb\ufeffc", "a\\u200bb\\ufeffc"],
      ["soft\u00adhyphen", "soft\\xadhyphen"],
      ["\u2028\u2029", "\\u2028\\u2029"],
      ["\u{e0041}", "\\u{e0041}"],
      ["\ud800x", "\\ud800x"],
    ];
    assert.deepEqual(
      rows.map(([text]) => inertText(text)),
      rows.map(([, shown]) => shown),
    );
  });

  it("invariant 9: leaves no control but newline and tab, and no bidirectional or invisible character", () => {
    const isInert = (code: number): boolean =>
      code === 9 ||
      code === 10 ||
      (code >= 0x20 &&
        !(code >= 0x7f && code <= 0x9f) &&
        !(code >= 0x200b && code <= 0x200f) &&
        !(code >= 0x2028 && code <= 0x202e) &&
        !(code >= 0x2060 && code <= 0x206f) &&
        !(code >= 0xd800 && code <= 0xdfff) &&
        !(code >= 0xe0000 && code <= 0xe0fff) &&
        code !== 0x061c &&
        code !== 0xfeff);
    const anything = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.string({ unit: fc.constantFrom("\r", "\n", "\u001b", "\u202e", "\ud800", "a") }),
    );
    fc.assert(
      fc.property(anything, (text) => {
        const shown = inertText(text);
        assert.deepEqual(
          [...shown].filter((character) => !isInert(character.codePointAt(0) ?? 0)),
          [],
        );
        assert.equal(inertText(shown), shown);
      }),
    );
  });
});

describe("inertLine", () => {
  it("writes out line breaks and tabs too", () => {
    const rows: readonly (readonly [string, string])[] = [
      ["Bücher 😀 ❤\ufe0f", "Bücher 😀 ❤\ufe0f"],
      ["a\nb\tc", "a\\nb\\tc"],
      ["a\r\nb\rc", "a\\r\\nb\\rc"],
      ["\u000b\f\u0085\u2028\u2029", "\\x0b\\x0c\\x85\\u2028\\u2029"],
    ];
    assert.deepEqual(
      rows.map(([text]) => inertLine(text)),
      rows.map(([, shown]) => shown),
    );
  });

  it("gives one line, of any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const shown = inertLine(text);
        assert.doesNotMatch(shown, /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
        assert.equal(inertLine(shown), shown);
      }),
    );
  });
});

describe("inertJson", () => {
  it("is the same value, in which nothing acts", () => {
    const anything = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.string({ unit: fc.constantFrom("#", "[", "\\", '"', "\u009b", "\ud800", "\u{e0041}", "\u007f") }),
    );
    fc.assert(
      fc.property(fc.dictionary(anything, anything), (value) => {
        const json = inertJson(JSON.stringify(value, null, 2));
        assert.deepEqual(JSON.parse(json), JSON.parse(JSON.stringify(value)));
        assert.doesNotMatch(
          json,
          /##\[|(?!\n|\ufe0e|\ufe0f)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u,
        );
      }),
    );
  });
});
