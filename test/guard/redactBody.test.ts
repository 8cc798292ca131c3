import assert from "node:assert/strict";
import { statedType } from "../../src/guard/bodyCharset.ts";
import { redactBody } from "../../src/guard/redactBody.ts";
import { createRedactor } from "../../src/guard/redactor.ts";

const secret = "wJalrXUtnFEMI/K7MDENG+canary";
const privateValue = "Пароль-канарейка";
const mixedValue = "privé “canary” word";
const redactor = createRedactor({
  accessKeyIds: [],
  secrets: [secret],
  sessionTokens: [],
  privateValues: [privateValue, mixedValue],
});

const hex = (digits: string) => Buffer.from(digits.replaceAll(" ", ""), "hex");
const latin1 = (text: string) => Buffer.from(text, "latin1");
const utf16le = (text: string) => Buffer.from(text, "utf16le");
const utf16be = (text: string) => Buffer.from(text, "utf16le").swap16();
const html = (meta: string, rest: string) => latin1(`<!doctype html><html><head>${meta}</head>${rest}`);

type Row = readonly [bytes: Buffer, contentType: string, text: string, charset: string];

/** Bytes that are text, and what they say. */
const texts: Readonly<Record<string, Row>> = {
  "ISO-8859-1": [hex("63 61 66 e9"), "text/plain; charset=iso-8859-1", "café", "ISO-8859-1"],
  "latin1, under the name that WHATWG does not show": [hex("e9"), "text/plain;charset=latin1", "é", "LATIN1"],
  "windows-1252 between 0x80 and 0x9f": [
    hex("80 93 94 96 99 9f"),
    "text/csv; charset=windows-1252",
    "€“”–™Ÿ",
    "WINDOWS-1252",
  ],
  "a name in quotation marks and capitals": [
    hex("a4"),
    'text/plain; Charset="ISO-8859-15"',
    "€",
    "ISO-8859-15",
  ],
  "ISO-2022-JP, which is ASCII to look at": [
    hex("1b 24 42 46 7c 4b 5c 1b 28 42"),
    "text/plain; charset=iso-2022-jp",
    "日本",
    "ISO-2022-JP",
  ],
  Shift_JIS: [hex("93 fa 96 7b"), "application/json; charset=Shift_JIS", "日本", "SHIFT_JIS"],
  GBK: [hex("d6 d0 ce c4"), "text/html;charset=gbk", "中文", "GBK"],
  "KOI8-R": [hex("f0 f2"), "text/plain; charset=koi8-r", "ПР", "KOI8-R"],
  "UTF-16LE, named": [utf16le('{"b":1}'), "application/json; charset=utf-16le", '{"b":1}', "UTF-16LE"],
  "UTF-16BE, named": [utf16be('{"b":"日"}'), "application/json; charset=utf-16be", '{"b":"日"}', "UTF-16BE"],
  "UTF-16 with its mark": [utf16le("\ufeffé"), "", "é", "UTF-16LE"],
  "a mark against the name": [utf16be("\ufeffé"), "text/plain; charset=iso-8859-1", "é", "UTF-16BE"],
  "UTF-8 with its mark against the name": [Buffer.from("\ufeffé"), "text/plain; charset=gbk", "é", "UTF-8"],
  "UTF-16 without mark and name": [utf16le('{"b":1}'), "application/json", '{"b":1}', "UTF-16LE"],
  "UTF-16BE without mark and name": [utf16be("plain"), "", "plain", "UTF-16BE"],
  "UTF-8 that is called UTF-16": [
    Buffer.from('{"b":"é"}'),
    "text/plain; charset=utf-16",
    '{"b":"é"}',
    "UTF-8",
  ],
  "UTF-8 that is called EUC-JP and cannot be it": [
    Buffer.from("10 €"),
    "text/plain; charset=euc-jp",
    "10 €",
    "UTF-8",
  ],
  "UTF-8 that is called ASCII": [Buffer.from("é"), "text/plain; charset=us-ascii", "é", "UTF-8"],
  "UTF-8 under a name that nobody knows": [Buffer.from("é"), "text/plain; charset=utf8mb4", "é", "UTF-8"],
  "the declaration of XML": [
    latin1('<?xml version="1.0" encoding="ISO-8859-1"?><a>\xe9</a>'),
    "application/xml",
    '<?xml version="1.0" encoding="ISO-8859-1"?><a>é</a>',
    "ISO-8859-1",
  ],
  "the name against the declaration of XML": [
    Buffer.from("<?xml version='1.0' encoding='ISO-8859-1'?><a>é</a>"),
    "text/xml; charset=utf-8",
    "<?xml version='1.0' encoding='ISO-8859-1'?><a>é</a>",
    "UTF-8",
  ],
  "XML that says UTF-16 byte by byte": [
    Buffer.from('<?xml version="1.0" encoding="UTF-16"?><a>é</a>'),
    "",
    '<?xml version="1.0" encoding="UTF-16"?><a>é</a>',
    "UTF-8",
  ],
  "the meta of HTML": [
    html('<meta charset="windows-1251">', "\xcf"),
    "text/html",
    '<!doctype html><html><head><meta charset="windows-1251"></head>П',
    "WINDOWS-1251",
  ],
  "the longer meta of HTML": [
    html('<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-2">', "\xb1"),
    "text/html",
    '<!doctype html><html><head><meta http-equiv="Content-Type" content="text/html; charset=iso-8859-2"></head>ą',
    "ISO-8859-2",
  ],
  "no bytes": [Buffer.alloc(0), "", "", "UTF-8"],
};

