import { createHash } from "node:crypto";
import { UserError } from "../../errors.ts";
import type { Ask } from "../../questions.ts";
import type { Credentials } from "../../stages.ts";
import { cancelled, unlessAborted } from "../cancellation.ts";
import type { Environment } from "../files/profile.ts";
import { type ProcessEnd, runCaptured } from "./capturedProcess.ts";
import { splitCommandLine } from "./commandLine.ts";
import { parseProcessOutput } from "./processOutput.ts";

/** A `credential_process` of a profile. */
export interface CredentialProcess {
  readonly profile: string;
  /** Where it is written, `~/.aws/config:12`. */
  readonly place: string;
  readonly command: string;
}

/** What running it takes. */
export interface CredentialProcessEffects {
  readonly ask: Ask;
  readonly now: () => Date;
  readonly signal: AbortSignal;
  readonly env: Environment;
  /** The home directory: a command never runs in the workspace. */
  readonly cwd: string;
  readonly platform: NodeJS.Platform;
  /** Milliseconds. */
  readonly processTimeout: number;
  /** Bytes. */
  readonly processOutputLimit: number;
}

/** SHA-256 of the command, hex: what an approval of it is remembered by. */
export function credentialProcessHash(command: string): string {
  return createHash("sha256").update(command).digest("hex");
}

/**
 * Asks, runs the command, and reads its credentials. Neither command nor output nor stderr is ever in an error.
 * @throws UserError `E_PROCESS_COMMAND`, `E_PROCESS_DENIED`, `E_PROCESS_START`, `E_PROCESS_EXIT`, `E_PROCESS_TIMEOUT`,
 *   `E_PROCESS_OUTPUT`, `E_PROCESS_EXPIRED`, `E_KEY_FORM`, `E_CANCELLED`
 */
export async function runCredentialProcess(
  step: CredentialProcess,
  effects: CredentialProcessEffects,
): Promise<Credentials> {
  const [file, ...args] = splitCommandLine(step.command, effects.platform) ?? [];
  if (file === undefined || file === "") {
    throw processError(
      step,
      "E_PROCESS_COMMAND",
      "cannot be split into a command and its arguments",
      quoteHint,
    );
  }
  await approved(step, effects);
  const end = await runCaptured(file, args, {
    cwd: effects.cwd,
    env: effects.env,
    timeout: effects.processTimeout,
    outputLimit: effects.processOutputLimit,
    signal: effects.signal,
    platform: effects.platform,
  });
  return credentialsFrom(end, step, effects);
}

async function approved(step: CredentialProcess, { ask, signal }: CredentialProcessEffects): Promise<void> {
  const { profile, place, command } = step;
  const question = { kind: "process", profile, place, hash: credentialProcessHash(command) } as const;
  if ((await unlessAborted(ask(question), signal)) === true) return;
  const hint = `Look at the command at ${place}; it runs once you allow it.`;
  throw processError(step, "E_PROCESS_DENIED", "was not allowed to run", hint);
}

function credentialsFrom(
  end: ProcessEnd,
  step: CredentialProcess,
  { now, processTimeout, processOutputLimit }: CredentialProcessEffects,
): Credentials {
  switch (end.kind) {
    case "output":
      return readCredentials(end, step, now());
    case "aborted":
      throw cancelled();
    case "exitCode": {
      const hint = `${terminalHint}${argumentHint(step)}`;
      throw processError(step, "E_PROCESS_EXIT", `ended with exit code ${end.code}`, hint);
    }
    case "killed":
      throw processError(step, "E_PROCESS_EXIT", `was ended by ${end.signal}`, terminalHint);
    case "notStarted":
      throw processError(step, "E_PROCESS_START", startFault(end.code), pathHint);
    case "noFolder":
      throw processError(
        step,
        "E_PROCESS_START",
        "could not be started: there is no home directory",
        homeHint,
      );
    case "timeout": {
      const what = `did not end within ${processTimeout / 1000} s`;
      throw processError(step, "E_PROCESS_TIMEOUT", what, timeoutHint);
    }
    case "tooMuchOutput": {
      const what = `printed more than ${processOutputLimit} bytes`;
      throw processError(step, "E_PROCESS_OUTPUT", what, outputHint);
    }
  }
}

function readCredentials(
  { bytes, held }: Extract<ProcessEnd, { kind: "output" }>,
  step: CredentialProcess,
  now: Date,
): Credentials {
  const output = parseProcessOutput(bytes, written(step));
  if (output.kind === "fault") {
    throw processError(
      step,
      "E_PROCESS_OUTPUT",
      `gave no credentials: ${output.says}`,
      `${outputHint}${held ? heldHint : ""}${argumentHint(step)}`,
    );
  }
  const { expiration } = output.credentials;
  if (expiration === undefined || expiration > now) return output.credentials;
  const what = `gave credentials that expired at ${expiration.toISOString()}`;
  throw processError(step, "E_PROCESS_EXPIRED", what, "Sign in again with the tool that it calls.");
}

/** What looks like a comment is given to the program. */
function argumentHint({ command }: CredentialProcess): string {
  return /[ \t][#;]/.test(command) ? " ` #` and ` ;` begin no comment there: what follows is arguments." : "";
}

const quoteHint = "Close every quote, and put quotes around a path with spaces.";
const terminalHint = "Run it in a terminal: what it writes to stderr is not shown here, it may hold secrets.";
const pathHint =
  "Write the full path of the program; `~`, $VARIABLES and pipes are not understood, as no shell is used.";
const homeHint = "It runs in the home directory: set HOME to one that exists.";
const timeoutHint = "It has no terminal and no input here: sign in with its tool beforehand.";
const outputHint =
  "It must print one JSON object: Version (1), AccessKeyId, SecretAccessKey, SessionToken, Expiration.";
const heldHint = " A process that it left behind held its output open, and was not waited for.";

function startFault(code: string): string {
  if (code === "ENOENT") return "could not be started: there is no such program (ENOENT)";
  return code === "EACCES"
    ? "could not be started: it is not executable (EACCES)"
    : `could not be started (${code})`;
}

function written({ profile, place }: CredentialProcess): string {
  return `the credential_process of profile "${profile}" (${place})`;
}

function processError(step: CredentialProcess, code: string, what: string, hint: string): UserError {
  return new UserError({ code, phase: "credentials", message: `T${written(step).slice(1)} ${what}.`, hint });
}
