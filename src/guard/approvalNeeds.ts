import type { OutsideValue } from "../stages.ts";
import { hostOfAuthority, isLoopbackHost } from "./address.ts";
import type { GrantedApproval } from "./approvalArgument.ts";
import { type ApprovalSubject, anyHost } from "./approvalStore.ts";

/** Who would sign, and how that was decided. */
export interface ApprovalIdentity {
  /** Null for keys from the environment. */
  readonly profile: string | null;
  /** "named": by `--profile` or the environment. "file": by the request file or anything else of its folder. */
  readonly profileSource: "named" | "file";
  readonly role: string | null;
  readonly account: string | null;
  readonly region: string | null;
  readonly service: string | null;
}

/** What is about to leave, for whom, from where. */
export interface ApprovalRequest {
  readonly mode: "terminal" | "editor";
  /** Absolute path of the workspace folder. */
  readonly folder: string;
  /** Null for a request that goes out unsigned. */
  readonly identity: ApprovalIdentity | null;
  /** ASCII authority that gets the request: host, with its port unless that is the scheme's default. */
  readonly host: string;
  /** The authority of `@connect-to`, or null. */
  readonly connectTo: string | null;
  readonly method: string;
  /** The outside values that went in. */
  readonly values: readonly OutsideValue[];
  /** `file:line`. */
  readonly place: string;
  /** False for `explain`: nothing leaves, so the profile is asked about and the host is not. */
  readonly sends: boolean;
  /** Names of profiles that are asked about each time before something is changed. */
  readonly protectedProfiles: readonly string[];
  /** What the command line grants with `--approve`; empty in the editor. */
  readonly granted: readonly GrantedApproval[];
}

/** The built-in profile whose keys are good for the local endpoint only. */
export const localProfile = "awsreq-local";

const readingMethods: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

/** True for methods that may change things. Methods have case: `get` is not GET. */
export function isMutating(method: string): boolean {
  return !readingMethods.has(method);
}

/**
 * Everything that must have been approved before this request may go: credentials for the URL's host and for where
 * `@connect-to` leads; for an unsigned request its outside values. Empty when nothing needs asking.
 */
export function approvalNeeds(request: ApprovalRequest): readonly ApprovalSubject[] {
  const { folder, host, connectTo, identity, method, mode, values } = request;
  const hosts = [...new Set([host, connectTo ?? host])];
  if (!request.sends) return identity === null ? [] : signingNeeds(request, identity);
  if (identity !== null) {
    const { profile, role } = identity;
    return hosts
      .filter((to) => !isExempt(request, identity, to))
      .map((to) => ({ kind: "credentials", folder, profile, role, host: to, mutating: isMutating(method) }));
  }
  if (values.length === 0) return [];
  return hosts
    .filter((to) => mode === "editor" || !isLoopback(to))
    .map((to) => ({ kind: "values", folder, host: to }));
}

function signingNeeds(request: ApprovalRequest, identity: ApprovalIdentity): readonly ApprovalSubject[] {
  if (isExempt(request, identity, request.host)) return [];
  const { folder } = request;
  const { profile, role } = identity;
  return [{ kind: "credentials", folder, profile, role, host: anyHost, mutating: false }];
}

function isExempt({ mode, host }: ApprovalRequest, identity: ApprovalIdentity, to: string): boolean {
  if (mode === "editor") return isLoopback(to) && identity.profile === localProfile;
  // Naming a profile approves it for the host that the URL shows, not for another place that the file connects to.
  return isLoopback(to) || (identity.profileSource === "named" && to === host);
}

function isLoopback(authority: string): boolean {
  return isLoopbackHost(hostOfAuthority(authority));
}
