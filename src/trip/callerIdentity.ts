import { questionRequest } from "../checks/questionRequest.ts";
import { partitionOf } from "../diagnosis/statements/calledParts.ts";
import { UserError } from "../errors.ts";
import { checkAddress } from "../guard/address.ts";
import { readCaBundle } from "../identity/caBundle.ts";
import type { CallerIdentity } from "../identity/credentialCache.ts";
import { type StsEndpoint, type StsEndpointVoices, stsEndpoint } from "../identity/plan/stsEndpoint.ts";
import { stsCause, unreachableHint } from "../identity/providers/stsCauses.ts";
import type { IdentityPlan } from "../identity/resolveIdentity.ts";
import { answeredText } from "../shown/answeredText.ts";
import { sign } from "../signing/sign.ts";
import { signingOptions } from "../signing/signingOptions.ts";
import type { Credentials, Exchange, Identity } from "../stages.ts";
import { send } from "../transport/send.ts";
import type { TripEffects } from "./tripEffects.ts";

/** What asking STS takes of a trip's effects. */
export type CallerEffects = Pick<TripEffects, "now" | "sendOptions" | "signal"> & {
  readonly identity: Pick<TripEffects["identity"], "cache" | "stsTimeout" | "readFile" | "home" | "signal">;
};

/**
 * Asks STS who signs with these credentials, which nobody may be forbidden to ask; once for each key.
 * @returns null for a plan whose keys AWS does not know
 * @throws UserError `E_STS`, `E_STS_ENDPOINT`, `E_STS_REGION`, `E_CA_BUNDLE`, `E_CANCELLED`
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 */
export async function callerIdentity(
  plan: IdentityPlan,
  credentials: Credentials,
  effects: CallerEffects,
): Promise<CallerIdentity | null> {
  if (plan.way.kind === "local") return null;
  const { cache } = effects.identity;
  const known = cache.caller(credentials.accessKeyId);
  if (known !== null) return known;
  const ca = await readCaBundle(plan.caBundle ?? null, effects.identity);
  const caller = await askSts(callerEndpoint(plan.way.sts), credentials, ca, effects);
  cache.keepCaller(credentials.accessKeyId, caller);
  return caller;
}

/** Where STS is asked: in the partition of the region that holds, whose keys no other partition knows. */
export function callerEndpoint(voices: StsEndpointVoices): StsEndpoint {
  const { region } = stsEndpoint(voices);
  return stsEndpoint({ ...voices, region, partition: partitionOf(region) });
}

/** The identity with what AWS says of it. */
export function calledIdentity(identity: Identity, caller: CallerIdentity | null): Identity {
  return caller === null ? identity : { ...identity, account: caller.account, arn: caller.arn };
}

const getCallerIdentity = { Action: "GetCallerIdentity", Version: "2011-06-15" };

/** Bytes: an answer of STS has some six hundred. */
const largest = 64 * 1024;

async function askSts(
  at: StsEndpoint,
  credentials: Credentials,
  ca: readonly string[],
  effects: CallerEffects,
): Promise<CallerIdentity> {
  const request = questionRequest({ kind: "aws", service: "sts", at, form: getCallerIdentity }, null);
  const now = effects.now();
  const scope = { region: at.region, regionSource: "STS", service: "sts", serviceSource: "STS" };
  const options = signingOptions(request, "sts", { kind: "iam" }, undefined, now);
  const signed = await sign(request, credentials, scope, options, now);
  const sendOptions = effects.sendOptions(request);
  const limits = {
    ...sendOptions.limits,
    total: effects.identity.stsTimeout,
    receivedBody: largest,
    decodedBody: largest,
  };
  const exchange = await send(
    signed,
    { ...sendOptions, checkAddress, limits, tls: { ca } },
    effects.signal,
    () => undefined,
  );
  return readAnswer(exchange, at);
}

async function readAnswer({ response, error }: Exchange, at: StsEndpoint): Promise<CallerIdentity> {
  const host = new URL(at.endpoint).host;
  if (response === null || !response.complete) {
    await response?.body.dispose();
    await response?.encodedBody?.dispose();
    if (error?.phase === "cancel") throw cancelled();
    throw unasked(host, error);
  }
  const text = await answeredText(response, largest);
  await Promise.all([response.body.dispose(), response.encodedBody?.dispose()]);
  const { status } = response;
  if (status !== 200) {
    const code = /<Code>([A-Za-z][A-Za-z0-9_.]{0,63})<\/Code>/.exec(text)?.[1] ?? "unknown error";
    const { says, hint } = stsCause(code, status);
    throw stsError(`STS at ${host} did not say who this is: ${says} (${code}, status ${status})`, hint);
  }
  const account = /<Account>(\d{12})<\/Account>/.exec(text)?.[1];
  const arn = /<Arn>(arn:[\x21-\x3b\x3d-\x7e]{1,2000})<\/Arn>/.exec(text)?.[1];
  const userId = /<UserId>([\w:+=,.@-]{1,300})<\/UserId>/.exec(text)?.[1];
  if (account !== undefined && arn !== undefined && userId !== undefined) return { account, arn, userId };
  const { says, hint } = stsCause("unknown error", null);
  throw stsError(`STS at ${host} did not say who this is: ${says}`, hint);
}

function unasked(host: string, error: Exchange["error"]): UserError {
  const what = `STS at ${host} could not be asked who this is (${error?.code ?? "cut"})`;
  if (error === null || !error.code.startsWith("E_TLS_")) return stsError(what, unreachableHint);
  return stsError(`${what}: ${error.message.replace(/\.$/, "")}`, error.hint ?? unreachableHint);
}

function stsError(what: string, hint: string): UserError {
  return new UserError({ code: "E_STS", phase: "credentials", message: `${what}.`, hint });
}

function cancelled(): UserError {
  const message = "Cancelled while STS was being asked who this is.";
  return new UserError({ code: "E_CANCELLED", phase: "cancel", message });
}
