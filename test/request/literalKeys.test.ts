import assert from "node:assert/strict";
import fc from "fast-check";
import { literalKeys } from "../../src/request/literalKeys.ts";
import { parseRequestFile } from "../../src/request/parse.ts";
import { marked, underlined } from "./documents.ts";

const id = "AKIAIOSFODNN7EXAMPLE";
const secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
const token = `IQoJb3JpZ2luX2VjE${"a1B2c3D4/+".repeat(12)}==`;
const get = "GET https://a.example";

/** The codes of what is found, each with its text. */
function found(text: string): readonly (readonly [string, string])[] {
  const { problems } = parseRequestFile(text);
  return marked(
    text,
    problems.filter(({ code }) => /^(?:E_LITERAL_KEY|W_KEY_ID|E_AUTHORIZATION_KEYS)$/.test(code)),
  );
}

const key = ["E_LITERAL_KEY", secret] as const;
const keyId = ["W_KEY_ID", id] as const;

type Row = readonly [what: string, text: string, found: readonly (readonly [string, string])[]];

const secrets: readonly Row[] = [
  ["a definition named secret", `@secret = ${secret}\n${get}`, [key]],
  ["a definition in camel case", `@secretAccessKey=${secret}\n${get}`, [key]],
  ["a definition named as in the AWS files", `@aws_secret_access_key = ${secret}\n${get}`, [key]],
  ["a value in quotes", `@secret = "${secret}"\n${get}`, [key]],
  ["a definition beside its id", `@id = ${id}\n@other = ${secret}\n${get}`, [keyId, key]],
  [
    "a definition beside an id in another request",
    `@x = ${secret}\n${get}\n###\n${get}\nA: ${id}`,
    [key, keyId],
  ],
  ["a directive", `# @secret ${secret}\n${get}`, [key]],
  ["a header named so", `${get}\nX-Secret: ${secret}`, [key]],
  ["a header with names in its value", `${get}\nA: id=1; secret=${secret}`, [key]],
  ["a value of the query", `${get}?a=1&secret=${secret}&b=2`, [key]],
  ["a continued query", `${get}\n  ?secretKey=${secret}`, [key]],
  [
    "a value of the query, percent-encoded",
    `${get}?secret=${encodeURIComponent(secret)}`,
    [["E_LITERAL_KEY", encodeURIComponent(secret)]],
  ],
  ["JSON", `POST https://a.example\n\n{\n  "SecretAccessKey": "${secret}"\n}`, [key]],
  ["JSON in JSON", `POST https://a.example\n\n{"a":"{\\"secret\\":\\"${secret}\\"}"}`, [key]],
  [
    "JSON with escaped slashes",
    `POST https://a.example\n\n{"secret":"${secret.replaceAll("/", "\\/")}"}`,
    [["E_LITERAL_KEY", secret.replaceAll("/", "\\/")]],
  ],
  ["XML", `POST https://a.example\n\n<SecretAccessKey>${secret}</SecretAccessKey>`, [key]],
  ["a form", `POST https://a.example\n\nsecret=${secret}`, [key]],
  ["an INI body", `POST https://a.example\r\n\r\n[x]\r\naws_secret_access_key = ${secret}\r\n`, [key]],
  ["a body beside an id", `@id = ${id}\nPOST https://a.example\n\n{"k": "${secret}"}`, [keyId, key]],
  ["a session token in a definition", `@t = ${token}\n${get}`, [["E_LITERAL_KEY", token]]],
  ["a session token in a header", `${get}\nX-Amz-Security-Token: ${token}`, [["E_LITERAL_KEY", token]]],
  ["an id alone", `@id = ${id}\n${get}`, [keyId]],
];

