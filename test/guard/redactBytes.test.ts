import assert from "node:assert/strict";
import { type RedactedBytes, redactBytes } from "../../src/guard/redactBytes.ts";
import { createRedactor } from "../../src/guard/redactor.ts";

const secret = "wJalrXUtnFEMI/K7MDENG+canary";
const privateValue = "privé-canary-value";
const redactor = createRedactor({
  accessKeyIds: [],
  secrets: [secret],
  sessionTokens: [],
  privateValues: [privateValue],
});

const issued = "issuedByTheServer0123456789/+abc";
const document = (note: string) =>
  `{"note":"${note}","echo":"${secret}","SecretAccessKey":"${issued}","access_token":"${issued}x"}`;

const latin1 = (text: string) => Buffer.from(text, "latin1");
const utf16le = (text: string) => Buffer.from(text, "utf16le");
const utf16be = (text: string) => Buffer.from(text, "utf16le").swap16();
const utf32le = (text: string) =>
  Buffer.concat(
    Array.from(text, (character) => {
      const unit = Buffer.alloc(4);
      unit.writeUInt32LE(character.codePointAt(0) ?? 0);
      return unit;
    }),
  );

/** Every reading in which somebody might see it. */
function readings({ bytes }: RedactedBytes): readonly string[] {
  const buffer = Buffer.from(bytes);
  const odd = Buffer.from(buffer.subarray(1));
  const even = (some: Buffer) => Buffer.from(some.subarray(0, some.length - (some.length % 2)));
  return [
    buffer.toString("latin1"),
    buffer.toString("utf8"),
    buffer.toString("latin1").replaceAll("\0", ""),
    buffer.toString("utf16le"),
    even(buffer).swap16().toString("utf16le"),
    odd.toString("utf16le"),
  ];
}

function assertHidden(shown: RedactedBytes, canaries: readonly string[]): void {
  for (const reading of readings(shown))
    for (const canary of canaries) assert.ok(!reading.includes(canary), `${canary} in ${reading}`);
}

const bodies: Readonly<Record<string, readonly [bytes: Buffer, contentType: string]>> = {
  "UTF-8": [Buffer.from(document("clé")), "application/json"],
  "UTF-8 with its mark": [Buffer.from(`\ufeff${document("clé")}`), ""],
  "Latin-1, not named": [latin1(document("cl\xe9")), "application/json"],
  "Latin-1, named": [latin1(document("cl\xe9")), "application/json; charset=ISO-8859-1"],
  "Windows-1252, in quotation marks": [latin1(document("\x80")), 'text/plain;charset="windows-1252"'],
  "UTF-8 with one 0xff at its end": [Buffer.concat([Buffer.from(document("")), latin1("\xff")]), ""],
  "UTF-8 with one 0xff at its beginning": [Buffer.concat([latin1("\xff"), Buffer.from(document(""))]), ""],
  "UTF-8 cut in a character": [Buffer.from(document("clé")).subarray(0, -1).subarray(0, 500), ""],
  "UTF-8 with a NUL": [Buffer.from(document("\0")), ""],
  "UTF-16LE": [utf16le(document("clé ✓")), ""],
  "UTF-16LE with its mark": [utf16le(`\ufeff${document("clé")}`), "application/json"],
  "UTF-16LE, named": [utf16le(document("x")), "application/json; charset=utf-16le"],
  "UTF-16BE": [utf16be(document("clé ✓")), ""],
  "UTF-16BE with its mark": [utf16be(`\ufeff${document("clé")}`), "text/plain"],
  "UTF-16BE, named": [utf16be(document("x")), "application/json;charset=UTF-16BE"],
  "UTF-16 behind one byte": [Buffer.concat([latin1("\xfe"), utf16le(document("x"))]), ""],
  "UTF-16 of which half a unit is missing": [utf16le(document("x")).subarray(0, -1), ""],
  "UTF-16 that is called UTF-8": [utf16le(document("x")), "application/json; charset=utf-8"],
  Shift_JIS: [
    Buffer.concat([latin1("\x93\xfa\x96\x7b"), Buffer.from(document(""))]),
    "text/plain; charset=shift_jis",
  ],
  GBK: [Buffer.concat([latin1("\xd6\xd0\xce\xc4"), Buffer.from(document(""))]), "text/plain; charset=gbk"],
};

