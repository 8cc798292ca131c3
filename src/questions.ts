/** What the trip asks of the person, and how it is answered. */

import type { OutsideValue, Signer } from "./stages.ts";

/** One thing that is due before a request may go. A yes covers the lines that were shown, and no others. */
export type DueLine =
  | {
      /** Who signs for this host; with `role`, as that role on top. */
      readonly kind: "signer";
      readonly signer: Signer;
      /** Who chose it: `pets.awsreq:1`, `default`. */
      readonly source: string;
      readonly role: string | null;
      readonly account: string | null;
      readonly region: string | null;
      readonly service: string | null;
    }
  /** The connection leads elsewhere than the URL says. */
  | { readonly kind: "connection"; readonly connectTo: string }
  /** A kind of value that is not written in the request file. */
  | { readonly kind: "value"; readonly value: OutsideValue }
  /** A program that gives the credentials; the command itself is never shown. */
  | {
      readonly kind: "process";
      readonly profile: string;
      /** `config:line` of the credential_process key. */
      readonly place: string;
      /** SHA-256 of the command, hex. */
      readonly hash: string;
    }
  /** Asked each time: the person marked this profile as protected, and the request changes something. */
  | { readonly kind: "protected"; readonly signer: Signer }
  /** Asked each time: the answer is credentials. */
  | { readonly kind: "handsOut"; readonly reason: string }
  /** Asked each time: the file says so (`@confirm`, `@note`), in these words; "" for none. */
  | { readonly kind: "confirm"; readonly text: string };

/** What one send needs a yes for, all of it in one question. */
export interface SendQuestion {
  readonly kind: "send";
  readonly folder: string;
  /** `file:line`. */
  readonly place: string;
  readonly method: string;
  /** ASCII authority that gets the request. */
  readonly host: string;
  /** As what it is remembered: the host, or `loopback` for all of this machine. */
  readonly rememberedHost: string;
  /** False when it is only signed. */
  readonly sends: boolean;
  /** Why it may change something, in words; null for a request that reads. */
  readonly changes: string | null;
  /** At least one. */
  readonly lines: readonly DueLine[];
  /** Whether "in this folder" can be answered: a line is remembered then. */
  readonly remembers: boolean;
}

/** What is asked of the person. Denied when nobody can answer. */
export type Question =
  | SendQuestion
  | {
      readonly kind: "process";
      readonly profile: string;
      /** `config:line` of the credential_process key; the command itself is never shown. */
      readonly place: string;
      /** SHA-256 of the command, hex. */
      readonly hash: string;
    }
  | {
      /** A file outside the folder whose contents a request would send. */
      readonly kind: "include";
      /** Where the file really is. */
      readonly path: string;
      readonly folder: string;
      /** Why it is asked, in words. */
      readonly reason: string;
      /** `pets.awsreq:12`, or the file's name alone. */
      readonly place: string;
    }
  | {
      /** The six digits of a second factor; the answer is a string. */
      readonly kind: "mfa";
      readonly profile: string;
      /** ARN of the role that is to be assumed. */
      readonly role: string;
      /** The device: `arn:aws:iam::123456789012:mfa/anna`. */
      readonly serial: string;
      /** `config:line` of the mfa_serial key. */
      readonly place: string;
    };

/**
 * False when nobody answers. To "send": `once`, or `folder` for this folder from now on. To "mfa": the code. True only for
 * an explicit yes to the others.
 */
export type Answer = boolean | string;

/** The one effect through which anything is asked. */
export type Ask = (question: Question) => Promise<Answer>;
