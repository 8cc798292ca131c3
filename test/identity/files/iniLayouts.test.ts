import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { UserError } from "../../../src/errors.ts";
import { parseIni } from "../../../src/identity/files/iniFile.ts";

/** A file, and its sections as botocore 1.43 reads them (`block.key` for a block's keys); null where it refuses the file. */
type Layout = readonly [
  text: string,
  sections: Readonly<Record<string, Readonly<Record<string, string>>>> | null,
];

describe("parseIni reads what the AWS CLI reads", () => {
  let layouts: readonly Layout[];
  before(async () => {
    const recorded = new URL("../recorded/iniLayouts.json", import.meta.url);
    layouts = JSON.parse(await readFile(recorded, "utf8"));
    assert.ok(layouts.length > 300);
  });

  it("in hundreds of layouts, indented and not", () => {
    for (const [text, expected] of layouts)
      assert.deepEqual(sectionsOf(text), trimmed(expected), JSON.stringify(text));
  });

  it("and with Windows' line ends", () => {
    for (const [text, expected] of layouts) {
      const windows = text.replace(/\r\n?|\n/g, "\r\n");
      assert.deepEqual(sectionsOf(windows), trimmed(expected), JSON.stringify(windows));
    }
  });
});

function sectionsOf(text: string) {
  try {
    const sections = [...parseIni(text, "f").sections].map(([name, { keys }]) => [
      name,
      Object.fromEntries([...keys].map(([key, { value }]) => [key, value])),
    ]);
    return Object.fromEntries(sections);
  } catch (error) {
    assert.ok(error instanceof UserError);
    return null;
  }
}

/** Blanks inside the brackets are no part of a name here. */
function trimmed(sections: Layout[1]): Layout[1] {
  if (sections === null) return null;
  return Object.fromEntries(Object.entries(sections).map(([name, keys]) => [name.trim(), keys]));
}
