import assert from "node:assert/strict";
import fc from "fast-check";
import { parseRequestFile } from "../../src/request/parse.ts";
import { marked } from "./documents.ts";
import { hostile } from "./hostileText.ts";
import { bodyText, problemsOf, resolved, resolveText } from "./resolving.ts";

const form = "application/x-www-form-urlencoded";
const post = (type: string, body: string): string =>
  `POST https://a.example\n${type === "" ? "" : `Content-Type: ${type}\n`}\n${body}`;

/** What the parser says of a body: an editor shows it while somebody types. */
function said(type: string, body: string): readonly (readonly [string, string])[] {
  const text = post(type, body);
  return marked(text, parseRequestFile(text).problems);
}

describe("comment lines of bodies", () => {
  const kept = ["text/plain", "application/xml", "application/yaml", "text/csv"];
  for (const type of [
    "application/json",
    "text/json",
    "application/problem+json",
    "application/x-ndjson",
    "",
  ]) {
    it(`are left out of ${type === "" ? "what begins as JSON" : type}, each with a hint`, async () => {
      const body = "[1,\n# two\n  // {{three\n4]";
      assert.deepEqual(said(type, body), [
        ["H_BODY_COMMENT", "# two"],
        ["H_BODY_COMMENT", "// {{three"],
      ]);
      assert.equal(bodyText(await resolved(post(type, body))).trimEnd(), "[1,\n4]");
    });
  }

  for (const type of kept) {
    it(`stay in ${type}`, async () => {
      assert.equal(bodyText(await resolved(post(type, "a\n# b\n//c"))), "a\n# b\n//c");
    });
  }

  it("that stay are told of in plain text and where no type is given, and nowhere else", () => {
    const severities = (type: string): readonly string[] =>
      parseRequestFile(post(type, "a\n# b")).problems.map(({ severity }) => severity);
    assert.deepEqual(["text/plain; charset=utf-8", "", "application/yaml"].map(severities), [
      ["information"],
      ["information"],
      [],
    ]);
  });

  it("are told of once, and where a variable gives the type as well", async () => {
    const hints = [["H_BODY_COMMENT", "# b"]];
    assert.deepEqual(await problemsOf(post("application/json", "{}\n# b")), hints);
    assert.deepEqual(await problemsOf(`@t = application/json\n${post("{{t}}", "{}\n# b")}`), hints);
    assert.deepEqual(said("{{t}}", "{}\n# b"), []);
  });

  it("are no body behind another tool's script", async () => {
    const text = post("application/json", "{}\n\n> {%\n x\n%}\n\n# then\n@x = 1\n");
    assert.equal(bodyText(await resolved(text)), "{}");
    assert.deepEqual(
      (await problemsOf(text)).map(([code]) => code),
      ["W_SCRIPT", "W_BODY_VARIABLE"],
    );
  });
});

describe("form bodies", () => {
  const rows: readonly (readonly [body: string, said: readonly (readonly [string, string])[]])[] = [
    ["a=1&b=2", []],
    ["a = 1 &\nb = 2 &\n", []],
    ["a=1\n&b=2", []],
    ["a=1\ntwo\nthree\n&b=2", [["H_FORM_LINES", "a=1"]]],
    [
      "a=1\n  &b=2",
      [
        ["H_FORM_LINES", "a=1"],
        ["W_FORM_BLANK", "  "],
      ],
    ],
    [
      "a=1& \nb=2",
      [
        ["H_FORM_LINES", "a=1&"],
        ["W_FORM_BLANK", " "],
      ],
    ],
    [
      "a=1\n\n&b=2",
      [
        ["H_FORM_LINES", "a=1"],
        ["W_FORM_BLANK", ""],
      ],
    ],
    [
      "a=1 \n&b=2 ",
      [
        ["W_FORM_BLANK", " "],
        ["W_FORM_BLANK", " "],
      ],
    ],
    [
      "a=x+y%20\n&b=5%",
      [
        ["H_FORM_PLUS", "+"],
        ["H_FORM_PERCENT", "%"],
      ],
    ],
    ["a=1\nb=2\n\nc {{x}}=3", [["H_FORM_LINES", "a=1"]]],
    ["a=1\nb=2\n\n c={{x}}", [["E_FORM_LINES", "a=1\nb=2\n\n c={{x}}"]]],
    ["{{a}}=1\n{{b}}={{c}}", [["E_FORM_LINES", "{{a}}=1\n{{b}}={{c}}"]]],
    ["a=1\n# b=2", [["H_BODY_COMMENT", "# b=2"]]],
    [
      "a=x\n# b\ny\n&c=2",
      [
        ["H_FORM_LINES", "a=x"],
        ["H_BODY_COMMENT", "# b"],
      ],
    ],
  ];
  for (const [body, expected] of rows) {
    it(`say of ${JSON.stringify(body)} what may be meant otherwise`, () => {
      assert.deepEqual(said(form, body), expected);
    });
  }

  it("hint at what a variable brings, without its value", async () => {
    const variables = new Map([
      ["v", "s3cret&x\ny"],
      ["w", "a+b="],
      ["p", "c=1&d=2"],
    ]);
    const text = post(form, "a={{v}}&b={{w}}\n&{{p}}\n&e={{%w}}&{{w}}{{v}}=1");
    const { request, problems } = await resolveText(text, { variables });
    assert.equal(
      bodyText(request ?? assert.fail()),
      "a=s3cret%26x%0Ay&b=a+b=&c=1&d=2&e=a%2Bb%3D&a+b%3Ds3cret%26x%0Ay=1",
    );
    assert.deepEqual(marked(text, problems), [
      ["H_FORM_ENCODED", "{{v}}"],
      ["H_FORM_RESERVED", "{{w}}"],
      ["H_FORM_ENCODED", "{{w}}"],
      ["H_FORM_RESERVED", "{{w}}"],
      ["H_FORM_ENCODED", "{{v}}"],
    ]);
    assert.doesNotMatch(JSON.stringify(problems), /s3cret/);
  });

  it("have as many parameters as the file, whatever a variable holds", async () => {
    await fc.assert(
      fc.asyncProperty(hostile, async (value) => {
        const variables = new Map([["v", value]]);
        const { request } = await resolveText(post(form, "a={{v}}\n&b=x{{v}}y\nz"), { variables });
        if (request === null) return;
        const sent = bodyText(request);
        assert.match(sent, /^[!-~]*$/);
        assert.deepEqual(
          sent.split("&").map((parameter) => parameter.slice(0, 2)),
          ["a=", "b="],
        );
      }),
    );
  });
});

