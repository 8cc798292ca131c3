import { randomBytes } from "node:crypto";
import { readFile, realpath } from "node:fs/promises";
import { version } from "../../../package.json";
import { UserError } from "../../errors.ts";
import type { ApprovalStore } from "../../guard/approvalStore.ts";
import { decideInclude } from "../../guard/includePath.ts";
import { nodeIncludeEffects, readInclude } from "../../guard/readInclude.ts";
import { clock, identityEffects, type Machine } from "../../machine.ts";
import { completeTrip, prepareTrip, type TripChoices, type TripEffects } from "../../pipeline.ts";
import { type LoadedEnvironment, loadEnvironment, noEnvironment } from "../../request/environments.ts";
import { parseRequestFile } from "../../request/parse.ts";
import type { ResolveContext } from "../../request/resolve.ts";
import { requestAt } from "../../request/selectRequest.ts";
import { defaultLimits } from "../../transport/limits.ts";
import type { TransferEvent } from "../../transport/sendOptions.ts";
import { type PreparedTrip, startedTrip, type Trip, tripErrorOf } from "../../trip.ts";
import type { EditorQuestion, TripInput } from "./tripInput.ts";

/** What a trip does to the editor. */
export interface EditorEffects {
  readonly store: ApprovalStore;
  readonly ask: (question: EditorQuestion) => Promise<boolean>;
  /** The text is read: nothing was asked or sent yet. */
  readonly onPrepared: (prepared: PreparedTrip) => void;
  readonly onAdvance: (trip: Trip) => void;
  readonly onTransfer: (event: TransferEvent) => void;
  readonly signal: AbortSignal;
}

/** A trip with what was odd in the files around it, and the environment that held. */
export interface EditorTrip {
  readonly trip: Trip;
  readonly notes: readonly string[];
}

/** Makes the trip of one request of a buffer. Every failure that a person can mend is in `trip.error`. */
export async function makeTrip(
  input: TripInput,
  until: "sign" | "send",
  machine: Machine,
  effects: EditorEffects,
): Promise<EditorTrip> {
  const file = parseRequestFile(input.text);
  const block = requestAt(file.requests, input.line);
  if (block === null) return { trip: startedTrip(noRequestAt(input)), notes: [] };
  const empty = { name: block.name, title: block.title, line: block.method.range.start.line };
  try {
    const { environment, problems } = await environmentOf(input);
    const choices = choicesOf(input);
    const context = contextOf(input, block.method.range.start.line, { environment, machine, effects });
    const prepared = await prepareTrip(file, block, choices, context);
    effects.onPrepared(prepared);
    const trip = await completeTrip(prepared, until, choices, tripEffects(input, machine, effects));
    return { trip, notes: problems.map(({ message }) => message) };
  } catch (error) {
    const failed = { ...empty, problems: [], request: null, auth: null, error: tripErrorOf(error) };
    return { trip: startedTrip(failed), notes: [] };
  }
}

/** Names of the environments around a request file, and the one that holds. Files are read: only in a trusted workspace. */
export function environmentOf(
  input: Pick<TripInput, "trusted" | "directory" | "folder" | "environment">,
): Promise<LoadedEnvironment> {
  // In a workspace that is not trusted no file is read; the pipeline then says why.
  if (!input.trusted) return Promise.resolve({ environment: noEnvironment, names: [], problems: [] });
  return loadEnvironment({
    directory: input.directory,
    root: input.folder,
    selected: input.environment,
    readFile: textOrNull,
  });
}

async function textOrNull(path: string): Promise<string | null> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR"))
      return null;
    throw new UserError({
      code: "E_ENVIRONMENT_UNREADABLE",
      phase: "file",
      message: `The environment file ${path} cannot be read.`,
      hint: "Make it readable, or move it out of the folder.",
      cause: error,
    });
  }
}

function choicesOf(input: TripInput): TripChoices {
  const { folder, fileName, trusted, allowPlainHttpHosts } = input;
  return {
    mode: "editor",
    profile: undefined,
    region: undefined,
    service: undefined,
    presign: undefined,
    at: undefined,
    pickedProfile: input.pickedProfile,
    configuredProfile: input.configuredProfile,
    configuredRegion: input.configuredRegion,
    granted: [],
    trusted,
    folder,
    fileName,
    allowPlainHttpHosts,
  };
}

interface Around {
  readonly environment: ResolveContext["environment"];
  readonly machine: Machine;
  readonly effects: EditorEffects;
}

function contextOf(
  input: TripInput,
  line: number,
  { environment, machine, effects }: Around,
): Omit<ResolveContext, "willSign"> {
  const place = `${input.fileName}:${line + 1}`;
  return {
    fileName: input.fileName,
    directory: input.directory,
    variables: new Map(),
    environment,
    version,
    now: () => new Date(),
    randomBytes,
    utcOffset: (at) => -at.getTimezoneOffset(),
    processEnv: (name) => machine.env[name],
    allowedProcessEnv: new Set(input.allowedProcessEnv),
    readInclude: (path) => include(path, place, input, machine, effects),
  };
}

/** An include whose real path leaves the folder is asked about each time: what it leads to may change. */
async function include(
  path: string,
  place: string,
  { folder }: TripInput,
  { home, platform }: Machine,
  { ask }: EditorEffects,
): Promise<Uint8Array> {
  const decision = await decideInclude(path, { folder, home, platform }, realpath);
  if (decision.kind === "refuse") throw decision.error;
  if (decision.kind === "ask") {
    const { realPath, reason } = decision;
    if (!(await ask({ kind: "include", path: realPath, folder, reason, place }))) throw notIncluded(reason);
  }
  return readInclude(decision.realPath, nodeIncludeEffects);
}

function notIncluded(reason: string): UserError {
  return new UserError({
    code: "E_REFUSED_INCLUDE_OUTSIDE",
    phase: "guard",
    message: `The included file is not read: ${reason}, which was not allowed. Nothing was sent.`,
    hint: "Send it again and choose Allow, or put the file into the folder.",
  });
}

function tripEffects(input: TripInput, machine: Machine, effects: EditorEffects): TripEffects {
  const { store, onAdvance, onTransfer, signal } = effects;
  // The time in which a person makes up their mind is not the request's.
  let thought = 0;
  const working = (): number => clock() - thought;
  const ask: EditorEffects["ask"] = async (question) => {
    const asked = clock();
    const answer = await effects.ask(question);
    thought += clock() - asked;
    return answer;
  };
  const { storageDirectory, timeout } = input;
  const limits = timeout === undefined ? defaultLimits : { ...defaultLimits, total: timeout };
  return {
    now: () => new Date(),
    clock: working,
    approval: { store, ask, now: () => Date.now() },
    identity: identityEffects(machine, signal),
    // No proxy of ours: the editor carries every connection through its own (`http.proxy`).
    sendOptions: () => ({ limits, storageDirectory, now: clock, proxy: null }),
    onTransfer,
    onAdvance,
    signal,
  };
}

function noRequestAt({ line, fileName }: TripInput): PreparedTrip {
  return {
    name: null,
    title: "",
    line,
    problems: [],
    request: null,
    auth: null,
    error: {
      code: "E_SELECT",
      phase: "usage",
      message: `No request stands at ${fileName}:${line + 1}.`,
      hint: "Put the cursor into a request.",
    },
  };
}
