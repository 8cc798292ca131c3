import assert from "node:assert/strict";
import type { Environment } from "../../src/request/environments.ts";
import { placeOf } from "../../src/request/expansion.ts";
import { parseRequestFile } from "../../src/request/parse.ts";
import { createExpander } from "../../src/request/variables.ts";
import { underlined } from "./documents.ts";
import { contextWith, headerLines, problemsOf, resolved, resolveText } from "./resolving.ts";

const development: Environment = {
  name: "dev",
  files: ["/work/http-client.env.json", "/work/http-client.private.env.json"],
  values: new Map([
    ["host", { text: "dev.example", isPrivate: false }],
    ["token", { text: "s3cret&more", isPrivate: true }],
    ["unused", { text: "never", isPrivate: true }],
    ["wrapped", { text: "<{{token}}>", isPrivate: false }],
    ["broken", { text: "{{", isPrivate: false }],
    ["lost", { text: "{{missing}}", isPrivate: false }],
    ["__proto__", { text: "polluted", isPrivate: false }],
  ]),
};

/** The value of header V of a request that has nothing else. */
async function expandedValue(
  value: string,
  above = "",
  given: Parameters<typeof resolved>[1] = {},
): Promise<string> {
  const request = await resolved(`${above}\nGET https://a.example\nV: ${value}`, given);
  return (
    headerLines(request)
      .find((line) => line.startsWith("V: "))
      ?.slice(3) ?? ""
  );
}

async function faultOf(
  value: string,
  above = "",
  given: Parameters<typeof resolved>[1] = {},
): Promise<readonly (readonly string[])[]> {
  const text = `${above}\nGET https://a.example\nV: ${value}`;
  const { problems } = await resolveText(text, given);
  return problems.map(({ code, range, message }) => [code, underlined(text, range), message]);
}

