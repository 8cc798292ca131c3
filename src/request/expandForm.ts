import type { Problem } from "../stages.ts";
import type { BodyLine } from "./bodyLines.ts";
import { surrogateFault } from "./characters.ts";
import { type FormAtom, type FormParameter, formParameters } from "./formParameters.ts";
import { encodeUnsendable } from "./percentEncode.ts";
import { errorAt, hintAt } from "./problem.ts";
import type { Expander } from "./variables.ts";

/** The text of a form as it is sent. */
export interface FormExpansion {
  readonly text: string;
  readonly problems: readonly Problem[];
}

type Reference = FormAtom & { readonly kind: "reference" };

interface Draft {
  readonly expander: Expander;
  readonly problems: Problem[];
}

/**
 * Parameters with their variables' values. A value stays one value: its `&` and line breaks are encoded. A variable
 * that is a whole parameter goes in as it is. What may not stand in a form (a space, `é`) is encoded, once.
 */
export function expandForm(lines: readonly BodyLine[], expander: Expander): FormExpansion {
  const draft: Draft = { expander, problems: [] };
  const text = formParameters(lines)
    .map((parameter) => encodeUnsendable(parameterText(parameter, draft)))
    .join("&");
  return { text, problems: draft.problems };
}

function parameterText({ name, value }: FormParameter, draft: Draft): string {
  const [only] = name;
  if (value === null && name.length === 1 && only?.kind === "reference") return referenceValue(only, draft);
  if (value === null) return name.map((atom) => atomText(atom, /[&\r\n]/g, draft)).join("");
  const before = name.map((atom) => atomText(atom, /[&=\r\n]/g, draft)).join("");
  return `${before}=${value.map((atom) => atomText(atom, /[&\r\n]/g, draft)).join("")}`;
}

/** @param breaking what would begin something else in this place */
function atomText(atom: FormAtom, breaking: RegExp, draft: Draft): string {
  if (atom.kind === "text") return atom.text;
  const value = referenceValue(atom, draft);
  const text = value.replace(breaking, (found) => escapes.get(found) ?? found);
  if (text !== value) {
    const message =
      "This variable holds `&` or a line break, which is sent percent-encoded, so that its value stays one; a variable that brings parameters stands alone, as a whole parameter.";
    draft.problems.push(hintAt(atom.range, "H_FORM_ENCODED", message));
  }
  const isEscaped = atom.encoding === "percent" && /^(?:[A-Za-z0-9\-._~]|%[0-9A-F]{2})*$/.test(value);
  if (!isEscaped && /[+%=]/.test(value)) {
    const message = `This variable holds \`+\`, \`%\` or \`=\`, which is sent as it is, and a form gives the first two a meaning; write {{%${atom.expression}}} to send the value itself.`;
    draft.problems.push(hintAt(atom.range, "H_FORM_RESERVED", message));
  }
  return text;
}

const escapes: ReadonlyMap<string, string> = new Map([
  ["&", "%26"],
  ["=", "%3D"],
  ["\r", "%0D"],
  ["\n", "%0A"],
]);

function referenceValue({ written, range }: Reference, { expander, problems }: Draft): string {
  const value = expander.expand({ text: written, range })?.text ?? "";
  const fault = surrogateFault(value, "The body");
  if (fault !== null) problems.push(errorAt(range, fault.code, fault.message));
  return value;
}
