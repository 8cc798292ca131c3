import { UserError } from "../errors.ts";
import type { AuthMode, RequestSettings, RequestTarget, Sourced } from "../stages.ts";
import {
  type AuthorisedRequest,
  emptyAuthorization,
  emptyAuthorizationText,
  ownAuthorization,
} from "./ownAuthorization.ts";

/** How a request is authorised, and the reason in words. `asTyped`: it brings its own authorisation and is left alone. */
export type AuthDecision =
  | { readonly kind: "sign"; readonly mode: AuthMode; readonly reason: string }
  | {
      readonly kind: "none" | "asTyped";
      readonly reason: string;
      /** Nothing decides it but the kind of the file. */
      readonly isUnsaid?: true;
    };

/** What the host says of itself; from `hostScope`. */
export interface HostFacts {
  readonly isAws: boolean;
  /** AWS hosts whose operations take no signature: cognito-idp, oidc, portal.sso. */
  readonly isUnsignedService: boolean;
}

interface AuthInput extends AuthorisedRequest {
  readonly target: Pick<RequestTarget, "query" | "authority">;
  readonly settings: Pick<RequestSettings, "auth" | "profile" | "service">;
  /** The request's own block names the profile. */
  readonly namesProfile?: boolean | undefined;
  /** The request writes AWS keys out of the private environment. */
  readonly requestKeys?: { readonly source: string } | undefined;
}

/** What holds where a request does not say whether it is signed. */
export interface UnsaidAuth {
  /** `--auth`: fills in, and undoes nothing that the file says. */
  readonly auth?: Sourced<"iam" | "none"> | undefined;
  /** The file is of a kind that other tools send as it is typed: what nothing decides goes out unsigned. */
  readonly sendsAsTyped?: boolean | undefined;
}

/**
 * Decides whether a request is signed: `@auth` first; then what the request brings; then the service, `--auth`, the
 * host, and a profile that the request itself names. A profile of the file or of a flag says who signs, not whether.
 * @param flagService `--service`, which says "sign" as `# @service` does
 * @throws UserError `E_AUTH_EMPTY`, `E_AUTH_TWICE`, `E_AUTH_UNDECIDED`: never a silent unsigned send
 */
export function decideAuth(
  request: AuthInput,
  host: HostFacts,
  flagService: string | undefined,
  unsaid: UnsaidAuth = {},
): AuthDecision {
  const { auth, service } = request.settings;
  refuseEmpty(request);
  const bringsItsOwn = ownAuthorization(request);
  const { requestKeys } = request;
  if (requestKeys !== undefined) return byKeys(requestKeys.source, auth?.value, bringsItsOwn);
  if (auth !== undefined && auth.value.kind === "none") {
    return { kind: bringsItsOwn === null ? "none" : "asTyped", reason: `@auth none, ${auth.source}` };
  }
  if (auth !== undefined) {
    if (bringsItsOwn !== null) throw authorisedTwice(auth.value, bringsItsOwn);
    return { kind: "sign", mode: auth.value, reason: `@auth ${auth.value.kind}, ${auth.source}` };
  }
  if (bringsItsOwn !== null) return { kind: "asTyped", reason: `the request brings ${bringsItsOwn}` };
  if (flagService !== undefined) return signed(`--service ${flagService}`);
  if (service !== undefined) return signed(`@service, ${service.source}`);
  return filledIn(request, unsaid) ?? byHost(request, host) ?? undecided(request, unsaid);
}

/** Keys that the request writes are its word that it is signed; what contradicts them is never left out in silence. */
function byKeys(source: string, mode: AuthMode | undefined, own: string | null): AuthDecision {
  if (mode?.kind !== "none" && own === null)
    return {
      kind: "sign",
      mode: mode ?? { kind: "iam" },
      reason: `keys in the Authorization header, ${source}`,
    };
  const other = own ?? "`@auth none`";
  throw new UserError({
    code: "E_AUTH_TWICE",
    phase: "sign",
    message: `The request brings AWS keys in its Authorization header (${source}) and also ${other}; only one of them can be sent.`,
    hint: `Remove the header with the keys, or remove ${other}.`,
  });
}

function signed(reason: string): AuthDecision {
  return { kind: "sign", mode: { kind: "iam" }, reason };
}

/** The request's own profile is its own word; nothing beside the file takes a signature from it. */
function filledIn({ namesProfile }: AuthInput, { auth }: UnsaidAuth): AuthDecision | null {
  if (auth === undefined) return null;
  const reason = `${auth.source} ${auth.value}`;
  if (auth.value === "iam") return signed(reason);
  return namesProfile === true ? null : { kind: "none", reason };
}

function byHost({ settings: { profile }, namesProfile }: AuthInput, host: HostFacts): AuthDecision | null {
  if (host.isUnsignedService) return { kind: "none", reason: "this AWS service takes no signature" };
  if (host.isAws) return signed("AWS host");
  return namesProfile === true ? signed(`@profile of the request, ${profile?.source ?? ""}`) : null;
}

function undecided({ settings, target }: AuthInput, { sendsAsTyped }: UnsaidAuth): AuthDecision {
  const { profile } = settings;
  const whoOnly =
    profile === undefined ? null : `@profile of the file, ${profile.source}, says who signs, not whether`;
  if (sendsAsTyped !== true) throw nothingSays(target.authority, whoOnly);
  return { kind: "none", reason: whoOnly ?? "nothing says that it is to be signed", isUnsaid: true };
}

function refuseEmpty(request: AuthInput): void {
  const empty = emptyAuthorization(request);
  if (empty === null) return;
  const { message, hint } = emptyAuthorizationText(empty);
  throw new UserError({
    code: "E_AUTH_EMPTY",
    phase: "sign",
    message: `${message}; nothing was sent.`,
    hint: `${hint.charAt(0).toUpperCase()}${hint.slice(1)}.`,
  });
}

function authorisedTwice(mode: AuthMode, own: string): UserError {
  return new UserError({
    code: "E_AUTH_TWICE",
    phase: "sign",
    message: `The request says \`@auth ${mode.kind}\` and also brings ${own}; only one of them can be sent.`,
    hint: `Remove ${own} to have the request signed, or remove \`# @auth ${mode.kind}\` to send it as typed.`,
  });
}

function nothingSays(authority: string, whoOnly: string | null): UserError {
  const why = whoOnly === null ? "" : ` (${whoOnly})`;
  return new UserError({
    code: "E_AUTH_UNDECIDED",
    phase: "sign",
    message: `${authority} is not a known AWS host, and the request does not say whether it is to be signed${why}.`,
    hint: "Write `# @auth none` (sent unsigned) or `# @auth iam` (signed) above the request; at the top of the file, with an empty line below it, the line holds for every request.",
  });
}
