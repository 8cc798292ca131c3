import { UserError } from "../errors.ts";
import type { AuthMode, RequestSettings, RequestTarget } from "../stages.ts";
import {
  type AuthorisedRequest,
  emptyAuthorization,
  emptyAuthorizationText,
  ownAuthorization,
} from "./ownAuthorization.ts";

/** How a request is authorised, and the reason in words. `asTyped`: it brings its own authorisation and is left alone. */
export type AuthDecision =
  | { readonly kind: "sign"; readonly mode: AuthMode; readonly reason: string }
  | { readonly kind: "none" | "asTyped"; readonly reason: string };

/** What the host says of itself; from `hostScope`. */
export interface HostFacts {
  readonly isAws: boolean;
  /** AWS hosts whose operations take no signature: cognito-idp, oidc, portal.sso. */
  readonly isUnsignedService: boolean;
}

interface AuthInput extends AuthorisedRequest {
  readonly target: Pick<RequestTarget, "query" | "authority">;
  readonly settings: Pick<RequestSettings, "auth" | "service">;
}

/**
 * Decides whether a request is signed: `@auth` first; then what the request brings; then the service or the host.
 * @param flagService `--service`, which says "sign" as `# @service` does
 * @throws UserError `E_AUTH_EMPTY`, `E_AUTH_TWICE`, `E_AUTH_UNDECIDED`: never a silent unsigned send
 */
export function decideAuth(
  request: AuthInput,
  host: HostFacts,
  flagService: string | undefined,
): AuthDecision {
  const { auth, service } = request.settings;
  refuseEmpty(request);
  const bringsItsOwn = ownAuthorization(request);
  if (auth !== undefined && auth.value.kind === "none") {
    return { kind: bringsItsOwn === null ? "none" : "asTyped", reason: `@auth none, ${auth.source}` };
  }
  if (auth !== undefined) {
    if (bringsItsOwn !== null) throw authorisedTwice(auth.value, bringsItsOwn);
    return { kind: "sign", mode: auth.value, reason: `@auth ${auth.value.kind}, ${auth.source}` };
  }
  if (bringsItsOwn !== null) return { kind: "asTyped", reason: `the request brings ${bringsItsOwn}` };
  const iam: AuthMode = { kind: "iam" };
  if (flagService !== undefined) return { kind: "sign", mode: iam, reason: `--service ${flagService}` };
  if (service !== undefined) return { kind: "sign", mode: iam, reason: `@service, ${service.source}` };
  if (host.isUnsignedService) return { kind: "none", reason: "this AWS service takes no signature" };
  if (host.isAws) return { kind: "sign", mode: iam, reason: "AWS host" };
  throw undecided(request.target.authority);
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

function undecided(authority: string): UserError {
  return new UserError({
    code: "E_AUTH_UNDECIDED",
    phase: "sign",
    message: `${authority} is not a known AWS host, and the request does not say whether it is to be signed.`,
    hint: "Add `# @service NAME` (for example execute-api for a custom domain) to sign it, or `# @auth none` to send it unsigned.",
  });
}
