import { PassThrough, Readable } from "node:stream";
import { exitCodes } from "../../src/cli/exitCode.ts";
import { removedAtExit } from "../../src/cli/leftovers.ts";
import { readNamedBytes } from "../../src/cli/namedText.ts";
import { run, runCommand } from "../../src/cli/run.ts";
import type { Surroundings } from "../../src/cli/surroundings.ts";
import { fencedStream, isReadByRunner } from "../../src/cli/workflowCommands.ts";
import type { Finished } from "./cliProcess.ts";

/** What a command finds around it, as far as a test says so; nobody can be asked. */
export type Here = Pick<Surroundings, "env" | "home" | "cwd" | "tmpdir"> &
  Partial<Pick<Surroundings, "stdoutIsTerminal" | "signal" | "columns">>;

/** Runs a command line as `dist/cli.js` does, in this process. A defect of the program is thrown. */
export async function commandHere(
  args: readonly string[],
  here: Here,
  effects?: Parameters<typeof runCommand>[2],
): Promise<Finished> {
  const stdout = collected();
  const stderr = collected();
  const fence = (stream: PassThrough) => (isReadByRunner(here.env) ? fencedStream(stream) : stream);
  const stdin = () => Readable.from([]);
  const signal = here.signal ?? new AbortController().signal;
  const surroundings: Surroundings = {
    platform: process.platform,
    uid: process.getuid?.() ?? null,
    stdin,
    stdout: fence(stdout.stream),
    exactStdout: stdout.stream,
    stderr: fence(stderr.stream),
    exactStderr: stderr.stream,
    stdoutIsTerminal: false,
    stderrIsTerminal: false,
    canAsk: false,
    columns: 100,
    signal,
    namedBytes: (file, kind) => readNamedBytes(file, kind, { cwd: here.cwd, stdin, signal }),
    removedAtExit,
    ...here,
  };
  const code = await run(args, surroundings, (command, around) => runCommand(command, around, effects));
  if (code === exitCodes.bug) throw new Error(stderr.text());
  return { code, stdout: stdout.text(), stderr: stderr.text() };
}

function collected(): { readonly stream: PassThrough; readonly text: () => string } {
  const stream = new PassThrough();
  const chunks: Buffer[] = [];
  stream.on("data", (chunk: Buffer) => chunks.push(chunk));
  return { stream, text: () => Buffer.concat(chunks).toString("utf8") };
}
