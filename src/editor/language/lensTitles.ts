import type { RequestBlock } from "../../stages.ts";

/** One entry of the line above a request. */
export interface LensEntry {
  readonly title: string;
  readonly action: "send" | "switchProfile" | null;
}

/** What stands above a request: send it, who would sign it, what became of the last send. */
export function lensEntries(signer: string | null, outcome: string | null): readonly LensEntry[] {
  return [
    { title: signer === null ? "$(play) Send Request" : "$(play) Send Signed Request", action: "send" },
    ...(signer === null ? [] : [{ title: `$(account) ${signer}`, action: "switchProfile" as const }]),
    ...(outcome === null ? [] : [{ title: outcome, action: null }]),
  ];
}

/** Zero-based line that they stand above: the title's, so that comments and directives stay with their request. */
export function lensLine({ title, range, method }: Pick<RequestBlock, "title" | "range" | "method">): number {
  return title === "" ? method.range.start.line : range.start.line;
}
