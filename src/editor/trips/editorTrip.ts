import { randomBytes } from "node:crypto";
import type { ApprovalStore } from "../../guard/approvalStore.ts";
import type { CredentialCache } from "../../identity/credentialCache.ts";
import { clock, identityEffects, type Machine } from "../../machine.ts";
import { completeTrip } from "../../pipeline.ts";
import type { Ask } from "../../questions.ts";
import type { ResolveContext } from "../../request/resolve.ts";
import { requestAt } from "../../request/selectRequest.ts";
import { defaultLimits } from "../../transport/limits.ts";
import type { TransferEvent } from "../../transport/sendOptions.ts";
import { askedInclude } from "../../trip/askedInclude.ts";
import { clockNote } from "../../trip/clockNote.ts";
import { prepareTrip } from "../../trip/prepareTrip.ts";
import { privateFileNote } from "../../trip/privateFileNote.ts";
import { disabledNote, type PreparedTrip, startedTrip, type Trip, tripErrorOf } from "../../trip/trip.ts";
import type { TripEffects } from "../../trip/tripEffects.ts";
import { choicesOf, textContext } from "./editorChoices.ts";
import { environmentOf, folderVoicesOf } from "./folderFiles.ts";
import type { TripInput } from "./tripInput.ts";

/** What a trip does to the editor. */
export interface EditorEffects {
  readonly store: ApprovalStore;
  readonly ask: Ask;
  readonly cache: CredentialCache;
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
  const { file } = input;
  const block = requestAt(file.requests, input.line);
  if (block === null) return { trip: startedTrip(noRequestAt(input)), notes: [] };
  const empty = { name: block.name, title: block.title, line: block.method.range.start.line };
  try {
    const { environment, problems } = await environmentOf(input, machine);
    const folderVoices = await folderVoicesOf(input, machine);
    const choices = choicesOf(input, folderVoices);
    const context = contextOf(input, block.method.range.start.line, { environment, machine, effects });
    const prepared = await prepareTrip(file, block, choices, context);
    effects.onPrepared(prepared);
    const trip = await completeTrip(prepared, until, choices, tripEffects(input, machine, effects));
    const place = { environment, folder: input.folder };
    const shared = await privateFileNote([prepared.request], place, machine);
    const signedWith = clockNote(trip, input.clockOffset);
    const notes = [
      ...problems.map(({ message }) => message),
      ...folderVoices.problems,
      ...(signedWith === null ? [] : [signedWith]),
      ...unsignedNotes(prepared),
      ...disabledNote(prepared),
    ];
    return { trip, notes: shared === null ? notes : [...notes, shared] };
  } catch (error) {
    const failed = {
      ...empty,
      problems: [],
      request: null,
      auth: null,
      error: tripErrorOf(error),
      privateValues: [],
    };
    return { trip: startedTrip(failed), notes: [] };
  }
}

/** What was said about the signer of a request that nobody signs. */
function unsignedNotes({ problems }: PreparedTrip): readonly string[] {
  const codes = ["W_NOT_SIGNED", "H_NOT_SIGNED", "W_ACCOUNT_UNUSED"];
  return problems.filter(({ code }) => codes.includes(code)).map(({ message }) => message);
}

interface Around {
  readonly environment: ResolveContext["environment"];
  readonly machine: Machine;
  readonly effects: EditorEffects;
}

/** What the text of requests is resolved with in the editor. */
export function contextOf(
  input: TripInput,
  line: number,
  { environment, machine, effects }: Around,
): Omit<ResolveContext, "willSign"> {
  const place = `${input.fileName}:${line + 1}`;
  return {
    ...textContext(input, environment, machine.env),
    now: () => new Date(),
    randomBytes,
    readInclude: (path) => askedInclude(path, { ...machine, folder: input.folder, place }, effects.ask),
  };
}

/** What a trip from the editor does to the world. */
export function tripEffects(input: TripInput, machine: Machine, effects: EditorEffects): TripEffects {
  const { store, onAdvance, onTransfer, signal, cache } = effects;
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
    now: () => new Date(Date.now() + input.clockOffset),
    clock: working,
    approval: { store, ask, now: () => Date.now() },
    identity: identityEffects(machine, signal, {
      cache,
      metadata: input.machineCredentials,
      // As below: the editor carries it.
      proxyFor: () => null,
    }),
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
    privateValues: [],
    error: {
      code: "E_SELECT",
      phase: "usage",
      message: `No request stands at ${fileName}:${line + 1}.`,
      hint: "Put the cursor into a request.",
    },
  };
}