/** Text in which bytes are none of its charset. */
const damaged: Readonly<Record<string, readonly [...Row, loss: RegExp]>> = {
  JSON: [
    latin1('{"a":"caf\xe9"}'),
    "application/json",
    '{"a":"caf\ufffd"}',
    "UTF-8",
    /^The body is not all UTF-8: 1 place is shown as “\ufffd”, at byte 9\.$/,
  ],
  HTML: [
    html("", "caf\xe9 \xe9"),
    "text/html",
    "<!doctype html><html><head></head>caf\ufffd \ufffd",
    "UTF-8",
    /2 places are shown as “\ufffd”, the first at byte 37\.$/,
  ],
  "plain text, all of it": [latin1("\xe9\xe8"), "text/plain", "\ufffd\ufffd", "UTF-8", /2 places/],
  "no type": [latin1("caf\xe9"), "", "caf\ufffd", "UTF-8", /at byte 3\.$/],
  "a long log without a type of its own": [
    Buffer.concat([Buffer.from("line\n".repeat(50)), latin1("\xff")]),
    "binary/octet-stream",
    `${"line\n".repeat(50)}\ufffd`,
    "UTF-8",
    /at byte 250\.$/,
  ],
  "a U+FFFD that came as such before it": [
    Buffer.concat([Buffer.from("\ufeffé\ufffd"), latin1("\xff")]),
    "text/plain",
    "é\ufffd\ufffd",
    "UTF-8",
    /1 place is .*at byte 8\.$/,
  ],
  "a character that is cut": [
    Buffer.from("aé").subarray(0, 2),
    "text/plain",
    "a\ufffd",
    "UTF-8",
    /at byte 1\.$/,
  ],
  "a charset that is named": [
    hex("93 fa 96"),
    "text/plain; charset=shift_jis",
    "日\ufffd",
    "SHIFT_JIS",
    /not all SHIFT_JIS: 1 place is shown as “\ufffd”\.$/,
  ],
  "half a unit": [
    utf16le("ab").subarray(0, 3),
    "text/plain; charset=utf-16le",
    "a\ufffd",
    "UTF-16LE",
    /UTF-16LE/,
  ],
};

const noise = Buffer.from(Array.from({ length: 4096 }, (_, at) => (at * 151 + (at >> 5)) & 0xff));

/** Bytes that are no text, whatever they are called. */
const binaries: Readonly<Record<string, readonly [bytes: Buffer, contentType: string]>> = {
  "noise without a type": [noise, ""],
  "noise that is called text": [noise, "text/plain"],
  "noise in Latin-1": [noise, "text/plain; charset=iso-8859-1"],
  "noise that is called UTF-16": [noise, "application/octet-stream; charset=utf-16le"],
  "noise behind a mark of UTF-16": [Buffer.concat([hex("ff fe"), noise]), "application/octet-stream"],
  "a short protocol buffer": [hex("08 96 01"), "application/x-protobuf"],
  "a short protocol buffer without a type": [hex("08 96 01"), ""],
  "the head of a PNG": [hex("89 50 4e 47 0d 0a 1a 0a 00"), "text/plain"],
  "a JPEG": [hex("ff d8 ff e0"), "image/jpeg"],
  "text with a NUL": [Buffer.from("a\0b"), "text/plain"],
};

