import { parse } from "node:path";
import { UserError } from "../errors.ts";
import type { Ask, Credentials, Identity, Sourced } from "../stages.ts";
import { cancelled, unlessAborted } from "./cancellation.ts";
import { chooseProfile, localProfile } from "./choice/profileChoice.ts";
import { environmentRegion, profileRegion } from "./choice/profileRegion.ts";
import { type AwsFiles, type AwsFilesEffects, readAwsFiles } from "./files/awsFiles.ts";
import type { Environment } from "./files/profile.ts";
import { accountFromKeyId } from "./plan/accountFromKeyId.ts";
import { type CredentialPlan, planCredentials, type SourceStep } from "./plan/plan.ts";
import { assumedRoleArn } from "./plan/roleArn.ts";
import type { RoleOnTop } from "./plan/roleStep.ts";
import { type AssumeRoleEffects, assumeRole, sessionNameOf } from "./providers/assumeRole.ts";
import { runCredentialProcess } from "./providers/credentialProcess.ts";
import { checkLocalRequest, localIdentity } from "./providers/localIdentity.ts";

/** What a request says about who signs it. */
export interface IdentityOptions {
  readonly flagProfile?: string | undefined;
  readonly pickedProfile?: Sourced<string> | undefined;
  readonly directiveProfile?: Sourced<string> | undefined;
  readonly configuredProfile?: Sourced<string> | undefined;
  readonly role?: RoleOnTop | undefined;
  /** The request's region, asked for a role when no profile has one. */
  readonly region?: string | undefined;
  /** `host:port` that the request goes to; the built-in profile gives keys by it. */
  readonly authority: string;
  /** Workspace folders: AWS files inside them may not name commands or endpoints. */
  readonly untrustedRoots: readonly string[];
}

/** What planning takes: the files are read, nothing else. */
export interface PlanningEffects extends AwsFilesEffects {
  readonly signal: AbortSignal;
}

/** Everything that resolving an identity does to the world. */
export interface IdentityEffects extends PlanningEffects, AssumeRoleEffects {
  readonly ask: Ask;
  /** Keys that a local endpoint on that authority gave out, or null. */
  readonly localCredentials: (authority: string) => Promise<Credentials | null>;
  readonly platform: NodeJS.Platform;
  /** Milliseconds. */
  readonly processTimeout: number;
  /** Bytes. */
  readonly processOutputLimit: number;
}

/** The product's limits; tests give their own. */
export const identityLimits = {
  processTimeout: 60_000,
  processOutputLimit: 1024 * 1024,
  stsTimeout: 30_000,
  stsAttempts: 3,
} as const;

/** Who would sign, as far as can be known without getting a credential: what an approval is asked about. */
export interface IdentityPlan {
  /** Null for keys of the environment. */
  readonly profile: string | null;
  /** Who chose it: `--profile`, `pets.awsreq:1`, `AWS_PROFILE`, `default`. */
  readonly source: string;
  /** The ARN of the role that is assumed last, or null. */
  readonly role: string | null;
  /** Twelve digits, or null while unknown. */
  readonly account: string | null;
  /** The region of the environment, else of the profile. */
  readonly region: Sourced<string> | null;
  readonly way: { readonly kind: "aws"; readonly plan: CredentialPlan } | LocalWay;
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
  const { env, signal } = effects;
  if (signal.aborted) throw cancelled();
  const choice = chooseProfile({
    flag: options.flagProfile,
    picked: options.pickedProfile,
    directive: options.directiveProfile,
    configured: options.configuredProfile,
    env,
  });
  if (choice.kind === "profile" && choice.name === localProfile)
    return localPlan(choice.source, options, env);
  // Keys of the environment need no file, so a broken one does not stand in their way.
  const files =
    choice.kind === "profile"
      ? await unlessAborted(readAwsFiles(effects, options.untrustedRoots), signal)
      : noFiles;
  const context = { files, env, region: options.region ?? null };
  const plan = planCredentials(choice, context, options.role ?? null);
  return {
    profile: plan.profile,
    source: plan.source,
    role: plan.roles.at(-1)?.roleArn ?? null,
    account: plannedAccount(plan),
    region: environmentRegion(env) ?? profileRegion(files, choice),
    way: { kind: "aws", plan },
  };
}

