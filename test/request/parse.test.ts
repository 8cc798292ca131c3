import assert from "node:assert/strict";
import { parseRequestFile } from "../../src/request/parse.ts";
import type { RequestFile, Spanned } from "../../src/stages.ts";
import { marked, outline, outlineOf, underlined } from "./documents.ts";

const at = (text: string, line: number, column: number): Spanned => ({
  text,
  range: { start: { line, column }, end: { line, column: column + text.length } },
});

const petsFile = `# @profile {{profile}}
# @region eu-west-1
@api = https://abc123.execute-api.eu-west-1.amazonaws.com/prod

### List pets
# @name pets
GET {{api}}/pets
    ?limit=10
    &type=dog
Accept: application/json

### Add a pet
# @profile admin
POST {{api}}/pets
Content-Type: application/json

{"name": "rex"}
`;

const petsParsed: RequestFile = {
  preamble: {
    directives: [
      { key: at("profile", 0, 3), value: at("{{profile}}", 0, 11) },
      { key: at("region", 1, 3), value: at("eu-west-1", 1, 10) },
    ],
    variables: [
      { name: at("api", 2, 1), value: at("https://abc123.execute-api.eu-west-1.amazonaws.com/prod", 2, 7) },
    ],
  },
  requests: [
    {
      title: "List pets",
      name: "pets",
      range: { start: { line: 4, column: 0 }, end: { line: 11, column: 0 } },
      directives: [{ key: at("name", 5, 3), value: at("pets", 5, 8) }],
      variables: [],
      method: at("GET", 6, 0),
      target: [at("{{api}}/pets", 6, 4), at("?limit=10", 7, 4), at("&type=dog", 8, 4)],
      headers: [{ name: at("Accept", 9, 0), value: at("application/json", 9, 8) }],
      body: [],
    },
    {
      title: "Add a pet",
      name: null,
      range: { start: { line: 11, column: 0 }, end: { line: 17, column: 0 } },
      directives: [{ key: at("profile", 12, 3), value: at("admin", 12, 11) }],
      variables: [],
      method: at("POST", 13, 0),
      target: [at("{{api}}/pets", 13, 5)],
      headers: [{ name: at("Content-Type", 14, 0), value: at("application/json", 14, 14) }],
      body: [{ kind: "text", text: at('{"name": "rex"}', 16, 0) }],
    },
  ],
  problems: [],
};

/** The only request of a text that has no problems. */
function only(text: string): ReturnType<typeof outlineOf> {
  const { requests, problems } = parseRequestFile(text);
  assert.deepEqual(marked(text, problems), []);
  assert.equal(requests.length, 1);
  return requests.map(outlineOf)[0] ?? outline({});
}

