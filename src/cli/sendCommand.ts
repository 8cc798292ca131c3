import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { completeTrip } from "../pipeline.ts";
import { contentTypeOf, maskedRemark, notSearched, redactedPieces } from "../shown/redactedBody.ts";
import { nobodysTrip } from "../shown/tripRedactor.ts";
import { signingBreakdown } from "../signing/breakdown.ts";
import type { ExchangeResponse } from "../stages.ts";
import { clockNote } from "../trip/clockNote.ts";
import { startedTrip, type Trip } from "../trip/trip.ts";
import type { TripEffects } from "../trip/tripEffects.ts";
import { bodyForPipe, bodyForTerminal } from "./bodyOutput.ts";
import type { Command } from "./command.ts";
import { exitCodeOfTrip, exitCodes, worstExitCode } from "./exitCode.ts";
import { breakdownText } from "./explainText.ts";
import { findingLines } from "./findingLines.ts";
import { type OpenedFile, openFile } from "./openFile.ts";
import { tripPrinter, write, writeDocument, writeLines, writeProblems } from "./output.ts";
import { openOutputFile } from "./outputFile.ts";
import {
  answerLine,
  errorLines,
  headingLine,
  headLines,
  noteLines,
  type Printer,
  sentLines,
  timingLines,
} from "./printer.ts";
import { checkedTrip, type RefusedTrip, refusedTrip } from "./refusedTrip.ts";
import { allBytes } from "./requestEntry.ts";
import type { Surroundings } from "./surroundings.ts";
import { tripEffects } from "./tripEffects.ts";

/** Bytes of a body that are held in memory to be masked. */
const largestWhole = 16 * 1024 * 1024;

type SendArguments = Extract<Command, { command: "send" }>;

/** `awsreq send`: signs and sends the requests that are meant, one after the other. Returns the exit code. */
export async function sendCommand(args: SendArguments, surroundings: Surroundings): Promise<number> {
  const opened = await openFile(args, () => new Date(), surroundings);
  if (opened.stops) return stopAtText(args, opened, surroundings);
  const output = args.output === undefined ? null : await openOutputFile(args.output, opened.prepared.length);
  const storage = join(surroundings.tmpdir, `awsreq-${randomUUID()}`);
  const effects = tripEffects(surroundings, storage, args);
  const trips: Trip[] = [];
  const refused = new Map<Trip, RefusedTrip>();
  try {
    if (!args.json) await writeRemarks(surroundings, opened);
    for (const prepared of opened.prepared) {
      const trip = await completeTrip(prepared, "send", opened.choices, effects);
      trips.push(trip);
      const body = trip.exchange?.response?.body;
      if (output !== null && body !== undefined) await output.save(await allBytes(body));
      const why = () => whyRefused(trip, args, effects, surroundings);
      if (args.json) refused.set(trip, await why());
      else await printTrip(trip, why, args, opened, surroundings);
      if (surroundings.signal.aborted) break;
    }
    if (args.json) await writeDocument(surroundings, args.file, opened.problems, trips, null, refused);
  } finally {
    await output?.discard();
    rmSync(storage, { recursive: true, force: true });
  }
  return worstExitCode(trips.map(exitCodeOfTrip));
}

/** Why it was refused; what is checked about it is told on standard error. */
function whyRefused(
  trip: Trip,
  { runChecks, json }: SendArguments,
  effects: TripEffects,
  surroundings: Surroundings,
): Promise<RefusedTrip> {
  if (!runChecks) return refusedTrip(trip);
  const tell = (lines: readonly string[]) => (json ? Promise.resolve() : writeLines(surroundings, lines));
  return checkedTrip(trip, effects, tripPrinter(trip, surroundings), tell);
}

/** Something is wrong with the text of one of the requests: all of it is told, and none of them is sent. */
export async function stopAtText(
  { json, file }: Pick<SendArguments, "json" | "file">,
  { prepared, problems, source }: OpenedFile,
  surroundings: Surroundings,
): Promise<number> {
  const trips = prepared.map(startedTrip);
  if (json) {
    await writeDocument(surroundings, file, problems, trips, null);
    return exitCodes.usage;
  }
  await writeProblems(surroundings, source.fileName, problems);
  for (const trip of trips) {
    // What stands in the text was told with its place just now.
    if (trip.error === null || trip.error.phase === "file") continue;
    const place = `${source.fileName}:${trip.line + 1}:1: `;
    const [first = "", ...rest] = errorLines(trip.error, tripPrinter(trip, surroundings));
    await writeLines(surroundings, [`${place}${first}`, ...rest]);
  }
  return exitCodes.usage;
}

/** What there is to say about the file before its requests are signed. */
export async function writeRemarks(surroundings: Surroundings, opened: OpenedFile): Promise<void> {
  await writeProblems(surroundings, opened.source.fileName, opened.problems);
  const privateValues = opened.prepared.flatMap((prepared) => prepared.privateValues);
  const printer = tripPrinter({ ...nobodysTrip, privateValues }, surroundings);
  await writeLines(surroundings, noteLines(opened.notes, printer));
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
  if (args.verbose)
    await writeLines(surroundings, [...verboseLines(trip, opened, printer, surroundings.columns), ""]);
  const signedWith = clockNote(trip, args.clockOffset ?? 0);
  await writeLines(
    surroundings,
    noteLines([...trip.notes, ...(signedWith === null ? [] : [signedWith])], printer),
  );
  const response = trip.exchange?.response ?? null;
  if (response !== null) {
    await writeLines(surroundings, [answerLine(trip, response, printer)]);
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

/** The answer itself: head if asked for, and the body unless it went into a file. */
async function printAnswer(
  response: ExchangeResponse,
  args: SendArguments,
  printer: Printer,
  surroundings: Surroundings,
): Promise<void> {
  const { stdout, stdoutIsTerminal, env } = surroundings;
  if (args.include) await write(stdout, `${headLines(response, printer).join("\n")}\n`);
  if (args.output !== undefined) return;
  const type = contentTypeOf(response.headers);
  if (!stdoutIsTerminal && response.body.size > largestWhole)
    return pipePieces(response, printer, surroundings);
  const bytes = await allBytes(response.body);
  const { output, remark } = stdoutIsTerminal
    ? bodyForTerminal(bytes, printer.redactor, type)
    : bodyForPipe(bytes, printer.redactor, env["GITHUB_ACTIONS"] === "true", type);
  await write(stdout, output);
  if (remark !== null) await writeLines(surroundings, noteLines([remark], printer));
}

/** A body that is too large for memory, masked as it goes. */
async function pipePieces(
  response: ExchangeResponse,
  printer: Printer,
  surroundings: Surroundings,
): Promise<void> {
  const remarks = new Set<string>();
  const type = contentTypeOf(response.headers);
  for await (const { bytes, masked, searched } of redactedPieces(response.body, type, printer.redactor)) {
    if (masked) remarks.add(maskedRemark);
    if (!searched) remarks.add(notSearched);
    await write(surroundings.stdout, bytes);
  }
  await writeLines(surroundings, noteLines([...remarks], printer));
}
