import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { createOnigScanner, createOnigString, loadWASM } from "vscode-oniguruma";
import { type IGrammar, INITIAL, parseRawGrammar, Registry } from "vscode-textmate";

const path = resolve(__dirname, "../../syntaxes/awsreq.tmLanguage.json");

/** What matters of VS Code's own grammar: an object wants its members, and a string goes on to its end. */
const jsonGrammar = {
  scopeName: "source.json",
  patterns: [{ include: "#value" }],
  repository: {
    value: {
      patterns: [
        { match: "-?\\d+|true|false|null", name: "constant.json" },
        { begin: '"', end: '"', name: "string.quoted.double.json" },
        {
          begin: "\\[",
          end: "\\]",
          name: "meta.array.json",
          patterns: [
            { include: "#value" },
            { match: ",", name: "punctuation.json" },
            { match: "[^\\s\\]]", name: "invalid.illegal.json" },
          ],
        },
        {
          begin: "\\{",
          end: "\\}",
          name: "meta.object.json",
          patterns: [
            { begin: '"', end: '"', name: "string.quoted.key.json" },
            {
              begin: ":",
              end: "(,)|(?=\\})",
              name: "meta.member.json",
              patterns: [{ include: "#value" }, { match: "[^\\s,]", name: "invalid.illegal.json" }],
            },
            { match: "[^\\s\\}]", name: "invalid.illegal.json" },
          ],
        },
      ],
    },
  },
};

/** Each token of a text with the scopes that are ours, the outermost left out. */
function tokens(grammar: IGrammar, text: string): readonly (readonly [token: string, scopes: string])[] {
  let state = INITIAL;
  return text.split("\n").flatMap((line) => {
    const result = grammar.tokenizeLine(line, state);
    state = result.ruleStack;
    return result.tokens.map(
      ({ startIndex, endIndex, scopes }) =>
        [line.slice(startIndex, endIndex), scopes.slice(1).join(" ")] as const,
    );
  });
}

