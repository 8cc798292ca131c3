import { join } from "node:path";
import type { TripError } from "../errors.ts";
import { maskKeyId } from "../guard/masks.ts";
import { inertLine } from "../guard/terminalText.ts";
import { nobodysTrip, type RedactedOf, redactedError, redactorOf } from "../shown/tripRedactor.ts";
import { temporaryName } from "../transport/temporary.ts";
import { tripErrorOf } from "../trip/trip.ts";
import type { TripChoices } from "../trip/tripChoices.ts";
import { type KnownCaller, whoAmI } from "../trip/whoAmI.ts";
import type { TripArguments, WhoamiArguments } from "./command.ts";
import { identityEntry } from "./document.ts";
import { exitCodeOfError, exitCodes, worstExitCode } from "./exitCode.ts";
import { openFile, openFolder } from "./openFile.ts";
import { outputStyle, tripPrinter, write, writeJson, writeLines } from "./output.ts";
import { errorLines, noteLines, undecidedLine, whoText } from "./printer.ts";
import { stopAtText, writeRemarks } from "./sendCommand.ts";
import type { Surroundings } from "./surroundings.ts";
import { tripEffects } from "./tripEffects.ts";
import { goOn } from "./turn.ts";

/** Somebody who was asked about, or why it cannot be told. */
interface Asked {
  /** The request's name, title or line; null without a file. */
  readonly request: string | null;
  readonly known: KnownCaller | null;
  /** What must not be shown of it. */
  readonly redacted: RedactedOf;
  readonly error: TripError | null;
}

/** `awsreq whoami`: gets credentials and asks AWS whose they are. Returns the exit code. */
export async function whoamiCommand(args: WhoamiArguments, surroundings: Surroundings): Promise<number> {
  const { file } = args;
  const asked =
    file === undefined
      ? await askForFolder(args, surroundings)
      : await askForFile({ ...args, file }, surroundings);
  if (typeof asked === "number") return asked;
  if (args.json) await writeJson(surroundings, documentOf(file ?? null, asked));
  else for (const one of asked) await print(one, asked.length > 1, surroundings);
  return worstExitCode(asked.map(({ error }) => (error === null ? exitCodes.good : exitCodeOfError(error))));
}

async function askForFolder(
  args: Omit<TripArguments, "file">,
  surroundings: Surroundings,
): Promise<readonly Asked[]> {
  const { choices, notes } = await openFolder(args, surroundings);
  await writeLines(surroundings, noteLines(notes, tripPrinter(nobodysTrip, surroundings)));
  return [await askOne(null, nobodysTrip, choices, args, surroundings)];
}

/** For each request that is meant; the exit code when the text of one of them is wrong. */
async function askForFile(
  args: TripArguments,
  surroundings: Surroundings,
): Promise<readonly Asked[] | number> {
  const opened = await openFile(args, () => new Date(), surroundings);
  if (opened.stops) return stopAtText(args, opened, surroundings);
  // Whether a request is signed is what this command says of it.
  const problems = opened.problems.filter(({ code }) => code !== "W_NOT_SIGNED");
  if (!args.json) await writeRemarks(surroundings, { ...opened, problems });
  const asked: Asked[] = [];
  for (const prepared of opened.prepared) {
    await goOn(surroundings);
    const { name, title, line, request, auth, error } = prepared;
    const called = name ?? (title === "" ? `line ${line + 1}` : title);
    const redacted = { ...nobodysTrip, request, privateValues: prepared.privateValues };
    if (request === null || auth?.kind !== "sign")
      asked.push({ request: called, known: null, redacted, error });
    else asked.push(await askOne(called, redacted, opened.choices, args, surroundings));
  }
  return asked;
}

async function askOne(
  called: string | null,
  redacted: RedactedOf,
  choices: TripChoices,
  args: Omit<TripArguments, "file">,
  surroundings: Surroundings,
): Promise<Asked> {
  const storage = join(surroundings.tmpdir, temporaryName());
  const removeStorage = surroundings.removedAtExit(storage);
  try {
    const known = await whoAmI(redacted.request, choices, tripEffects(surroundings, storage, args));
    const error = known.refused && tripErrorOf(known.refused);
    return { request: called, known, redacted: { ...redacted, identity: known.identity }, error };
  } catch (error) {
    return { request: called, known: null, redacted, error: tripErrorOf(error) };
  } finally {
    removeStorage();
  }
}

function documentOf(file: string | null, asked: readonly Asked[]) {
  const identities = asked.map(({ request, known, redacted, error }) => ({
    request,
    identity: known && {
      ...identityEntry(known.identity, maskKeyId),
      userId: known.caller?.userId ?? null,
      region: known.region?.value ?? null,
      regionSource: known.region?.source ?? null,
    },
    error: error && redactedError(error, redactorOf(redacted)),
  }));
  return { version: 1, file, identities };
}

async function print(
  { request, known, redacted, error }: Asked,
  several: boolean,
  surroundings: Surroundings,
): Promise<void> {
  const style = outputStyle(surroundings);
  const printer = tripPrinter(redacted, surroundings);
  if (several) await write(surroundings.stdout, `${style.heading(inertLine(`### ${request}`))}\n`);
  if (error !== null)
    await writeLines(
      surroundings,
      error.code === "E_AUTH_UNDECIDED"
        ? [undecidedLine("asked about", printer)]
        : errorLines(error, printer),
    );
  if (error !== null && known === null) return;
  await writeLines(surroundings, noteLines(known?.notes ?? [], printer));
  const facts = known === null ? [["signed", "no: this request is not signed"]] : factsOf(known);
  const lines = facts.map(
    ([label = "", value = ""]) => `${style.dim(label.padEnd(9))} ${inertLine(value)}\n`,
  );
  await write(surroundings.stdout, lines.join(""));
}

function factsOf({ identity, caller, region }: KnownCaller): readonly (readonly string[])[] {
  const { source, kind, role, account, arn, expires, credentials } = identity;
  const facts: readonly (readonly [label: string, value: string | null])[] = [
    ["profile", `${whoText(identity)} (chosen by ${source})`],
    ["kind", kind],
    ["role", role],
    ["account", account],
    ["arn", arn],
    ["user id", caller?.userId ?? null],
    ["key", maskKeyId(credentials.accessKeyId)],
    ["region", region && `${region.value} (${region.source})`],
    ["expires", expires && `${expires.toISOString()} (${timeLeft(expires)})`],
  ];
  return facts.filter((fact): fact is readonly [string, string] => fact[1] !== null);
}

function timeLeft(expires: Date): string {
  const minutes = Math.floor((expires.getTime() - Date.now()) / 60_000);
  return minutes < 60 ? `${minutes} min left` : `${Math.floor(minutes / 60)} h ${minutes % 60} min left`;
}
