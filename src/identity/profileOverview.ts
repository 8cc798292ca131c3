import { UserError } from "../errors.ts";
import { profileRegion } from "./choice/regionChoice.ts";
import type { CredentialCache } from "./credentialCache.ts";
import type { AwsFiles } from "./files/awsFiles.ts";
import type { Environment, Profile } from "./files/profile.ts";
import { kindLabel, kindOf } from "./files/profileKind.ts";
import { type CredentialPlan, planCredentials } from "./plan/plan.ts";
import { plannedAccount, plannedRole } from "./plannedIdentity.ts";
import { planKey } from "./runPlan.ts";

/** A profile as a list shows it. Holds no secret. */
export interface ProfileOverview {
  readonly name: string;
  /** How it gets credentials, in words; null when nothing in it gives any. */
  readonly kind: string | null;
  /** `~/.aws/config:10`. */
  readonly place: string;
  readonly region: string | null;
  /** Twelve digits, or null while unknown. */
  readonly account: string | null;
  /** ARN of the role that would sign, or null. */
  readonly role: string | null;
  /** Whether a person is asked for a code when credentials are next got. */
  readonly asksForCode: boolean;
  /** When the credentials that are kept end; null when none are kept, or they do not end. */
  readonly expires: Date | null;
  /** Why it cannot sign, or null. */
  readonly fault: string | null;
}

/** What an overview is made from. */
export interface OverviewContext {
  readonly env: Environment;
  readonly metadata: boolean;
  readonly cache: Pick<CredentialCache, "peek" | "caller">;
  readonly now: Date;
}

/** Every profile of the files in their order. Nothing is run, asked or contacted. */
export function profileOverviews(files: AwsFiles, context: OverviewContext): readonly ProfileOverview[] {
  return [...files.profiles.values()].map((profile) => overviewOf(profile, files, context));
}

function overviewOf(profile: Profile, files: AwsFiles, context: OverviewContext): ProfileOverview {
  const { name, place } = profile;
  const found = kindOf(profile, false);
  const choice = { kind: "profile", name, source: "picker" } as const;
  const region = profileRegion(files, choice)?.value ?? null;
  const shared = { name, place, region, kind: found && kindLabel(found.kind) };
  try {
    const plan = planCredentials(choice, {
      files,
      env: context.env,
      region: null,
      metadata: context.metadata,
    });
    return { ...shared, ...planned(plan, context), fault: null };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const unknown = { account: null, role: null, asksForCode: false, expires: null };
    return { ...shared, ...unknown, fault: error.message };
  }
}

function planned(plan: CredentialPlan, { cache, now }: OverviewContext) {
  const kept = cache.peek(planKey(plan), now)?.credentials ?? null;
  const credentials = kept ?? ("credentials" in plan.first ? plan.first.credentials : null);
  const caller = credentials === null ? null : cache.caller(credentials.accessKeyId);
  return {
    account: caller?.account ?? plannedAccount(plan),
    role: plannedRole(plan)?.roleArn ?? null,
    asksForCode: kept === null && plan.roles.some(({ mfa }) => mfa !== null),
    expires: kept?.expiration ?? null,
  };
}