describe("redactBody", () => {
  for (const [name, [bytes, contentType, text, charset]] of Object.entries(texts)) {
    it(`reads ${name}`, () => {
      const expected = { kind: "text", text, charset, loss: null };
      assert.deepEqual(redactBody(bytes, contentType, redactor), expected);
    });
  }

  for (const [name, [bytes, contentType, text, charset, loss]] of Object.entries(damaged)) {
    it(`shows damaged text as text: ${name}`, () => {
      const shown = redactBody(bytes, contentType, redactor);
      assert.ok(shown.kind === "text", shown.kind);
      assert.deepEqual([shown.text, shown.charset], [text, charset]);
      assert.match(shown.loss ?? "", loss);
    });
  }

  for (const [name, [bytes, contentType]] of Object.entries(binaries)) {
    it(`takes for no text: ${name}`, () => {
      assert.deepEqual(redactBody(bytes, contentType, redactor), { kind: "bytes", bytes, masked: false });
    });
  }

  it("takes any UTF-8 for text where control characters do no harm", () => {
    const [bytes, text] = [Buffer.from("a\0\x01\x02\x03\x04\x05\x06é"), "a\0\x01\x02\x03\x04\x05\x06é"];
    assert.equal(redactBody(bytes, "", redactor).kind, "bytes");
    assert.deepEqual(redactBody(bytes, "", redactor, true), {
      kind: "text",
      text,
      charset: "UTF-8",
      loss: null,
    });
  });

  for (const [name, [bytes, contentType]] of Object.entries<readonly [Buffer, string]>({
    "UTF-8": [Buffer.from(`é ${secret} ${privateValue} ${mixedValue}`), ""],
    "UTF-8 with a bad byte": [
      Buffer.concat([latin1("\xff"), Buffer.from(`${secret} ${privateValue}`)]),
      "text/plain",
    ],
    "ISO-8859-1": [latin1(`\xe9 ${secret}`), "text/plain; charset=iso-8859-1"],
    "windows-1251": [
      Buffer.concat([latin1(`${secret} `), hex("cf e0 f0 ee eb fc 2d ea e0 ed e0 f0 e5 e9 ea e0")]),
      "text/plain; charset=windows-1251",
    ],
    "windows-1252 beyond Latin-1": [
      latin1("priv\xe9 \x93canary\x94 word"),
      "text/plain; charset=windows-1252",
    ],
    "Shift_JIS, between two characters": [
      Buffer.concat([hex("93 fa"), latin1(secret), hex("96 7b")]),
      "text/plain; charset=shift_jis",
    ],
    "ISO-2022-JP": [
      Buffer.concat([hex("1b 24 42 46 7c 1b 28 42"), latin1(secret)]),
      "text/plain; charset=iso-2022-jp",
    ],
    "UTF-16LE": [utf16le(`é ${secret} ${privateValue}`), "text/plain; charset=utf-16le"],
    "UTF-16BE with its mark": [utf16be(`\ufeffé ${secret} ${mixedValue}`), ""],
    "UTF-8 that is called ISO-8859-1": [
      Buffer.from(`${secret} ${mixedValue}`),
      "text/plain; charset=iso-8859-1",
    ],
    "UTF-8 that is called windows-1251": [
      Buffer.from(`${privateValue} ${mixedValue}`),
      "text/plain; charset=windows-1251",
    ],
    "the charset of the document": [html('<meta charset="koi8-r">', `${secret} \xf0`), "text/html"],
    "UTF-8 that is called UTF-16": [Buffer.from(secret), "text/plain; charset=utf-16"],
  })) {
    it(`masks secrets in ${name}`, () => {
      const shown = redactBody(bytes, contentType, redactor);
      assert.ok(shown.kind === "text", shown.kind);
      for (const part of [secret, privateValue, mixedValue, "канарейка", "canary"])
        assert.ok(!shown.text.includes(part), `${part} in ${shown.text}`);
      assert.match(shown.text, /‹(?:secret|private value)›/);
      assert.equal(redactor.text(shown.text), shown.text);
    });
  }

  for (const [name, bytes, contentType] of [
    ["UTF-7", Buffer.from("+ACI-SecretAccessKey+ACI-"), "text/plain; charset=utf-7"],
    ["a charset that nobody knows", latin1("\x81\xff"), "text/plain; charset=ibm037"],
    ["UTF-32 with its mark", hex(`fffe0000${"41000000".repeat(9)}`), "text/plain"],
  ] as const) {
    it(`shows nothing of what cannot be searched: ${name}`, () => {
      assert.deepEqual(redactBody(bytes, contentType, redactor), { kind: "hidden" });
    });
  }

  it("reads a piece as the whole, by what the head says", () => {
    const head = html('<meta charset="koi8-r">', "");
    assert.equal(statedType(head, "text/html"), "text/html; charset=KOI8-R");
    assert.equal(statedType(utf16le("plain"), "text/plain; x=1"), "text/plain; charset=UTF-16LE");
    const piece = redactBody(hex("f0"), statedType(head, "text/html"), redactor);
    assert.equal(piece.kind === "text" && piece.text, "П");
  });
});
