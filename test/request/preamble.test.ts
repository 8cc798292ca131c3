import assert from "node:assert/strict";
import { parseRequestFile } from "../../src/request/parse.ts";
import { resolveRequest } from "../../src/request/resolve.ts";
import { marked } from "./documents.ts";
import { contextWith } from "./resolving.ts";

/** Directives of the file, then of each request, as `key value`. */
function said(text: string): readonly (readonly string[])[] {
  const { preamble, requests } = parseRequestFile(text);
  return [preamble, ...requests].map(({ directives }) =>
    directives.map(({ key, value }) => `${key.text} ${value.text}`.trim()),
  );
}

const hints = (text: string) =>
  marked(text, parseRequestFile(text).problems).filter(([code]) => code === "H_DIRECTIVE_OF_FILE");

describe("directives of a file's first block", () => {
  const get = "GET https://a.example\n";
  const later = `\n###\n${get}`;
  const rows: readonly (readonly [string, string, readonly (readonly string[])[]])[] = [
    ["beside the request line", `# @auth none\n${get}${later}`, [[], ["auth none"], []]],
    ["parted by an empty line", `# @auth none\n\n${get}${later}`, [["auth none"], [], []]],
    ["parted by a line of blanks", `# @auth none\n \t\n${get}${later}`, [["auth none"], [], []]],
    ["parted by CR LF", `# @auth none\r\n\r\n${get}${later}`, [["auth none"], [], []]],
    ["behind a byte order mark", `\ufeff# @auth none\n\n${get}${later}`, [["auth none"], [], []]],
    ["as // and with =", `// @profile = dev\n\n${get}${later}`, [["profile dev"], [], []]],
    ["on both sides", `# @profile a\n\n# @region r\n${get}${later}`, [["profile a"], ["region r"], []]],
    [
      "the same on both sides",
      `# @profile a\n\n# @profile b\n${get}${later}`,
      [["profile a"], ["profile b"], []],
    ],
    [
      "with variables and comments between",
      `# @region r\n\n@host = x\n# words\n# @service s\n${get}${later}`,
      [["region r"], ["service s"], []],
    ],
    [
      "about one request alone",
      `# @name a\n# @note b\n# @confirm\n# @expect status 200\n# @prompt p\n# @save f\n# @region r\n\n${get}${later}`,
      [["region r"], ["name a", "note b", "confirm", "expect status 200", "prompt p", "save f"], []],
    ],
    [
      "of every kind that says who and where",
      `# @profile a\n# @role b\n# @external-id c\n# @session-name d\n# @account e\n# @region f\n# @service g\n# @auth iam\n\n${get}`,
      [
        [
          "profile a",
          "role b",
          "external-id c",
          "session-name d",
          "account e",
          "region f",
          "service g",
          "auth iam",
        ],
        [],
      ],
    ],
    ["below a title", `### one\n# @auth none\n\n${get}${later}`, [[], ["auth none"], []]],
    ["of a later block", `${get}\n###\n# @auth none\n\n${get}`, [[], [], ["auth none"]]],
    ["behind the request line", `${get}# @auth none\n\nbody${later}`, [[], ["auth none"], []]],
  ];
  for (const [name, text, expected] of rows) it(name, () => assert.deepEqual(said(text), expected));

  it("say where they reach further than one may have meant", () => {
    const text = `# @profile a\n# @region r\n\n${get}\n###\n# @profile b\n${get}`;
    assert.deepEqual(hints(text), [["H_DIRECTIVE_OF_FILE", "region r"]]);
    assert.deepEqual(hints(`# @profile a\n\n${get}`), []);
    assert.deepEqual(hints(`# @profile a\n${get}${later}`), []);
    assert.deepEqual(hints(`# @profile a\n\n###\n${get}${later}`), []);
  });

  it("are not given twice when each side has one", () => {
    const { problems } = parseRequestFile(`# @profile a\n\n# @profile b\n${get}`);
    assert.deepEqual(problems, []);
    const twice = `# @profile a\n# @profile b\n\n${get}`;
    assert.deepEqual(marked(twice, parseRequestFile(twice).problems), [["W_DIRECTIVE_TWICE", "profile"]]);
  });

  it("hold for later requests: their values, and what is wrong with them", async () => {
    const of = async (text: string) => {
      const file = parseRequestFile(text);
      const last = file.requests.at(-1);
      if (last === undefined) throw new Error("no request");
      return resolveRequest(file, last, contextWith());
    };
    const { request } = await of(`# @profile a\n\n${get}${later}`);
    assert.deepEqual(request?.settings.profile, { value: "a", source: "pets.awsreq:1" });
    assert.equal(request?.namesProfile, undefined);
    for (const wrong of ["# @region {{x", "# @region {{x}}", "# @region"])
      assert.equal((await of(`${wrong}\n\n${get}${later}`)).request, null, wrong);
  });

  it("of a name that is only a comment's make nothing", () =>
    assert.deepEqual(said(`# mail me@x.example\n\n${get}`), [[], []]));
});
