import type { DueLine } from "../questions.ts";
import type { OutsideValue, Signer } from "../stages.ts";
import { hostOfAuthority, isLoopbackHost } from "./address.ts";
import type { GrantedApproval } from "./approvalArgument.ts";
import type { ApprovalSubject, Destination } from "./approvalStore.ts";
import { isProtected } from "./protectedProfiles.ts";
import type { EffectJudgement } from "./requestEffect.ts";

/** Who would sign, and how that was decided. */
export interface ApprovalIdentity {
  readonly signer: Signer;
  /** Whether the person named it, by `--profile` or in their environment; never true of a machine's own credentials. */
  readonly named: boolean;
  /** Who chose it. */
  readonly source: string;
  /** The role that signs in the end. */
  readonly role: string | null;
  /** Whether the request file names that role, and nobody else. */
  readonly roleOfFile: boolean;
  readonly account: string | null;
  readonly region: string | null;
  readonly service: string | null;
  /** The program that gives the credentials. */
  readonly process: Omit<Extract<DueLine, { kind: "process" }>, "kind"> | null;
}

/** What is about to leave, for whom, from where. */
export interface ApprovalRequest {
  readonly mode: "terminal" | "editor";
  /** Absolute path of the workspace folder. */
  readonly folder: string;
  /** Null for a request that goes out unsigned. */
  readonly identity: ApprovalIdentity | null;
  /** "https:", "http:". */
  readonly scheme: string;
  /** ASCII authority that gets the request: host, with its port unless that is the scheme's default. */
  readonly host: string;
  /** Whether AWS serves that host, for whomever. */
  readonly isAwsHost: boolean;
  /** The authority of `@connect-to`, or null. */
  readonly connectTo: string | null;
  readonly method: string;
  readonly effect: EffectJudgement;
  /** The outside values that went in. */
  readonly values: readonly OutsideValue[];
  /** `file:line`. */
  readonly place: string;
  /** False when it is only signed: nothing leaves, so the signer is asked about and the host is not. */
  readonly sends: boolean;
  /** Names of profiles that are asked about each time before something is changed. */
  readonly protectedProfiles: readonly string[];
  /** What the command line grants with `--approve`; empty in the editor. */
  readonly granted: readonly GrantedApproval[];
  /** What the file asks to be confirmed each time, "" for no words. */
  readonly confirmations: readonly string[];
  /** Whether the command line confirms that, and nothing else, with `--confirm`. */
  readonly confirmed: boolean;
}

/** One thing that needs a yes. */
export interface ApprovalNeed {
  readonly line: DueLine;
  /** As what a yes is remembered; null for what is asked each time. */
  readonly subject: ApprovalSubject | null;
  /** The grants of a command line that answer it, all of them needed; null when none can. */
  readonly grants: readonly NeededGrant[] | null;
}

/** `--approve SIGNER@HOST`; signer null for `--approve @HOST`, host null for any. */
export interface NeededGrant {
  readonly signer: Signer | null;
  readonly host: string | null;
}

/** The built-in profile whose keys are good for the local endpoint only. */
export const localProfile = "awsreq-local";

/** What stands for every loopback address and port. */
export const loopbackHost = "loopback";

/** Everything that must have been approved before this request may go. Empty when nothing needs asking. */
export function approvalNeeds(request: ApprovalRequest): readonly ApprovalNeed[] {
  const { identity, sends } = request;
  const signed =
    identity === null ? [] : [...signerNeeds(request, identity), ...processNeeds(request, identity)];
  return sends
    ? [
        ...signed,
        ...unsignedNeeds(request),
        ...valueNeeds(request),
        ...eachTime(request),
        ...confirmationNeeds(request),
      ]
    : signed;
}

/** Where the request goes, as it is remembered. */
function destinationOf({ scheme, host, connectTo }: ApprovalRequest): Destination {
  const place = (authority: string) => (isLoopback(authority) ? loopbackHost : authority.toLowerCase());
  return { scheme, host: place(host), connectTo: connectTo === null ? null : place(connectTo) };
}

function signerNeeds(request: ApprovalRequest, identity: ApprovalIdentity): readonly ApprovalNeed[] {
  const { folder, effect, sends, connectTo } = request;
  const { signer, role, roleOfFile, source, account, region, service } = identity;
  if (isExempt(request, identity)) return [];
  const line = { kind: "signer", signer, source, role, account, region, service } as const;
  // A profile that is approved says nothing about a role that the file puts on top.
  const grants = roleOfFile ? null : grantsFor(request, identity);
  if (!sends) return [{ line, subject: { kind: "signing", folder, signer, role }, grants }];
  const changes = effect.effect === "changes";
  const to = destinationOf(request);
  const subject = { kind: "credentials", folder, signer, role, to, changes } as const;
  const need = { line, subject, grants };
  return connectTo === null ? [need] : [need, { ...need, line: { kind: "connection", connectTo } }];
}

