import { applyEdits, type FormattingOptions, modify } from "jsonc-parser";
import { UserError } from "../../errors.ts";
import { parseEnvironmentFile } from "../../request/environmentFile.ts";
import { splitLines } from "../../request/lines.ts";
import type { KeyPart, LiteralKey } from "../../request/literalKeys.ts";
import { parseRequestFile } from "../../request/parse.ts";
import type { Position, RequestFile, TextEdit, VariableDefinition } from "../../stages.ts";
import { cannotMove, definitionsOf, keyAt, withoutLine } from "./keyEdits.ts";

/** What moving a key to an environment takes: a name, a value, and what becomes of the text. */
export interface EnvironmentMove {
  readonly name: string;
  readonly value: string;
  readonly edits: readonly TextEdit[];
}

type Values = ReadonlyMap<string, string>;

/**
 * Moves the key that a problem stands on: its definition goes and `{{name}}` keeps working; a key that stands elsewhere
 * becomes a variable.
 * @param place where the problem begins
 * @param known the variables that the environment has already
 * @throws UserError `E_KEYS_MOVE`
 */
export function movedToEnvironment(text: string, place: Position, known: Values): EnvironmentMove {
  const file = parseRequestFile(text);
  const key = keyAt(file, place);
  if (key === null) throw cannotMove("There is no key at this place.", "Look at the file again.");
  const definition = definitionsOf(file).find(({ value }) => isAll(value, key));
  if (definition === undefined) {
    const name = freshName(usualNames[key.part], file, known);
    return { name, value: key.text, edits: [{ range: key.range, text: `{{${name}}}` }] };
  }
  checkName(definition, file, known);
  const { line } = definition.name.range.start;
  const edits = [withoutLine(line, splitLines(text))];
  return { name: definition.name.text, value: key.text, edits };
}

function isAll({ text, range }: VariableDefinition["value"], key: LiteralKey): boolean {
  return text === key.text && range.start.line === key.range.start.line;
}

const usualNames: Readonly<Record<KeyPart, string>> = {
  accessKeyId: "accessKeyId",
  secretAccessKey: "secretAccessKey",
  sessionToken: "sessionToken",
};

/** Neither the file nor the environment may mean something else by the name. */
function checkName(definition: VariableDefinition, file: RequestFile, known: Values): void {
  const { name, value } = definition;
  const again = definitionsOf(file).find((other) => other !== definition && other.name.text === name.text);
  if (again !== undefined) {
    const line = again.name.range.start.line + 1;
    throw cannotMove(
      `The variable ${name.text} is defined on line ${line} as well.`,
      "Rename one of the two.",
    );
  }
  if ((known.get(name.text) ?? value.text) !== value.text) {
    const message = `The environment has another value for ${name.text} already.`;
    throw cannotMove(message, "Rename the variable in the request file.");
  }
}

function freshName(usual: string, file: RequestFile, known: Values): string {
  const taken = new Set([...known.keys(), ...definitionsOf(file).map(({ name }) => name.text)]);
  let name = usual;
  for (let count = 2; taken.has(name); count++) name = `${usual}${count}`;
  return name;
}

/**
 * The text of an environment file with one more value. The rest stays as it is: comments, order, indents.
 * @param text null when there is no file yet
 * @param path for errors
 * @throws UserError `E_ENVIRONMENT_JSON`, `E_ENVIRONMENT_TYPE`, `E_KEYS_MOVE` when the file cannot be understood
 */
export function withEnvironmentValue(
  text: string | null,
  path: string,
  place: { readonly environment: string; readonly name: string },
  value: string,
): string {
  const mark = text?.startsWith("\ufeff") ? "\ufeff" : "";
  const before = (text ?? "").slice(mark.length);
  const json = before.trim() === "" ? "{}\n" : before;
  const fault = parseEnvironmentFile(json, path).problems.find(({ severity }) => severity === "error");
  if (fault !== undefined) throw new UserError({ code: fault.code, phase: "file", message: fault.message });
  const { environment, name } = place;
  const edits = modify(json, [environment, name], value, { formattingOptions: formattingOf(json) });
  const after = applyEdits(json, edits);
  // Of a name that stands twice in the JSON the last one counts, and the first was changed.
  if (parseEnvironmentFile(after, path).environments.get(environment)?.get(name) !== value)
    throw cannotMove(`${path} names ${environment} or ${name} twice.`, "Delete one of the two.");
  return `${mark}${after}`;
}

function formattingOf(json: string): FormattingOptions {
  const indent = /^([ \t]+)\S/m.exec(json)?.[1] ?? "  ";
  const eol = json.includes("\r\n") ? "\r\n" : "\n";
  return { insertSpaces: !indent.startsWith("\t"), tabSize: indent.length, eol };
}
