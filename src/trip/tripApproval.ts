import { type ApprovalEffects, decideApproval } from "../guard/approval.ts";
import type { GrantedApproval } from "../guard/approvalArgument.ts";
import {
  type ApprovalIdentity,
  type ApprovalNeed,
  type ApprovalRequest,
  processNeeds,
} from "../guard/approvalNeeds.ts";
import { judgeEffect } from "../guard/requestEffect.ts";
import { credentialProcessHash } from "../identity/providers/credentialProcess.ts";
import type { IdentityPlan } from "../identity/resolveIdentity.ts";
import type { Ask } from "../questions.ts";
import { nobodysTrip, redactorOf } from "../shown/tripRedactor.ts";
import { isAwsHost } from "../signing/hostScope.ts";
import { scopeServiceText } from "../signing/scope.ts";
import type { ResolvedRequest, Signer, SigningScope, Sourced } from "../stages.ts";

/** Who would sign, and for what; nothing of it is done yet. */
export interface PlannedSigner {
  readonly plan: IdentityPlan;
  readonly scope: SigningScope | null;
}

/** From where a trip starts, as far as approvals care. */
export interface ApprovalChoices {
  readonly mode: "terminal" | "editor";
  /** What `--approve` grants. */
  readonly granted: readonly GrantedApproval[];
  /** Absolute path of the folder that approvals are kept for. */
  readonly folder: string;
  /** Names of profiles that are asked about each time before something is changed; `*` stands for any characters. */
  readonly protectedProfiles: readonly string[];
  /** Base name of the request file, for places. */
  readonly fileName: string;
  /** A role that the person named, in place of the file's. */
  readonly role: Sourced<string> | undefined;
  /** Whether `--confirm` answers what a file asks to be confirmed. */
  readonly confirmed?: boolean;
}

/**
 * Asks before any credential is taken: a credential process must not run for a host that nobody approved.
 * @param sends false for `explain`, which needs the signer's approval but not the host's
 * @param signer null for a request that goes out unsigned
 * @throws UserError `E_NOT_APPROVED`, `E_PROCESS_NOT_APPROVED`
 */
export async function approveTrip(
  request: ResolvedRequest,
  signer: PlannedSigner | null,
  sends: boolean,
  choices: ApprovalChoices,
  effects: ApprovalEffects,
): Promise<void> {
  const { target, settings, line, outsideValues: values, confirmations = [] } = request;
  const redactor = redactorOf({ ...nobodysTrip, request, privateValues: request.privateValues });
  const connectTo = settings.connectTo?.value;
  const roleOfFile = settings.role !== undefined && choices.role === undefined;
  await decideApproval(
    {
      ...common(choices),
      identity: signer === null ? null : approvalIdentity(signer, roleOfFile),
      scheme: target.scheme,
      host: target.authority,
      isAwsHost: isAwsHost(target.host),
      connectTo: connectTo === undefined ? null : `${connectTo.host}:${connectTo.port ?? target.port}`,
      method: request.method,
      effect: judgeEffect({ ...request, ...target }),
      values,
      confirmations: confirmations.map((text) => redactor.text(text)),
      place: `${choices.fileName}:${line + 1}`,
      sends,
    },
    effects,
  );
}

/**
 * Asks before credentials are got for no request of a file.
 * @param due "signer" where the folder chose who that is; "process" where the person did
 * @throws UserError `E_NOT_APPROVED`, `E_PROCESS_NOT_APPROVED`
 */
export async function approveSigner(
  plan: IdentityPlan,
  due: "signer" | "process",
  choices: ApprovalChoices,
  effects: ApprovalEffects,
): Promise<void> {
  const identity = approvalIdentity({ plan, scope: null }, false);
  const request = { ...common(choices), ...askingSts, identity, place: choices.fileName };
  const needs: readonly ApprovalNeed[] | undefined =
    due === "process" ? processNeeds(choices, identity) : undefined;
  await decideApproval(request, effects, needs);
}

/** STS is asked whose credentials they are, which nobody may be forbidden to ask. */
const askingSts = {
  scheme: "https:",
  host: "sts.amazonaws.com",
  isAwsHost: true,
  connectTo: null,
  method: "POST",
  effect: { effect: "reads", action: "GetCallerIdentity", reason: "" },
  values: [],
  confirmations: [],
  sends: false,
} as const satisfies Partial<ApprovalRequest>;

function common({ mode, granted, folder, protectedProfiles, confirmed = false }: ApprovalChoices) {
  return { mode, granted, folder, protectedProfiles, confirmed };
}

function approvalIdentity({ plan, scope }: PlannedSigner, roleOfFile: boolean): ApprovalIdentity {
  const { source, role, account } = plan;
  const region = scope?.region ?? null;
  const service = scope && scopeServiceText(scope);
  return {
    signer: signerOf(plan),
    named: namedByThePerson.has(source),
    source,
    role,
    roleOfFile,
    account,
    region,
    service,
    process: processOf(plan),
  };
}

/**
 * Sources that say the person meant these credentials. `default` is nobody's word, and what a machine has (instance,
 * container, web identity) was given to whatever runs on it.
 */
const namedByThePerson: ReadonlySet<string> = new Set([
  "--profile",
  "AWS_PROFILE",
  "AWS_DEFAULT_PROFILE",
  "AWS_ACCESS_KEY_ID",
]);

/** Whose credentials a plan gets. */
export function signerOf({ profile, way }: IdentityPlan): Signer {
  if (profile !== null) return { kind: "profile", name: profile };
  switch (way.kind === "aws" ? way.plan.first.kind : null) {
    case "webIdentity":
      return { kind: "web-identity" };
    case "request":
      return { kind: "private-environment" };
    case "container":
      return { kind: "container" };
    case "instanceMetadata":
      return { kind: "instance" };
    default:
      return { kind: "environment" };
  }
}

function processOf({ way }: IdentityPlan): ApprovalIdentity["process"] {
  const first = way.kind === "aws" ? way.plan.first : null;
  if (first?.kind !== "process") return null;
  const { profile, place, command } = first;
  return { profile, place, hash: credentialProcessHash(command) };
}

/** The `ask` of an identity: its program was approved with the rest, and no other one was. */
export function askForProcess(plan: IdentityPlan, { ask }: Pick<ApprovalEffects, "ask">): Ask {
  const approved = processOf(plan)?.hash;
  return async (question) => (question.kind === "process" ? question.hash === approved : ask(question));
}
