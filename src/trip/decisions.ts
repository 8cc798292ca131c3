import { refusals } from "../guard/refuse.ts";
import type { IdentityOptions } from "../identity/choice/signerChoice.ts";
import type { IdentityPlan } from "../identity/resolveIdentity.ts";
import { type AuthDecision, decideAuth, type UnsaidAuth } from "../signing/authMode.ts";
import { hostScope, isAwsHost, isUnsignedService, needsSigV4a } from "../signing/hostScope.ts";
import { type ScopeDecision, signingScope, signingService } from "../signing/scope.ts";
import { signingOptions } from "../signing/signingOptions.ts";
import { refuseTypedDate } from "../signing/typedDate.ts";
import type { AuthMode, ResolvedRequest, SigningScope } from "../stages.ts";
import type { TripChoices } from "./tripChoices.ts";

type Draft = Pick<ResolvedRequest, "headers" | "target" | "settings" | "namesProfile" | "requestKeys">;

/**
 * Whether a request is signed, and why.
 * @throws UserError `E_AUTH_EMPTY`, `E_AUTH_TWICE`, `E_AUTH_UNDECIDED`
 */
export function authOf(draft: Draft, choices: Pick<TripChoices, "service" | keyof UnsaidAuth>): AuthDecision {
  const { host } = draft.target;
  const facts = { isAws: isAwsHost(host), isUnsignedService: isUnsignedService(host) };
  return decideAuth(draft, facts, choices.service, choices);
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

/** What the request and everything around it say about who signs it. */
export function signerVoices(
  request: Pick<ResolvedRequest, "settings" | "target" | "requestKeys">,
  choices: TripChoices,
): IdentityOptions {
  const { profile, region } = request.settings;
  return {
    ...voices(choices),
    directiveProfile: profile,
    requestKeys: request.requestKeys,
    role: roleOf(request, choices),
    region: choices.region?.value ?? region?.value,
    authority: `${request.target.host}:${request.target.port}`,
  };
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
export function forWhat(
  request: ResolvedRequest,
  plan: Pick<IdentityPlan, "region">,
  choices: TripChoices,
): ScopeDecision {
  return signingScope(
    {
      flagRegion: choices.region,
      ...serviceSources(request, choices),
      configuredRegion: plan.region,
    },
    request.target.authority,
  );
}

/** The guard's word is final: the first refusal ends the trip. */
export function refuse(request: ResolvedRequest, scope: SigningScope | null, choices: TripChoices): void {
  const { trusted, allowPlainHttpHosts } = choices;
  const [first] = refusals(request, { trusted, allowPlainHttpHosts, scope });
  if (first !== undefined) throw first;
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
