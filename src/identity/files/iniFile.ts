import { UserError } from "../../errors.ts";

/** One value as written, blanks around it cut off, and its 1-based line. Continuation lines are joined by "\n". */
export interface IniEntry {
  readonly value: string;
  readonly line: number;
}

/** A section's keys, lower case as the AWS CLI reads them; keys of an indented block are `block.key`, as written. */
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

interface TextLine {
  readonly text: string;
  readonly line: number;
}

/** A key with its value's lines: the first is what follows the `=`. Empty lines stand between lines that continue it. */
interface OpenKey {
  readonly name: string;
  readonly lines: TextLine[];
}

interface OpenSection {
  readonly line: number;
  readonly keys: Map<string, OpenKey>;
}

/** What has been read so far; lives only while one file is parsed. */
interface Reading {
  readonly path: string;
  readonly sections: Map<string, OpenSection>;
  section: OpenSection | null;
  /** The key that a deeper line continues; null right after a header. */
  key: OpenKey | null;
  /** Characters before the last header or key: what is indented deeper belongs to that key. */
  indent: number;
}

/** Only these: a no-break space at the end of a pasted key must stay visible to the check of its form. */
const outerBlanks = /^[ \t\f\v]+|[ \t\f\v]+$/g;
const header = /^\[(.+)\]/;

/** Its keys hold in every section that does not have them. */
const shared = "DEFAULT";

/**
 * Reads a `config` or `credentials` file as the AWS CLI's parser does: comments are whole lines; a line that is indented
 * deeper than the key above it continues that key, whatever it looks like; a value that begins on the next line is a
 * block. More tolerant where the AWS CLI refuses the file: BOM, sections and keys that come twice (later ones win).
 * @throws UserError `E_AWS_CONFIG` with `path:line`; the line's text is never shown, it may be a secret
 * @see https://docs.python.org/3/library/configparser.html#supported-ini-file-structure
 */
export function parseIni(text: string, path: string): IniFile {
  const reading: Reading = { path, sections: new Map(), section: null, key: null, indent: 0 };
  const lines = text.replace(/^\uFEFF/, "").split(/\r\n?|\n/);
  for (const [index, raw] of lines.entries()) {
    readLine(reading, { text: raw.replace(outerBlanks, ""), line: index + 1 }, indentOf(raw));
  }
  const sections = new Map([...reading.sections].map(([name, section]) => [name, closed(section, path)]));
  const everywhere = sections.get(shared)?.keys ?? new Map<string, IniEntry>();
  sections.delete(shared);
  const filled = [...sections].map(
    ([name, { line, keys }]) => [name, { line, keys: new Map([...everywhere, ...keys]) }] as const,
  );
  return { path, sections: everywhere.size === 0 ? sections : new Map(filled) };
}

/** Every blank counts as one, a tab too. */
function indentOf(raw: string): number {
  return /^[ \t\f\v]*/.exec(raw)?.[0].length ?? 0;
}

function readLine(reading: Reading, line: TextLine, indent: number): void {
  const { key, section } = reading;
  if (/^[#;]/.test(line.text)) return;
  if (line.text === "") key?.lines.push(line);
  else if (key !== null && indent > reading.indent) key.lines.push(line);
  else {
    reading.indent = indent;
    if (header.test(line.text)) openSection(reading, line);
    else if (section === null)
      throw invalidLine(reading.path, line.line, "it stands before the first [section]");
    else openKey(reading, section, line);
  }
}

function openSection(reading: Reading, { text, line }: TextLine): void {
  const name = header.exec(text)?.[1]?.replace(outerBlanks, "") ?? "";
  if (name === "") throw invalidLine(reading.path, line, namelessSection);
  const section = reading.sections.get(name) ?? { line, keys: new Map() };
  reading.sections.set(name, section);
  reading.section = section;
  reading.key = null;
}

function openKey(reading: Reading, { keys }: OpenSection, { text, line }: TextLine): void {
  const [written, value] = splitPair(text, /[=:]/) ?? invalid(reading.path, text, line);
  const name = written.toLowerCase();
  const key: OpenKey = { name, lines: [{ text: value, line }] };
  keys.set(name, key);
  reading.key = key;
}

function closed({ line, keys }: OpenSection, path: string): IniSection {
  return { line, keys: new Map([...keys.values()].flatMap((key) => entriesOf(key, path))) };
}

/** A value on the key's own line goes on in the lines below it; without one they are the key's block. */
function entriesOf(
  { name, lines: [first, ...rest] }: OpenKey,
  path: string,
): (readonly [string, IniEntry])[] {
  const { text = "", line = 0 } = first ?? {};
  if (text !== "") {
    const value = [text, ...rest.map((more) => more.text)].join("\n").replace(/\n+$/, "");
    return [[name, { value, line }]];
  }
  const block = rest.filter((more) => more.text !== "").map((more) => blockEntry(name, more, path));
  return [[name, { value: "", line }], ...block];
}

function blockEntry(name: string, { text, line }: TextLine, path: string): readonly [string, IniEntry] {
  const [key, value] = splitPair(text, /=/) ?? invalid(path, text, line);
  return [`${name}.${key}`, { value, line }];
}

function splitPair(text: string, delimiter: RegExp): readonly [name: string, value: string] | null {
  const at = text.search(delimiter);
  const name = text.slice(0, Math.max(at, 0)).replace(outerBlanks, "");
  return name === "" ? null : [name, text.slice(at + 1).replace(outerBlanks, "")];
}

const namelessSection = "its [section] has no name or no closing bracket";

function invalid(path: string, text: string, line: number): never {
  const neither = "it is neither a [section], nor `key = value`, nor a comment";
  throw invalidLine(path, line, text.startsWith("[") ? namelessSection : neither);
}

function invalidLine(path: string, line: number, why: string): UserError {
  return new UserError({
    code: "E_AWS_CONFIG",
    phase: "credentials",
    message: `Line ${path}:${line} cannot be read as AWS configuration: ${why}.`,
    hint: "Correct the line, or put # before it.",
  });
}
