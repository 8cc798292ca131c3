import { UserError } from "../errors.ts";
import type { Ask, DueLine, SendQuestion } from "../questions.ts";
import type { OutsideValue, Signer } from "../stages.ts";
import { approveArgument, type GrantedApproval, isGranted, shellWord } from "./approvalArgument.ts";
import {
  type ApprovalNeed,
  type ApprovalRequest,
  approvalNeeds,
  isLoopback,
  loopbackHost,
  type NeededGrant,
} from "./approvalNeeds.ts";
import { type Approval, type ApprovalStore, findApproval, renewed, subjectKey } from "./approvalStore.ts";

/** The effects of deciding. */
export interface ApprovalEffects {
  readonly store: ApprovalStore;
  readonly ask: Ask;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/**
 * Decides whether a request may go: what is due and was not approved before is asked in one question. A yes for the
 * folder is remembered in the store; a yes for once is not. Denied when nobody says yes.
 * @param needs what is due for it
 * @throws UserError `E_NOT_APPROVED`, `E_PROCESS_NOT_APPROVED`
 */
export async function decideApproval(
  request: ApprovalRequest,
  effects: ApprovalEffects,
  needs: readonly ApprovalNeed[] = approvalNeeds(request),
): Promise<void> {
  if ((await missingNeeds(needs, request.granted, effects)).length === 0) return;
  await effects.store.inTurn(async () => {
    // Somebody may have said yes to the same while this one waited for its turn.
    const missing = await missingNeeds(needs, request.granted, effects);
    if (missing.length > 0) await askFor(request, missing, effects);
  });
}

/** Of these needs those that neither the store nor the command line answers. Renews what is used, keeps what is granted. */
async function missingNeeds(
  needs: readonly ApprovalNeed[],
  granted: readonly GrantedApproval[],
  { store, now }: ApprovalEffects,
): Promise<readonly ApprovalNeed[]> {
  const approvals = needs.some(({ subject }) => subject !== null) ? await store.load() : [];
  const missing: ApprovalNeed[] = [];
  for (const need of needs) {
    const known = knownApproval(approvals, need, now());
    const again = known === undefined ? null : renewed(known, now());
    if (again !== null) await store.save(again);
    if (known !== undefined) continue;
    if (isAnswered(need, granted)) await keep([need], { store, now }, "granted");
    else missing.push(need);
  }
  return missing;
}

function knownApproval(
  approvals: readonly Approval[],
  { subject }: ApprovalNeed,
  now: number,
): Approval | undefined {
  return subject === null ? undefined : findApproval(approvals, subject, now);
}

function isAnswered({ grants }: ApprovalNeed, granted: readonly GrantedApproval[]): boolean {
  if (grants === null || grants.length === 0) return false;
  return grants.every(({ signer, host }) => isGranted(granted, signer, host));
}

async function askFor(
  request: ApprovalRequest,
  missing: readonly ApprovalNeed[],
  effects: ApprovalEffects,
): Promise<void> {
  const answer = await effects.ask(questionOf(request, missing));
  if (answer === "folder") await keep(missing, effects, "asked");
  else if (answer !== "once") throw notApproved(request, missing);
}

/** `--approve` grants reading and changing alike. */
async function keep(
  needs: readonly ApprovalNeed[],
  { store, now }: Pick<ApprovalEffects, "store" | "now">,
  how: "asked" | "granted",
): Promise<void> {
  const subjects = needs.flatMap(({ subject }) => subject ?? []);
  const widest = subjects.map((subject) =>
    how === "granted" && subject.kind === "credentials" ? { ...subject, changes: true } : subject,
  );
  const once = new Map(widest.map((subject) => [subjectKey(subject), subject]));
  for (const subject of once.values()) await store.save({ subject, used: now() });
}

function questionOf(request: ApprovalRequest, missing: readonly ApprovalNeed[]): SendQuestion {
  const { folder, place, method, host, sends, effect } = request;
  return {
    kind: "send",
    folder,
    place,
    method,
    host,
    rememberedHost: isLoopback(host) ? loopbackHost : host,
    sends,
    changes: effect.effect === "changes" ? effect.reason : null,
    lines: missing.map(({ line }) => line),
    remembers: missing.some(({ subject }) => subject !== null),
  };
}

function notApproved(request: ApprovalRequest, missing: readonly ApprovalNeed[]): UserError {
  const lines = missing.map(({ line }) => line);
  const [only] = lines;
  if (lines.length === 1 && only?.kind === "process") return processNotApproved(request, only, missing);
  if (lines.every(({ kind }) => kind === "confirm")) return notConfirmed(request, missing);
  const { method, place, sends, host, connectTo } = request;
  const to = connectTo === null ? host : `${host}, connecting to ${connectTo}`;
  return new UserError({
    code: "E_NOT_APPROVED",
    phase: "guard",
    message: `${place} would ${sends ? "send" : "make"} ${whatOf(request, method, lines)} ${sends ? "to" : "for"} ${to}, which was not approved; nothing was sent.`,
    hint: hintOf(request, missing, "Send it again and choose what you want to allow."),
  });
}

function notConfirmed(request: ApprovalRequest, missing: readonly ApprovalNeed[]): UserError {
  const { place, method, host } = request;
  const texts = missing.flatMap(({ line }) =>
    line.kind === "confirm" && line.text !== "" ? [line.text] : [],
  );
  const words = texts.length === 0 ? "" : `: ${listed(texts.map((text) => `“${text}”`))}`;
  return new UserError({
    code: "E_NOT_APPROVED",
    phase: "guard",
    message: `The ${method} request of ${place} to ${host} asks before it is sent${words}, and nobody said yes; nothing was sent.`,
    hint: hintOf(request, missing, "Send it again and say yes if you mean it."),
  });
}

function listed(texts: readonly string[]): string {
  return texts.length < 2 ? texts.join("") : `${texts.slice(0, -1).join(", ")} and ${texts.at(-1)}`;
}

function processNotApproved(
  request: ApprovalRequest,
  { profile, place }: Extract<DueLine, { kind: "process" }>,
  missing: readonly ApprovalNeed[],
): UserError {
  return new UserError({
    code: "E_PROCESS_NOT_APPROVED",
    phase: "guard",
    message: `Profile ${profile} gets its credentials from a program (credential_process, ${place}) that was not approved; it was not run.`,
    hint: `Look at that line. ${hintOf(request, missing, "Send it again and choose what you want to allow.")}`,
  });
}

const valueWords: Readonly<Record<OutsideValue, string>> = {
  include: "the contents of a file",
  processEnv: "an environment variable",
  privateEnvironment: "a value of the private environment",
};

function whatOf({ identity }: ApprovalRequest, method: string, lines: readonly DueLine[]): string {
  const values = lines.flatMap((line) => (line.kind === "value" ? [valueWords[line.value]] : []));
  const handsOut = lines.some(({ kind }) => kind === "handsOut");
  const signed =
    identity === null ? "" : ` signed as ${signerText(identity.signer)}${roleText(identity.role)}`;
  const protects = lines.some(({ kind }) => kind === "protected") ? ", which is protected," : "";
  // Values alone, of a request that needs nothing else, are what there is to say.
  if (values.length === lines.length) return values.join(", ");
  const withValues = values.length === 0 ? "" : ` with ${values.join(", ")}`;
  return `a ${method} request${handsOut ? " whose answer hands out credentials" : ""}${signed}${protects}${withValues}`;
}

function roleText(role: string | null): string {
  return role === null ? "" : ` with role ${role}`;
}

const keysWords: Readonly<Record<Exclude<Signer["kind"], "profile">, string>> = {
  environment: "the keys of the environment",
  "web-identity": "the web identity of the environment",
  container: "the container's credentials",
  instance: "the instance's credentials",
  "private-environment": "keys of the private environment",
};

/** A signer in words. */
export function signerText(signer: Signer): string {
  return signer.kind === "profile" ? `profile ${signer.name}` : keysWords[signer.kind];
}

/** What to add to the command line, or what to click. */
function hintOf(request: ApprovalRequest, missing: readonly ApprovalNeed[], inEditor: string): string {
  const { mode, host, identity } = request;
  if (mode === "editor") return inEditor;
  const role = identity?.roleOfFile === true ? identity.role : null;
  const needsRole =
    role !== null && missing.some(({ line, grants }) => line.kind === "signer" && grants === null);
  const grants = missing.flatMap((need) => need.grants ?? fallbackGrants(request, need));
  const options = [
    ...(needsRole ? [`--role ${shellWord(role)}`] : []),
    ...new Set(grants.map((grant) => approveArgument(grant.signer, grant.host ?? host))),
    ...(missing.some(({ line }) => line.kind === "confirm") ? ["--confirm"] : []),
  ];
  const reach = missing.some(({ subject }) => subject !== null)
    ? "this folder to do that from now on"
    : "to send it this once";
  return `If you want ${reach}, add ${options.join(" ")}.`;
}

/** Once the role is named too, the host of a profile that nobody named is still to be approved. */
function fallbackGrants(request: ApprovalRequest, { line }: ApprovalNeed): readonly NeededGrant[] {
  const { identity } = request;
  if (identity === null || line.kind !== "signer") return [];
  const named = { ...request, identity: { ...identity, roleOfFile: false } };
  return approvalNeeds(named).flatMap((need) => (need.line.kind === "signer" ? (need.grants ?? []) : []));
}
