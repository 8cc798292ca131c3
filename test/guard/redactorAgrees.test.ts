import assert from "node:assert/strict";
import fc from "fast-check";
import { createRedactor, type KnownSecrets } from "../../src/guard/redactor.ts";
import { slowlyRedacted } from "./slowRedactor.ts";

const unicodeEscapes = (text: string) =>
  Array.from(
    { length: text.length },
    (_, at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, "0")}`,
  ).join("");
const inJson = (text: string) => JSON.stringify(text).slice(1, -1);
const html: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
  "/": "&sol;",
  "=": "&equals;",
  "+": "&plus;",
};

/** Ways in which each character of a text may be written. */
const ways: readonly ((text: string) => string)[] = [
  (text) => text,
  encodeURIComponentOf,
  (text) => encodeURIComponentOf(encodeURIComponentOf(text)),
  (text) => Buffer.from(text).toString("hex").replace(/../g, "%$&"),
  (text) => Buffer.from(text).toString("hex").toUpperCase().replace(/../g, "%25$&"),
  inJson,
  (text) => inJson(inJson(text)),
  unicodeEscapes,
  (text) => inJson(unicodeEscapes(text).toUpperCase().replaceAll("\\U", "\\u")),
  (text) => Array.from(text, (letter) => `&#x${letter.codePointAt(0)?.toString(16)};`).join(""),
  (text) => Array.from(text, (letter) => `&#${letter.codePointAt(0)};`).join(""),
  (text) => text.replace(/[&<>"'/=+]/g, (letter) => html[letter] ?? letter),
  (text) => text.replaceAll(" ", "+"),
];

/** Ways in which only a whole text can be written. */
const wholes: readonly ((text: string) => string)[] = [
  (text) => Buffer.from(text).toString("base64"),
  (text) => Buffer.from(`a${text}`).toString("base64url"),
  (text) => Buffer.from(text).toString("hex"),
  (text) => Buffer.from(text, "utf8").toString("latin1"),
];

function encodeURIComponentOf(text: string): string {
  return encodeURIComponent(Buffer.from(text).toString());
}

const unit = fc.constantFrom(...'abA%2541\\un0&#x; +/"é\n…‹=', "😀");
const needle = fc.oneof(
  fc.string({ unit, minLength: 6, maxLength: 9 }),
  fc.constantFrom(
    "aaaaaaa",
    "aaaaaab",
    "%41%41%41",
    "\\n\\n\\n",
    "\n\n\n\\n\\n",
    "&amp;&amp;",
    "      ",
    "Token=",
    "é😀ab€",
  ),
  fc.constantFrom(
    "secret",
    "private value",
    "token,",
    "https://h.example/p?q=abcdef",
    "AKIAIOSFODNN7EXAMPLE",
  ),
);
const short = fc.oneof(
  fc.string({ unit: fc.constantFrom(...'ab1é%=/" >‹'), minLength: 1, maxLength: 4 }),
  fc.constantFrom("dev", "1", "true", "a/b", "key"),
);
const secrets: fc.Arbitrary<KnownSecrets> = fc.record({
  accessKeyIds: fc.array(fc.constantFrom("AKIAIOSFODNN7EXAMPLE", "tokenABCkey"), { maxLength: 1 }),
  secrets: fc.array(needle, { maxLength: 2 }),
  sessionTokens: fc.array(needle, { maxLength: 1 }),
  privateValues: fc.array(fc.oneof(needle, short), { maxLength: 3 }),
});

const names = fc.constantFrom(
  ..."SecretAccessKey secretkey aws_secret_access_key aws_secret_key SessionToken aws_session_token".split(
    " ",
  ),
  ..."X-Amz-Security-Token AccessKeyId aws_access_key_id Credential= Signature= Authorization".split(" "),
  ..."AKIAIOSFODNN7EXAMPLE ASIAIOSFODNN7EXAMPLE api_key clientSecret nextToken refresh_token password".split(
    " ",
  ),
  ..."Pass-Word passwd passphrase Cookie set-cookie plaintext key_material x-amz-mfa dpop private_key_pem".split(
    " ",
  ),
  ..."keyid key-id key token secret secret_string secretaccesskeyxx s-e-c-r-e-t ns:Password a:token".split(
    " ",
  ),
);
const between = fc.constantFrom(
  ...[
    ":",
    ": ",
    "=",
    '":"',
    '": "',
    '":["',
    '": [ ',
    '":null,"',
    '":12]',
    "':'",
    '","',
    '\\":\\"',
    '\\\\":\\\\"',
    '\\\\\\":\\\\\\"',
    ">",
    "<",
    "</",
    " >",
    " a=b>",
  ],
  ...[
    "><![CDATA[",
    "]]>",
    "&lt;",
    "&gt;",
    '"',
    "'",
    "\\",
    "\\\\",
    '\\"',
    "\n",
    "\r\n",
    " ",
    "\t",
    ";",
    ",",
    "&",
    "%2F",
  ],
  ...[
    "/",
    "{",
    "[",
    "‹secret›",
    "‹token, 9 chars›",
    "‹private value›",
    "‹signature›",
    "‹",
    "›",
    "…",
    "AKIA…MPLE",
  ],
  ...[
    "\u00a0",
    "\u2028",
    "_",
    "-",
    ".",
    "aws_",
    "x",
    "1",
    "0123456789abcdef0123",
    "Bearer ",
    "AWS4-HMAC-SHA256 ",
  ],
  ...["\\u002f", "\\/", "é", "漢"],
);
const known = fc.record({ which: fc.nat(), way: fc.nat(), mixed: fc.nat(), isCut: fc.boolean() });
const parts = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: names },
    { weight: 6, arbitrary: between },
    { weight: 3, arbitrary: known },
  ),
  { maxLength: 24 },
);

type Part =
  | string
  | { readonly which: number; readonly way: number; readonly mixed: number; readonly isCut: boolean };

/** The text of the parts: a known secret is written in one way, or each of its characters in another. */
function textOf(found: readonly Part[], all: readonly string[]): string {
  return found
    .map((part) => {
      if (typeof part === "string") return part;
      const { which, way, mixed, isCut } = part;
      const secret = all[which % all.length] ?? "w";
      const every = [...ways, ...wholes];
      const written =
        mixed % 3 === 0
          ? Array.from(secret, (letter, at) => ways[(mixed + at * 7) % ways.length]?.(letter) ?? "").join("")
          : (every[way % every.length]?.(secret) ?? "");
      return isCut ? written.slice(0, -1) : written;
    })
    .join("");
}

/** As much as is looked at in one step, and nearly so. */
const window = 32_768;
const before = fc.constantFrom(
  "",
  "",
  "",
  ..."k ".split("").map((letter) => letter.repeat(window - 5)),
  "ab% ".repeat(window / 4),
);

describe("the redactor, beside a slow and simple one", () => {
  it("makes the same of every text", () => {
    fc.assert(
      fc.property(secrets, parts, fc.boolean(), (given, found, showSignature) => {
        const text = textOf(found, Object.values(given).flat());
        const redactor = createRedactor(given, { showSignature });
        assert.equal(redactor.text(text), slowlyRedacted(text, given, { showSignature }));
      }),
      { numRuns: 400 },
    );
  });

  it("makes the same of texts that it reads in more than one piece", () => {
    fc.assert(
      fc.property(secrets, parts, before, fc.nat(9), (given, found, lead, more) => {
        const text = lead + "x".repeat(more) + textOf(found, Object.values(given).flat());
        assert.equal(createRedactor(given).text(text), slowlyRedacted(text, given, { showSignature: false }));
      }),
      { numRuns: 12 },
    );
  });
});
