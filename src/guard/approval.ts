import { UserError } from "../errors.ts";
import type { Ask, Question } from "../questions.ts";
import type { OutsideValue } from "../stages.ts";
import { approveArgument, type GrantedApproval, isGranted } from "./approvalArgument.ts";
import { type ApprovalRequest, approvalNeeds, isMutating } from "./approvalNeeds.ts";
import { type ApprovalStore, type ApprovalSubject, anyHost, findApproval, renewed } from "./approvalStore.ts";
import { isProtected } from "./protectedProfiles.ts";

/** The effects of deciding. */
export interface ApprovalEffects {
  readonly store: ApprovalStore;
  readonly ask: Ask;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/**
 * Decides whether a request may be sent; a yes is remembered in the store. Denied when nobody says yes.
 * @returns why it may, in words
 * @throws UserError `E_NOT_APPROVED`
 */
export async function decideApproval(request: ApprovalRequest, effects: ApprovalEffects): Promise<string> {
  const needs = approvalNeeds(request);
  const each = asksEachTime(request);
  if (needs.length === 0 && !each) return "needs no approval";
  const missing = await missingApprovals(needs, request.granted, effects);
  if (missing.length === 0 && !each) return "approved";
  if ((await effects.ask(questionOf(request, missing, !each))) !== true) throw notApproved(request, missing);
  for (const subject of missing) await effects.store.save({ subject, used: effects.now() });
  return "approved just now";
}

/** A protected profile that would change something, and no word about it on this very command line. */
function asksEachTime({
  identity,
  method,
  sends,
  host,
  protectedProfiles,
  granted,
}: ApprovalRequest): boolean {
  if (identity === null || !sends || !isMutating(method)) return false;
  return isProtected(identity.profile, protectedProfiles) && !isGranted(granted, identity.profile, host);
}

/** Of these subjects those that neither the store nor the command line covers. Renews what is used, keeps what is granted. */
export async function missingApprovals<T extends ApprovalSubject>(
  needs: readonly T[],
  granted: readonly GrantedApproval[],
  { store, now }: Pick<ApprovalEffects, "store" | "now">,
): Promise<readonly T[]> {
  const approvals = await store.load();
  const missing: T[] = [];
  for (const subject of needs) {
    const known = findApproval(approvals, subject, now());
    const again = known === undefined ? null : renewed(known, now());
    if (again !== null) await store.save(again);
    if (known !== undefined) continue;
    if (covers(granted, subject)) await store.save({ subject: widest(subject), used: now() });
    else missing.push(subject);
  }
  return missing;
}

function covers(granted: readonly GrantedApproval[], subject: ApprovalSubject): boolean {
  switch (subject.kind) {
    case "credentials":
      return subject.host === anyHost
        ? granted.some(({ profile }) => profile === subject.profile)
        : isGranted(granted, subject.profile, subject.host);
    case "values":
      return isGranted(granted, null, subject.host);
    case "process":
      return granted.some(({ profile }) => profile === subject.profile);
  }
}

/** `--approve` grants reading and changing alike. */
function widest(subject: ApprovalSubject): ApprovalSubject {
  return subject.kind === "credentials" ? { ...subject, mutating: true } : subject;
}

function questionOf(
  request: ApprovalRequest,
  missing: readonly ApprovalSubject[],
  remembered: boolean,
): Question {
  const { folder, identity, host, connectTo, method, values, place } = request;
  if (identity === null)
    return { kind: "values", folder, host: hostsOf(missing).join(" and "), values, place };
  const { profile, role, account, region, service } = identity;
  return {
    kind: "approval",
    folder,
    profile,
    role,
    account,
    host,
    connectTo,
    method,
    mutating: isMutating(method),
    remembered,
    region,
    service,
    place,
  };
}

const valueWords: Readonly<Record<OutsideValue, string>> = {
  include: "the contents of a file",
  processEnv: "an environment variable",
  privateEnvironment: "a value of the private environment",
};

function notApproved(request: ApprovalRequest, missing: readonly ApprovalSubject[]): UserError {
  const { identity, method, mode, place, values, sends } = request;
  const asked = missing.length === 0 ? [request.host] : hostsOf(missing);
  const hosts = asked.map((host) => (host === anyHost ? request.host : host));
  const what =
    identity === null
      ? `${values.map((value) => valueWords[value]).join(", ")} to ${hosts.join(" and ")}`
      : `a ${method} request signed as ${signerOf(identity)} to ${hosts.join(" and ")}`;
  const grants = hosts.map((host) => approveArgument(identity?.profile ?? null, host));
  return new UserError({
    code: "E_NOT_APPROVED",
    phase: "guard",
    message: `${place} would ${sends ? "send" : "make"} ${what}, which was not approved; nothing was sent.`,
    hint:
      mode === "editor"
        ? "Send it again and choose Allow if you want this folder to do that."
        : `If you want this folder to do that from now on, add ${grants.join(" ")}.`,
  });
}

function signerOf({
  profile,
  role,
}: {
  readonly profile: string | null;
  readonly role: string | null;
}): string {
  const who = profile === null ? "the keys of the environment" : `profile ${profile}`;
  return role === null ? who : `${who} with role ${role}`;
}

function hostsOf(subjects: readonly ApprovalSubject[]): readonly string[] {
  return subjects.flatMap((subject) => (subject.kind === "process" ? [] : [subject.host]));
}
