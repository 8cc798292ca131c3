import assert from "node:assert/strict";
import fc from "fast-check";
import { encodeUnsendable, percentEncode } from "../../src/request/percentEncode.ts";

describe("percentEncode", () => {
  it("keeps the unreserved characters only", () => {
    assert.equal(
      percentEncode("aZ09-._~ /?#[]@!$&'()*+,;=%é"),
      "aZ09-._~%20%2F%3F%23%5B%5D%40%21%24%26%27%28%29%2A%2B%2C%3B%3D%25%C3%A9",
    );
  });

  it("is undone by decodeURIComponent, for any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        const encoded = percentEncode(text);
        assert.match(encoded, /^(?:[A-Za-z0-9\-._~]|%[0-9A-F]{2})*$/);
        assert.equal(decodeURIComponent(encoded), text);
      }),
    );
  });
});

describe("encodeUnsendable", () => {
  it("encodes once: doing it again changes nothing", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        const encoded = encodeUnsendable(text);
        assert.match(encoded, /^[!-~]*$/);
        assert.equal(encodeUnsendable(encoded), encoded);
      }),
    );
  });

  it("leaves escapes, right or wrong, as they are", () => {
    assert.equal(encodeUnsendable("%2f%zz%é"), "%2f%zz%%C3%A9");
  });
});
