import type { Problem, VariableDefinition } from "../stages.ts";
import { characterProblems, hiddenCharacterFault, surrogateFault } from "./characters.ts";
import type { Line } from "./lines.ts";
import { endOfText, rangeIn, skipBlanks, spanOf, trimmedSpan } from "./lines.ts";
import { errorAt } from "./problem.ts";
import { unclosedReferences } from "./references.ts";

/** A definition, or null with the reason among `problems`. */
export interface DefinitionReading {
  readonly definition: VariableDefinition | null;
  readonly problems: readonly Problem[];
}

/** Reads `@name = value`. The value is everything after the `=`, without the blanks around it; quotes are data. */
export function readVariableDefinition(line: Line): DefinitionReading {
  const sign = skipBlanks(line.text, 0);
  const equals = line.text.indexOf("=", sign);
  const nameEnd = endOfText(line.text, sign + 1, Math.max(equals, sign + 1));
  const name = spanOf(line, sign + 1, nameEnd);
  if (equals < 0 || !/^[^\s={}$%][^\s={}]*$/.test(name.text)) {
    return { definition: null, problems: [malformed(line, sign)] };
  }
  const definition = { name, value: trimmedSpan(line, equals + 1) };
  return {
    definition,
    problems: [
      ...characterProblems(name, "The variable's name", [hiddenCharacterFault, surrogateFault]),
      ...characterProblems(definition.value, `The value of ${name.text}`, [surrogateFault]),
      ...unclosedReferences(definition.value),
    ],
  };
}

function malformed(line: Line, start: number): Problem {
  return errorAt(
    rangeIn(line, start, endOfText(line.text, start)),
    "E_VARIABLE_FORM",
    "This line defines no variable; write `@name = value`, with a name without spaces, braces, `$` or `%`.",
  );
}
