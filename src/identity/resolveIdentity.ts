import { parse } from "node:path";
import { UserError } from "../errors.ts";
import type { Credentials, Identity, Sourced } from "../stages.ts";
import { type CaBundle, chosenBundle } from "./caBundle.ts";
import { cancelled, unlessAborted } from "./cancellation.ts";
import {
  chooseProfile,
  localProfile,
  type ProfileChoice,
  type ProfileVoices,
} from "./choice/profileChoice.ts";
import { chooseSigner, type IdentityOptions, isLocal, noFiles, voicesOf } from "./choice/signerChoice.ts";
import type { CredentialCache } from "./credentialCache.ts";
import { type AwsFilesEffects, readAwsFiles } from "./files/awsFiles.ts";
import { type CredentialPlan, planCredentials } from "./plan/plan.ts";
import type { StsEndpointVoices } from "./plan/stsEndpoint.ts";
import { noCredentials } from "./plan/unknownProfile.ts";
import { finishedIdentity, planNotes, plannedAccount, plannedRole } from "./plannedIdentity.ts";
import { localIdentity } from "./providers/localIdentity.ts";
import { instanceSession } from "./providers/machineMetadata.ts";
import { planKey, type RunEffects, runPlan } from "./runPlan.ts";

/** What planning takes: the files are read, nothing else. */
export interface PlanningEffects extends AwsFilesEffects {
  readonly signal: AbortSignal;
  /** Whether container and instance metadata may be asked. */
  readonly metadata: boolean;
}

/** Everything that resolving an identity does to the world. */
export interface IdentityEffects extends PlanningEffects, Omit<RunEffects, "cwd" | "caBundle"> {
  /** Keys that a local endpoint on that authority gave out, or null. */
  readonly localCredentials: (authority: string) => Promise<Credentials | null>;
  readonly cache: CredentialCache;
}

/** The product's limits; tests give their own. */
export const identityLimits = {
  processTimeout: 60_000,
  processOutputLimit: 1024 * 1024,
  stsTimeout: 30_000,
  stsAttempts: 3,
  metadataTimeout: 1_000,
} as const;

/** Who would sign, as far as can be known without getting a credential: what an approval is asked about. */
export interface IdentityPlan {
  /** Null for credentials of the environment or the machine. */
  readonly profile: string | null;
  /** Who chose it: `--profile`, `pets.awsreq:1`, `AWS_PROFILE`, `default`. */
  readonly source: string;
  /** The ARN of the role that is assumed last, or null. */
  readonly role: string | null;
  /** Twelve digits, or null while unknown. */
  readonly account: string | null;
  /** The region that holds where neither the request nor its host tells one. */
  readonly region: Sourced<string> | null;
  /** Sentences worth knowing about the choice. */
  readonly notes: readonly string[];
  readonly way: AwsWay | LocalWay;
  /** Certificates that count for who is asked on the way, and for the request. */
  readonly caBundle?: CaBundle;
}

/** Credentials that AWS knows. */
export interface AwsWay {
  readonly kind: "aws";
  readonly plan: CredentialPlan;
  /** Who can say where STS is asked who this is. */
  readonly sts: StsEndpointVoices;
}

/** Keys of the local endpoint on that authority. */
interface LocalWay {
  readonly kind: "local";
  readonly authority: string;
}

/**
 * Plans and identifies in one go.
 * @throws UserError what `planIdentity` and `identify` throw
 */
export async function resolveIdentity(options: IdentityOptions, effects: IdentityEffects): Promise<Identity> {
  return identify(await planIdentity(options, effects), effects);
}

/**
 * Finds out who would sign: as chosen, or an error. Files are read; nothing is run, asked or contacted.
 * @throws UserError with a code for each way in which it can fail; its text holds no secret
 */
