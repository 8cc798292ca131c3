import { parseApproval } from "../guard/approvalArgument.ts";
import { type FolderPlaces, folderFileReader, folderTextReader } from "../guard/folderFile.ts";
import { ownersOf } from "../guard/folderOwner.ts";
import { readFolderVoices } from "../identity/choice/folderVoices.ts";
import { type Environment, type LoadedEnvironment, loadEnvironment } from "../request/environments.ts";
import { parseRequestFile } from "../request/parse.ts";
import { isDisabled } from "../request/runDirectives.ts";
import { selectRequest, selectToSend } from "../request/selectRequest.ts";
import type { Problem, Sourced } from "../stages.ts";
import { prepareTrip, skippedTrip } from "../trip/prepareTrip.ts";
import { privateFileNote } from "../trip/privateFileNote.ts";
import type { PreparedTrip } from "../trip/trip.ts";
import type { TripChoices } from "../trip/tripChoices.ts";
import type { TripArguments } from "./command.ts";
import { exitCodeOfError, exitCodes } from "./exitCode.ts";
import { errorPrinter, writeLines } from "./output.ts";
import { noteLines } from "./printer.ts";
import { requestFolder } from "./requestFolder.ts";
import { type RequestSource, readRequestSource } from "./requestSource.ts";
import type { Surroundings } from "./surroundings.ts";
import { plainHttpHosts, protectedProfiles, resolveContext } from "./tripEffects.ts";
import { goOn } from "./turn.ts";

/** A request file with the requests that are meant, as far as their text goes. */
export interface OpenedFile {
  readonly source: RequestSource;
  readonly environment: Environment;
  readonly choices: TripChoices;
  readonly prepared: readonly PreparedTrip[];
  /** Those of the file and of the requests that are meant, each once. */
  readonly problems: readonly Problem[];
  /** Sentences about where values come from. */
  readonly notes: readonly string[];
  /** Exit code 2: the request that is meant has something wrong in its text. Of all of a file the others are made. */
  readonly stops: boolean;
}

/** What the commands that make trips of a file say. */
type FileArguments = TripArguments & {
  readonly command?: string;
  readonly presign?: number;
  readonly at?: Date;
  readonly confirm?: boolean;
};

/** Reads, parses and resolves; contacts nothing and asks nothing. */
export async function openFile(
  args: FileArguments,
  now: () => Date,
  surroundings: Surroundings,
): Promise<OpenedFile> {
  const source = await readRequestSource(args.file, surroundings);
  await tellPassedOver(source, surroundings);
  const file = parseRequestFile(source.text);
  const loaded = await loadEnvironment({
    directory: source.directory,
    root: source.searched ?? source.directory,
    selected: args.environment ?? null,
    readFile: readerIn(source, surroundings, folderFileReader),
  });
  const { environment } = loaded;
  const choices = await choicesIn(args, source, surroundings);
  const context = resolveContext(source, environment, args.variables, now, surroundings);
  const prepared: PreparedTrip[] = [];
  const isAll = "all" in args.selector;
  const select = args.command === "send" ? selectToSend : selectRequest;
  for (const block of select(file, args.selector)) {
    await goOn(surroundings);
    // Who it would be can be said of a request that is not sent.
    const isLeftOut = isAll && args.command !== "whoami" && isDisabled(file, block);
    prepared.push(isLeftOut ? skippedTrip(file, block) : await prepareTrip(file, block, choices, context));
  }
  const isUnusable = ({ error }: PreparedTrip) =>
    error !== null && exitCodeOfError(error) === exitCodes.usage;
  const stops = !isAll && prepared.some(isUnusable);
  const problems = toldOnce([...file.problems, ...prepared.flatMap((trip) => trip.problems)]);
  const place = { environment, folder: source.folder };
  const shared = await privateFileNote(
    prepared.map(({ request }) => request),
    place,
    surroundings,
  );
  const notes = [
    ...environmentNotes(args, loaded),
    ...choices.folderVoices.problems,
    ...(shared === null ? [] : [shared]),
  ];
  return { source, environment, choices, prepared, problems, notes, stops };
}

/** Each once; what is said of a whole file, at the first request that it touches. */
function toldOnce(problems: readonly Problem[]): readonly Problem[] {
  const first = problems.find(({ code }) => code === "H_NOT_SIGNED");
  return [...new Set(problems)].filter((problem) => problem.code !== "H_NOT_SIGNED" || problem === first);
}

/** An environment that nobody named is named here; so is what is odd in its files. */
function environmentNotes(
  { environment: named }: TripArguments,
  { environment, problems }: LoadedEnvironment,
): readonly string[] {
  const sole = named === undefined && environment.name !== null;
  return [
    ...(sole ? [`the environment is "${environment.name}", the only one; --env chooses another`] : []),
    ...problems.map(({ message }) => message),
  ];
}

/** What flags and files say for a request that says nothing itself, in the working directory. */
export async function openFolder(
  args: Omit<TripArguments, "file">,
  surroundings: Surroundings,
): Promise<{ readonly choices: TripChoices; readonly notes: readonly string[] }> {
  const directory = surroundings.cwd;
  const found = requestFolder(directory, ownersOf(surroundings));
  const choices = await choicesIn(
    args,
    { ...found, directory, fileName: "awsreq whoami", sendsAsTyped: false },
    surroundings,
  );
  await tellPassedOver(found, surroundings);
  return { choices, notes: choices.folderVoices.problems };
}

async function choicesIn(
  args: Omit<FileArguments, "file">,
  source: Omit<RequestSource, "file" | "text">,
  surroundings: Surroundings,
): Promise<TripChoices> {
  const { directory, folder, workspaceFolders, searched, fileName } = source;
  const { env } = surroundings;
  const folderVoices = await readFolderVoices({
    directory,
    root: searched ?? directory,
    readFile: readerIn(source, surroundings, folderTextReader),
  });
  return {
    mode: "terminal",
    profile: args.profile,
    role: flagged(args.role, "--role"),
    region: flagged(args.region, "--region"),
    service: args.service,
    auth: flagged(args.auth, "--auth"),
    sendsAsTyped: source.sendsAsTyped,
    presign: args.presign,
    at: args.at,
    granted: args.approve.map(parseApproval),
    confirmed: args.confirm ?? false,
    protectedProfiles: protectedProfiles(env),
    trusted: true,
    folder,
    workspaceFolders,
    fileName,
    folderVoices,
    allowPlainHttpHosts: plainHttpHosts(env),
  };
}

/** Told at once: what is missing then would stop the command with another reason. */
function tellPassedOver({ notes }: Pick<RequestSource, "notes">, surroundings: Surroundings): Promise<void> {
  return writeLines(surroundings, noteLines(notes, errorPrinter(surroundings)));
}

/** A flag's value with the flag as its source. */
function flagged<T extends string>(value: T | undefined, source: string): Sourced<T> | undefined {
  return value === undefined ? undefined : { value, source };
}

/** What the folder's own files are read with; nothing is, where they are another user's. */
function readerIn<T>(
  { folder, searched }: Pick<RequestSource, "folder" | "searched">,
  surroundings: Surroundings,
  reader: (places: FolderPlaces) => (path: string) => Promise<T | null>,
): (path: string) => Promise<T | null> {
  if (searched === null) return async () => null;
  const { home, platform } = surroundings;
  return reader({ folder, home, platform, owners: ownersOf(surroundings) });
}