describe("the grammar", () => {
  let grammar: IGrammar;
  before(async () => {
    const wasm = createRequire(__filename).resolve("vscode-oniguruma/release/onig.wasm");
    await loadWASM(readFileSync(wasm));
    const registry = new Registry({
      onigLib: Promise.resolve({ createOnigScanner, createOnigString }),
      loadGrammar: async (scope) => {
        if (scope === "source.awsreq") return parseRawGrammar(readFileSync(path, "utf8"), path);
        return scope === "source.json" ? parseRawGrammar(JSON.stringify(jsonGrammar), "json.json") : null;
      },
    });
    const loaded = await registry.loadGrammar("source.awsreq");
    assert.ok(loaded);
    grammar = loaded;
  });

  for (const [name, text, token, scope] of [
    ["a title", "### List pets", "List pets", /entity\.name\.section/],
    ["a directive's key", "# @profile dev", "profile", /keyword\.other\.directive/],
    ["a directive's value", "// @region eu-west-1", "eu-west-1", /string\.unquoted\.directive/],
    [
      "a variable in a directive",
      "# @profile {{who}}",
      "who",
      /string\.unquoted\.directive.*variable\.other/,
    ],
    ["a comment", "# nothing special", "# nothing special", /comment\.line/],
    ["a definition's name", "@api = https://x", "api", /variable\.other\.definition/],
    ["a definition's value", "@api = https://x", "https://x", /string\.unquoted/],
    ["a method", "POST https://x/y", "POST", /keyword\.control\.method/],
    ["a URL", "GET https://x/y", "https://x/y", /markup\.underline\.link/],
    ["a URL without a method", "https://x/y", "https://x/y", /markup\.underline\.link/],
    ["a URL that begins with a variable", "GET {{api}}/pets", "api", /variable\.other/],
    ["a query's name", "GET https://x/y?limit=1", "limit", /variable\.parameter/],
    ["the version", "GET https://x/y HTTP/1.1", "HTTP/1.1", /constant\.language\.version/],
    ["a continued query", "GET https://x\n    &type=dog", "type", /variable\.parameter/],
    ["a header's name", "GET https://x\nAccept: */*", "Accept", /support\.type\.property-name\.header/],
    ["a header's value", "GET https://x\nAccept: text/plain", " text/plain", /string\.unquoted\.header/],
    [
      "a directive among headers",
      "GET https://x\n# @timeout 3s\nA: b",
      "timeout",
      /keyword\.other\.directive/,
    ],
    ["a JSON body", 'POST https://x\n\n{"a": {{b}}}', "b", /meta\.embedded\.json.*variable\.other/],
    ["an XML body", "POST https://x\n\n<a>{{b}}</a>", "b", /meta\.embedded\.xml.*variable\.other/],
    ["a text body", "POST https://x\n\nhello", "hello", /string\.unquoted\.body/],
    ["an include", "POST https://x\n\n< ./body.json", "./body.json", /string\.unquoted\.path/],
    ["a # line in a body", "POST https://x\n\nhello\n# still body", "# still body", /string\.unquoted\.body/],
    [
      "the next request after a body",
      "POST https://x\n\n{\n\n### Next\nPUT https://y",
      "PUT",
      /keyword\.control\.method/,
    ],
    ["a stored response", "HTTP/1.1 200 OK\nA: b", "A: b", /comment\.block\.response/],
    ["a dynamic variable", "GET https://x/{{$guid}}", "guid", /variable\.other/],
  ] as const) {
    it(`knows ${name}`, () => {
      const found = tokens(grammar, text).filter(([part]) => part === token);
      assert.equal(found.length > 0, true, JSON.stringify(tokens(grammar, text)));
      assert.match(found.at(-1)?.[1] ?? "", scope);
    });
  }

  const json = 'POST https://x\n\n{\n  "b": {{v}},\n  "c": "x{{w}}y"\n}';
  for (const [what, text, token, scope] of [
    ["a variable without quotes in JSON", json, "v", /json.*variable\.other/],
    ["a variable in a string of JSON", json, "w", /json.*string\.quoted.*variable\.other/],
    ["what follows a variable in JSON", json, "c", /json.*meta\.object.*string\.quoted/],
    [
      "the request below a body that is not finished",
      'POST https://x\n\n{ "open": [1,\n\n### third\nGET https://y',
      "GET",
      /^meta\.request\.awsreq keyword\.control\.method/,
    ],
    [
      "the title below a body that is not finished",
      'POST https://x\n\n{ "open": "[1,\n\n### third\nGET https://y',
      "third",
      /^markup\.heading/,
    ],
    ["an indented header", "GET https://x\n  Accept: a", "Accept", /property-name\.header/],
    ["a blank before the colon", "GET https://x\nAccept : a", "Accept", /property-name\.header/],
    ["a variable that is a header", "GET https://x\n{{me}}", "me", /variable\.other/],
    ["a line of the path", "GET https://x\n    /{{part}}", "part", /url.*variable\.other/],
    ["an include without a blank", "POST https://x\n\n<./b.json", "./b.json", /string\.unquoted\.path/],
    ["a value escaped for JSON", 'POST https://x\n\n{"a": "{{%json b}}"}', "b", /variable\.other/],
  ] as const) {
    it(`knows ${what}`, () => {
      const all = tokens(grammar, text);
      assert.match(all.find(([part]) => part === token)?.[1] ?? JSON.stringify(all), scope);
      assert.doesNotMatch(JSON.stringify(all), /invalid/);
    });
  }

  // VS Code itself tokenizes no line that is longer than 20,000 characters.
  for (const line of ["{{", "a", "GET /a", "?&=", " ", "{", "@a=", "# @"]) {
    it(`is through soon with a long line of ${JSON.stringify(line)}`, () => {
      const long = line.repeat(Math.ceil(20_000 / line.length)).slice(0, 20_000);
      assert.equal(grammar.tokenizeLine(long, INITIAL, 1000).stoppedEarly, false);
    });
  }
});
