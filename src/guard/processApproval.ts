import { UserError } from "../errors.ts";
import { type ApprovalEffects, missingApprovals } from "./approval.ts";
import { approveArgument, type GrantedApproval } from "./approvalArgument.ts";
import type { ApprovalIdentity } from "./approvalNeeds.ts";

/** A credential_process that is about to run for the first time, or with a command that changed. */
export interface ProcessRequest {
  readonly mode: "terminal" | "editor";
  readonly profile: string;
  readonly profileSource: ApprovalIdentity["profileSource"];
  /** `config:line` of the key. */
  readonly place: string;
  /** SHA-256 of the command, hex. */
  readonly hash: string;
  /** Authority of the request that needs the credentials; for the hint. */
  readonly host: string;
  /** What the command line grants with `--approve`. */
  readonly granted: readonly GrantedApproval[];
}

/**
 * Decides whether a credential_process may run. In a terminal, naming its profile approves it.
 * @throws UserError `E_PROCESS_NOT_APPROVED`
 */
export async function decideProcess(request: ProcessRequest, effects: ApprovalEffects): Promise<void> {
  const { mode, profile, profileSource, place, hash, granted } = request;
  if (mode === "terminal" && profileSource === "named") return;
  const subject = { kind: "process", profile, hash } as const;
  const missing = await missingApprovals([subject], granted, effects);
  if (missing.length === 0) return;
  if ((await effects.ask({ kind: "process", profile, place, hash })) !== true) throw notApproved(request);
  await effects.store.save({ subject, used: effects.now() });
}

function notApproved({ mode, profile, place, host }: ProcessRequest): UserError {
  return new UserError({
    code: "E_PROCESS_NOT_APPROVED",
    phase: "guard",
    message: `Profile ${profile} gets its credentials from a program (credential_process, ${place}) that was not approved; it was not run.`,
    hint:
      mode === "editor"
        ? "Look at that line; send again and choose Allow if you want the program to run."
        : `Look at that line; if you want the program to run, add --profile ${profile} or ${approveArgument(profile, host)}.`,
  });
}
