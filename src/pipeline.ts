import { UserError } from "./errors.ts";
import { checkAddress } from "./guard/address.ts";
import { refusals, refuseUntrusted } from "./guard/refuse.ts";
import { readCaBundle } from "./identity/caBundle.ts";
import { confirmMachine, identify } from "./identity/resolveIdentity.ts";
import { type Resolution, type ResolveContext, resolveRequest } from "./request/resolve.ts";
import { redactedError, redactedProblem, redactedTrip, redactorOf } from "./shown/tripRedactor.ts";
import type { AuthDecision } from "./signing/authMode.ts";
import { emptyAuthorization } from "./signing/ownAuthorization.ts";
import { sign } from "./signing/sign.ts";
import { signingOptions } from "./signing/signingOptions.ts";
import type {
  Exchange,
  Problem,
  RequestBlock,
  RequestFile,
  ResolvedRequest,
  SignedRequest,
  SigningScope,
} from "./stages.ts";
import { send } from "./transport/send.ts";
import { accountNote, checkPlannedAccount, checkSigningAccount } from "./trip/accountGuard.ts";
import { emptyAuthProblem, unsignedProblems } from "./trip/authProblems.ts";
import { recordedContext } from "./trip/recordedContext.ts";
import {
  arrivedTrip,
  errorInText,
  notYet,
  type PrepareAgain,
  type PreparedTrip,
  startedTrip,
  type Trip,
  tripErrorOf,
  unsignedRequest,
} from "./trip/trip.ts";
import { approveTrip, askForProcess } from "./trip/tripApproval.ts";
import type { TripChoices } from "./trip/tripChoices.ts";
import type { TripEffects } from "./trip/tripEffects.ts";
import { typedSigningNotes } from "./trip/typedSigningNotes.ts";
import {
  authOf,
  bundleOfUnsigned,
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
  const { recording, replayed } = recordedContext(context);
  try {
    refuseUntrusted(choices.trusted);
    const willSign: ResolveContext["willSign"] = (draft) => isSigned(draft, choices);
    const resolution = await resolveRequest(file, block, { ...recording, willSign });
    const prepared = preparedTrip(trip, resolution, { file, block }, choices, context);
    return prepared.request === null ? prepared : { ...prepared, again: againWith(choices, replayed) };
  } catch (error) {
    return { ...trip, error: tripErrorOf(error) };
  }
}

function againWith(choices: TripChoices, replayed: () => Omit<ResolveContext, "willSign">): PrepareAgain {
  return {
    prepare: (file, block) => prepareTrip(file, block, choices, replayed()),
    scope: (request, plan) => forWhat(request, plan, choices).scope,
  };
}

/** What a person is told of the text quotes values; private ones are masked here, before anybody gets to show them. */
function preparedTrip(
  trip: Omit<PreparedTrip, "error">,
  { request, problems: told, privateValues }: Resolution,
  { file, block }: { readonly file: RequestFile; readonly block: RequestBlock },
  choices: TripChoices,
  { fileName, now }: Pick<ResolveContext, "fileName" | "now">,
): PreparedTrip {
  const redactor = redactorOf({ identity: null, plan: null, request, privateValues });
  const redacted = (problems: readonly Problem[]) =>
    problems.map((problem) => redactedProblem(problem, redactor));
  const problems = redacted(told);
  const known = { ...trip, problems, privateValues };
  if (request === null) return { ...known, error: errorInText(problems, fileName) };
  const empty = emptyAuthProblem(request, block);
  if (empty !== null) {
    const also = redacted([empty]);
    return { ...known, problems: [...problems, ...also], error: errorInText(also, fileName) };
  }
  try {
    const auth = authOf(request, choices);
    if (auth.kind === "sign") checkSignable(request, presignedMode(auth.mode, choices), choices, now());
    const unsigned = redacted(unsignedProblems(file, block, auth, choices));
    return { ...known, problems: [...problems, ...unsigned], request, auth, error: null };
  } catch (error) {
    return { ...known, error: redactedError(tripErrorOf(error), redactor) };
  }
}

/** What cannot be decided is told once there is a request to tell it of. */
function isSigned(draft: Parameters<ResolveContext["willSign"]>[0], choices: TripChoices): boolean {
  try {
    return emptyAuthorization(draft) === null && authOf(draft, choices).kind === "sign";
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
      if (until === "send") {
        const bundle = await bundleOfUnsigned(request, choices, effects.identity);
        know({ roots: await readCaBundle(bundle, effects.identity) });
      }
      await approveTrip(request, null, until === "send", choices, effects.approval);
      trip = { ...trip, signed: unsignedRequest(request) };
    }
    if (until === "send" && trip.signed !== null)
      trip = arrivedTrip(trip, await carry(request, trip.signed, trip.roots ?? [], effects));
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
  checkPlannedAccount(request, plan);
  const { scope, conflict } = forWhat(request, plan, choices);
  const said = [conflict, sends ? null : contactNote(plan)].filter((note) => note !== null);
  const notes = [...plan.notes, ...said];
  know({ notes });
  refuse(request, scope, choices);
  if (sends) know({ roots: await readCaBundle(plan.caBundle ?? null, effects.identity) });
  await confirmMachine(plan, effects.identity);
  await approveTrip(request, { plan, scope }, sends, choices, effects.approval);
  const ask = askForProcess(plan, effects.approval);
  const got = await timed(effects.clock, () => identify(plan, { ...effects.identity, ask }));
  know({ identity: got.value, timings: { ...notYet, credentials: got.took } });
  const identity = await checkSigningAccount(request, { plan, scope }, got.value, effects);
  if (identity !== got.value) know({ identity });
  const asked = identity === got.value || sends ? [] : [accountNote];
  const ending = sends ? expiryNote(identity, effects.now()) : null;
  const { credentials } = identity;
  const typed = typedSigningNotes(request, mode, credentials);
  know({ notes: [...notes, ...asked, ...typed, ...(ending === null ? [] : [ending])] });
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

function carry(
  request: ResolvedRequest,
  signed: SignedRequest,
  ca: readonly string[],
  effects: TripEffects,
): Promise<Exchange> {
  const { connectTo, timeout } = request.settings;
  const options = effects.sendOptions(request);
  // A bound that the person gives wins over the file's.
  const total = options.limits.total ?? timeout?.value ?? null;
  return send(
    signed,
    {
      ...options,
      checkAddress,
      tls: { ca },
      ...(connectTo === undefined ? {} : { connectTo: connectTo.value }),
      limits: { ...options.limits, total },
    },
    effects.signal,
    effects.onTransfer,
  );
}
