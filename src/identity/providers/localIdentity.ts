import { UserError } from "../../errors.ts";
import type { Credentials, Identity } from "../../stages.ts";
import { unlessAborted } from "../cancellation.ts";
import { localProfile } from "../choice/profileChoice.ts";
import { isLoopbackAuthority } from "../plan/loopbackAuthority.ts";

/** The request as the built-in profile looks at it. */
export interface LocalRequest {
  /** `host:port`. */
  readonly authority: string;
  readonly role?: { readonly arn: { readonly source: string } } | undefined;
}

/** What getting its keys takes. */
export interface LocalEffects {
  /** Keys that a local endpoint on that authority gave out, or null. */
  readonly localCredentials: (authority: string) => Promise<Credentials | null>;
  readonly now: () => Date;
  readonly signal: AbortSignal;
}

/**
 * Whether the built-in profile `awsreq-local` may sign a request at all: for loopback addresses, without a role. A
 * profile of that name in the person's files is never read.
 * @throws UserError `E_LOCAL_PROFILE`
 */
export function checkLocalRequest({ authority, role }: LocalRequest): void {
  if (role !== undefined) {
    const hint = "Remove the role, or choose another profile.";
    throw refusal(`it cannot assume the role at ${role.arn.source}: its keys are not known to AWS`, hint);
  }
  if (!isLoopbackAuthority(authority)) {
    throw refusal(`${authority} is not this machine`, "Choose an AWS profile with --profile or # @profile.");
  }
}

/**
 * The keys that the local endpoint on that very authority made.
 * @throws UserError `E_LOCAL_PROFILE`, `E_CANCELLED`
 */
export async function localIdentity(
  source: string,
  authority: string,
  { localCredentials, now, signal }: LocalEffects,
): Promise<Identity> {
  const credentials = await unlessAborted(localCredentials(authority), signal);
  const expires = credentials?.expiration ?? null;
  if (credentials === null || (expires !== null && expires <= now())) {
    throw refusal(`no local endpoint has keys for ${authority}`, "Start it with `awsreq endpoint`.");
  }
  return {
    profile: localProfile,
    source,
    kind: "local endpoint",
    role: null,
    credentials,
    account: credentials.accountId ?? null,
    arn: null,
    expires,
  };
}

function refusal(why: string, hint: string): UserError {
  return new UserError({
    code: "E_LOCAL_PROFILE",
    phase: "credentials",
    message: `The profile ${localProfile} gives no keys for this request: ${why}.`,
    hint,
  });
}
