/** What the trip asks of the person, and how it is answered. */

import type { OutsideValue } from "./stages.ts";

/** What is asked of the person. Denied when nobody can answer. */
export type Question =
  | {
      readonly kind: "approval";
      readonly folder: string;
      readonly profile: string | null;
      readonly role: string | null;
      readonly account: string | null;
      /** ASCII authority that gets the request. */
      readonly host: string;
      /** Where the connection really goes when `@connect-to` says so. */
      readonly connectTo: string | null;
      readonly method: string;
      /** True when the question is about methods that change things (asked apart, once). */
      readonly mutating: boolean;
      /** False for a protected profile: it is asked each time. */
      readonly remembered: boolean;
      readonly region: string | null;
      readonly service: string | null;
      /** `file:line`. */
      readonly place: string;
    }
  | {
      readonly kind: "values";
      readonly folder: string;
      readonly host: string;
      readonly values: readonly OutsideValue[];
      readonly place: string;
    }
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

/** True only for an explicit yes; a string where one was asked for; false when nobody answers. */
export type Answer = boolean | string;

/** The one effect through which anything is asked. */
export type Ask = (question: Question) => Promise<Answer>;