describe("variables", () => {
  it("are looked up in --var, the block, the file, the environment, in this order", async () => {
    const environment = {
      ...development,
      values: new Map([["x", { text: "environment", isPrivate: false }]]),
    };
    const file = "@x = file\n###\n";
    assert.equal(await expandedValue("{{x}}", "", { environment }), "environment");
    assert.equal(await expandedValue("{{x}}", file, { environment }), "file");
    assert.equal(await expandedValue("{{x}}", `${file}@x = block`, { environment }), "block");
    const variables = new Map([["x", "flag"]]);
    assert.equal(await expandedValue("{{x}}", `${file}@x = block`, { environment, variables }), "flag");
  });

  it("of another request's block are seen, but the preamble's win", async () => {
    const above = "@a = preamble\n### one\n@a = other\n@b = other\nGET https://b.example\n### two\n";
    assert.equal(await expandedValue("{{a}} {{b}}", above), "preamble other");
  });

  it("hold their last definition", async () => {
    assert.equal(await expandedValue("{{a}}", "@a = 1\n@a = 2"), "2");
  });

  it("may refer to each other, in any order", async () => {
    assert.equal(await expandedValue("{{a}}!", "@a = <{{b}}>\n@b = {{c}}{{c}}\n@c = x"), "<xx>!");
  });

  it("are percent-encoded with %", async () => {
    assert.equal(await expandedValue("{{%a}}", "@a = a b/ü?&=+~"), "a%20b%2F%C3%BC%3F%26%3D%2B~");
  });

  it("cannot be percent-encoded when they hold half a character", async () => {
    const variables = new Map([["a", "x\ud800"]]);
    assert.deepEqual(await faultOf("{{%a}}", "", { variables }), [
      [
        "E_LONE_SURROGATE",
        "{{%a}}",
        "The value of a holds U+D800, half of a character that UTF-8 cannot write; delete it or type the character again.",
      ],
    ]);
  });

  it("are literal after a backslash", async () => {
    assert.equal(await expandedValue("\\{{a}} {{a}}", "@a = 1"), "{{a}} 1");
  });

  it("of --var are taken as they are", async () => {
    assert.equal(
      await expandedValue("{{a}}", "", { variables: new Map([["a", "{{b}} \\{{"]]) }),
      "{{b}} \\{{",
    );
  });

  it("with hostile names are data", async () => {
    assert.equal(await expandedValue("{{__proto__}}", "", { environment: development }), "polluted");
    assert.deepEqual(
      (await faultOf("{{constructor}}")).map(([code]) => code),
      ["E_VARIABLE_UNKNOWN"],
    );
  });

  it("{{$guid}} twice gives two values, a variable that holds it gives one", async () => {
    const [first, second] = (await expandedValue("{{$guid}} {{$guid}}")).split(" ");
    assert.notEqual(first, second);
    const [third, fourth] = (await expandedValue("{{id}} {{id}}", "@id = {{$guid}}")).split(" ");
    assert.equal(third, fourth);
  });

  it("fault 106: an unknown variable is an error at its place that says where was looked", async () => {
    assert.deepEqual(await faultOf("a {{hots}} b", "", { environment: development }), [
      [
        "E_VARIABLE_UNKNOWN",
        "{{hots}}",
        "{{hots}} is not defined; did you mean `host`? Looked in --var, this request, this file, environment dev (http-client.env.json, http-client.private.env.json).",
      ],
    ]);
    assert.deepEqual(await faultOf("{{}}"), [
      [
        "E_VARIABLE_UNKNOWN",
        "{{}}",
        "{{}} is not defined. Looked in --var, this request, this file, no environment file (there is none).",
      ],
    ]);
  });

  it("fault 106: each unknown variable is told, one in a definition there and once", async () => {
    const text = "@a = {{x}}\nPOST https://a.example/{{y}}\nA: {{a}}{{a}}\nB: {{y}}\n\n{{z}}\n\n{{z}}";
    assert.deepEqual(await problemsOf(text), [
      ["E_VARIABLE_UNKNOWN", "{{x}}"],
      ["E_VARIABLE_UNKNOWN", "{{y}}"],
      ["E_VARIABLE_UNKNOWN", "{{y}}"],
      ["E_VARIABLE_UNKNOWN", "{{z}}"],
      ["E_VARIABLE_UNKNOWN", "{{z}}"],
    ]);
  });

  it("fault 106: what is wrong in an environment is told at the reference", async () => {
    assert.deepEqual(
      (await faultOf("{{broken}} {{lost}}", "", { environment: development })).map(([code, place]) => [
        code,
        place,
      ]),
      [
        ["E_VARIABLE_UNCLOSED", "{{broken}}"],
        ["E_VARIABLE_UNKNOWN", "{{lost}}"],
      ],
    );
  });

  it("fault 106: a loop is named", async () => {
    assert.deepEqual(await faultOf("{{z}}", "@z = {{a}}\n@a = {{b}}\n@b = {{a}}"), [
      ["E_VARIABLE_LOOP", "{{a}}", "This variable refers to itself: a → b → a; break the loop."],
    ]);
    assert.deepEqual(
      (await faultOf("{{a}}", "@a = {{a}}")).map(([code, , message]) => [code, message]),
      [
        [
          "E_VARIABLE_LOOP",
          "This variable refers to itself: a → a; break the loop, or define it in the environment.",
        ],
      ],
    );
  });

  it("mean in their own definition what stands above it, in the file or in the environment", async () => {
    const values = new Map([
      ["base", { text: "https://a.example", isPrivate: false }],
      ["itself", { text: "{{itself}}", isPrivate: false }],
    ]);
    const environment: Environment = { ...development, values };
    const rows: readonly (readonly [file: string, value: string])[] = [
      ["@base = {{base}}", "https://a.example"],
      ["@base = {{base}}/v1", "https://a.example/v1"],
      ["@base = {{base}}/v1\n@base = {{base}}/pets", "https://a.example/v1/pets"],
      ["@base = http://b.example\n@base = {{base}}/v1", "http://b.example/v1"],
      ["@base = {{base}}/{{base}}", "https://a.example/https://a.example"],
      ["@base = {{base}}/v1\n###\n@base = {{base}}/pets", "https://a.example/v1/pets"],
      ["@base = {{v1}}\n@v1 = {{v1}}/x\n@v1 = {{own}}\n@own = y", "y"],
    ];
    for (const [file, value] of rows)
      assert.equal(await expandedValue("{{base}}", file, { environment }), value, file);
    const loops = [
      ["{{itself}}", "@itself = {{itself}}"],
      ["{{base}}", "@base = {{b}}\n@b = {{base}}"],
      ["{{x}}", "@x = {{x}}"],
      ["{{x}}", "@x = {{x}}\n@x = {{x}}"],
    ] as const;
    for (const [value, file] of loops) {
      const codes = (await faultOf(value, file, { environment })).map(([code]) => code);
      assert.deepEqual(codes, ["E_VARIABLE_LOOP"], file);
    }
  });

  it("may be nested 10 deep", async () => {
    const chain = (depth: number): string =>
      Array.from({ length: depth }, (_, index) => `@v${index} = {{v${index + 1}}}`).join("\n");
    assert.equal(await expandedValue("{{v0}}", `${chain(9)}\n@v9 = end`), "end");
    assert.deepEqual(
      (await faultOf("{{v0}}", `${chain(10)}\n@v10 = end`)).map(([code]) => code),
      ["E_VARIABLE_DEPTH"],
    );
  });

  it("may not expand to more than 10 MB, however they do it", async () => {
    const doubling = Array.from(
      { length: 9 },
      (_, index) => `@v${index} = ${`{{v${index + 1}}}`.repeat(12)}`,
    );
    assert.deepEqual(
      (await faultOf("{{v0}}", `${doubling.join("\n")}\n@v9 = 0123456789`)).map(([code]) => code),
      ["E_EXPANSION_SIZE"],
    );
  });

  it("of other requests come later, unless such a variable is defined", async () => {
    assert.deepEqual(
      (await faultOf("{{login.response.body.$.token}} {{a.request.headers.X}}")).map(([code, place]) => [
        code,
        place,
      ]),
      [
        ["E_VARIABLE_LATER", "{{login.response.body.$.token}}"],
        ["E_VARIABLE_LATER", "{{a.request.headers.X}}"],
      ],
    );
    assert.equal(await expandedValue("{{a.response}}", "@a.response = 1"), "1");
  });

  it("tell which outside values went in, and only those that did", async () => {
    const used = await resolved("GET https://a.example\nV: {{wrapped}} {{%token}}", {
      environment: development,
    });
    assert.deepEqual([used.outsideValues, used.privateValues], [["privateEnvironment"], ["s3cret&more"]]);
    const unused = await resolved("GET https://{{host}}", { environment: development });
    assert.deepEqual([unused.outsideValues, unused.privateValues], [[], []]);
    const fromProcess = await resolved("GET https://a.example/{{$processEnv JOB}}", {
      processEnv: () => "7",
      processEnvRefusal: () => null,
    });
    assert.deepEqual([fromProcess.outsideValues, fromProcess.target.path], [["processEnv"], "/7"]);
    assert.deepEqual(fromProcess.privateValues, ["7"]);
  });

  it("tell which private values were used when the request cannot be made of them", async () => {
    const failed = await resolveText("GET {{token}}/x\nHost: {{missing}}\nJob: {{$processEnv JOB}}", {
      environment: development,
      processEnv: () => "job-value",
      processEnvRefusal: () => null,
    });
    assert.deepEqual([failed.request, failed.privateValues], [null, ["job-value", "s3cret&more"]]);
    const odd = { text: "pass{{word", isPrivate: true };
    const broken = { text: "pass{{word is}}!", isPrivate: true };
    const values = new Map([
      ["odd", odd],
      ["broken", broken],
    ]);
    const { privateValues } = await resolveText("GET https://a.example/{{odd}}{{broken}}", {
      environment: { name: null, values, files: [] },
    });
    assert.deepEqual(privateValues, ["pass{{word", "pass{{word is}}!", "word is"]);
  });
});

describe("placeOf", () => {
  it("points at the character in the file, or at the reference that yielded it", () => {
    const text = "@a = 12\nGET https://a.example/{{a}}/b";
    const [block] = parseRequestFile(text).requests;
    const [span] = block?.target ?? [];
    assert.ok(span !== undefined && block !== undefined);
    const { variables, ...rest } = contextWith();
    const expansion = createExpander({
      ...rest,
      overrides: variables,
      block: block.variables,
      file: [],
    }).expand(span);
    assert.ok(expansion !== null);
    const places = [...expansion.text].map((_, offset) => {
      const range = placeOf(expansion, offset);
      return range === null ? "" : underlined(text, range);
    });
    assert.deepEqual(places, [..."https://a.example/", "{{a}}", "{{a}}", "/", "b"]);
    assert.equal(placeOf({ text: "", pieces: [] }, 0), null);
  });
});
