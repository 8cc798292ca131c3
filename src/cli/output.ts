import type { Writable } from "node:stream";
import { inspect } from "node:util";
import { type TripError, UserError } from "../errors.ts";
import { inertJson, inertText } from "../guard/terminalText.ts";
import { nobodysTrip, type RedactedOf, redactedError, redactorOf } from "../shown/tripRedactor.ts";
import type { Problem } from "../stages.ts";
import type { Trip } from "../trip/trip.ts";
import { type OutputDocument, problemEntry } from "./document.ts";
import type { LeftOutBody } from "./documentRoom.ts";
import { fileFaultText } from "./fileFault.ts";
import { errorLines, type Printer, problemLine } from "./printer.ts";
import type { RefusedTrip } from "./refusedTrip.ts";
import { requestEntry } from "./requestEntry.ts";
import { createStyle, type Style, wantsColour } from "./style.ts";
import type { Surroundings } from "./surroundings.ts";
import { fencedPieces, isClosedPipe, isReadByRunner } from "./workflowCommands.ts";

/** The style of what goes to standard error. */
export function errorStyle({ stderrIsTerminal, env }: Surroundings): Style {
  return createStyle(wantsColour(stderrIsTerminal, env));
}

/** The style of what goes to standard output. */
export function outputStyle({ stdoutIsTerminal, env }: Surroundings): Style {
  return createStyle(wantsColour(stdoutIsTerminal, env));
}

/**
 * Writes to standard output and waits until it takes more; a pipe that was closed is no error of ours.
 * @throws UserError `E_STDOUT`
 */
export function write(stream: Writable, data: string | Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(data, (error) => {
      if (error === null || error === undefined || isClosedPipe(error)) resolve();
      else reject(lostOutput(error));
    });
  });
}

/** Whether standard output itself was lost, so that nothing more can be told there. */
export function isLostOutput(error: UserError): boolean {
  return error.code === "E_STDOUT";
}

function lostOutput(cause: Error): UserError {
  return new UserError({
    code: "E_STDOUT",
    phase: "body",
    message: `Standard output cannot be written: ${fileFaultText(cause)}.`,
    hint: "Free some space, or send it elsewhere.",
    cause,
  });
}

/** Lines to standard error. Where they cannot be written there is nobody to tell, and the work goes on. */
export function writeLines({ stderr }: Surroundings, lines: readonly string[]): Promise<void> {
  return lines.length === 0
    ? Promise.resolve()
    : write(stderr, `${lines.join("\n")}\n`).catch(() => undefined);
}

/** What a document says of the whole file. */
export interface DocumentHead {
  /** As given on the command line. */
  readonly file: string;
  readonly problems: readonly Problem[];
  readonly notes: readonly string[];
}

/** What a document says of a trip beside itself. */
export interface BesideTrip extends RefusedTrip {
  /** A body for which it has no room. */
  readonly leftOut: LeftOutBody | null;
}

/** The one document of `--json`. */
export async function writeDocument(
  surroundings: Surroundings,
  { file, problems, notes }: DocumentHead,
  trips: readonly Trip[],
  error: TripError | null = null,
  beside: ReadonlyMap<Trip, BesideTrip> = new Map(),
): Promise<void> {
  const requests = [];
  for (const trip of trips) {
    const { leftOut, ...refused } = beside.get(trip) ?? nothingBeside;
    requests.push(await requestEntry(trip, refused, leftOut));
  }
  const privateValues = trips.flatMap((trip) => trip.privateValues);
  const withoutPrivate = redactorOf({ ...nobodysTrip, privateValues });
  const document: OutputDocument = {
    version: 1,
    file,
    problems: problems.map(problemEntry),
    notes: notes.map((note) => withoutPrivate.message(note)),
    error: error && redactedError(error, redactorOf(nobodysTrip)),
    requests,
  };
  await writeJson(surroundings, document);
}

/** A document of `--json`, of whichever command. */
export function writeJson({ exactStdout }: Surroundings, document: unknown): Promise<void> {
  return write(exactStdout, `${inertJson(JSON.stringify(document, null, 2))}\n`);
}

/** A body to standard output, in as many pieces as it comes in. */
export async function writeBody(
  { exactStdout, env }: Surroundings,
  pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): Promise<void> {
  for await (const piece of isReadByRunner(env) ? fencedPieces(pieces) : pieces) {
    await write(exactStdout, piece);
  }
}

const nothingBeside: BesideTrip = { findings: [], checked: [], leftOut: null };

/** What is wrong with the text, for a person. */
export function writeProblems(
  surroundings: Surroundings,
  fileName: string,
  problems: readonly Problem[],
): Promise<void> {
  const style = errorStyle(surroundings);
  return writeLines(
    surroundings,
    problems.map((problem) => problemLine(problem, fileName, style)),
  );
}

/** An error that is nobody's request: usage, an unreadable file. */
export function writeError(surroundings: Surroundings, error: TripError): Promise<void> {
  const [first = "", ...rest] = errorLines(error, errorPrinter(surroundings));
  return writeLines(surroundings, [`awsreq: ${first}`, ...rest]);
}

/** A fault of this program. Its message may quote what came from outside. */
export function writeBug(surroundings: Surroundings, error: unknown): Promise<void> {
  const { redactor } = errorPrinter(surroundings);
  return writeLines(surroundings, [
    "awsreq: this is a bug in awsreq; please report it with the lines below.",
    inertText(redactor.text(inspect(error))),
  ]);
}

/** The printer of what is nobody's request, for standard error. */
export function errorPrinter(surroundings: Surroundings): Printer {
  return tripPrinter(nobodysTrip, surroundings);
}

/** The printer of one trip, for standard error. */
export function tripPrinter(trip: RedactedOf, surroundings: Surroundings): Printer {
  return { style: errorStyle(surroundings), redactor: redactorOf(trip) };
}

/** The printer of one trip, for standard output. */
export function outputPrinter(trip: RedactedOf, surroundings: Surroundings): Printer {
  return { style: outputStyle(surroundings), redactor: redactorOf(trip) };
}
