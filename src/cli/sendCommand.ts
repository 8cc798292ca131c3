import { join } from "node:path";
import { UserError } from "../errors.ts";
import { inertLine } from "../guard/terminalText.ts";
import { completeTrip } from "../pipeline.ts";
import { nobodysTrip } from "../shown/tripRedactor.ts";
import { signingBreakdown } from "../signing/breakdown.ts";
import type { ExchangeResponse } from "../stages.ts";
import { clearLeftovers, temporaryName } from "../transport/temporary.ts";
import { clockNote } from "../trip/clockNote.ts";
import { disabledNote, type PreparedTrip, startedTrip, type Trip, tripErrorOf } from "../trip/trip.ts";
import type { TripEffects } from "../trip/tripEffects.ts";
import type { Command } from "./command.ts";
import { documentedTrip, documentRoom } from "./documentRoom.ts";
import { exitCodeOfTrip, exitCodes, worstExitCode } from "./exitCode.ts";
import { breakdownText } from "./explainText.ts";
import { findingLines } from "./findingLines.ts";
import { type OpenedFile, openFile } from "./openFile.ts";
import { type BesideTrip, tripPrinter, write, writeDocument, writeLines, writeProblems } from "./output.ts";
import { type OutputFile, openOutputFile } from "./outputFile.ts";
import { printBody } from "./printBody.ts";
import {
  answerLine,
  errorLines,
  headingLine,
  headLines,
  noteLines,
  notSentLines,
  type Printer,
  receivedLines,
  redirectLines,
  sentLines,
  timingLines,
  trailerLines,
} from "./printer.ts";
import { checkedTrip, type RefusedTrip, refusedTrip } from "./refusedTrip.ts";
import type { Surroundings } from "./surroundings.ts";
import { tripEffects } from "./tripEffects.ts";
import { isInterrupted } from "./turn.ts";
import { undecidedOnce } from "./undecidedTrips.ts";

type SendArguments = Extract<Command, { command: "send" }>;

/** `awsreq send`: signs and sends the requests that are meant, one after the other. Returns the exit code. */
export async function sendCommand(
  args: SendArguments,
  surroundings: Surroundings,
  effectsOf = tripEffects,
): Promise<number> {
  const opened = await openFile(args, () => new Date(), surroundings);
  if (opened.stops) return stopAtText(args, opened, surroundings);
  const output =
    args.output === undefined
      ? null
      : await openOutputFile(args.output, opened.prepared.filter(isMade).length, surroundings);
  clearLeftovers(surroundings.tmpdir, surroundings.uid);
  const storage = join(surroundings.tmpdir, temporaryName());
  const removeStorage = surroundings.removedAtExit(storage);
  const effects = effectsOf(surroundings, storage, { ...args, streamed: isStreamed(args, surroundings) });
  const trips: Trip[] = [];
  const beside = new Map<Trip, BesideTrip>();
  const room = documentRoom();
  try {
    if (!args.json) await writeRemarks(surroundings, opened);
    for (const prepared of opened.prepared) {
      const came = withClockNote(await completeTrip(prepared, "send", opened.choices, effects), args);
      const saved = output === null ? came : await kept(came, output, surroundings);
      const { trip, leftOut } = args.json
        ? await documentedTrip(saved, room, args.output ?? null, surroundings)
        : { trip: saved, leftOut: null };
      trips.push(trip);
      const why = () => whyRefused(trip, opened.source.text, args, effects, surroundings);
      if (args.json) beside.set(trip, { ...(await why()), leftOut });
      else await printTrip(trip, why, args, opened, surroundings);
      if (await isInterrupted(surroundings)) break;
    }
    if (args.json) await writeDocument(surroundings, { ...opened, file: args.file }, trips, null, beside);
  } finally {
    await output?.discard();
    removeStorage();
  }
  return worstExitCode(trips.map(exitCodeOfTrip));
}

function withClockNote(trip: Trip, { clockOffset }: SendArguments): Trip {
  const note = clockNote(trip, clockOffset ?? 0);
  return note === null ? trip : { ...trip, notes: [...trip.notes, note] };
}

function isMade({ skipped }: PreparedTrip): boolean {
  return skipped === undefined;
}

/** Whether bodies go on in pieces, whatever their size, and are never whole in memory. */
function isStreamed({ output, json }: SendArguments, { stdoutIsTerminal }: Surroundings): boolean {
  return output !== undefined || !(json || stdoutIsTerminal);
}

/** Keeps the body where `--output` says; what could not be kept is a fault of the trip. Interrupted, nothing is kept. */
async function kept(trip: Trip, output: OutputFile, { signal }: Surroundings): Promise<Trip> {
  const body = trip.exchange?.response?.body;
  if (body === undefined || signal.aborted) return trip;
  try {
    await output.save(body);
    return trip;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { ...trip, error: trip.error ?? tripErrorOf(error) };
  }
}

