import type { RequestSelector } from "../request/selectRequest.ts";

/** What `send` and `explain` share. */
export interface TripArguments {
  readonly file: string;
  readonly selector: RequestSelector;
  readonly profile?: string;
  readonly role?: string;
  readonly region?: string;
  readonly service?: string;
  /** Whether what neither the file nor its host decides is signed. */
  readonly auth?: "iam" | "none";
  /** The code of a second factor. */
  readonly mfaCode?: string;
  readonly environment?: string;
  readonly variables: ReadonlyMap<string, string>;
  /** `PROFILE@HOST`, not yet read. */
  readonly approve: readonly string[];
  readonly json: boolean;
}

/** A command line, understood. */
export type Command =
  | (TripArguments & {
      readonly command: "send";
      /** Milliseconds. */
      readonly timeout?: number;
      /** Milliseconds to be added to this machine's clock when signing. */
      readonly clockOffset?: number;
      readonly output?: string;
      /** Answers `@confirm` and `@note`, and nothing else. */
      readonly confirm: boolean;
      readonly include: boolean;
      readonly verbose: boolean;
      /** Ask the world about refusals. */
      readonly runChecks: boolean;
    })
  | (TripArguments & { readonly command: "explain"; readonly at?: Date; readonly presign?: number })
  | WhoamiArguments
  | DiagnoseArguments
  | {
      readonly command: "approvals";
      readonly action: "list" | "forget";
      /** As `list` calls them, or their beginnings; none with `all`. */
      readonly ids: readonly string[];
      readonly all: boolean;
      readonly json: boolean;
    }
  | { readonly command: "list"; readonly file: string; readonly json: boolean }
  | {
      readonly command: "endpoint";
      readonly port?: number;
      /** The policy file. */
      readonly policy?: string;
    }
  | { readonly command: "help" }
  | { readonly command: "version" };

/** Why an answer from elsewhere is a refusal; with a profile its request is signed again. */
export interface DiagnoseArguments {
  readonly command: "diagnose";
  readonly file: string;
  readonly profile?: string;
  readonly mfaCode?: string;
  readonly json: boolean;
}

/** Who would sign: a request of a file, or any request in this folder. */
export type WhoamiArguments = Omit<TripArguments, "file"> & {
  readonly command: "whoami";
  readonly file?: string;
};
