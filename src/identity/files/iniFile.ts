import { UserError } from "../../errors.ts";

/** One value as written (comment and blanks cut off) and its 1-based line. Continuation lines are joined by "\n". */
export interface IniEntry {
  readonly value: string;
  readonly line: number;
}

/** A section's keys, lower case as the AWS CLI reads them; keys of an indented block are `block.key`. */
export interface IniSection {
  /** 1-based line of its first header. */
  readonly line: number;
  readonly keys: ReadonlyMap<string, IniEntry>;
}

/** A parsed AWS configuration file: sections by the text between the brackets. */
export interface IniFile {
  /** The path as a person knows it; every error names it. */
  readonly path: string;
  readonly sections: ReadonlyMap<string, IniSection>;
}

interface OpenSection {
  readonly line: number;
  readonly keys: Map<string, IniEntry>;
}

/** What has been read so far; lives only while one file is parsed. */
interface Reading {
  readonly path: string;
  readonly sections: Map<string, OpenSection>;
  section: OpenSection | null;
  /** The key that an indented line without its own `name =` continues. */
  key: string | null;
  /** True while that key's value is empty, so that indented lines are its block. */
  inBlock: boolean;
}

/** Only these: a no-break space at the end of a pasted key must stay visible to the check of its form. */
const outerBlanks = /^[ \t\f\v]+|[ \t\f\v]+$/g;
const commentLine = /^[ \t\f\v]*[#;]/;
const inlineComment = /[ \t][#;]/;
const header = /^\[([^\]]+)\]/;
const indent = /^[ \t]/;
const pair = /^([^=:]+)[=:]/;
const namedPair = /^[A-Za-z_][\w.-]*[ \t]*[=:]/;

/**
 * Reads a `config` or `credentials` file, as tolerant as the AWS CLI is: BOM, CRLF, comments, `:` for `=`, sections
 * that come twice (later keys win), indented blocks.
 * @throws UserError `E_AWS_CONFIG` with `path:line`; the line's text is never shown, it may be a secret
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html
 */
export function parseIni(text: string, path: string): IniFile {
  const reading: Reading = { path, sections: new Map(), section: null, key: null, inBlock: false };
  const lines = text.replace(/^\uFEFF/, "").split(/\r\n?|\n/);
  for (const [index, line] of lines.entries()) {
    const content = contentOf(line);
    if (content === "") continue;
    if (content.startsWith("[")) openSection(reading, content, index + 1);
    else readKeyLine(reading, content, indent.test(line), index + 1);
  }
  return { path, sections: reading.sections };
}

function contentOf(line: string): string {
  if (commentLine.test(line)) return "";
  const comment = line.search(inlineComment);
  return (comment < 0 ? line : line.slice(0, comment)).replace(outerBlanks, "");
}

function openSection(reading: Reading, content: string, line: number): void {
  const name = header.exec(content)?.[1]?.replace(outerBlanks, "") ?? "";
  if (name === "") throw invalidLine(reading.path, line, "its [section] has no name or no closing bracket");
  const section = reading.sections.get(name) ?? { line, keys: new Map() };
  reading.sections.set(name, section);
  reading.section = section;
  reading.key = null;
  reading.inBlock = false;
}

function readKeyLine(reading: Reading, content: string, indented: boolean, line: number): void {
  const { section, key } = reading;
  if (section === null) throw invalidLine(reading.path, line, "it stands before the first [section]");
  if (indented && key !== null && reading.inBlock) {
    const [name, value] = splitPair(reading, content, line);
    section.keys.set(`${key}.${name}`, { value, line });
  } else if (indented && key !== null && !namedPair.test(content)) {
    const begun = section.keys.get(key);
    if (begun !== undefined) section.keys.set(key, { ...begun, value: `${begun.value}\n${content}` });
  } else {
    const [name, value] = splitPair(reading, content, line);
    section.keys.set(name, { value, line });
    reading.key = name;
    reading.inBlock = value === "";
  }
}

function splitPair(reading: Reading, content: string, line: number): [name: string, value: string] {
  const found = pair.exec(content);
  const name = found?.[1]?.replace(outerBlanks, "") ?? "";
  if (found === null || name === "") {
    throw invalidLine(reading.path, line, "it is neither a [section], nor `key = value`, nor a comment");
  }
  return [name.toLowerCase(), content.slice(found[0].length).replace(outerBlanks, "")];
}

function invalidLine(path: string, line: number, why: string): UserError {
  return new UserError({
    code: "E_AWS_CONFIG",
    phase: "credentials",
    message: `Line ${path}:${line} cannot be read as AWS configuration: ${why}.`,
    hint: "Correct the line, or put # before it.",
  });
}
