import type { Writable } from "node:stream";
import { version } from "../../package.json";
import type { TripError } from "../errors.ts";
import { nobodysTrip, type RedactedOf, redactedError, redactorOf } from "../shown/tripRedactor.ts";
import type { Problem } from "../stages.ts";
import type { Trip } from "../trip/trip.ts";
import { type OutputDocument, problemEntry } from "./document.ts";
import { errorLines, type Printer, problemLine } from "./printer.ts";
import type { RefusedTrip } from "./refusedTrip.ts";
import { requestEntry } from "./requestEntry.ts";
import { createStyle, type Style, wantsColour } from "./style.ts";
import type { Surroundings } from "./surroundings.ts";

/** The style of what goes to standard error. */
export function errorStyle({ stderrIsTerminal, env }: Surroundings): Style {
  return createStyle(wantsColour(stderrIsTerminal, env));
}

/** The style of what goes to standard output. */
export function outputStyle({ stdoutIsTerminal, env }: Surroundings): Style {
  return createStyle(wantsColour(stdoutIsTerminal, env));
}

/** Writes and waits until the stream takes more; a pipe that was closed is no error of ours. */
export function write(stream: Writable, data: string | Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(data, (error) => {
      const isClosed = error instanceof Error && "code" in error && error.code === "EPIPE";
      if (error === null || error === undefined || isClosed) resolve();
      else reject(error);
    });
  });
}

/** Lines to standard error. */
export function writeLines({ stderr }: Surroundings, lines: readonly string[]): Promise<void> {
  return lines.length === 0 ? Promise.resolve() : write(stderr, `${lines.join("\n")}\n`);
}

/** The one document of `--json`. */
export async function writeDocument(
  { stdout }: Surroundings,
  file: string,
  problems: readonly Problem[],
  trips: readonly Trip[],
  error: TripError | null,
  refused: ReadonlyMap<Trip, RefusedTrip> = new Map(),
): Promise<void> {
  const requests = [];
  for (const trip of trips) requests.push(await requestEntry(trip, refused.get(trip) ?? notRefused));
  const document: OutputDocument = {
    version: 1,
    file,
    problems: problems.map(problemEntry),
    error: error && redactedError(error, redactorOf(nobodysTrip)),
    requests,
  };
  await write(stdout, `${JSON.stringify(document, null, 2)}\n`);
}

const notRefused: RefusedTrip = { findings: [], checked: [] };

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
  const printer = { style: errorStyle(surroundings), redactor: redactorOf(nobodysTrip) };
  const [first = "", ...rest] = errorLines(error, printer);
  return writeLines(surroundings, [`awsreq: ${first}`, ...rest]);
}

/** The printer of one trip, for standard error. */
export function tripPrinter(trip: RedactedOf, surroundings: Surroundings): Printer {
  return { style: errorStyle(surroundings), redactor: redactorOf(trip) };
}

/** The printer of one trip, for standard output. */
export function outputPrinter(trip: RedactedOf, surroundings: Surroundings): Printer {
  return { style: outputStyle(surroundings), redactor: redactorOf(trip) };
}

/** `awsreq 0.1.0`. */
export const versionText = `awsreq ${version}`;
