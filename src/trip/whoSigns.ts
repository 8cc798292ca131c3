import { UserError } from "../errors.ts";
import type { CaBundle } from "../identity/caBundle.ts";
import {
  type IdentityOptions,
  type IdentityPlan,
  type PlanningEffects,
  planIdentity,
  unsignedBundle,
} from "../identity/resolveIdentity.ts";
import { type AuthDecision, decideAuth } from "../signing/authMode.ts";
import { hostScope, isAwsHost, isUnsignedService, needsSigV4a } from "../signing/hostScope.ts";
import { type ScopeDecision, signingScope, signingService } from "../signing/scope.ts";
import { refuseTypedDate } from "../signing/sign.ts";
import { signingOptions } from "../signing/signingOptions.ts";
import type { AuthMode, Identity, ResolvedRequest } from "../stages.ts";
import type { TripChoices } from "./tripChoices.ts";

type Draft = Pick<ResolvedRequest, "headers" | "target" | "settings">;

/**
 * Whether a request is signed, and why.
 * @throws UserError `E_AUTH_EMPTY`, `E_AUTH_TWICE`, `E_AUTH_UNDECIDED`
 */
export function authOf(draft: Draft, { service }: Pick<TripChoices, "service">): AuthDecision {
  const { host } = draft.target;
  return decideAuth(draft, { isAws: isAwsHost(host), isUnsignedService: isUnsignedService(host) }, service);
}

/** The request's way of signing, or a presigned URL where the person asks for one. */
export function presignedMode(mode: AuthMode, { presign }: Pick<TripChoices, "presign">): AuthMode {
  return presign === undefined ? mode : { kind: "presign", expires: presign };
}

/** What would be found out while signing is told before anybody signs, so that no other request is sent in between. */
export function checkSignable(
  request: ResolvedRequest,
  mode: AuthMode,
  choices: TripChoices,
  now: Date,
): void {
  refuseTypedDate(request.headers);
  const service = signingService(serviceSources(request, choices), request.target.authority);
  signingOptions(request, service.value, mode, undefined, now);
}

/** The certificates that count for a request that goes out unsigned. */
export function bundleOfUnsigned(
  { settings, target }: Pick<ResolvedRequest, "settings" | "target">,
  choices: TripChoices,
  effects: PlanningEffects,
): Promise<CaBundle | null> {
  const authority = `${target.host}:${target.port}`;
  return unsignedBundle({ ...voices(choices), directiveProfile: settings.profile, authority }, effects);
}

/** Who would sign. Files are read; nothing is run, asked or contacted. */
export function whoSigns(
  request: Pick<ResolvedRequest, "settings" | "target">,
  choices: TripChoices,
  effects: PlanningEffects,
): Promise<IdentityPlan> {
  const { profile, region } = request.settings;
  return planIdentity(
    {
      ...voices(choices),
      directiveProfile: profile,
      role: roleOf(request, choices),
      region: choices.region?.value ?? region?.value,
      authority: `${request.target.host}:${request.target.port}`,
    },
    effects,
  );
}

/** What speaks beside the request. */
export function voices(choices: TripChoices): Omit<IdentityOptions, "authority"> {
  const { dotenvProfile, dotenvRegion, samProfile, samRegion } = choices.folderVoices;
  return {
    flagProfile: choices.profile,
    pickedProfile: choices.pickedProfile,
    configuredProfile: choices.configuredProfile,
    configuredRegion: choices.configuredRegion,
    dotenvProfile,
    dotenvRegion,
    samProfile,
    samRegion,
    untrustedRoots: [choices.folder, ...(choices.workspaceFolders ?? [])],
  };
}

/** For what the request is signed, once it is known who would. */
export function forWhat(request: ResolvedRequest, plan: IdentityPlan, choices: TripChoices): ScopeDecision {
  return signingScope(
    {
      flagRegion: choices.region,
      ...serviceSources(request, choices),
      configuredRegion: plan.region,
    },
    request.target.authority,
  );
}

/** A sentence for a request that is signed and not sent, when getting its credentials asks STS; else null. */
export function contactNote({ way }: IdentityPlan): string | null {
  if (way.kind === "local") return null;
  const { first, roles } = way.plan;
  const hosts = [...(first.kind === "webIdentity" ? [first] : []), ...roles].map(
    ({ endpoint }) => new URL(endpoint).host,
  );
  if (hosts.length === 0) return null;
  const names = [...new Set(hosts)].join(" and ");
  return `Credentials come from STS at ${names}, which is asked unless they are kept; the request itself is not sent.`;
}

/** Milliseconds: credentials that end sooner are worth a word. */
const soon = 5 * 60_000;

/**
 * A sentence when the credentials are about to end, else null.
 * @throws UserError `E_CREDENTIALS_EXPIRED` when they ended since they were got
 */
export function expiryNote({ expires, profile, source }: Identity, now: Date): string | null {
  if (expires === null) return null;
  const left = expires.getTime() - now.getTime();
  if (left > soon) return null;
  const who = profile === null ? "the environment" : `profile "${profile}"`;
  if (left > 0) return `The credentials of ${who} end in ${Math.ceil(left / 1000)} s.`;
  throw new UserError({
    code: "E_CREDENTIALS_EXPIRED",
    phase: "credentials",
    message: `The credentials of ${who} (chosen by ${source}) ended at ${expires.toISOString()}, before the request could go out; nothing was sent.`,
    hint: "Send again: new ones are got. If that does not help, check this machine's clock.",
  });
}

function roleOf(
  { settings }: Pick<ResolvedRequest, "settings">,
  { role }: TripChoices,
): IdentityOptions["role"] {
  const { role: arn, externalId, sessionName } = settings;
  // Naming the file's own role approves it; what the file says about it goes on to hold.
  if (role !== undefined && role.value !== arn?.value) return { arn: role };
  return arn === undefined ? undefined : { arn, externalId, sessionName };
}

function serviceSources({ settings, target }: ResolvedRequest, { service }: TripChoices) {
  return {
    flagService: service,
    settings,
    host: hostScope(target.host),
    needsSigV4a: needsSigV4a(target.host),
  };
}