const harmless: readonly Row[] = [
  ["the id in a URL", `${get}?AccessKeyId=${id}`, []],
  ["a presigned URL", `${get}?X-Amz-Credential=${id}%2F20150830&X-Amz-Security-Token=${token}`, []],
  ["a reference", `@secret = {{fromElsewhere}}\n${get}`, []],
  ["a long name of a variable", `@id = ${id}\n${get}\nA: {{${"aB3".repeat(13)}x}}`, [keyId]],
  ["a SHA-1 named secret", `@secret = ${"0123456789abcdef".repeat(3).slice(0, 40)}\n${get}`, []],
  ["a SHA-1 beside an id", `@id = ${id}\n@sha = ${"89abcdef01".repeat(4)}\n${get}`, [keyId]],
  ["a SHA-256", `@secret = ${"89abcdef01234567".repeat(4)}\n${get}`, []],
  ["forty characters without a name", `@build = ${secret}\n${get}`, []],
  ["a longer word", `@secret = x${secret}\n${get}`, []],
  ["padded base64", `@secret = ${secret}=\n${get}`, []],
  ["base64 for URLs", `@secret = ${secret}_a\n${get}`, []],
  ["a UUID", `@secret = 123e4567-e89b-12d3-a456-426614174000\n${get}`, []],
  ["a client secret", `@client_secret = ${secret}\n${get}`, []],
  ["the name of a secret", `POST https://a.example\n\n{"SecretId": "${secret}"}`, []],
  ["basic authorization beside an id", `@id = ${id}\n${get}\nAuthorization: Basic ${secret}`, [keyId]],
  ["a path beside an id", `@id = ${id}\n${get}/Abcdef1/${secret}`, [keyId]],
  ["a line of base64 beside an id", `@id = ${id}\nPOST https://a.example\n\nAAAA\n${secret}\n`, [keyId]],
  ["an ETag beside an id", `@id = ${id}\n${get}\nIf-Match: "${"0a".repeat(16)}-2"`, [keyId]],
  ["a signed header", `${get}\nAuthorization: AWS4-HMAC-SHA256 Credential=${id}/20150830/x`, []],
  ["a session token in a body", `POST https://a.example\n\n${token}`, []],
  ["comments", `# secret = ${secret}\n// ${token} ${id}\n${get}`, []],
  ["a stored response", `${get}\n###\nHTTP/1.1 200 OK\n\n{"SecretAccessKey":"${secret}"}`, []],
];

describe("literal keys", () => {
  for (const [what, text, expected] of secrets)
    it(`are found: ${what}`, () => assert.deepEqual(found(text), expected));

  for (const [what, text, expected] of harmless)
    it(`are not seen in ${what}`, () => assert.deepEqual(found(text), expected));

  it("in `Authorization: AWS …` are told once, by its own problem", () => {
    const value = `AWS ${id} ${secret} token:${token}`;
    assert.deepEqual(found(`${get}\nAuthorization: ${value}`), [["E_AUTHORIZATION_KEYS", value]]);
  });

  it("are never repeated in a message", () => {
    const { problems } = parseRequestFile(`@id = ${id}\n@secret = ${secret}\n@t = ${token}\n${get}`);
    assert.equal(problems.length, 3);
    for (const { message } of problems) assert.doesNotMatch(message, /AKIA|wJalr|IQoJ/);
  });

  it("stop the request as errors, an id alone does not", () => {
    const { problems } = parseRequestFile(`@id = ${id}\n@secret = ${secret}\n${get}`);
    assert.deepEqual(
      problems.map(({ severity }) => severity),
      ["warning", "error"],
    );
  });

  it("are given with the text at their range, whatever stands around them", () => {
    const piece = fc.constantFrom(
      secret,
      id,
      token,
      "\n",
      "\r\n",
      "\r",
      '"secret": "',
      '"',
      "x",
      " ",
      "é",
      "😀",
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const text = `@id = ${id}\nPOST https://a.example\n\n${pieces.join("")}`;
        for (const { text: written, range } of literalKeys(parseRequestFile(text)))
          assert.equal(underlined(text, range), written);
      }),
      { numRuns: 300 },
    );
  });
});

describe("looking for literal keys", () => {
  const sizes: readonly (readonly [what: string, unit: string])[] = [
    ["key characters", "aB3/"],
    ["keys", `"secret": "${secret}",\n`],
    ["blanks and quotes before", `secret:${' "'.repeat(20)}${secret}`],
    ["percent signs", "%2F%2"],
    ["backslashes", "\\\\/"],
  ];
  for (const [what, unit] of sizes) {
    it(`takes time in proportion to the text: ${what}`, () => {
      const text = (size: number): string => `POST https://a.example\n\n${unit.repeat(size / unit.length)}`;
      const took = (size: number): number => {
        const file = parseRequestFile(text(size));
        const begin = performance.now();
        literalKeys(file);
        return performance.now() - begin;
      };
      took(100_000);
      assert.ok(took(4_000_000) < 1500);
    });
  }

  it("is not slowed down by a long name before many keys", () => {
    const line = `X-${"secret".repeat(100_000)}: ${`${secret} `.repeat(20_000)}`;
    const begin = performance.now();
    assert.equal(literalKeys(parseRequestFile(`${get}\n${line}`)).length, 20_000);
    assert.ok(performance.now() - begin < 3000);
  });
});
