import assert from "node:assert/strict";
import fc from "fast-check";
import { UserError } from "../../src/errors.ts";
import { sourceText } from "../../src/request/sourceText.ts";

/** The text, or the code and the message of the refusal. */
function read(bytes: Uint8Array): string | readonly string[] {
  try {
    return sourceText(bytes, "a.awsreq", "E_FILE_ENCODING");
  } catch (error) {
    assert.ok(error instanceof UserError);
    return [error.code, error.message];
  }
}

const latin1 = (text: string): Uint8Array => Buffer.from(text, "latin1");
const bigEndian = (text: string): Uint8Array => Buffer.from(text, "utf16le").swap16();

describe("sourceText", () => {
  it("reads UTF-8 with and without a mark, and UTF-16 with one", () => {
    for (const text of ["", "GET https://a.example\n", "\ufeffé 😀", "\ufffd is a character too"]) {
      assert.equal(read(Buffer.from(text)), text);
    }
    for (const text of ["\ufeff", "\ufeffé 😀\r\nb"]) {
      assert.equal(read(Buffer.from(text, "utf16le")), text);
      assert.equal(read(bigEndian(text)), text);
    }
  });

  const refused: readonly (readonly [what: string, bytes: Uint8Array, place: string, reason: RegExp])[] = [
    ["Windows-1252", latin1('a\n\n{"name":"Jos\xe9"}'), "3:13", /0xE9 is not UTF-8/],
    ["a byte at the beginning", latin1("\x80a"), "1:1", /0x80/],
    ["a character cut at the end", Buffer.from("aé\r\nü").subarray(0, 6), "2:1", /0xC3/],
    ["a surrogate in UTF-8", Buffer.from([0x61, 0xed, 0xa0, 0x80]), "1:2", /0xED/],
    ["bytes behind a mark", Buffer.concat([Buffer.from("\ufeffab"), latin1("\xff")]), "1:3", /0xFF/],
    ["half of UTF-16", Buffer.from("\ufeffab", "utf16le").subarray(0, 5), "1:2", /half a character/],
    ["half of UTF-16, the other way", bigEndian("\ufeffab").subarray(0, 5), "1:2", /half a character/],
    ["a lone surrogate", Buffer.from("\ufeffa\ud800b", "utf16le"), "1:2", /no character of UTF-16/],
    ["UTF-32", Buffer.from([0xff, 0xfe, 0, 0, 0x61, 0, 0, 0]), "1:1", /no character of UTF-16/],
  ];
  for (const [what, bytes, place, reason] of refused) {
    it(`refuses ${what} at its place`, () => {
      const [code = "", message = ""] = read(bytes);
      assert.equal(code, "E_FILE_ENCODING");
      assert.ok(message.startsWith(`a.awsreq:${place}: `), message);
      assert.match(message, reason);
    });
  }

  it("finds the first wrong byte, wherever it stands", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (before, after) => {
        const text = before.replaceAll(/[\ufeff\r\n]/g, "").replaceAll(/^\p{C}/gu, "");
        const bytes = Buffer.concat([Buffer.from(text), latin1("\xff"), Buffer.from(after)]);
        if (text === "") return;
        const [, message = ""] = read(bytes);
        assert.ok(message.startsWith(`a.awsreq:1:${text.length + 1}: `), message);
      }),
    );
  });
});