describe("multipart bodies", () => {
  const type = 'multipart/mixed; boundary="a b"';
  const rows: readonly (readonly [what: string, type: string, body: string, codes: readonly string[]])[] = [
    ["with their boundary", type, "--a b\n\nx\n--a b--", []],
    ["without one in the type", "multipart/mixed", "--X\n\nx\n--X--", ["W_MULTIPART_BOUNDARY"]],
    ["with another one", type, "--X\n\nx\n--X--", ["W_MULTIPART_BOUNDARY"]],
    ["that are not closed", type, "--a b\n\nx", ["W_MULTIPART_BOUNDARY"]],
    ["of requests", type, "--a b\n\nGET https://a.example/x HTTP/1.1\n@x = 1\n--a b--", []],
  ];
  for (const [what, contentType, body, codes] of rows) {
    it(`${what} are ${codes.length === 0 ? "fine" : "warned of"}`, async () => {
      assert.deepEqual(
        (await problemsOf(post(contentType, body))).map(([code]) => code),
        codes,
      );
    });
  }
});

describe("lines of a body that belong to another block", () => {
  const rows: readonly (readonly [body: string, said: readonly (readonly [string, string])[]])[] = [
    ["GET https://b.example", [["E_REQUEST_SEPARATOR", "GET https://b.example"]]],
    [
      "post {{api}}/x?a={{$randomInt 1 2}} HTTP/1.1\nA: 1",
      [["E_REQUEST_SEPARATOR", "post {{api}}/x?a={{$randomInt 1 2}} HTTP/1.1"]],
    ],
    [
      "GET https://b.example\n\nGET https://c.example",
      [
        ["E_REQUEST_SEPARATOR", "GET https://b.example"],
        ["E_REQUEST_SEPARATOR", "GET https://c.example"],
      ],
    ],
    ["x\n\nGET https://b.example", [["W_REQUEST_SEPARATOR", "GET https://b.example"]]],
    ["GET https://b.example is where it lives", []],
    ["GET /relative", []],
    ["FETCH https://b.example", []],
    ["x\n\n@a = 1\n@b = 2\n", [["W_BODY_VARIABLE", "@a = 1"]]],
    ["x\n\nHTTP/1.1 200 OK\nA: 1", [["W_REQUEST_SEPARATOR", "HTTP/1.1 200 OK"]]],
    ["x\nHTTP/1.1 200 OK", []],
    ["@media print { a = 1 }", []],
    ["x\n@a = 1\n\n# c\n@b = 2", [["W_BODY_VARIABLE", "@a = 1"]]],
    ["x\n@a = 1\ny", []],
  ];
  for (const [body, expected] of rows) {
    it(`are ${expected.length === 0 ? "not " : ""}seen in ${JSON.stringify(body)}`, () => {
      assert.deepEqual(said("text/html", body), expected);
    });
  }

  it("are seen behind another tool's script", () => {
    const codes = said("", "{}\n\n> {% x %}\n\nGET https://b.example").map(([code]) => code);
    assert.deepEqual(codes, ["E_REQUEST_SEPARATOR"]);
  });
});

describe("bodies of any length", () => {
  const count = 60_000;
  const bodies: readonly (readonly [what: string, type: string, body: string])[] = [
    ["blanks", form, `a=${" ".repeat(count)}b${" ".repeat(count)}&`],
    ["opened braces", form, `a=${"{".repeat(count)}\nb=${"{{".repeat(count)}`],
    ["variables", form, `a=${"{{a}}".repeat(count)}`],
    ["comments", form, `a=1\n${"# x\n".repeat(count)}&b=2`],
    ["parameters", form, "&a\n".repeat(count)],
    ["comments in JSON", "application/json", `{\n${"// x\n".repeat(count)}}`],
    ["hyphens", "multipart/mixed; boundary=x", `${"--".repeat(count)} ${" ".repeat(count)}x`],
    ["stored responses", "", "HTTP/1.1 200 OK\n\n{{\n".repeat(count)],
    ["comments over lines", "application/json", `${"/*\n".repeat(count)}*/`],
    ["request lines", "", `GET https://a${" ".repeat(count)}x\n${"GET {{a}}\n".repeat(count)}`],
  ];
  for (const [what, type, body] of bodies) {
    it(`invariant 6: take time in proportion: ${what}`, async () => {
      const started = performance.now();
      await resolveText(post(type, body), { variables: new Map([["a", ""]]) });
      assert.ok(performance.now() - started < 4000);
    });
  }
});