/** Whether nobody needs to be asked who signs for this host. */
function isExempt(request: ApprovalRequest, identity: ApprovalIdentity): boolean {
  const { mode, isAwsHost, connectTo, host, sends } = request;
  const { signer, named, roleOfFile } = identity;
  if (roleOfFile) return false;
  if (staysHere(request)) return mode === "terminal" || isLocalProfile(signer);
  if (mode === "editor") return false;
  // Naming a profile approves it for AWS and this machine, not for another place that the file names or connects to.
  return (
    named && (!sends || ((isAwsHost || isLoopback(host)) && (connectTo === null || isLoopback(connectTo))))
  );
}

/** The hosts that a grant must name: those that naming the profile has not approved already. */
function grantsFor(request: ApprovalRequest, identity: ApprovalIdentity): readonly NeededGrant[] {
  const { host, connectTo, isAwsHost, sends } = request;
  const { signer, named } = identity;
  if (!sends) return [{ signer, host: null }];
  const asked = [
    ...(isLoopback(host) || (named && isAwsHost) ? [] : [host]),
    ...(connectTo === null || isLoopback(connectTo) ? [] : [connectTo]),
  ];
  return asked.map((to) => ({ signer, host: to }));
}

/** The program that gives the credentials. In a terminal, naming a profile approves its program too. */
export function processNeeds(
  { mode }: Pick<ApprovalRequest, "mode">,
  { named, process, signer }: ApprovalIdentity,
): readonly ApprovalNeed[] {
  if (process === null || (mode === "terminal" && named)) return [];
  const { profile, hash } = process;
  return [
    {
      line: { kind: "process", ...process },
      subject: { kind: "process", profile, hash },
      grants: [{ signer, host: null }],
    },
  ];
}

/** An unsigned request goes where its URL says without a question; elsewhere it is asked. */
function unsignedNeeds(request: ApprovalRequest): readonly ApprovalNeed[] {
  const { identity, connectTo, folder, mode } = request;
  if (identity !== null || connectTo === null) return [];
  if (mode === "terminal" && isLoopback(connectTo)) return [];
  return [
    {
      line: { kind: "connection", connectTo },
      subject: { kind: "connection", folder, to: destinationOf(request) },
      grants: [{ signer: null, host: connectTo }],
    },
  ];
}

/** Values are asked about whether or not anybody signs: who may sign for a host may not have every file. */
function valueNeeds(request: ApprovalRequest): readonly ApprovalNeed[] {
  const { values, mode, folder, host, connectTo } = request;
  if (isOurs(request)) return [];
  const hosts = [host, ...(connectTo === null ? [] : [connectTo])].filter(
    (to) => mode === "editor" || !isLoopback(to),
  );
  const to = destinationOf(request);
  return values.map((value) => ({
    line: { kind: "value", value },
    subject: { kind: "value", folder, to, value },
    grants: hosts.map((granted) => ({ signer: null, host: granted })),
  }));
}

/** What no approval of the past answers. */
function eachTime(request: ApprovalRequest): readonly ApprovalNeed[] {
  const { identity, effect, host, protectedProfiles } = request;
  const signer = identity?.signer ?? null;
  const grants = [{ signer, host }];
  const isGuarded = signer !== null && effect.effect !== "reads" && isProtected(signer, protectedProfiles);
  return [
    ...(isGuarded ? [{ line: { kind: "protected", signer } as const, subject: null, grants }] : []),
    ...(effect.effect === "handsOutCredentials" && !isOurs(request)
      ? [{ line: { kind: "handsOut", reason: effect.reason } as const, subject: null, grants }]
      : []),
  ];
}

/** What the file wants to be asked, wherever it goes and whoever signs: no grant stands for it. */
function confirmationNeeds({ confirmations, confirmed }: ApprovalRequest): readonly ApprovalNeed[] {
  if (confirmed) return [];
  return confirmations.map((text) => ({ line: { kind: "confirm", text }, subject: null, grants: null }));
}

function isLocalProfile(signer: Signer): boolean {
  return signer.kind === "profile" && signer.name === localProfile;
}

/** Whether nothing leaves this machine, and nobody wants to be asked about it. */
function isOurs(request: ApprovalRequest): boolean {
  const { mode, identity } = request;
  const isLocalEndpoint = identity !== null && isLocalProfile(identity.signer);
  return staysHere(request) && (mode === "terminal" || isLocalEndpoint);
}

/** Whether nothing leaves this machine: neither by the URL nor by where it connects. */
function staysHere({ host, connectTo }: ApprovalRequest): boolean {
  return isLoopback(host) && (connectTo === null || isLoopback(connectTo));
}

/** Whether an authority is this machine by its very name. */
export function isLoopback(authority: string): boolean {
  return isLoopbackHost(hostOfAuthority(authority));
}
