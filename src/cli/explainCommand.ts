import { inertLine } from "../guard/terminalText.ts";
import { completeTrip } from "../pipeline.ts";
import { signingBreakdown } from "../signing/breakdown.ts";
import type { Trip } from "../trip/trip.ts";
import type { Command } from "./command.ts";
import { exitCodeOfTrip, worstExitCode } from "./exitCode.ts";
import { breakdownText } from "./explainText.ts";
import { type OpenedFile, openFile } from "./openFile.ts";
import { outputPrinter, tripPrinter, write, writeDocument, writeLines } from "./output.ts";
import { errorLines, headingLine, noteLines, notSentLines } from "./printer.ts";
import { stopAtText, writeRemarks } from "./sendCommand.ts";
import type { Surroundings } from "./surroundings.ts";
import { tripEffects } from "./tripEffects.ts";
import { goOn } from "./turn.ts";

type ExplainArguments = Extract<Command, { command: "explain" }>;

/** `awsreq explain`: signs and shows how; sends nothing. Returns the exit code. */
export async function explainCommand(args: ExplainArguments, surroundings: Surroundings): Promise<number> {
  const opened = await openFile(args, () => args.at ?? new Date(), surroundings);
  if (opened.stops) return stopAtText(args, opened, surroundings);
  const effects = tripEffects(surroundings, surroundings.tmpdir, args);
  const trips: Trip[] = [];
  if (!args.json) await writeRemarks(surroundings, opened);
  for (const prepared of opened.prepared) {
    await goOn(surroundings);
    const trip = await completeTrip(prepared, "sign", opened.choices, effects);
    trips.push(trip);
    if (!args.json) await printExplanation(trip, opened, surroundings);
    if (args.presign !== undefined && trip.error === null && trip.signed?.trace === null)
      await writeLines(
        surroundings,
        noteLines(
          ["--presign has no effect on a request that is not signed"],
          tripPrinter(trip, surroundings),
        ),
      );
  }
  if (args.json) await writeDocument(surroundings, { ...opened, file: args.file }, trips);
  return worstExitCode(trips.map(exitCodeOfTrip));
}

async function printExplanation(
  trip: Trip,
  { source, prepared }: OpenedFile,
  surroundings: Surroundings,
): Promise<void> {
  const onError = tripPrinter(trip, surroundings);
  const onOutput = outputPrinter(trip, surroundings);
  if (prepared.length > 1) await write(surroundings.stdout, `${headingLine(trip, onOutput)}\n`);
  const notSent = notSentLines(trip, onError);
  if (notSent !== null) return writeLines(surroundings, notSent);
  await writeLines(surroundings, noteLines(trip.notes, onError));
  if (trip.error !== null) return writeLines(surroundings, errorLines(trip.error, onError));
  const { request, signed, identity, auth } = trip;
  if (request === null || signed === null) return;
  if (signed.trace === null || identity === null) {
    return write(
      surroundings.stdout,
      `${inertLine(`${source.fileName}:${trip.line + 1} is not signed: ${auth?.reason ?? ""}.`)}\n`,
    );
  }
  const breakdown = signingBreakdown(request, { ...signed, trace: signed.trace }, source.fileName);
  const text = breakdownText(
    { identity, signed, trace: signed.trace, breakdown },
    onOutput,
    surroundings.columns,
  );
  await write(surroundings.stdout, `${text}\n`);
}