export async function planIdentity(
  options: IdentityOptions,
  effects: PlanningEffects,
): Promise<IdentityPlan> {
  const { env, signal, metadata } = effects;
  if (signal.aborted) throw cancelled();
  const { choice, files, region, notes } = await chooseSigner(options, env, () =>
    unlessAborted(readAwsFiles(effects, options.untrustedRoots), signal),
  );
  if (isLocal(choice)) {
    const way = { kind: "local", authority: options.authority } as const;
    const bundle = await chosenBundle(null, noFiles, effects, options.untrustedRoots);
    const nobody = { role: null, account: null };
    return {
      profile: localProfile,
      source: choice.source,
      ...nobody,
      region,
      notes,
      way,
      ...bundled(bundle),
    };
  }
  const context = { files, env, region: options.region ?? null, metadata };
  const plan = planCredentials(choice, context, options.role ?? null);
  const profile = choice.kind === "profile" ? (files.profiles.get(choice.name) ?? null) : null;
  const sts = { files, env, profile, source: null, region: region?.value ?? null, partition: "aws" };
  return {
    profile: plan.profile,
    source: plan.source,
    role: plannedRole(plan)?.roleArn ?? null,
    account: plannedAccount(plan),
    region,
    notes: [...notes, ...planNotes(plan)],
    way: { kind: "aws", plan, sts },
    ...bundled(await chosenBundle(choice, files === noFiles ? null : files, effects, options.untrustedRoots)),
  };
}

function bundled(caBundle: CaBundle | null): Pick<IdentityPlan, "caBundle"> {
  return caBundle === null ? {} : { caBundle };
}

/** The certificates that count for a request that nobody signs: those of whoever would. Files are read, as far as they can be. */
export async function unsignedBundle(
  options: IdentityOptions,
  effects: PlanningEffects,
): Promise<CaBundle | null> {
  const choice = choiceOrNone(voicesOf(options, effects.env));
  const bundle = await chosenBundle(choice, null, effects, options.untrustedRoots);
  return bundle?.key?.written.untrusted ? null : bundle;
}

function choiceOrNone(voices: ProfileVoices): ProfileChoice | null {
  try {
    return chooseProfile(voices);
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}

/**
 * Carries a plan out: runs its process, asks for its code, assumes its roles; or takes what the cache keeps of it.
 * @throws UserError `E_PROCESS_…`, `E_MFA…`, `E_STS`, `E_WEB_IDENTITY`, `E_METADATA`, `E_CREDENTIALS_EXPIRED`,
 *   `E_LOCAL_PROFILE`, `E_KEY_FORM`, `E_CANCELLED`; with what was tried, in order
 */
export async function identify(
  { source, way, caBundle }: IdentityPlan,
  effects: IdentityEffects,
): Promise<Identity> {
  const { signal, now, cache, home } = effects;
  if (signal.aborted) throw cancelled();
  if (way.kind === "local") return localIdentity(source, way.authority, effects);
  const cwd = home ?? parse(process.execPath).root;
  try {
    const result = await cache.credentials(planKey(way.plan), now, signal, (flight) =>
      runPlan(way.plan, { ...effects, cwd, caBundle: caBundle ?? null, signal: flight }),
    );
    return finishedIdentity(way.plan, result, now());
  } catch (error) {
    throw unlessNobody(way, effects.env, error);
  }
}

/**
 * Whether there is anybody at all, for a plan that rests on this machine being an instance: nobody is to be asked whether
 * an instance may sign that is not there. No credential is taken.
 * @throws UserError `E_NO_CREDENTIALS`, `E_CANCELLED`
 */
export async function confirmMachine(
  { way }: IdentityPlan,
  effects: Omit<IdentityEffects, "ask">,
): Promise<void> {
  if (way.kind === "local" || !isLastResort(way.plan)) return;
  const { first } = way.plan;
  if (first.kind !== "instanceMetadata" || effects.cache.peek(planKey(way.plan), effects.now()) !== null)
    return;
  try {
    await instanceSession(first, effects);
  } catch (error) {
    throw unlessNobody(way, effects.env, error);
  }
}

function unlessNobody({ plan, sts }: AwsWay, env: IdentityEffects["env"], error: unknown): unknown {
  return isLastResort(plan) && error instanceof UserError && error.code === "E_METADATA"
    ? noCredentials(sts.files, env, { text: error.message, outcome: "failed" })
    : error;
}

/** On a machine that is no instance, a service that does not answer is not the reason: nobody was chosen. */
function isLastResort({ profile, first, roles }: CredentialPlan): boolean {
  return profile === null && first.kind === "instanceMetadata" && roles.length === 0;
}
