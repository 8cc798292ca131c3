import assert from "node:assert/strict";
import { movedToProfile } from "../../../src/editor/keys/movedToProfile.ts";
import { parseRequestFile } from "../../../src/request/parse.ts";
import { refusal } from "../../identity/refusal.ts";
import { edited, placeOf } from "./editedText.ts";

const id = "AKIAIOSFODNN7EXAMPLE";
const temporaryId = "ASIAIOSFODNN7EXAMPLE";
const secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
const other = "je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY";
const token = `IQoJb3JpZ2luX2VjE${"a1B2c3D4/+".repeat(12)}==`;
const pair = { accessKeyId: id, secretAccessKey: secret };
const get = "GET https://a.example";
const header = "E_AUTHORIZATION_KEYS";
const literal = "E_LITERAL_KEY";

type Row = readonly [what: string, code: string, before: string, after: string, credentials?: object];

const rows: readonly Row[] = [
  [
    "a header becomes a directive",
    header,
    `### a\n${get}\nAuthorization: AWS ${id} ${secret}\nA: b\n`,
    `### a\n# @profile pets\n${get}\nA: b\n`,
  ],
  [
    "a header with all its options",
    header,
    `${get}\nAuthorization: AWS ${id} ${secret} token:T region:eu-west-1 service:execute-api`,
    `# @profile pets\n# @region eu-west-1\n# @service execute-api\n${get}\n`,
    { ...pair, sessionToken: "T" },
  ],
  [
    "directives that are there stay, but for the profile",
    header,
    `# @profile old\n# @region {{r}}\n${get}\nAuthorization: AWS ${id} ${secret} region:{{r2}} service:{{s}}\n`,
    `# @profile pets\n# @region {{r}}\n# @service {{s}}\n${get}\n`,
  ],
  [
    "two headers of one request",
    header,
    `# @profile old\n${get}\nAuthorization: AWS ${id} ${secret}\nAuthorization: AWS ${id} ${secret}`,
    `# @profile pets\n${get}\n`,
  ],
  [
    "the definitions of a header's keys go with it",
    header,
    `@id = ${id}\n@key = ${secret}\n@x = 1\n${get}\nAuthorization: AWS {{id}} {{key}}\n`,
    `@x = 1\n# @profile pets\n${get}\n`,
  ],
  [
    "a definition of the whole header",
    literal,
    `@auth = AWS ${id} ${secret}\n\n${get}\nAuthorization: {{auth}}\n`,
    `\n# @profile pets\n${get}\n`,
  ],
  [
    "every header with these keys, none with others",
    header,
    `${get}\nAuthorization: AWS ${id} ${secret}\n###\n${get}\nAuthorization: AWS ${id} ${other}\n###\n${get}\nauthorization: aws  ${id}\t${secret}\n`,
    `# @profile pets\n${get}\n###\n${get}\nAuthorization: AWS ${id} ${other}\n###\n# @profile pets\n${get}\n`,
  ],
  [
    "definitions that a header uses",
    literal,
    `@id = ${id}\n@secret = ${secret}\n###\n${get}\nAuthorization: AWS {{id}} {{secret}}\n`,
    `###\n# @profile pets\n${get}\n`,
  ],
  [
    "definitions that nothing uses, in the preamble",
    literal,
    `# hello\n@id = ${id}\n@secret = ${secret}\n${get}`,
    `# hello\n# @profile pets\n${get}`,
  ],
  [
    "definitions above the first block",
    literal,
    `@id = ${id}\n@secret = ${secret}\n\n###\n${get}`,
    `# @profile pets\n\n###\n${get}`,
  ],
  [
    "definitions in a block after the requests",
    literal,
    `###\n${get}\n###\n@id = ${id}\n@secret = ${secret}`,
    `# @profile pets\n###\n${get}\n###\n`,
  ],
  [
    "CRLF",
    header,
    `### a\r\n${get}\r\nAuthorization: AWS ${id} ${secret}\r\n\r\nx`,
    `### a\r\n# @profile pets\r\n${get}\r\n\r\nx`,
  ],
  [
    "an id that is used elsewhere stays",
    header,
    `@id = ${id}\n${get}?id={{id}}\nAuthorization: AWS {{id}} ${secret}\n`,
    `@id = ${id}\n# @profile pets\n${get}?id={{id}}\n`,
  ],
  [
    "temporary keys with their token",
    literal,
    `@t = ${token}\n@id = ${temporaryId}\n@secret = ${secret}\n\n###\n${get}\n`,
    `# @profile pets\n\n###\n${get}\n`,
    { accessKeyId: temporaryId, secretAccessKey: secret, sessionToken: token },
  ],
  [
    "of several pairs the one beside it",
    literal,
    `@a = ${id}\n@a_secret = ${secret}\n\n@b = ${temporaryId}\n@b_secret = ${other}\n\n###\n${get}\n`,
    `# @profile pets\n\n@b = ${temporaryId}\n@b_secret = ${other}\n\n###\n${get}\n`,
  ],
];

describe("movedToProfile", () => {
  for (const [what, code, before, after, credentials = pair] of rows) {
    it(what, () => {
      const move = movedToProfile(before, placeOf(before, code), "pets");
      assert.deepEqual(move.credentials, credentials);
      assert.equal(edited(before, move.edits), after);
    });
  }

  it("leaves nothing to be moved", () => {
    const text = `@id = ${id}\n@secret = ${secret}\n${get}\nAuthorization: AWS {{id}} {{secret}}\n`;
    const { edits } = movedToProfile(text, placeOf(text, literal), "pets");
    assert.deepEqual(parseRequestFile(edited(text, edits)).problems, []);
  });

  const refused: readonly (readonly [what: string, code: string, text: string, says: RegExp])[] = [
    ["a secret without its id", literal, `@secret = ${secret}\n${get}`, /only one of them/],
    ["a key that is sent", literal, `${get}?secret=${secret}`, /part of the request/],
    [
      "a variable that is used elsewhere",
      literal,
      `@id = ${id}\n@secret = ${secret}\n${get}\nA: {{secret}}`,
      /used on line 4/,
    ],
    ["keys of an environment", header, `${get}\nAuthorization: AWS ${id} {{secret}}`, /does not define/],
  ];
  for (const [what, code, text, says] of refused) {
    it(`refuses ${what}`, async () => {
      const error = await refusal(() => movedToProfile(text, placeOf(text, code), "pets"));
      assert.equal(error.code, "E_KEYS_MOVE");
      assert.match(error.message, says);
      assert.doesNotMatch(`${error.message} ${error.hint}`, /wJalr/);
    });
  }

  it("refuses a place without keys", async () => {
    const error = await refusal(() => movedToProfile(get, { line: 0, column: 0 }, "pets"));
    assert.equal(error.code, "E_KEYS_MOVE");
  });
});
