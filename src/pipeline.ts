import { checkAddress } from "./guard/address.ts";
import type { ApprovalEffects } from "./guard/approval.ts";
import { refusals, refuseUntrusted } from "./guard/refuse.ts";
import {
  type IdentityEffects,
  type IdentityPlan,
  identify,
  planIdentity,
} from "./identity/resolveIdentity.ts";
import { type ResolveContext, resolveRequest } from "./request/resolve.ts";
import { type AuthDecision, decideAuth } from "./signing/authMode.ts";
import { hostScope, isAwsHost, isUnsignedService, needsSigV4a } from "./signing/hostScope.ts";
import { signingScope, signingService } from "./signing/scope.ts";
import { refuseTypedDate, sign } from "./signing/sign.ts";
import { signingOptions } from "./signing/signingOptions.ts";
import type {
  AuthMode,
  Exchange,
  RequestBlock,
  RequestFile,
  ResolvedRequest,
  SignedRequest,
  SigningScope,
  Sourced,
} from "./stages.ts";
import { send } from "./transport/send.ts";
import type { SendOptions, TransferEvent } from "./transport/sendOptions.ts";
import {
  arrivedTrip,
  errorInText,
  type PreparedTrip,
  startedTrip,
  type Trip,
  tripErrorOf,
  unsignedRequest,
} from "./trip.ts";
import { type ApprovalChoices, approveTrip, askForProcess } from "./tripApproval.ts";

/** What the person says beside the file: flags of the command line, picks in the editor. */
export interface TripChoices extends ApprovalChoices {
  readonly profile: string | undefined;
  /** Picked in the editor for as long as it runs: before `# @profile`. */
  readonly pickedProfile?: Sourced<string> | undefined;
  /** Picked for the folder or named by a setting: after `# @profile`. */
  readonly configuredProfile?: Sourced<string> | undefined;
  /** Named by a setting: after `# @region` and the host. */
  readonly configuredRegion?: Sourced<string> | undefined;
  readonly region: string | undefined;
  readonly service: string | undefined;
  /** Sign as if it were then; `undefined` for now. */
  readonly at: Date | undefined;
  /** Seconds: presign in place of the request's own way of signing. */
  readonly presign: number | undefined;
  /** Whether the workspace is trusted. */
  readonly trusted: boolean;
  readonly allowPlainHttpHosts: readonly string[];
}

/** Everything that a trip does to the world. */
export interface TripEffects {
  readonly now: () => Date;
  /** A monotonic clock in milliseconds. */
  readonly clock: () => number;
  readonly approval: ApprovalEffects;
  readonly identity: Omit<IdentityEffects, "ask">;
  /** How a request with these settings is carried; the address check is the pipeline's. */
  readonly sendOptions: (request: ResolvedRequest) => Omit<SendOptions, "checkAddress">;
  readonly onTransfer: (event: TransferEvent) => void;
  /** Told each time that more of the trip is known: the plan was approved, somebody signed. */
  readonly onAdvance?: (trip: Trip) => void;
  readonly signal: AbortSignal;
}

