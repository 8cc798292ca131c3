import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { loadSharedConfigFiles } from "@smithy/core/config";
import fc from "fast-check";
import { UserError } from "../../../src/errors.ts";
import { parseIni } from "../../../src/identity/files/iniFile.ts";
import { withHome } from "../awsHome.ts";
import { assertHoldsNone, refusal, told } from "../refusal.ts";

/** Sections → line and `key@line = value`, in order. */
function read(text: string) {
  return [...parseIni(text, "~/.aws/config").sections].map(([name, { line, keys }]) => ({
    [`${name}@${line}`]: [...keys].map(([key, entry]) => `${key}@${entry.line} = ${entry.value}`),
  }));
}

describe("parseIni", () => {
  it("gives every key its value and line", () => {
    assert.deepEqual(read("[default]\nregion = eu-west-1\n\n[profile a]\noutput=json\n"), [
      { "default@1": ["region@2 = eu-west-1"] },
      { "profile a@4": ["output@5 = json"] },
    ]);
  });

  it("an empty file has no sections", () => {
    assert.deepEqual([read(""), read("\n\n"), read("# only a comment")], [[], [], []]);
  });

  it("fault 97: a byte order mark, CRLF and lone CR line ends are not part of anything", () => {
    assert.deepEqual(read("\uFEFF[a]\r\nx = 1\r\ny = 2\rz = 3"), [
      { "a@1": ["x@2 = 1", "y@3 = 2", "z@4 = 3"] },
    ]);
  });

  it("fault 97: tabs and blanks around names, values and brackets are cut off", () => {
    assert.deepEqual(read("\t[ profile a ] \n\tx\t=\t1\t\n"), [{ "profile a@1": ["x@2 = 1"] }]);
  });

  it("fault 97: comments are whole lines; behind a value they are the value's, as the AWS CLI has it", () => {
    assert.deepEqual(read("# c\n  ; c\n[a] # c\nx = 1 # c\ny = 2\t; c\nurl = http://h/#f;g\n"), [
      { "a@3": ["x@4 = 1 # c", "y@5 = 2\t; c", "url@6 = http://h/#f;g"] },
    ]);
  });

  it("fault 97: a section that comes twice is one, and its later keys win", () => {
    assert.deepEqual(read("[a]\nx = 1\ny = 1\n[b]\n[a]\nx = 2\n"), [
      { "a@1": ["x@6 = 2", "y@3 = 1"] },
      { "b@4": [] },
    ]);
  });

  it("fault 97: indented lines below an empty value are its block", () => {
    assert.deepEqual(read("[a]\ns3 =\n  addressing_style = path\n\n  max = 2\nregion = r\n"), [
      { "a@1": ["s3@2 = ", "s3.addressing_style@3 = path", "s3.max@5 = 2", "region@6 = r"] },
    ]);
  });

  it("fault 97: __proto__ and constructor are names like any other", () => {
    assert.deepEqual(read("[__proto__]\nconstructor = 1\n__proto__ = 2\n"), [
      { "__proto__@1": ["constructor@2 = 1", "__proto__@3 = 2"] },
    ]);
    assert.equal(Reflect.get({}, "2"), undefined);
  });

  it("reads keys in any case and `:` for `=`, as the AWS CLI does", () => {
    assert.deepEqual(read("[a]\nREGION: eu-west-1\nurl = https://h:1/?a=b\n"), [
      { "a@1": ["region@2 = eu-west-1", "url@3 = https://h:1/?a=b"] },
    ]);
  });

  it("an indented line without a key of its own continues the value above", () => {
    assert.deepEqual(read("[a]\ncredential_process = get keys\n    --json\nx = 1"), [
      { "a@1": ["credential_process@2 = get keys\n--json", "x@4 = 1"] },
    ]);
  });

  it("an indented line with a key of its own is a key", () => {
    assert.deepEqual(read("[a]\n  x = 1\n  y = 2"), [{ "a@1": ["x@2 = 1", "y@3 = 2"] }]);
  });

  it("a no-break space at the end of a value is kept, so that it can be named", () => {
    assert.deepEqual(read("[a]\nx = 1\u00a0\n"), [{ "a@1": ["x@2 = 1\u00a0"] }]);
  });

  const neither = "it is neither a [section], nor `key = value`, nor a comment";
  const invalid: readonly (readonly [text: string, line: number, why: string])[] = [
    ["x = 1\n[a]", 1, "it stands before the first [section]"],
    ["[a]\nwJalrXUtnFEMI", 2, neither],
    ["[a]\n= wJalrXUtnFEMI", 2, neither],
    ["[a]\ns3 =\n  wJalrXUtnFEMI\n", 3, neither],
    ["[a]\n[wJalrXUtnFEMI", 2, "its [section] has no name or no closing bracket"],
    ["\r\n[ ]", 2, "its [section] has no name or no closing bracket"],
  ];
  for (const [text, line, why] of invalid) {
    it(`fault 97: ${JSON.stringify(text)} is refused by line, not by content`, async () => {
      const error = await refusal(() => parseIni(text, "~/.aws/config"));
      assert.equal(error.message, `Line ~/.aws/config:${line} cannot be read as AWS configuration: ${why}.`);
      assertHoldsNone(error, ["wJalrXUtnFEMI"]);
    });
  }

  it("has one code and one hint for what it refuses", async () => {
    const { code, hint } = await told(() => parseIni("x", "f"));
    assert.deepEqual({ code, hint }, { code: "E_AWS_CONFIG", hint: "Correct the line, or put # before it." });
  });

  it("ends in sections or in a UserError, whatever the text", () => {
    const piece = fc.constantFrom(
      "[",
      "]",
      "=",
      ":",
      "#",
      ";",
      " ",
      "\t",
      "\n",
      "\r",
      "a",
      "\\",
      '"',
      "\u00a0",
      "é",
    );
    fc.assert(
      fc.property(fc.string({ unit: piece, maxLength: 60 }), (text) => {
        try {
          parseIni(text, "f");
        } catch (error) {
          assert.ok(error instanceof UserError);
        }
      }),
    );
  });

  it("fault 97: 5 MB take linear time", () => {
    const text = `[a]\n${"key = value # comment\n".repeat(240_000)}`;
    const begin = performance.now();
    assert.deepEqual([...parseIni(text, "f").sections.keys()], ["a"]);
    assert.ok(performance.now() - begin < 3000);
  });

  it("reads well-formed files as the SDK's own reader does", async () => {
    const name = fc.stringMatching(/^[a-z][a-z0-9_-]{0,8}$/);
    const value = fc.stringMatching(/^[A-Za-z0-9/+.:-]([A-Za-z0-9/+=.: -]{0,10}[A-Za-z0-9/+=])?$/);
    const keys = fc.dictionary(name, value, { minKeys: 1, maxKeys: 4 });
    const files = fc.dictionary(name, fc.record({ keys, block: keys }), { minKeys: 1, maxKeys: 4 });
    await withHome({}, async (home) => {
      await fc.assert(
        fc.asyncProperty(
          files,
          fc.constantFrom("\n", "\r\n"),
          fc.boolean(),
          async (sections, end, comments) => {
            const text = iniText(sections, end, comments);
            const filepath = join(home, "credentials");
            await writeFile(filepath, text);
            const theirs = await loadSharedConfigFiles({
              filepath,
              configFilepath: filepath,
              ignoreCache: true,
            });
            const plain = JSON.parse(JSON.stringify(theirs.credentialsFile));
            assert.deepEqual(withoutEmptyKeys(parseIni(text, filepath)), plain);
          },
        ),
        { numRuns: 60 },
      );
    });
  });
});

type Keys = Readonly<Record<string, string>>;

function iniText(
  sections: Readonly<Record<string, { readonly keys: Keys; readonly block: Keys }>>,
  end: string,
  comments: boolean,
): string {
  const lines = Object.entries(sections).flatMap(([name, { keys, block }]) => [
    comments ? "; a comment" : "",
    `[${name}]${comments ? " # a comment" : ""}`,
    ...Object.entries(keys).map(([key, value]) => `${key} = ${value}`),
    comments ? "  # a comment" : "",
    "a_block =",
    ...Object.entries(block).map(([key, value]) => `  ${key}=${value}`),
  ]);
  return lines.join(end);
}

/** The SDK drops keys without a value. */
function withoutEmptyKeys(file: ReturnType<typeof parseIni>): Record<string, Keys> {
  const sections = [...file.sections].map(([name, { keys }]) => {
    const full = [...keys].filter(([, { value }]) => value !== "");
    return [name, Object.fromEntries(full.map(([key, { value }]) => [key, value]))] as const;
  });
  return Object.fromEntries(sections);
}
