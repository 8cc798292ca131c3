import type { RequestChange } from "../../stages.ts";

/** Something that can be done about a refusal, the most direct first. */
export type Fix =
  /** What a person has to do elsewhere. */
  | { readonly kind: "advice"; readonly title: string }
  /** A change of the request's text; `proved` when the request, signed again with it, is what the service computed. */
  | {
      readonly kind: "edit";
      readonly title: string;
      readonly change: RequestChange;
      readonly proved: boolean;
    }
  | { readonly kind: "command"; readonly title: string; readonly command: FixCommand }
  /** Text to be copied: a statement of a policy, a command of another tool. */
  | { readonly kind: "copy"; readonly title: string; readonly text: string }
  | { readonly kind: "link"; readonly title: string; readonly url: string };

/** What a program can do about it. */
export type FixCommand =
  /** Choose who signs. */
  | { readonly id: "switchProfile" }
  /** Forget the credentials that are kept and get new ones. */
  | { readonly id: "refreshCredentials" }
  /** Sign with the server's time: milliseconds to be added to this machine's clock. */
  | { readonly id: "signWithServerTime"; readonly offset: number }
  | { readonly id: "sendAgain" };
