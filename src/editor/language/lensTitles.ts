import type { RequestBlock } from "../../stages.ts";
import type { PreviewTitles } from "./previewTitles.ts";

/** One entry of the line above a request. */
export interface LensEntry {
  readonly title: string;
  readonly action: "send" | "switchProfile" | null;
}

/** The entries whose words depend on what the send will do: there are always both. */
export interface PreviewEntries {
  readonly send: LensEntry;
  /** Who would sign it, and why it would not be sent. */
  readonly signer: LensEntry;
}

/** What stands above a request before it is sent: send it, who would sign it, what it lacks. */
export function previewEntries({ isSigned, who, fault }: PreviewTitles): PreviewEntries {
  const named = isSigned && who !== null ? `$(account) ${who}` : who;
  const warning = fault === null ? null : `$(warning) ${fault}`;
  return {
    send: { title: isSigned ? "$(play) Send Signed Request" : "$(play) Send Request", action: "send" },
    signer: {
      title: [named, warning].filter((text) => text !== null).join(" · "),
      action: isSigned ? "switchProfile" : null,
    },
  };
}

/** Zero-based line that they stand above: the title's, so that comments and directives stay with their request. */
export function lensLine({ title, range, method }: Pick<RequestBlock, "title" | "range" | "method">): number {
  return title === "" ? method.range.start.line : range.start.line;
}
