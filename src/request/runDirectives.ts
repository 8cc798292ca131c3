import type { Directive, RequestBlock, RequestFile } from "../stages.ts";
import type { Expander } from "./variables.ts";

type Written = readonly [file: Pick<RequestFile, "preamble">, block: Pick<RequestBlock, "directives">];

/**
 * What a person is to say yes to each time, in the order of the file, "" for no words: `@confirm` of this language, whose
 * variables are expanded, and `@note` of others, which is shown as written. The request's own before the preamble's.
 */
export function confirmationsOf(...[file, block, expander]: [...Written, Expander]): readonly string[] {
  const layers = [block.directives, file.preamble.directives];
  const layer = layers.map((all) => all.filter(isAsking)).find(({ length }) => length > 0) ?? [];
  return layer.map(({ key, value }) =>
    key.text === "note" ? value.text : (expander.expand(value)?.text ?? "").trim(),
  );
}

function isAsking({ key }: Directive): boolean {
  return key.text === "confirm" || key.text === "note";
}

/** Whether only who means this very request sends it: `# @disabled`, its own before the preamble's. */
export function isDisabled(...[file, block]: Written): boolean {
  const layers = [block.directives, file.preamble.directives];
  const last = layers.flatMap((all) => all.findLast(({ key }) => key.text === "disabled") ?? [])[0];
  return last !== undefined && last.value.text !== "false";
}
