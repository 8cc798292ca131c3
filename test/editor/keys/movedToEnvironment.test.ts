import assert from "node:assert/strict";
import { movedToEnvironment, withEnvironmentValue } from "../../../src/editor/keys/movedToEnvironment.ts";
import { parseRequestFile } from "../../../src/request/parse.ts";
import { refusal } from "../../identity/refusal.ts";
import { edited, placeOf } from "./editedText.ts";

const secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
const token = `IQoJb3JpZ2luX2VjE${"a1B2c3D4/+".repeat(12)}==`;
const get = "GET https://a.example";
const none: ReadonlyMap<string, string> = new Map();
const moved = (text: string, known = none) => {
  const { name, value, edits } = movedToEnvironment(text, placeOf(text, "E_LITERAL_KEY"), known);
  return { name, value, text: edited(text, edits) };
};

describe("movedToEnvironment", () => {
  it("takes a definition away; its references keep working", () => {
    const text = `@a = 1\n@secret = ${secret}\n${get}\nA: {{secret}}\n`;
    const after = moved(text);
    assert.deepEqual(after, { name: "secret", value: secret, text: `@a = 1\n${get}\nA: {{secret}}\n` });
    assert.deepEqual(parseRequestFile(after.text).problems, []);
  });

  it("makes a variable of a key that stands elsewhere", () => {
    const rows: readonly (readonly [before: string, after: string])[] = [
      [`${get}\nX-Secret: ${secret}`, `${get}\nX-Secret: {{secretAccessKey}}`],
      [`${get}?secret=${secret}&a=b`, `${get}?secret={{secretAccessKey}}&a=b`],
      [`${get}\n\n{\r\n "secret": "${secret}"}`, `${get}\n\n{\r\n "secret": "{{secretAccessKey}}"}`],
      [`@secret = "${secret}"\n${get}`, `@secret = "{{secretAccessKey}}"\n${get}`],
      [`@h = x ${token}\n${get}`, `@h = x {{sessionToken}}\n${get}`],
    ];
    for (const [before, after] of rows) assert.equal(moved(before).text, after);
  });

  it("writes what stands there, percent-encoded in a URL", () => {
    const written = encodeURIComponent(secret);
    assert.equal(moved(`${get}?secret=${written}`).value, written);
  });

  it("takes a name that means nothing yet", () => {
    const text = `@secretAccessKey2 = x\n${get}\nX-Secret: ${secret}`;
    assert.equal(moved(text, new Map([["secretAccessKey", "x"]])).name, "secretAccessKey3");
  });

  it("refuses a name that means something else", async () => {
    const text = `@secret = ${secret}\n${get}`;
    assert.equal(moved(text, new Map([["secret", secret]])).name, "secret");
    const known = await refusal(() => moved(text, new Map([["secret", "x"]])));
    assert.match(known.message, /another value for secret/);
    const twice = await refusal(() => moved(`${text}\n###\n@secret = b\n${get}`));
    assert.match(twice.message, /defined on line 4/);
    for (const { message } of [known, twice]) assert.doesNotMatch(message, /wJalr/);
  });

  it("refuses a place without a key", async () => {
    const error = await refusal(() => movedToEnvironment(get, { line: 0, column: 0 }, none));
    assert.equal(error.code, "E_KEYS_MOVE");
  });
});

describe("withEnvironmentValue", () => {
  const place = { environment: "dev", name: "secret" };
  const rows: readonly (readonly [what: string, before: string | null, after: string])[] = [
    ["no file", null, '{\n  "dev": {\n    "secret": "s"\n  }\n}\n'],
    ["an empty file", " \n", '{\n  "dev": {\n    "secret": "s"\n  }\n}\n'],
    [
      "another environment",
      '{\n  "prod": {\n    "a": 1\n  }\n}\n',
      '{\n  "prod": {\n    "a": 1\n  },\n  "dev": {\n    "secret": "s"\n  }\n}\n',
    ],
    [
      "comments, tabs and CRLF",
      '// mine\r\n{\r\n\t"dev": {\r\n\t\t"a": "b" // why\r\n\t}\r\n}',
      '// mine\r\n{\r\n\t"dev": {\r\n\t\t"a": "b",\r\n\t\t"secret": "s" // why\r\n\t}\r\n}',
    ],
    ["a value that is there", '{"dev": {"secret": "old", "b": 1}}', '{"dev": {"secret": "s", "b": 1}}'],
    ["a byte order mark", '\ufeff{"dev": {"secret": ""}}', '\ufeff{"dev": {"secret": "s"}}'],
  ];
  for (const [what, before, after] of rows)
    it(`into ${what}`, () => assert.equal(withEnvironmentValue(before, "p.json", place, "s"), after));

  it("takes hostile names as data", () => {
    const hostile = { environment: "__proto__", name: "constructor" };
    const text = withEnvironmentValue('{"a": {}}', "p.json", hostile, "s");
    assert.match(text, /"__proto__": \{\s+"constructor": "s"\s+\}/);
  });

  it("refuses a file that cannot be understood", async () => {
    const codes = [];
    for (const text of ["{", "[]", '{"dev": 1}', `${"[".repeat(100)}`, '{"dev": {"secret": 1, "secret": 2}}'])
      codes.push((await refusal(() => withEnvironmentValue(text, "p.json", place, "s"))).code);
    assert.deepEqual(codes, [
      "E_ENVIRONMENT_JSON",
      "E_ENVIRONMENT_TYPE",
      "E_ENVIRONMENT_TYPE",
      "E_ENVIRONMENT_JSON",
      "E_KEYS_MOVE",
    ]);
  });
});
