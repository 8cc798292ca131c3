import assert from "node:assert/strict";
import { parseRequestFile } from "../../src/request/parse.ts";
import { marked, rangesOf, underlined } from "./documents.ts";

type Row = readonly [
  what: string,
  text: string,
  problems: readonly (readonly [code: string, text: string])[],
];

const get = "GET https://a.example";

const rows: readonly Row[] = [
  ["an empty file", "", [["H_NO_REQUEST", ""]]],
  ["comments only", "# a\n// b\n", [["H_NO_REQUEST", ""]]],
  ["separators only", "###\n####\n### x", [["H_NO_REQUEST", ""]]],
  ["a method without a URL", "POST\nA: 1", [["E_URL_MISSING", ""]]],
  ["a method and a version without a URL", "GET HTTP/1.1", [["E_URL_MISSING", ""]]],
  ["a misspelt method", "GTE https://a.example", [["W_METHOD_UNKNOWN", "GTE"]]],
  [
    "a curl command",
    "curl -X POST https://a.example",
    [
      ["E_METHOD_LATER", "curl"],
      ["W_URL_SPACE", " "],
    ],
  ],
  ["a WebSocket", "WEBSOCKET wss://a.example", [["E_METHOD_LATER", "WEBSOCKET"]]],
  ["another HTTP version", `${get} HTTP/2`, [["W_HTTP_VERSION", "HTTP/2"]]],
  ["a space in the URL", `${get}/a b`, [["W_URL_SPACE", " "]]],
  ["a tab in the URL", `${get}/a\tb`, [["W_URL_SPACE", "\t"]]],
  ["an unclosed variable in the URL", "GET {{api/x", [["E_VARIABLE_UNCLOSED", "{{api/x"]]],
  ["an unclosed variable in a header", `${get}\nA: {{b}} {{c`, [["E_VARIABLE_UNCLOSED", "{{c"]]],
  [
    "an unclosed variable in a body",
    `POST https://a.example\n\n{\n"a":{{b}\n}`,
    [["E_VARIABLE_UNCLOSED", "{{b}"]],
  ],
  ["an unclosed variable in a directive", `# @profile {{p\n${get}`, [["E_VARIABLE_UNCLOSED", "{{p"]]],
  ["an unclosed variable in a definition", `@a = {{p\n${get}`, [["E_VARIABLE_UNCLOSED", "{{p"]]],
  ["an unclosed variable in a path", `${get}\n\n< {{p`, [["E_VARIABLE_UNCLOSED", "{{p"]]],
  [
    "a header without a colon",
    `${get}\nAccept application/json`,
    [["E_HEADER_COLON", "Accept application/json"]],
  ],
  ["a header without a name", `${get}\n: x`, [["E_HEADER_NAME", ""]]],
  ["a blank before the colon", `${get}\nA : x`, [["H_HEADER_BLANK", " "]]],
  ["a header name with a space", `${get}\nA b: x`, [["E_HEADER_NAME", "A b"]]],
  ["JSON where headers stand", `POST https://a.example\n{"a": 1}`, [["E_HEADER_NAME", '{"a"']]],
  ["a folded header", `${get}\nA: x\n  y z`, [["E_LINE_INDENTED", "  y z"]]],
  ["an indented header", `${get}\nA: x\n  y: z`, [["H_LINE_INDENTED", "  "]]],
  ["a control character in a header", `${get}\nA: x\u0007y`, [["E_CONTROL_CHARACTER", "x\u0007y"]]],
  ["a bidi character in the URL", `${get}/\u202ex`, [["E_HIDDEN_CHARACTER", "https://a.example/\u202ex"]]],
  [
    "a zero-width character in a header name",
    `${get}\nA\u200b: x`,
    [
      ["E_HIDDEN_CHARACTER", "A\u200b"],
      ["E_HEADER_NAME", "A\u200b"],
    ],
  ],
  ["a bidi character in a directive", `# @profile a\u2066b\n${get}`, [["E_HIDDEN_CHARACTER", "a\u2066b"]]],
  [
    "a zero-width character in a directive's name",
    `# @reg\u200bion a\n${get}`,
    [
      ["E_HIDDEN_CHARACTER", "reg\u200bion"],
      ["W_DIRECTIVE_UNKNOWN", "reg\u200bion"],
    ],
  ],
  ["a bidi character in a body", `POST https://a.example\n\n\u202e`, []],
  ["a lone surrogate in the URL", `${get}/\ud800`, [["E_LONE_SURROGATE", "https://a.example/\ud800"]]],
  ["a lone surrogate in a header", `${get}\nA: \udc00x`, [["E_LONE_SURROGATE", "\udc00x"]]],
  ["a lone surrogate in a body", `POST https://a.example\n\n\ud83d`, [["E_LONE_SURROGATE", "\ud83d"]]],
  ["an emoji", `POST https://a.example/😀\nA: 😀\n\n😀`, []],
  ["a variable without =", `@a\n${get}`, [["E_VARIABLE_FORM", "@a"]]],
  [
    "a variable with a bad name",
    `@a b = 1\n@$c = 1\n${get}`,
    [
      ["E_VARIABLE_FORM", "@a b = 1"],
      ["E_VARIABLE_FORM", "@$c = 1"],
    ],
  ],
  ["an unknown directive", `# @reigon eu-west-1\n${get}`, [["W_DIRECTIVE_UNKNOWN", "reigon"]]],
  ["another tool's directive", `# @no-cookie-jar\n${get}`, []],
  ["what others write for what is done anyway", `# @no-log\n// @no-redirect\n${get}`, []],
  ["what is asked before, several times", `# @note a\n# @note {{\n# @confirm\n# @confirm x\n${get}`, []],
  ["what is asked before, with braces", `# @confirm {{a\n${get}`, [["E_VARIABLE_UNCLOSED", "{{a"]]],
  ["a condition", `# @disabled !this.x\n${get}`, [["W_DISABLED_CONDITION", "!this.x"]]],
  ["no condition", `# @disabled\n# @disabled true\n# @disabled false\n${get}`, []],
  ["a variable that was commented out", `# @reigon = a\n// @token=x\n${get}`, []],
  [
    "a directive with =, and a value that is none",
    `# @timeout = x = y\n# @title x = y\n${get}`,
    [["W_DIRECTIVE_UNKNOWN", "title"]],
  ],
  [
    "another tool's directive with an emoji and braces",
    `# @title 👨\u200d👩 {{\n${get}`,
    [["W_DIRECTIVE_UNKNOWN", "title"]],
  ],
  ["a directive twice", `# @profile a\n# @profile b\n${get}`, [["W_DIRECTIVE_TWICE", "profile"]]],
  ["a name without a value", `# @name\n${get}`, [["W_NAME_EMPTY", "name"]]],
  [
    "directives of later versions",
    `# @follow same-origin\n# @prompt x\n# @save f\n# @expect status 200\n# @expect status 201\n${get}`,
    [
      ["W_DIRECTIVE_LATER", "follow"],
      ["W_DIRECTIVE_LATER", "prompt"],
      ["W_DIRECTIVE_LATER", "save"],
      ["W_DIRECTIVE_LATER", "expect"],
      ["W_DIRECTIVE_LATER", "expect"],
    ],
  ],
  ["a name twice", `# @name a\n${get}\n###\n# @name a\n${get}`, [["W_NAME_TWICE", "a"]]],
  ["a file with variables", `${get}\n\n<@ ./f`, [["E_BODY_LATER", "<@ ./f"]]],
  ["a file with an encoding", `${get}\n\n<@latin1 ./f`, [["E_BODY_LATER", "<@latin1 ./f"]]],
  ["GraphQL", `${get}\nX-REQUEST-TYPE: GraphQL\n\nquery`, [["E_BODY_LATER", "GraphQL"]]],
  ["multipart with a file", `${get}\nContent-Type: multipart/form-data; boundary=x\n\n--x\n\n< f\n--x--`, []],
  ["comments after the empty line", `${get}\n\n# a comment`, [["H_BODY_COMMENT", "# a comment"]]],
  ["a pre-request script", `< {%\n  x\n%}\n${get}`, [["E_SCRIPT", "< {%"]]],
  ["a script block", `{{\n  exports.a = 1\n}}\n${get}`, [["E_SCRIPT", "{{"]]],
  ["a script without an end", `${get}\n\n> {%\n x`, [["W_SCRIPT", "> {%"]]],
  ["trailing spaces", `${get}  \nA: 1  \n\nb  `, []],
  ["tabs", `\tGET\thttps://a.example\t\nA:\t1`, []],
];