describe("parseRequestFile", () => {
  it("reads preamble, titles, names, continued queries, headers and bodies with their places", () => {
    assert.deepEqual(parseRequestFile(petsFile), petsParsed);
  });

  it("gives the same with CRLF and CR line ends and a byte order mark", () => {
    for (const lineEnd of ["\r\n", "\r"]) {
      assert.deepEqual(parseRequestFile(`\ufeff${petsFile.replaceAll("\n", lineEnd)}`), petsParsed);
    }
  });

  describe("request line", () => {
    const lines: readonly (readonly [written: string, read: string])[] = [
      ["GET https://a.example/x", "GET https://a.example/x"],
      ["https://a.example/x", "GET https://a.example/x"],
      ["  \tPOST \t https://a.example/x \t", "POST https://a.example/x"],
      ["GET https://a.example/x HTTP/1.1", "GET https://a.example/x"],
      ["https://a.example/x HTTP/1.1", "GET https://a.example/x"],
      ["/path?x=1", "GET /path?x=1"],
      ["{{api}}/x", "GET {{api}}/x"],
      ["GET {{api}}/{{$timestamp -1 d}}", "GET {{api}}/{{$timestamp -1 d}}"],
      ["propfind https://a.example", "propfind https://a.example"],
      ["M-SEARCH https://a.example", "M-SEARCH https://a.example"],
      ["PROPFIND https://a.example", "PROPFIND https://a.example"],
      ["localhost", "GET localhost"],
    ];
    for (const [written, read] of lines) {
      it(`fault 88: ${JSON.stringify(written)} is read as ${read}`, () => {
        assert.equal(only(written).line, read);
      });
    }

    it("puts the method that was left out where it would stand", () => {
      const [request] = parseRequestFile("  https://a.example").requests;
      assert.deepEqual(request?.method, at("GET", 0, 2) && { text: "GET", range: at("", 0, 2).range });
    });

    it("takes HTTP/1.1 off the last continued line too", () => {
      assert.equal(
        only("GET https://a.example\n  ?a=1\n  &b=2 HTTP/1.1").line,
        "GET https://a.example?a=1&b=2",
      );
    });

    it("continues the query over comments, indented or not", () => {
      const text = "GET https://a.example\n?a=1\n  # why\n\t&b=2\nX: 1";
      assert.deepEqual(only(text), outline({ line: "GET https://a.example?a=1&b=2", headers: ["X: 1"] }));
    });
  });

  describe("headers", () => {
    it("keeps order, case, duplicates, empty values and colons in values", () => {
      const text = "GET https://a.example\nX-B: 1\nx-a:2\nX-B:  3 \nEmpty:\nAt: 10:30";
      assert.deepEqual(only(text).headers, ["X-B: 1", "x-a: 2", "X-B: 3", "Empty: ", "At: 10:30"]);
    });

    it("takes comments, directives and variables between headers", () => {
      const text = "GET https://a.example\n# why\nA: 1\n// @timeout 5s\n@x = 1\nB: 2";
      assert.deepEqual(
        only(text),
        outline({
          line: "GET https://a.example",
          headers: ["A: 1", "B: 2"],
          directives: ["timeout 5s"],
          variables: ["x=1"],
        }),
      );
    });

    it("fault 106: a non-ASCII header value is data", () => {
      assert.deepEqual(only("GET https://a.example\nX-City: Zürich").headers, ["X-City: Zürich"]);
    });

    it("ends them at the first line of blanks", () => {
      assert.deepEqual(only("POST https://a.example\nA: 1\n \t\nB: 2").body, ["B: 2"]);
    });
  });

  describe("directives and variables", () => {
    it("reads every form of a directive", () => {
      const text =
        "# @name one\n//@profile dev\n  #   @region = eu-west-1\n# @service=lambda\n# @payload\tunsigned\nGET https://a.example";
      assert.deepEqual(only(text).directives, [
        "name one",
        "profile dev",
        "region eu-west-1",
        "service lambda",
        "payload unsigned",
      ]);
      assert.equal(only(text).name, "one");
    });

    it("leaves comments alone", () => {
      assert.deepEqual(
        only("# a\n// b\n#\n## @region x\n# mail me@example.com\n# @ home\nGET https://a.example"),
        {
          ...outline({ line: "GET https://a.example" }),
        },
      );
    });

    it("reads variables; the value runs to the end of the line", () => {
      const text = '@a = 1\n@b=two words \n@c-d_e.f = "quoted" = yes\n@empty =\nGET https://a.example';
      assert.deepEqual(only(text).variables, ["a=1", "b=two words", 'c-d_e.f="quoted" = yes', "empty="]);
    });

    it("gives directives to the request they stand with, and those of earlier blocks to the preamble", () => {
      const text = "# @profile a\n@x = 1\n###\n// @region b\n### t\n# @profile c\nGET https://a.example";
      const file = parseRequestFile(text);
      assert.deepEqual(
        file.preamble.directives.map(({ value }) => value.text),
        ["a", "b"],
      );
      assert.deepEqual(file.requests.map(outlineOf), [
        outline({ title: "t", line: "GET https://a.example", directives: ["profile c"] }),
      ]);
    });

    it("lets variables of a later block without a request hold for the file, but not its directives", () => {
      const text = "GET https://a.example\n###\n@x = 1\n# @profile late\n";
      const file = parseRequestFile(text);
      assert.deepEqual(
        file.preamble.variables.map(({ name }) => name.text),
        ["x"],
      );
      assert.deepEqual(file.preamble.directives, []);
      assert.deepEqual(marked(text, file.problems), [["W_DIRECTIVE_UNUSED", "profile late"]]);
    });
  });

  it("warns of a name that names no request", () => {
    const text = "# @name a\n# @region x\n###\nGET https://a.example";
    const file = parseRequestFile(text);
    assert.deepEqual(marked(text, file.problems), [["W_DIRECTIVE_UNUSED", "name a"]]);
    assert.deepEqual(
      file.preamble.directives.map(({ key }) => key.text),
      ["region"],
    );
  });

  describe("bodies", () => {
    const bodyOf = (text: string): readonly string[] => only(`POST https://a.example\n\n${text}`).body;

    it("keeps line ends and blanks as written, and leaves out the empty lines before the end", () => {
      assert.deepEqual(bodyOf("a \r\n\tb\rc\n\n d\n \n\n"), ["a \r\n\tb\rc\n\n d"]);
    });

    it("leaves out the empty lines before the next block", () => {
      const file = parseRequestFile("POST https://a.example\n\none\n\n\n### next\nGET https://b.example");
      assert.deepEqual(file.requests[0] && outlineOf(file.requests[0]).body, ["one"]);
    });

    it("keeps empty lines before the text", () => {
      assert.deepEqual(bodyOf("\n\na"), ["\n\na"]);
    });

    it("has none when only empty lines follow", () => {
      assert.deepEqual(bodyOf("\n \n"), []);
    });

    it("takes comments, directives and headers after the empty line as body", () => {
      const body = "# c\n@x = 1\n// @region y\nA: b";
      const [request] = parseRequestFile(`POST https://a.example\n\n${body}`).requests;
      assert.deepEqual(request && outlineOf(request).body, [body]);
    });

    it("splits at included files; their line ends belong to the text after them", () => {
      assert.deepEqual(bodyOf("a\n< ./one.json\nb\n< two files.bin \n<  {{dir}}/three"), [
        "a\n",
        "< ./one.json",
        "\nb\n",
        "< two files.bin",
        "\n",
        "< {{dir}}/three",
      ]);
    });

    it("takes XML for text", () => {
      assert.deepEqual(bodyOf("<a>\n<b/>\n <  c\n</a>"), ["<a>\n<b/>\n <  c\n</a>"]);
    });

    it("fault 106: ### ends a body only in the first column", () => {
      const text =
        "POST https://a.example\n\na ###\n ### b\n###c\nGET https://b.example\n#### d ##\nGET https://c.example";
      const file = parseRequestFile(text);
      assert.deepEqual(
        file.requests.map((request) => [outlineOf(request).title, ...outlineOf(request).body]),
        [["", "a ###\n ### b"], ["c"], ["d ##"]],
      );
    });

    it("gives the place of text and files", () => {
      const text = "POST https://a.example\n\na\nb\n< f\nc";
      const [request] = parseRequestFile(text).requests;
      assert.deepEqual(
        request?.body.map((part) =>
          underlined(text, part.kind === "text" ? part.text.range : part.path.range),
        ),
        ["a\nb\n", "f", "\nc"],
      );
    });
  });

  it("passes over stored responses", () => {
    const text =
      "GET https://a.example\n\n### answer\nHTTP/1.1 200 OK\nContent-Type: x\nno colon\n\n{{\n### n\n# c\nHTTP/2 404\n### last\nGET https://b.example";
    const file = parseRequestFile(text);
    assert.deepEqual(file.requests.map(outlineOf), [
      outline({ line: "GET https://a.example" }),
      outline({ title: "last", line: "GET https://b.example" }),
    ]);
    assert.deepEqual(file.problems, []);
  });
});
