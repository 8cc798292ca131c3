import { checkAddress } from "./guard/address.ts";
import { readCaBundle } from "./identity/caBundle.ts";
import { confirmMachine, identify } from "./identity/resolveIdentity.ts";
import { redactedTrip } from "./shown/tripRedactor.ts";
import type { AuthDecision } from "./signing/authMode.ts";
import { sign } from "./signing/sign.ts";
import { signingOptions } from "./signing/signingOptions.ts";
import type { Exchange, ResolvedRequest, SignedRequest } from "./stages.ts";
import { withinTotal } from "./transport/limits.ts";
import { send } from "./transport/send.ts";
import { accountNote, checkPlannedAccount, checkSigningAccount } from "./trip/accountGuard.ts";
import { forWhat, presignedMode, refuse } from "./trip/decisions.ts";
import { closeBody, openBody } from "./trip/openBody.ts";
import {
  arrivedTrip,
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
import { typedSigningNotes } from "./trip/typedSigningNotes.ts";
import { bundleOfUnsigned, contactNote, expiryNote, whoSigns } from "./trip/whoSigns.ts";

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
      if (until === "send") await openBody(request.body, effects.signal);
      trip = { ...trip, signed: unsignedRequest(request) };
    }
    if (until === "send" && trip.signed !== null)
      trip = arrivedTrip(trip, await carry(request, trip.signed, trip.roots ?? [], effects));
  } catch (error) {
    trip = { ...trip, error: tripErrorOf(error) };
  } finally {
    await closeBody(request.body);
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
  const signed = await timed(effects.clock, async () => {
    await openBody(request.body, effects.signal);
    return sign(request, credentials, scope, options, now);
  });
  know({ signed: signed.value, timings: { ...notYet, credentials: got.took, sign: signed.took } });
}

/** What an effect gave, and how many milliseconds it took. */
async function timed<T>(clock: () => number, run: () => Promise<T>): Promise<{ value: T; took: number }> {
  const started = clock();
  const value = await run();
  return { value, took: clock() - started };
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
      limits: withinTotal(options.limits, total),
    },
    effects.signal,
    effects.onTransfer,
  );
}
