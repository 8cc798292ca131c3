import { randomBytes } from "node:crypto";
import { lookup as lookUp } from "node:dns";
import { promisify } from "node:util";
import type { CheckPlan, CheckResult } from "../checks/check.ts";
import type { Answer, CheckEffects, Question } from "../checks/checkEffects.ts";
import { type ChosenEndpoint, iamPlace } from "../checks/iamPlace.ts";
import { planChecks } from "../checks/planChecks.ts";
import { questionRequest } from "../checks/questionRequest.ts";
import type { AwsPlace, AwsPlaces, Refused } from "../checks/refused.ts";
import { runChecks } from "../checks/runChecks.ts";
import type { Finding } from "../diagnosis/diagnose.ts";
import { partitionOf } from "../diagnosis/statements/calledParts.ts";
import { UserError } from "../errors.ts";
import { checkAddress } from "../guard/address.ts";
import { profileKey, variable } from "../identity/files/profile.ts";
import { refuseInWorkspace } from "../identity/files/workspaceFile.ts";
import { type StsEndpointVoices, stsEndpoint } from "../identity/plan/stsEndpoint.ts";
import { answeredText } from "../shown/answeredText.ts";
import { sign } from "../signing/sign.ts";
import { signingOptions } from "../signing/signingOptions.ts";
import type { Exchange, ResolvedRequest, SignedRequest, SigningScope } from "../stages.ts";
import { send } from "../transport/send.ts";
import { type Trip, unsignedRequest } from "./trip.ts";
import type { TripEffects } from "./tripEffects.ts";

/** What the checks of a trip take. A `TripEffects` has most of it; its signal calls the checks off. */
export interface TripCheckEffects extends Pick<TripEffects, "now" | "sendOptions" | "signal"> {
  /** The addresses of a host; the system's resolver when left out. */
  readonly lookup?: CheckEffects["lookup"];
  /** Milliseconds for each check; ten seconds when left out. */
  readonly timeout?: number;
  /** A name that no API has; random when left out. */
  readonly nonsense?: string;
}

/** The checks of one refused trip: listed first, run when the person says so. */
export interface TripChecks {
  readonly plans: readonly CheckPlan[];
  /**
   * @param plans those of `plans` that the person wants
   * @throws UserError `E_CANCELLED`
   */
  readonly run: (
    plans: readonly CheckPlan[],
    onResult?: (result: CheckResult) => void,
  ) => Promise<readonly CheckResult[]>;
}

const usualTimeout = 10_000;

/**
 * What could be checked after a refusal. Nothing is contacted before `run`.
 * @throws UserError `E_STS_REGION`, `E_STS_ENDPOINT`, `E_IAM_ENDPOINT`, `E_AWS_FILE_IN_WORKSPACE`
 */
export async function tripChecks(
  trip: Trip,
  findings: readonly Finding[],
  effects: TripCheckEffects,
): Promise<TripChecks> {
  const nonsense = effects.nonsense ?? `awsreq-check-${randomBytes(4).toString("hex")}`;
  const refused = await refusedTrip(trip, findings, nonsense);
  if (refused === null) return { plans: [], run: async () => [] };
  const { lookup = systemLookup, timeout = usualTimeout, signal } = effects;
  const ask: CheckEffects["ask"] = (question, ended) => askWith(trip, question, effects, ended);
  return {
    plans: planChecks(refused),
    run: (plans, onResult) => runChecks(plans, refused, { ask, lookup, timeout, signal }, onResult),
  };
}

/** Bytes of an answer that are read: what a service says stands at its beginning. */
const largest = 64 * 1024;

async function refusedTrip(
  { request, signed, identity, plan, exchange }: Trip,
  findings: readonly Finding[],
  nonsense: string,
): Promise<Refused | null> {
  const response = exchange?.response ?? null;
  if (signed === null || response === null || findings.length === 0) return null;
  const { scheme, host, authority, path } = signed.target;
  const scope = signed.trace?.scope ?? null;
  return {
    causes: findings.map(({ cause }) => cause),
    answer: {
      status: response.status,
      headers: response.headers,
      body: await answeredText(response, largest),
    },
    request: {
      method: signed.method,
      scheme,
      host,
      authority,
      connectedHost: request?.settings.connectTo?.value.host ?? host,
      path,
    },
    signedFor: scope === null ? null : { service: scope.service, region: scope.region },
    credentials: identity && {
      temporary: identity.credentials.accessKeyId.startsWith("ASIA"),
      hasToken: identity.credentials.sessionToken !== undefined,
      account: identity.account,
      role: identity.role,
    },
    places: plan?.way.kind === "aws" && scope !== null ? placesFor(plan.way.sts, scope) : null,
    nonsense,
  };
}