/** The first half: text becomes a request. No credential is touched, nothing is asked, nothing leaves. */
export async function prepareTrip(
  file: RequestFile,
  block: RequestBlock,
  choices: TripChoices,
  context: Omit<ResolveContext, "willSign">,
): Promise<PreparedTrip> {
  const { name, title, method } = block;
  const trip = { name, title, line: method.range.start.line, problems: [], request: null, auth: null };
  try {
    refuseUntrusted(choices.trusted);
    const willSign: ResolveContext["willSign"] = (draft) => authOf(draft, choices).kind === "sign";
    const { request, problems } = await resolveRequest(file, block, { ...context, willSign });
    if (request === null) return { ...trip, problems, error: errorInText(problems, context.fileName) };
    const auth = authOf(request, choices);
    if (auth.kind === "sign")
      checkSignable(request, presignedMode(auth.mode, choices), choices, context.now());
    return { ...trip, problems, request, auth, error: null };
  } catch (error) {
    return { ...trip, error: tripErrorOf(error) };
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
    if (auth.kind === "sign") {
      const mode = presignedMode(auth.mode, choices);
      const plan = await whoSigns(request, choices, effects);
      const { scope, conflict } = forWhat(request, plan, choices);
      trip = { ...trip, notes: conflict === null ? [] : [conflict] };
      refuse(request, scope, choices);
      await approveTrip(request, { plan, scope }, until === "send", choices, effects.approval);
      const ask = askForProcess(plan, request.target.authority, choices, effects.approval);
      const identity = await timed(effects.clock, () => identify(plan, { ...effects.identity, ask }));
      trip = { ...trip, identity: identity.value, timings: { ...trip.timings, credentials: identity.took } };
      effects.onAdvance?.(trip);
      const { credentials } = identity.value;
      const now = choices.at ?? effects.now();
      const options = signingOptions(request, scope.service, mode, credentials.expiration, now);
      const signed = await timed(effects.clock, () => sign(request, credentials, scope, options, now));
      trip = { ...trip, signed: signed.value, timings: { ...trip.timings, sign: signed.took } };
      effects.onAdvance?.(trip);
    } else {
      refuse(request, null, choices);
      await approveTrip(request, null, until === "send", choices, effects.approval);
      trip = { ...trip, signed: unsignedRequest(request) };
    }
    if (until === "send" && trip.signed !== null)
      trip = arrivedTrip(trip, await carry(request, trip.signed, effects));
  } catch (error) {
    trip = { ...trip, error: tripErrorOf(error) };
  }
  return { ...trip, timings: { ...trip.timings, total: effects.clock() - started } };
}

type Draft = Pick<ResolvedRequest, "headers" | "target" | "settings">;

function authOf(draft: Draft, { service }: TripChoices): AuthDecision {
  const { host } = draft.target;
  return decideAuth(draft, { isAws: isAwsHost(host), isUnsignedService: isUnsignedService(host) }, service);
}

/** What would be found out while signing is told before anybody signs, so that no other request is sent in between. */
function checkSignable(request: ResolvedRequest, mode: AuthMode, choices: TripChoices, now: Date): void {
  refuseTypedDate(request.headers);
  const service = signingService(serviceSources(request, choices), request.target.authority);
  signingOptions(request, service.value, mode, undefined, now);
}

function serviceSources({ settings, target }: ResolvedRequest, { service }: TripChoices) {
  return {
    flagService: service,
    settings,
    host: hostScope(target.host),
    needsSigV4a: needsSigV4a(target.host),
  };
}

function presignedMode(mode: AuthMode, { presign }: TripChoices): AuthMode {
  return presign === undefined ? mode : { kind: "presign", expires: presign };
}

/** What an effect gave, and how many milliseconds it took. */
async function timed<T>(clock: () => number, run: () => Promise<T>): Promise<{ value: T; took: number }> {
  const started = clock();
  const value = await run();
  return { value, took: clock() - started };
}

function whoSigns(
  request: ResolvedRequest,
  choices: TripChoices,
  effects: TripEffects,
): Promise<IdentityPlan> {
  const { profile, role, externalId, sessionName, region } = request.settings;
  return planIdentity(
    {
      flagProfile: choices.profile,
      pickedProfile: choices.pickedProfile,
      directiveProfile: profile,
      configuredProfile: choices.configuredProfile,
      role: role === undefined ? undefined : { arn: role, externalId, sessionName },
      region: choices.region ?? region?.value,
      authority: `${request.target.host}:${request.target.port}`,
      untrustedRoots: [choices.folder],
    },
    effects.identity,
  );
}

function forWhat(request: ResolvedRequest, plan: IdentityPlan, choices: TripChoices) {
  return signingScope(
    {
      flagRegion: choices.region,
      ...serviceSources(request, choices),
      configuredRegion: choices.configuredRegion ?? plan.region,
    },
    request.target.authority,
  );
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
