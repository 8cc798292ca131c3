import assert from "node:assert/strict";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UserError } from "../../src/errors.ts";
import { parseEnvironmentFile } from "../../src/request/environmentFile.ts";
import type { EnvironmentSearch } from "../../src/request/environments.ts";
import { loadEnvironment } from "../../src/request/environments.ts";

type Files = Readonly<Record<string, string>>;

/** Loads from files that are given by their path. */
async function load(files: Files, search: Partial<EnvironmentSearch> = {}): Promise<unknown> {
  const known = new Map(Object.entries(files));
  try {
    const { environment, names, problems } = await loadEnvironment({
      directory: "/work/api/pets",
      root: "/work",
      selected: null,
      readFile: async (path) => known.get(path) ?? null,
      ...search,
    });
    const values = [...environment.values].map(([key, { text, isPrivate }]) => [key, text, isPrivate]);
    return {
      name: environment.name,
      values,
      files: environment.files,
      names,
      problems: problems.map(({ message }) => message),
    };
  } catch (error) {
    assert.ok(error instanceof UserError);
    return [error.code, error.phase, error.message, error.hint];
  }
}

const publicPath = "/work/http-client.env.json";
const privatePath = "/work/http-client.private.env.json";

describe("loadEnvironment", () => {
  it("gives nothing where there is no file", async () => {
    assert.deepEqual(await load({}), { name: null, values: [], files: [], names: [], problems: [] });
  });

  it("uses and names a sole environment, above $shared", async () => {
    const text = '{"$shared": {"a": "shared", "b": "shared"}, "dev": {"b": "dev"}}';
    assert.deepEqual(await load({ [publicPath]: text }), {
      name: "dev",
      values: [
        ["a", "shared", false],
        ["b", "dev", false],
      ],
      files: [publicPath],
      names: ["dev"],
      problems: [],
    });
  });

  it("uses only $shared when several are there and none is selected", async () => {
    const text = '{"$shared": {"a": "1"}, "dev": {"a": "2"}, "prod": {"a": "3"}}';
    assert.deepEqual(await load({ [publicPath]: text }), {
      name: null,
      values: [["a", "1", false]],
      files: [publicPath],
      names: ["dev", "prod"],
      problems: [],
    });
  });

  it("uses the selected one, or only $shared when that is selected", async () => {
    const text = '{"$shared": {"a": "1"}, "dev": {"a": "2"}}';
    const expected = { files: [publicPath], names: ["dev"], problems: [] };
    assert.deepEqual(await load({ [publicPath]: text }, { selected: "dev" }), {
      ...expected,
      name: "dev",
      values: [["a", "2", false]],
    });
    assert.deepEqual(await load({ [publicPath]: text }, { selected: "$shared" }), {
      ...expected,
      name: null,
      values: [["a", "1", false]],
    });
  });

  it("lets the private file win key by key, and the environment over $shared", async () => {
    const files = {
      [publicPath]: '{"$shared": {"s": "1", "t": "1"}, "dev": {"a": "1", "b": "1", "t": "2"}}',
      [privatePath]: '{"$shared": {"s": "3", "t": "3"}, "dev": {"b": "3", "c": "3"}}',
    };
    assert.deepEqual(await load(files), {
      name: "dev",
      values: [
        ["s", "3", true],
        ["t", "2", false],
        ["a", "1", false],
        ["b", "3", true],
        ["c", "3", true],
      ],
      files: [publicPath, privatePath],
      names: ["dev"],
      problems: [],
    });
  });

  it("looks in the nearest folder alone, up to the root", async () => {
    const files = {
      "/http-client.env.json": '{"above": {}}',
      [publicPath]: '{"root": {}}',
      "/work/api/http-client.private.env.json": '{"near": {}}',
    };
    assert.deepEqual(await load(files), {
      name: "near",
      values: [],
      files: ["/work/api/http-client.private.env.json"],
      names: ["near"],
      problems: [],
    });
    const outside = { "/http-client.env.json": '{"above": {}}' };
    const none = { name: null, values: [], files: [], names: [], problems: [] };
    assert.deepEqual(await load(outside), none);
    assert.deepEqual(await load(outside, { directory: "/elsewhere/x" }), none);
    assert.deepEqual(await load({ [publicPath]: '{"root": {}}' }, { directory: "/work-2" }), none);
  });

  it("names the nearest environment when one is not there", async () => {
    const text = '{"staging": {}, "prod": {}}';
    assert.deepEqual(await load({ [publicPath]: text }, { selected: "stagign" }), [
      "E_ENVIRONMENT_UNKNOWN",
      "usage",
      'There is no environment "stagign": not in /work; did you mean `staging`?',
      "Environments to choose from: staging, prod.",
    ]);
    assert.deepEqual(await load({}, { selected: "dev" }), [
      "E_ENVIRONMENT_UNKNOWN",
      "usage",
      'There is no environment "dev": there is no http-client.env.json.',
      "Environments to choose from: none.",
    ]);
  });

  it("fault 106: invalid JSON is an error with file:line:column", async () => {
    assert.deepEqual(await load({ [publicPath]: '{\n  "dev": {\n    "a": 1,\n  }\n}' }), [
      "E_ENVIRONMENT_JSON",
      "file",
      `${publicPath}:4:3: the JSON is not valid: property name expected.`,
      undefined,
    ]);
  });

  it("reads real files", async () => {
    const root = await mkdtemp(join(tmpdir(), "environments-"));
    try {
      await mkdir(join(root, "a"));
      await writeFile(join(root, "http-client.env.json"), '\ufeff// ours\r\n{"dev": {"host": "localhost"}}');
      const { environment } = await loadEnvironment({
        directory: join(root, "a"),
        root,
        selected: null,
        readFile: (path) => readFile(path, "utf8").catch(() => null),
      });
      assert.deepEqual([...environment.values], [["host", { text: "localhost", isPrivate: false }]]);
    } finally {
      await rm(root, { recursive: true });
    }
  });
});