/**
 * Carries a plan out: runs its process, assumes its roles.
 * @throws UserError `E_PROCESS_…`, `E_STS`, `E_CREDENTIALS_EXPIRED`, `E_LOCAL_PROFILE`, `E_KEY_FORM`, `E_CANCELLED`
 */
export async function identify({ source, way }: IdentityPlan, effects: IdentityEffects): Promise<Identity> {
  if (effects.signal.aborted) throw cancelled();
  if (way.kind === "local") return localIdentity(source, way.authority, effects);
  return identityOf(way.plan, await runPlan(way.plan, effects), effects.now());
}

function localPlan(source: string, options: IdentityOptions, env: Environment): IdentityPlan {
  checkLocalRequest(options);
  return {
    profile: localProfile,
    source,
    role: null,
    account: null,
    region: environmentRegion(env),
    way: { kind: "local", authority: options.authority },
  };
}

function plannedAccount({ first, roles }: CredentialPlan): string | null {
  const role = roles.at(-1)?.role;
  if (role !== undefined) return role.account;
  return first.kind === "process" ? first.account : accountOf(first.credentials);
}

function accountOf({ accountId, accessKeyId }: Credentials): string | null {
  return accountId ?? accountFromKeyId(accessKeyId);
}

const noFiles: AwsFiles = { files: [], profiles: new Map(), services: new Map(), misplaced: new Map() };

/** Credentials of the last step, and the name of its session when it assumed a role. */
interface PlanResult {
  readonly credentials: Credentials;
  readonly sessionName: string | null;
}

async function runPlan(plan: CredentialPlan, effects: IdentityEffects): Promise<PlanResult> {
  let credentials = await firstCredentials(plan.first, effects);
  let sessionName: string | null = null;
  for (const step of plan.roles) {
    sessionName = sessionNameOf(step, effects.now());
    credentials = await assumeRole(step, credentials, sessionName, effects);
  }
  return { credentials, sessionName };
}

async function firstCredentials(step: SourceStep, effects: IdentityEffects): Promise<Credentials> {
  if (step.kind !== "process") return step.credentials;
  const cwd = effects.home ?? parse(process.execPath).root;
  const credentials = await runCredentialProcess(step, { ...effects, cwd });
  return credentials.accountId === undefined && step.account !== null
    ? { ...credentials, accountId: step.account }
    : credentials;
}

function identityOf(plan: CredentialPlan, { credentials, sessionName }: PlanResult, now: Date): Identity {
  const last = plan.roles.at(-1) ?? null;
  const expires = credentials.expiration ?? null;
  if (expires !== null && expires <= now) throw expiredCredentials(plan, expires);
  return {
    profile: plan.profile,
    source: plan.source,
    kind: last === null ? sourceKind(plan.first) : "assumed role",
    role: last?.roleArn ?? null,
    credentials,
    account: last?.role.account ?? accountOf(credentials),
    arn: last === null || sessionName === null ? null : assumedRoleArn(last.role, sessionName),
    expires,
  };
}

function sourceKind(step: SourceStep): string {
  const kinds: Record<SourceStep["kind"], string> = {
    static:
      step.kind === "static" && step.credentials.sessionToken !== undefined ? "session token" : "static keys",
    environment: "environment",
    process: "credential process",
  };
  return kinds[step.kind];
}

function expiredCredentials({ profile, first, roles }: CredentialPlan, expires: Date): UserError {
  const who = profile === null ? "the environment" : `profile "${profile}"`;
  const place = roles.at(-1)?.place ?? first.place;
  return new UserError({
    code: "E_CREDENTIALS_EXPIRED",
    phase: "credentials",
    message: `The credentials of ${who} (${place}) expired at ${expires.toISOString()}.`,
    hint: "Get new ones, and check this machine's clock.",
  });
}
