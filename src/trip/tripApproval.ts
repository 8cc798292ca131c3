import { type ApprovalEffects, decideApproval } from "../guard/approval.ts";
import type { GrantedApproval } from "../guard/approvalArgument.ts";
import type { ApprovalRequest } from "../guard/approvalNeeds.ts";
import { decideProcess } from "../guard/processApproval.ts";
import type { IdentityPlan } from "../identity/resolveIdentity.ts";
import type { Ask } from "../questions.ts";
import type { ResolvedRequest, SigningScope } from "../stages.ts";

/** Who would sign, and for what; nothing of it is done yet. */
export interface Signer {
  readonly plan: IdentityPlan;
  readonly scope: SigningScope;
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
}

/**
 * Asks before any credential is taken: a credential process must not run for a host that nobody approved.
 * @param sends false for `explain`, which needs the profile's approval but not the host's
 * @param signer null for a request that goes out unsigned
 * @throws UserError `E_NOT_APPROVED`
 */
export async function approveTrip(
  request: ResolvedRequest,
  signer: Signer | null,
  sends: boolean,
  choices: ApprovalChoices,
  effects: ApprovalEffects,
): Promise<void> {
  const { mode, granted, folder, fileName, protectedProfiles } = choices;
  const connectTo = request.settings.connectTo?.value;
  const asked: ApprovalRequest = {
    mode,
    granted,
    protectedProfiles,
    folder,
    identity: signer === null ? null : approvalIdentity(signer),
    host: request.target.authority,
    connectTo: connectTo === undefined ? null : `${connectTo.host}:${connectTo.port ?? request.target.port}`,
    method: request.method,
    values: request.outsideValues,
    place: `${fileName}:${request.line + 1}`,
    sends,
  };
  await decideApproval(asked, effects);
}

function approvalIdentity({ plan, scope }: Signer): NonNullable<ApprovalRequest["identity"]> {
  const { profile, role, account } = plan;
  const { region, service } = scope;
  return { profile, profileSource: profileSourceOf(plan), role, account, region, service };
}

/**
 * Sources that say the person, or whoever set this machine up, meant these credentials. `default` is nobody's word, so
 * the file that uses it is asked about.
 */
const namedByThePerson: ReadonlySet<string> = new Set([
  "--profile",
  "AWS_PROFILE",
  "AWS_DEFAULT_PROFILE",
  "AWS_ACCESS_KEY_ID",
  "AWS_WEB_IDENTITY_TOKEN_FILE",
  "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
  "AWS_CONTAINER_CREDENTIALS_FULL_URI",
  "instance metadata",
]);

function profileSourceOf({ source }: IdentityPlan): "named" | "file" {
  return namedByThePerson.has(source) ? "named" : "file";
}

/** The `ask` of an identity: a credential process is asked about by the hash of its command. */
export function askForProcess(
  plan: IdentityPlan,
  host: string,
  { mode, granted }: ApprovalChoices,
  effects: ApprovalEffects,
): Ask {
  return async (question) => {
    if (question.kind !== "process") return effects.ask(question);
    const { profile, place, hash } = question;
    const profileSource = profileSourceOf(plan);
    await decideProcess({ mode, profile, profileSource, place, hash, host, granted }, effects);
    return true;
  };
}
