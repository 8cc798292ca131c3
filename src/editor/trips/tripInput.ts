import type { Question } from "../../questions.ts";
import type { RequestFile, Sourced } from "../../stages.ts";
import type { ConfiguredProfile } from "../../trip/tripChoices.ts";

/** What the editor knows about a send before any file is read: plain values, so that the trip needs no editor. */
export interface TripInput {
  /** The buffer, saved or not. */
  readonly text: string;
  /** The same, parsed. */
  readonly file: RequestFile;
  /** Zero-based line of the request line. */
  readonly line: number;
  /** Base name, for places such as `pets.awsreq:3`. */
  readonly fileName: string;
  /** Absolute path of the file's folder; includes are relative to it. */
  readonly directory: string;
  /** Absolute path of the workspace folder, or of the file's own when it lies in none. */
  readonly folder: string;
  /** A file of other tools (`.http`): what nothing says is signed goes out unsigned. */
  readonly sendsAsTyped: boolean;
  /** Absolute paths of all folders of the window. */
  readonly workspaceFolders: readonly string[];
  readonly trusted: boolean;
  /** Name of the environment that was picked, or null. */
  readonly environment: string | null;
  readonly pickedProfile: Sourced<string> | undefined;
  readonly configuredProfile: ConfiguredProfile | undefined;
  readonly configuredRegion: Sourced<string> | undefined;
  /** Chosen for this send alone. */
  readonly sendAs: SendAs | null;
  readonly protectedProfiles: readonly string[];
  /** Whether container and instance metadata may be asked. */
  readonly machineCredentials: boolean;
  readonly allowPlainHttpHosts: readonly string[];
  /** Names that `{{$processEnv NAME}}` may read. */
  readonly allowedProcessEnv: readonly string[];
  /** Milliseconds for the whole exchange, or undefined. */
  readonly timeout: number | undefined;
  /** Milliseconds to be added to this machine's clock when signing. */
  readonly clockOffset: number;
  /** Where bodies go that are larger than memory should hold. */
  readonly storageDirectory: string;
}

/** As whom, or for where, one request is sent once. */
export interface SendAs {
  readonly kind: "profile" | "role" | "region";
  readonly value: string;
}

/** The question for the code of a second factor. */
export type MfaQuestion = Extract<Question, { readonly kind: "mfa" }>;

/** The questions that a dialog asks. */
export type DialogQuestion = Extract<Question, { readonly kind: "send" | "include" }>;