describe("redactBytes", () => {
  for (const [name, [bytes, contentType]] of Object.entries(bodies)) {
    it(`masks ${name}`, () => {
      const shown = redactBytes(bytes, contentType, redactor);
      assert.deepEqual([shown.masked, shown.searched], [true, true]);
      assertHidden(shown, [secret, issued]);
      // Nothing else is lost.
      assert.ok(readings(shown).some((reading) => reading.includes('"note":"')));
      assert.deepEqual(
        Buffer.from(redactBytes(shown.bytes, contentType, redactor).bytes),
        Buffer.from(shown.bytes),
      );
    });
  }

  for (const [name, bytes] of Object.entries({
    "UTF-8": Buffer.from(`é ${privateValue}`),
    "Latin-1": latin1(`\xe9 ${privateValue}`),
    "UTF-8 among other bytes": Buffer.concat([latin1("\xff"), Buffer.from(privateValue)]),
    "UTF-16": utf16be(privateValue),
  })) {
    it(`masks a private value beyond ASCII in ${name}`, () => {
      const shown = redactBytes(bytes, "", redactor);
      assert.equal(shown.masked, true);
      assertHidden(shown, ["canary-value", privateValue]);
    });
  }

  it("keeps every other byte of a body that is no UTF-8", () => {
    const shown = redactBytes(latin1(`\x80\xff\xe9 ${secret} \xa0\xff`), "", redactor);
    const mask = Buffer.from("‹secret›");
    assert.deepEqual(
      Buffer.from(shown.bytes),
      Buffer.concat([latin1("\x80\xff\xe9 "), mask, latin1(" \xa0\xff")]),
    );
  });

  it("gives back the very bytes where there is nothing to mask", () => {
    const all = Buffer.from(Array.from({ length: 4096 }, (_, at) => (at * 151 + (at >> 5)) & 0xff));
    for (const bytes of [
      all,
      Buffer.alloc(0),
      Buffer.from("\ufefftext\r\n"),
      utf16le("text"),
      latin1("cl\xe9"),
    ]) {
      const shown = redactBytes(bytes, "", redactor);
      assert.equal(shown.bytes, bytes);
      assert.deepEqual([shown.masked, shown.searched], [false, true]);
    }
  });

  it("does not take a program's own words for secrets, but finds what is known in it", () => {
    const noise = Buffer.from(Array.from({ length: 4096 }, (_, at) => (at * 151 + (at >> 5)) & 0xff));
    const program = Buffer.concat([noise, Buffer.from("password=%s\0client_secret=%s\0"), noise]);
    assert.equal(redactBytes(program, "application/octet-stream", redactor).bytes, program);
    assertHidden(redactBytes(Buffer.concat([program, Buffer.from(secret), noise]), "", redactor), [secret]);
  });

  for (const [name, bytes, contentType] of [
    ["UTF-32", utf32le(document("x")), ""],
    ["a charset that nobody knows", latin1(document("\x81\xff")), "text/plain; charset=ibm037"],
    [
      "UTF-7, which TextDecoder does not know",
      Buffer.from("+ACI-SecretAccessKey+ACI-"),
      "text/plain; charset=utf-7",
    ],
    ["a known secret with NULs in odd places", Buffer.from([...secret].join("\0\0")), ""],
  ] as const) {
    it(`shows nothing of what cannot be searched: ${name}`, () => {
      const shown = redactBytes(bytes, contentType, redactor);
      assert.deepEqual([shown.bytes.length, shown.searched], [0, false]);
    });
  }
});