describe("parseEnvironmentFile", () => {
  const parse = (text: string): unknown => {
    const { environments, problems } = parseEnvironmentFile(text, "e.json");
    return [
      [...environments].map(([name, values]) => [name, ...values]),
      problems.map(({ code, severity, message }) => `${severity} ${code} ${message}`),
    ];
  };

  it("takes numbers and booleans as they are written", () => {
    const text = '{"dev": {"a": 12345678901234567890, "b": 1e400, "c": true, "d": "x\\n"}}';
    assert.deepEqual(parse(text), [
      [["dev", ["a", "12345678901234567890"], ["b", "1e400"], ["c", "true"], ["d", "x\n"]]],
      [],
    ]);
  });

  it("takes hostile keys for data, and the last of equal ones", () => {
    const text = '{"__proto__": {"constructor": "1", "__proto__": "2", "a": "3", "a": "4"}}';
    assert.deepEqual(parse(text), [
      [["__proto__", ["constructor", "1"], ["__proto__", "2"], ["a", "4"]]],
      [],
    ]);
    assert.equal(Object.hasOwn(Object.prototype, "2"), false);
  });

  it("fault 106: leaves out null and settings of other tools with a warning", () => {
    const text = '{\n"dev": {"$default_headers": {"x": 1}, "n": null,\n"l": [], "a": "1"}}';
    assert.deepEqual(parse(text), [
      [["dev", ["a", "1"]]],
      [
        "warning W_ENVIRONMENT_VALUE e.json:2:29: $default_headers is left out: a setting of another tool.",
        "warning W_ENVIRONMENT_VALUE e.json:2:44: n is left out: a value must be a string, a number or a boolean, not null.",
      ],
    ]);
  });

  it("passes over names with $ beside the environments, whatever they hold", () => {
    assert.deepEqual(parse('{"$schema": "https://a.example", "$default": {"a": "1"}, "$x": [], "dev": {}}'), [
      [["dev"]],
      [],
    ]);
  });

  it("gives the values of objects and lists by their path; a literal key, and the shorter path, win", () => {
    const text =
      '{"dev": {"api": {"key": "path", "n": {"a.b": 1}}, "api.key": "literal", "l": ["x", {"y": true}], "api.n": {"a": {"b": 2}}}}';
    assert.deepEqual(parse(text), [
      [["dev", ["api.key", "literal"], ["l.0", "x"], ["api.n.a.b", "1"], ["l.1.y", "true"]]],
      [],
    ]);
  });

  it("does not grow beyond its text for hostile paths", () => {
    const keys = Array.from({ length: 20_000 }, (_, index) => `"${index}": 1`).join(",");
    const { environments, problems } = parseEnvironmentFile(
      `{"dev": {"${"k".repeat(100_000)}": {${keys}}}}`,
      "e.json",
    );
    assert.equal(environments.get("dev")?.size, 0);
    assert.equal(problems.length, 20_000);
    assert.ok(problems.every(({ message }) => message.length < 200));
  });

  const faulty: readonly (readonly [string, string])[] = [
    ["[]", "error E_ENVIRONMENT_TYPE e.json:1:1: the file must hold an object of environments."],
    [
      '{"dev": "x"}',
      "error E_ENVIRONMENT_TYPE e.json:1:9: the environment dev must be an object of names and values.",
    ],
    ["", "error E_ENVIRONMENT_JSON e.json:1:1: the JSON is not valid: value expected."],
    ['{"dev": {"a" "b"}}', "error E_ENVIRONMENT_JSON e.json:1:14: the JSON is not valid: colon expected."],
    [
      '{"dev": {"a": "b}}',
      "error E_ENVIRONMENT_JSON e.json:1:15: the JSON is not valid: unexpected end of string.",
    ],
    [" ".repeat(5 * 1024 * 1024 + 1), "error E_ENVIRONMENT_JSON e.json:1:1: the file is larger than 5 MB."],
    ["[".repeat(200_000), "error E_ENVIRONMENT_JSON e.json:1:33: the JSON is nested more than 32 deep."],
  ];
  for (const [text, problem] of faulty) {
    it(`fault 106: ${JSON.stringify(text.slice(0, 20))}`, () => {
      assert.deepEqual(parse(text), [[], [problem]]);
    });
  }

  it("is not deceived by braces in strings", () => {
    assert.deepEqual(
      parse(`{"dev": {${Array.from({ length: 99 }, (_, index) => `"{${index}": "["`).join(",")}}}`),
      [[["dev", ...Array.from({ length: 99 }, (_, index) => [`{${index}`, "["])]], []],
    );
  });
});
