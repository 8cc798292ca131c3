import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import type { Credentials } from "../../stages.ts";
import { cancelled, unlessAborted } from "../cancellation.ts";
import type { AssumeRoleStep } from "../plan/roleStep.ts";
import type { AwsProviders } from "./awsProviders.ts";
import { stsFailure, stsTimeout } from "./stsFailure.ts";

/** What assuming a role takes. */
export interface AssumeRoleEffects {
  /** Loads awsProviders.ts; called only when a role is assumed. */
  readonly loadAws: () => Promise<AwsProviders>;
  readonly now: () => Date;
  readonly signal: AbortSignal;
  /** Milliseconds for the whole call, retries included. */
  readonly stsTimeout: number;
  /** How often STS is asked at most. */
  readonly stsAttempts: number;
}

type TemporaryOptions = Parameters<AwsProviders["fromTemporaryCredentials"]>[0];
type Plugin = NonNullable<TemporaryOptions["clientPlugins"]>[number];

/** The name that a session gets when nobody named it: `awsreq-` and the time in milliseconds. */
export function sessionNameOf(step: AssumeRoleStep, now: Date): string {
  return step.sessionName ?? `awsreq-${now.getTime()}`;
}

/**
 * Asks STS for a role with the given credentials. Region, endpoint and every other setting are told, so that nothing
 * in the environment or the shared files can turn the call elsewhere.
 * @throws UserError `E_STS`, `E_CANCELLED`
 */
export async function assumeRole(
  step: AssumeRoleStep,
  master: Credentials,
  sessionName: string,
  effects: AssumeRoleEffects,
): Promise<Credentials> {
  const { fromTemporaryCredentials } = await unlessAborted(effects.loadAws(), effects.signal);
  const stop = new AbortController();
  const abort = () => stop.abort();
  const timer = setTimeout(abort, effects.stsTimeout);
  effects.signal.addEventListener("abort", abort, { once: true });
  const agents = { httpAgent: new HttpAgent(), httpsAgent: new HttpsAgent() };
  try {
    const options = providerOptions(step, master, sessionName, effects.stsAttempts, agents, stop.signal);
    return plainCredentials(await unlessAborted(fromTemporaryCredentials(options)(), stop.signal));
  } catch (error) {
    if (effects.signal.aborted) throw cancelled();
    throw stop.signal.aborted ? stsTimeout(step, effects.stsTimeout) : stsFailure(step, error);
  } finally {
    clearTimeout(timer);
    effects.signal.removeEventListener("abort", abort);
    agents.httpAgent.destroy();
    agents.httpsAgent.destroy();
  }
}

function providerOptions(
  step: AssumeRoleStep,
  master: Credentials,
  sessionName: string,
  stsAttempts: number,
  agents: { readonly httpAgent: HttpAgent; readonly httpsAgent: HttpsAgent },
  stop: AbortSignal,
): TemporaryOptions {
  return {
    masterCredentials: { ...master },
    params: {
      RoleArn: step.roleArn,
      RoleSessionName: sessionName,
      ...(step.externalId !== null && { ExternalId: step.externalId }),
      ...(step.durationSeconds !== null && { DurationSeconds: step.durationSeconds }),
    },
    clientConfig: {
      region: step.region,
      endpoint: step.endpoint,
      useFipsEndpoint: false,
      useDualstackEndpoint: false,
      maxAttempts: stsAttempts,
      retryMode: "standard",
      defaultsMode: "standard",
      userAgentAppId: "awsreq",
      authSchemePreference: [],
      sigv4aSigningRegionSet: [],
      requestHandler: agents,
    },
    clientPlugins: [stopBeforeAttempt(stop)],
  };
}

/** Stands after the retry loop, so that an ended call makes no further attempt behind its caller's back. */
function stopBeforeAttempt(stop: AbortSignal): Plugin {
  return {
    applyToStack(stack) {
      stack.add(
        (next) => (args) => {
          stop.throwIfAborted();
          return next(args);
        },
        { name: "stopBeforeAttempt", step: "finalizeRequest", priority: "low" },
      );
    },
  };
}

function plainCredentials(given: Credentials): Credentials {
  const { accessKeyId, secretAccessKey, sessionToken, expiration } = given;
  return {
    accessKeyId,
    secretAccessKey,
    ...(sessionToken !== undefined && { sessionToken }),
    ...(expiration !== undefined && { expiration }),
  };
}
