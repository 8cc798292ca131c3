/** What the host of the panel and its page say to each other: one union for each direction. */

import type { BodyContent, HelpAction, LastAnswer, PanelView, RequestHead, RestoreKey } from "./view.ts";

/** From the host to the page. */
export type HostMessage =
  | { readonly type: "view"; readonly view: PanelView }
  | BodyMessage
  /** A piece of a text that is too long for one message, in UTF-8. The first one takes the place of what came before. */
  | {
      readonly type: "bodyPiece";
      readonly trip: number;
      readonly isFirst: boolean;
      readonly bytes: Uint8Array;
    }
  /** Shows a tab: Explain Signature opens the Signing tab. */
  | { readonly type: "tab"; readonly tab: PanelTab };

/** @property inPieces the content's text is empty: it came before, in pieces */
export interface BodyMessage {
  readonly type: "body";
  readonly trip: number;
  readonly content: BodyContent;
  readonly inPieces?: true;
}

export const panelTabs = ["response", "headers", "signing", "diagnosis", "timing"] as const;
export type PanelTab = (typeof panelTabs)[number];

export const copySubjects = [
  "body",
  "canonicalRequest",
  "stringToSign",
  "authorization",
  "requestHeaders",
  "responseHeaders",
  "url",
  /** What somebody who helps needs to know, redacted. */
  "supportBundle",
] as const;
export type CopySubject = (typeof copySubjects)[number];

/** From the page to the host. It has a fixed form and names things by what they are, never by a path. */
export type PageMessage =
  /** The page can take messages now; it gets the view and the body that the host has. */
  | { readonly type: "ready" }
  | { readonly type: "sendAgain" }
  | { readonly type: "cancel" }
  | { readonly type: "save" }
  | { readonly type: "openInEditor" }
  /** Show a body that was too large to show unasked. */
  | { readonly type: "showBody" }
  | { readonly type: "togglePin" }
  | { readonly type: "copy"; readonly what: CopySubject }
  /** Text that the page shows (a value, a path), at most `longestCopy` UTF-16 units. */
  | { readonly type: "copyText"; readonly text: string }
  /** List what could be asked about the refusal, and ask it when the person says so. */
  | { readonly type: "runChecks" }
  /** Do what the n-th fix of the n-th finding says; `send` again after an edit. Both count from 0. */
  | { readonly type: "fix"; readonly finding: number; readonly fix: number; readonly send: boolean }
  | { readonly type: "help"; readonly action: HelpAction }
  /** Go to a zero-based line of the request file. */
  | { readonly type: "showLine"; readonly line: number };

export const longestCopy = 1_000_000;

/** What the page keeps with `setState`, which is on disk: no value of a variable, no body, no header, no token. */
export interface PageState {
  readonly version: 1;
  readonly tab: PanelTab;
  readonly request: RequestHead;
  readonly restore: RestoreKey;
  readonly last: LastAnswer | null;
}