/** Why it was refused; what is checked about it is told on standard error. */
function whyRefused(
  trip: Trip,
  text: string,
  { runChecks, json }: SendArguments,
  effects: TripEffects,
  surroundings: Surroundings,
): Promise<RefusedTrip> {
  if (!runChecks) return refusedTrip(trip, text);
  const tell = (lines: readonly string[]) => (json ? Promise.resolve() : writeLines(surroundings, lines));
  return checkedTrip(trip, text, effects, tripPrinter(trip, surroundings), tell);
}

/** Something is wrong with the text of the request that is meant: all of it is told, and nothing is sent. */
export async function stopAtText(
  { json, file }: Pick<SendArguments, "json" | "file">,
  opened: OpenedFile,
  surroundings: Surroundings,
): Promise<number> {
  const trips = opened.prepared.map(startedTrip);
  if (json) {
    await writeDocument(surroundings, { ...opened, file }, trips);
    return exitCodes.usage;
  }
  await writeRemarks(surroundings, opened);
  // What stands in the text, and what holds for the whole file, was told with its place just now.
  const others = trips.filter(({ error }) => error?.phase !== "file" && error?.code !== "E_AUTH_UNDECIDED");
  await writeErrors(surroundings, opened, others);
  return exitCodes.usage;
}

/** Errors of trips that did not begin, with their places. */
async function writeErrors(
  surroundings: Surroundings,
  { source }: OpenedFile,
  trips: readonly Trip[],
): Promise<void> {
  for (const trip of trips) {
    if (trip.error === null) continue;
    const place = inertLine(`${source.fileName}:${trip.line + 1}:1: `);
    const [first = "", ...rest] = errorLines(trip.error, tripPrinter(trip, surroundings));
    await writeLines(surroundings, [`${place}${first}`, ...rest]);
  }
}

/** What there is to say about the file before its requests are signed. */
export async function writeRemarks(surroundings: Surroundings, opened: OpenedFile): Promise<void> {
  await writeProblems(surroundings, opened.source.fileName, opened.problems);
  const privateValues = opened.prepared.flatMap((prepared) => prepared.privateValues);
  const printer = tripPrinter({ ...nobodysTrip, privateValues }, surroundings);
  await writeLines(surroundings, noteLines(opened.notes, printer));
  const undecided = opened.prepared
    .map(startedTrip)
    .filter(({ error }) => error?.code === "E_AUTH_UNDECIDED");
  await writeErrors(surroundings, opened, undecidedOnce(undecided));
}

async function printTrip(
  trip: Trip,
  whyRefused: () => Promise<RefusedTrip>,
  args: SendArguments,
  opened: OpenedFile,
  surroundings: Surroundings,
): Promise<void> {
  const printer = tripPrinter(trip, surroundings);
  if (opened.prepared.length > 1) await writeLines(surroundings, [headingLine(trip, printer)]);
  const notSent = notSentLines(trip, printer);
  if (notSent !== null) return writeLines(surroundings, notSent);
  if (args.verbose)
    await writeLines(surroundings, [...verboseLines(trip, opened, printer, surroundings.columns), ""]);
  await writeLines(surroundings, noteLines([...disabledNote(trip), ...trip.notes], printer));
  const response = trip.exchange?.response ?? null;
  if (response !== null) {
    if (args.verbose) await writeLines(surroundings, receivedLines(response, printer));
    await writeLines(surroundings, [
      answerLine(trip, response, printer),
      ...redirectLines(response, printer),
    ]);
    await writeLines(surroundings, noteLines(response.warnings, printer));
    const { findings } = await whyRefused();
    await writeLines(surroundings, findingLines(findings, printer.style, printer.redactor));
  }
  if (trip.error !== null) await writeLines(surroundings, errorLines(trip.error, printer));
  if (args.verbose) await writeLines(surroundings, timingLines(trip.timings, printer.style));
  if (response !== null) await printAnswer(response, args, printer, surroundings);
}

function verboseLines(trip: Trip, { source }: OpenedFile, printer: Printer, columns: number): string[] {
  const sent = sentLines(trip, printer);
  const { request, signed, identity } = trip;
  if (request === null || signed === null || signed.trace === null || identity === null) return sent;
  const breakdown = signingBreakdown(request, { ...signed, trace: signed.trace }, source.fileName);
  const explanation = { identity, signed, trace: signed.trace, breakdown };
  return [...sent, "", breakdownText(explanation, printer, columns)];
}

/** The answer itself: head and trailers if asked for, and the body unless it went into a file. */
async function printAnswer(
  response: ExchangeResponse,
  args: SendArguments,
  printer: Printer,
  surroundings: Surroundings,
): Promise<void> {
  const { stdout } = surroundings;
  if (args.include) await write(stdout, `${headLines(response, printer).join("\n")}\n`);
  const endsLine = args.output !== undefined || (await printBody(response, printer, surroundings));
  if (!args.include || response.trailers.length === 0) return;
  await write(stdout, `${endsLine ? "" : "\n"}${trailerLines(response, printer).join("\n")}\n`);
}
