import assert from "node:assert/strict";
import fc from "fast-check";
import { isSeen, literalMeaning, literalText } from "../../src/request/literalText.ts";
import { hostile } from "./hostileText.ts";

describe("a text that stands for itself", () => {
  it("is read back as it is, wherever it stands", () => {
    fc.assert(
      fc.property(hostile, hostile, hostile, (start, text, end) => {
        const written = literalText(text);
        if (written !== null) assert.equal(literalMeaning(written), text);
        const placed = literalText(text, start, end);
        if (placed === null) return;
        const whole = literalMeaning(`${start}${placed}${end}`);
        if (literalMeaning(start) !== null && literalMeaning(end) !== null)
          assert.equal(whole, `${literalMeaning(start)}${text}${literalMeaning(end)}`);
        else assert.equal(whole, null);
      }),
      { numRuns: 2000 },
    );
  });
  it("has every letter, and nothing that cannot be seen", () => {
    for (const text of ["", "a b", "é", "日本", "ß\u{1f600}"]) assert.ok(isSeen(text), text);
    for (const code of [
      0, 9, 10, 13, 0x1b, 0x7f, 0x85, 0xa0, 0xad, 0x200b, 0x2028, 0x202e, 0x3000, 0xfe0f, 0xfeff,
    ])
      assert.ok(!isSeen(`a${String.fromCodePoint(code)}`), code.toString(16));
    for (const code of [0xe000, 0xd800, 0xe0041, 0x115f, 0x3164])
      assert.ok(!isSeen(String.fromCodePoint(code)));
  });
});