/** STS where the profile or the environment says, else each region's own; IAM likewise. */
function placesFor(voices: StsEndpointVoices, { region }: SigningScope): AwsPlaces {
  const partition = partitionOf(region);
  const standard = (there: string | null): AwsPlace =>
    stsEndpoint({ ...voices, env: {}, profile: null, source: null, region: there, partition });
  const first = standard(null);
  const sts = stsEndpoint({ ...voices, region: voices.region ?? first.region, partition });
  const isOwn = sts.endpoint === standard(sts.region).endpoint;
  const at = (place: AwsPlace): AwsPlace => (isOwn ? place : { ...place, endpoint: sts.endpoint });
  return {
    sts,
    stsThere: at(standard(region)),
    stsFirst: at(first),
    // The caller is of the partition whose STS is asked.
    iam: iamPlace(partitionOf(sts.region), chosenIam(voices)),
  };
}

/** `AWS_ENDPOINT_URL_IAM`, the profile's `services` section, its `endpoint_url`; null where AWS's own holds. */
function chosenIam({ files, env, profile }: StsEndpointVoices): ChosenEndpoint | null {
  if (variable(env, "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS")?.toLowerCase() === "true") return null;
  const set = variable(env, "AWS_ENDPOINT_URL_IAM");
  if (set !== null) return { value: set, place: "AWS_ENDPOINT_URL_IAM" };
  if (profile === null) return null;
  if (profileKey(profile, "ignore_configured_endpoint_urls")?.value.toLowerCase() === "true") return null;
  const services = profileKey(profile, "services")?.value ?? "";
  const own = files.services.get(services)?.get("iam.endpoint_url");
  const key = own !== undefined && own.value !== "" ? own : profileKey(profile, "endpoint_url");
  if (key !== null) refuseInWorkspace(profile.name, "endpoint_url", key);
  return key;
}

async function systemLookup(host: string): Promise<readonly string[]> {
  try {
    return (await promisify(lookUp)(host, { all: true })).map(({ address }) => address);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (code === "ENOTFOUND" || code === "ENODATA") return [];
    if (code === "") throw error;
    throw new UserError({
      code: "E_DNS",
      phase: "dns",
      message: `${host} could not be looked up (${code}).`,
    });
  }
}

/** Signs with the trip's credentials where that is asked for, sends, and reads the answer. */
async function askWith(
  trip: Trip,
  question: Question,
  effects: TripCheckEffects,
  signal: AbortSignal,
): Promise<Answer> {
  const request = questionRequest(question, trip.signed);
  const scope = scopeOf(question, trip);
  const signed =
    scope === null ? unsignedRequest(request) : await signAs(trip, request, scope, effects.now());
  const connectTo = question.kind === "route" ? trip.request?.settings.connectTo?.value : undefined;
  const sendOptions = effects.sendOptions(request);
  const limits = { ...sendOptions.limits, receivedBody: largest, decodedBody: largest };
  const tls = { ca: trip.roots ?? [] };
  const options = { ...sendOptions, limits, checkAddress, tls, ...(connectTo && { connectTo }) };
  const exchange = await send(signed, options, signal);
  return readAnswer(exchange, request.target.authority, effects.now().getTime(), signal);
}

function signAs(
  trip: Trip,
  request: ResolvedRequest,
  scope: SigningScope,
  now: Date,
): Promise<SignedRequest> {
  if (trip.identity === null) throw new Error("what nobody signed cannot be checked signed");
  const { credentials } = trip.identity;
  const options = signingOptions(request, scope.service, { kind: "iam" }, undefined, now);
  return sign(request, credentials, scope, options, now);
}

/** Null for a request that goes out unsigned. */
function scopeOf(question: Question, { signed }: Trip): SigningScope | null {
  if (question.kind === "route") return question.signed ? (signed?.trace?.scope ?? null) : null;
  const { service, at } = question;
  return { service, serviceSource: service, region: at.region, regionSource: service };
}

async function readAnswer(
  { response, error, timings }: Exchange,
  authority: string,
  answered: number,
  signal: AbortSignal,
): Promise<Answer> {
  if (signal.aborted) throw signal.reason;
  // More than is read is not received, and not missed.
  const isRead = response?.complete === true || error?.code === "E_BODY_TOO_LARGE";
  if (response === null || !isRead || response.answeredBy === "proxy") {
    await Promise.all([response?.body.dispose(), response?.encodedBody?.dispose()]);
    const why = error?.code ?? "cut";
    const message = `${authority} gave no answer (${why}).`;
    throw new UserError({ code: "E_CHECK_UNANSWERED", phase: "connect", message });
  }
  const body = await answeredText(response, largest);
  await Promise.all([response.body.dispose(), response.encodedBody?.dispose()]);
  const took = (timings.firstByte ?? 0) + (timings.download ?? 0);
  return {
    status: response.status,
    headers: response.headers,
    body,
    asked: answered - took,
    answered,
  };
}
