import { PassThrough, Readable } from "node:stream";
import { runCommandLine } from "../../src/cli/runCommandLine.ts";
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
  effects?: Parameters<typeof runCommandLine>[2],
): Promise<Finished> {
  const stdout = collected();
  const stderr = collected();
  const fence = (stream: PassThrough) => (isReadByRunner(here.env) ? fencedStream(stream) : stream);
  const surroundings: Surroundings = {
    platform: process.platform,
    uid: process.getuid?.() ?? null,
    stdin: () => Readable.from([]),
    stdout: fence(stdout.stream),
    exactStdout: stdout.stream,
    stderr: fence(stderr.stream),
    stdoutIsTerminal: false,
    stderrIsTerminal: false,
    canAsk: false,
    columns: 100,
    signal: new AbortController().signal,
    ...here,
  };
  const code = await runCommandLine(args, surroundings, effects);
  return { code, stdout: stdout.text(), stderr: stderr.text() };
}

function collected(): { readonly stream: PassThrough; readonly text: () => string } {
  const stream = new PassThrough();
  const chunks: Buffer[] = [];
  stream.on("data", (chunk: Buffer) => chunks.push(chunk));
  return { stream, text: () => Buffer.concat(chunks).toString("utf8") };
}