describe("parseRequestFile, faulty text", () => {
  for (const [what, text, problems] of rows) {
    it(`fault 106: ${what}`, () => {
      assert.deepEqual(marked(text, parseRequestFile(text).problems), problems);
    });
  }

  it("fault 106: the next request is still parsed", () => {
    const text = `{{\n### a\nGET {{x\nno colon\n\n### b\n${get}`;
    assert.equal(parseRequestFile(text).requests.at(-1)?.title, "b");
  });

  it("says what to do, in whole sentences, with the severity of the code's letter", () => {
    const severities = { E: "error", W: "warning", H: "hint" };
    for (const [, text] of rows) {
      for (const { code, severity, message } of parseRequestFile(text).problems) {
        assert.match(message, /^[A-Z`@{].*[.]$|did you mean `[^`]+`\?$/su, message);
        assert.equal(severity, severities[code.charAt(0) as keyof typeof severities]);
      }
    }
  });

  it("names the nearest directive", () => {
    const { problems } = parseRequestFile(`# @reigon eu-west-1\n${get}`);
    assert.deepEqual(
      problems.map(({ message }) => message),
      ["@reigon is not a directive of this language; did you mean `region`?"],
    );
  });

  describe("Authorization with keys", () => {
    for (const value of [
      "AWS AKIDEXAMPLE wJalrXUtnFEMI",
      "aws  a  b token:T region:r",
      "AWS {{id}} x{{secret}}",
      "AWS {{id}} {{secret}} token:T",
    ]) {
      it(`flags ${value.slice(0, 12)}…`, () => {
        const text = `${get}\nAuthorization: ${value}`;
        const { problems } = parseRequestFile(text);
        assert.deepEqual(marked(text, problems), [["E_AUTHORIZATION_KEYS", value]]);
        assert.doesNotMatch(problems[0]?.message ?? "", /AKIDEXAMPLE|wJalr/);
      });
    }

    it("leaves variables to what they hold, unless the file itself gives them a text", () => {
      const header = "Authorization: AWS {{id}} {{secret}} token:{{t}} region:eu-west-1";
      const found = (text: string) =>
        marked(text, parseRequestFile(text).problems).filter(([code]) => code === "E_AUTHORIZATION_KEYS");
      for (const above of ["", "@id = {{other}}\n", "@id = {{secret}}\n@secret = {{id}}\n", "@x = 1\n"])
        assert.deepEqual(found(`${above}${get}\n${header}`), [], above);
      for (const above of ["@id = a\n", "@id = {{b}}\n@b = c\n", "@t = x{{y}}\n", "@secret =\n"])
        assert.equal(found(`${above}${get}\n${header}`).length, 1, above);
    });

    it("leaves other schemes alone", () => {
      for (const value of [
        "Bearer x",
        "AWS4-HMAC-SHA256 Credential=a, Signature=b",
        "AWS AKID:signature",
        "Basic a b",
      ]) {
        assert.deepEqual(parseRequestFile(`${get}\nAuthorization: ${value}`).problems, []);
      }
    });
  });

  describe("limits", () => {
    it("fault 106: a file beyond the limit is not read", () => {
      const file = parseRequestFile("GET https://a.example/é", { file: 23, line: 100 });
      assert.deepEqual([file.requests, file.problems.map(({ code }) => code)], [[], ["E_FILE_SIZE"]]);
      assert.equal(parseRequestFile("GET https://a.example/é", { file: 24, line: 100 }).requests.length, 1);
    });

    it("fault 106: a line beyond the limit is an error of its request", () => {
      const text = `POST https://a.example\n\n${"é".repeat(21)}\n### b\n${get}`;
      const file = parseRequestFile(text, { file: 1000, line: 41 });
      assert.deepEqual(marked(text, file.problems), [["E_LINE_SIZE", "é".repeat(21)]]);
      assert.equal(file.requests.length, 2);
    });

    it("fault 106: the usual limits are 5 MB and 1 MB", () => {
      const line = "x".repeat(1024 * 1024);
      assert.deepEqual(parseRequestFile(`POST https://a.example\n\n${line}`).problems, []);
      assert.deepEqual(
        parseRequestFile(`POST https://a.example\n\n${line}x`).problems.map(({ code }) => code),
        ["E_LINE_SIZE"],
      );
      assert.deepEqual(
        parseRequestFile(`${line}\n`.repeat(6)).problems.map(({ code }) => code),
        ["E_FILE_SIZE"],
      );
    });

    it("fault 106: 100 000 lines", () => {
      const text = "###\nPOST https://a.example/{{x}}\nA: {{b}}\n\nbody\n".repeat(20_000);
      const file = parseRequestFile(text);
      assert.deepEqual([file.requests.length, file.problems], [20_000, []]);
    });

    it("fault 106: thousands of lines, each of them wrong", () => {
      const lines = [
        "@",
        "# @nope",
        "###\nGET {{",
        "{{{{",
        "< {{",
        "no colon",
        "\\{{",
        "?? x",
        "> {%",
        "< {%",
      ];
      for (const line of lines) {
        for (const first of ["", "POST https://a.example\n", "POST https://a.example\n\n"]) {
          const text = `${first}${`${line}\n`.repeat(10_000)}`;
          assert.ok(parseRequestFile(text).problems.every(({ range }) => range.start.line <= 20_002));
        }
      }
    });
  });

  it("has every range inside the document for all of these", () => {
    for (const [, text] of rows) {
      for (const range of rangesOf(parseRequestFile(text))) underlined(text, range);
    }
  });
});
