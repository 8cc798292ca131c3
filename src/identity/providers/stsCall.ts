import type { Agents } from "../../net/agents.ts";
import type { Credentials } from "../../stages.ts";
import { type BundleEffects, type CaBundle, readCaBundle } from "../caBundle.ts";
import { cancelled, unlessAborted } from "../cancellation.ts";
import type { StsEndpoint } from "../plan/stsEndpoint.ts";
import type { AwsProviders } from "./awsProviders.ts";
import { type StsSubject, stsFailure, stsTimeout } from "./stsFailure.ts";

/** What a call to STS takes. */
export interface StsEffects extends BundleEffects {
  /** Loads awsProviders.ts; called only when STS is asked for a role. */
  readonly loadAws: () => Promise<AwsProviders>;
  readonly now: () => Date;
  /** Certificates that count for STS too. */
  readonly caBundle?: CaBundle | null;
  /** Milliseconds for the whole call, retries included. */
  readonly stsTimeout: number;
  /** How often STS is asked at most. */
  readonly stsAttempts: number;
  /** URL of the proxy that leads to a URL, or null. */
  readonly proxyFor: (url: string) => string | null;
}

type TemporaryOptions = Parameters<AwsProviders["fromTemporaryCredentials"]>[0];
type ClientOptions = Required<Pick<TemporaryOptions, "clientConfig" | "clientPlugins">>;
type Plugin = ClientOptions["clientPlugins"][number];

/** What a provider of the SDK gives. */
interface GivenCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
  readonly expiration?: Date | undefined;
}

/**
 * Runs one call of the SDK to STS, bounded in time. Region, endpoint and every other setting are told, so that nothing
 * in the environment or the shared files can turn the call elsewhere.
 * @throws UserError `E_STS`, `E_MFA_CODE`, `E_CA_BUNDLE`, `E_CANCELLED`
 */
export async function callSts(
  subject: StsSubject & StsEndpoint,
  provider: (aws: AwsProviders, client: ClientOptions) => () => Promise<GivenCredentials>,
  effects: StsEffects,
): Promise<Credentials> {
  const aws = await unlessAborted(effects.loadAws(), effects.signal);
  const roots = await readCaBundle(effects.caBundle ?? null, effects);
  const stop = new AbortController();
  const abort = () => stop.abort();
  const timer = setTimeout(abort, effects.stsTimeout);
  effects.signal.addEventListener("abort", abort, { once: true });
  const agents = aws.agentsFor(subject.endpoint, effects.proxyFor(subject.endpoint), roots);
  try {
    const client = clientOptions(subject, effects.stsAttempts, agents, stop.signal);
    return plainCredentials(await unlessAborted(provider(aws, client)(), stop.signal));
  } catch (error) {
    if (effects.signal.aborted) throw cancelled();
    throw stop.signal.aborted ? stsTimeout(subject, effects.stsTimeout) : stsFailure(subject, error);
  } finally {
    clearTimeout(timer);
    effects.signal.removeEventListener("abort", abort);
    agents.httpAgent.destroy();
    agents.httpsAgent.destroy();
  }
}

function clientOptions(
  { region, endpoint }: StsEndpoint,
  maxAttempts: number,
  agents: Agents,
  stop: AbortSignal,
): ClientOptions {
  return {
    clientConfig: {
      region,
      endpoint,
      useFipsEndpoint: false,
      useDualstackEndpoint: false,
      maxAttempts,
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

function plainCredentials(given: GivenCredentials): Credentials {
  const { accessKeyId, secretAccessKey, sessionToken, expiration } = given;
  return {
    accessKeyId,
    secretAccessKey,
    ...(sessionToken !== undefined && { sessionToken }),
    ...(expiration !== undefined && { expiration }),
  };
}
