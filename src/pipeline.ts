import { UserError } from "./errors.ts";
import { checkAddress } from "./guard/address.ts";
import { refusals, refuseUntrusted } from "./guard/refuse.ts";
import { identify } from "./identity/resolveIdentity.ts";
import { type Resolution, type ResolveContext, resolveRequest } from "./request/resolve.ts";
import { redactedError, redactedProblem, redactedTrip, redactorOf } from "./shown/tripRedactor.ts";
import type { AuthDecision } from "./signing/authMode.ts";
import { sign } from "./signing/sign.ts";
import { signingOptions } from "./signing/signingOptions.ts";
import type {
  Exchange,
  RequestBlock,
  RequestFile,
  ResolvedRequest,
  SignedRequest,
  SigningScope,
} from "./stages.ts";
import { send } from "./transport/send.ts";
import {
  arrivedTrip,
  errorInText,
  notYet,
  type PreparedTrip,
  startedTrip,
  type Trip,
  tripErrorOf,
  unsignedRequest,
} from "./trip/trip.ts";
import { approveTrip, askForProcess } from "./trip/tripApproval.ts";
import type { TripChoices } from "./trip/tripChoices.ts";
import type { TripEffects } from "./trip/tripEffects.ts";
import {
  authOf,
  checkSignable,
  contactNote,
  expiryNote,
  forWhat,
  presignedMode,
  whoSigns,
} from "./trip/whoSigns.ts";

/** The first half: text becomes a request. No credential is touched, nothing is asked, nothing leaves. */
export async function prepareTrip(
  file: RequestFile,
  block: RequestBlock,
  choices: TripChoices,
  context: Omit<ResolveContext, "willSign">,
): Promise<PreparedTrip> {
  const { name, title, method } = block;
  const { line } = method.range.start;
  const trip = { name, title, line, problems: [], request: null, auth: null, privateValues: [] };
  try {
    refuseUntrusted(choices.trusted);
    const willSign: ResolveContext["willSign"] = (draft) => isSigned(draft, choices);
    const resolution = await resolveRequest(file, block, { ...context, willSign });
    return preparedTrip(trip, resolution, choices, context);
  } catch (error) {
    return { ...trip, error: tripErrorOf(error) };
  }
}

/** What a person is told of the text quotes values; private ones are masked here, before anybody gets to show them. */
function preparedTrip(
  trip: Omit<PreparedTrip, "error">,
  resolution: Resolution,
  choices: TripChoices,
  { fileName, now }: Pick<ResolveContext, "fileName" | "now">,
): PreparedTrip {
  const { request, privateValues } = resolution;
  const redactor = redactorOf({ identity: null, plan: null, request, privateValues });
  const problems = resolution.problems.map((problem) => redactedProblem(problem, redactor));
  const known = { ...trip, problems, privateValues };
  if (request === null) return { ...known, error: errorInText(problems, fileName) };
  try {
    const auth = authOf(request, choices);
    if (auth.kind === "sign") checkSignable(request, presignedMode(auth.mode, choices), choices, now());
    return { ...known, request, auth, error: null };
  } catch (error) {
    return { ...known, error: redactedError(tripErrorOf(error), redactor) };
  }
}

/** What cannot be decided is told once there is a request to tell it of. */
function isSigned(draft: Parameters<ResolveContext["willSign"]>[0], choices: TripChoices): boolean {
  try {
    return authOf(draft, choices).kind === "sign";
  } catch (error) {
    if (error instanceof UserError) return false;
    throw error;
  }
}

/**
 * The second half: somebody signs, bytes go out, an answer comes back.
 * @param until "sign" stops before anything is sent
 */
export async function completeTrip(
  prepared: PreparedTrip,
  until: "sign" | "send",
  choices: TripChoices,
  effects: TripEffects,
): Promise<Trip> {
  const { request, auth } = prepared;
  let trip = startedTrip(prepared);
  if (request === null || auth === null) return trip;
  const started = effects.clock();
  try {
    const know = (more: Partial<Trip>) => {
      trip = { ...trip, ...more };
      if (more.identity !== undefined || more.signed !== undefined) effects.onAdvance?.(trip);
    };
    if (auth.kind === "sign") await signTrip(request, auth, until === "send", choices, effects, know);
    else {
      refuse(request, null, choices);
      await approveTrip(request, null, until === "send", choices, effects.approval);
      trip = { ...trip, signed: unsignedRequest(request) };
    }
    if (until === "send" && trip.signed !== null)
      trip = arrivedTrip(trip, await carry(request, trip.signed, effects));
  } catch (error) {
    trip = { ...trip, error: tripErrorOf(error) };
  }
  trip = redactedTrip(trip);
  return { ...trip, timings: { ...trip.timings, total: effects.clock() - started } };
}

/** Who, for what, may they, with which credentials, and the signature: each is told as soon as it is known. */
async function signTrip(
  request: ResolvedRequest,
  auth: AuthDecision & { readonly kind: "sign" },
  sends: boolean,
  choices: TripChoices,
  effects: TripEffects,
  know: (more: Partial<Trip>) => void,
): Promise<void> {
  const mode = presignedMode(auth.mode, choices);
  const plan = await whoSigns(request, choices, effects.identity);
  know({ plan });
  const { scope, conflict } = forWhat(request, plan, choices);
  const notes = [conflict, sends ? null : contactNote(plan)].filter((note) => note !== null);
  know({ notes });
  refuse(request, scope, choices);
  await approveTrip(request, { plan, scope }, sends, choices, effects.approval);
  const ask = askForProcess(plan, request.target.authority, choices, effects.approval);
  const got = await timed(effects.clock, () => identify(plan, { ...effects.identity, ask }));
  const identity = got.value;
  know({ identity, timings: { ...notYet, credentials: got.took } });
  const ending = sends ? expiryNote(identity, effects.now()) : null;
  if (ending !== null) know({ notes: [...notes, ending] });
  const { credentials } = identity;
  const now = choices.at ?? effects.now();
  const options = signingOptions(request, scope.service, mode, credentials.expiration, now);
  const signed = await timed(effects.clock, () => sign(request, credentials, scope, options, now));
  know({ signed: signed.value, timings: { ...notYet, credentials: got.took, sign: signed.took } });
}

/** What an effect gave, and how many milliseconds it took. */
async function timed<T>(clock: () => number, run: () => Promise<T>): Promise<{ value: T; took: number }> {
  const started = clock();
  const value = await run();
  return { value, took: clock() - started };
}

/** The guard's word is final: the first refusal ends the trip. */
function refuse(request: ResolvedRequest, scope: SigningScope | null, choices: TripChoices): void {
  const { trusted, allowPlainHttpHosts } = choices;
  const [first] = refusals(request, { trusted, allowPlainHttpHosts, scope });
  if (first !== undefined) throw first;
}

function carry(request: ResolvedRequest, signed: SignedRequest, effects: TripEffects): Promise<Exchange> {
  const { connectTo, timeout } = request.settings;
  const options = effects.sendOptions(request);
  // A bound that the person gives wins over the file's.
  const total = options.limits.total ?? timeout?.value ?? null;
  return send(
    signed,
    {
      ...options,
      checkAddress,
      ...(connectTo === undefined ? {} : { connectTo: connectTo.value }),
      limits: { ...options.limits, total },
    },
    effects.signal,
    effects.onTransfer,
  );
}
