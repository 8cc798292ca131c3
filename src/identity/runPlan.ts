import { createHash } from "node:crypto";
import { type TriedStep, UserError } from "../errors.ts";
import type { Credentials } from "../stages.ts";
import type { PlanResult } from "./credentialCache.ts";
import type { CredentialPlan } from "./plan/plan.ts";
import type { AssumeRoleStep } from "./plan/roleStep.ts";
import { type SourceStep, sourceStepText } from "./plan/sourceStep.ts";
import { expiredCredentials } from "./plannedIdentity.ts";
import { type AssumeRoleEffects, assumeRole, sessionNameOf } from "./providers/assumeRole.ts";
import { type CredentialProcessEffects, runCredentialProcess } from "./providers/credentialProcess.ts";
import {
  containerCredentials,
  instanceCredentials,
  type MetadataEffects,
} from "./providers/machineMetadata.ts";
import { assumeRoleWithWebIdentity } from "./providers/webIdentity.ts";

/** What carrying a plan out does to the world. */
export interface RunEffects extends CredentialProcessEffects, AssumeRoleEffects, MetadataEffects {}

/** The same text for plans that give the same credentials, whoever chose them. A hash: the plan may hold keys. */
export function planKey({ first, roles }: CredentialPlan): string {
  return createHash("sha256")
    .update(JSON.stringify([first, roles]))
    .digest("hex");
}

/**
 * Takes the steps of a plan one after the other.
 * @throws UserError of the step that fails, with what was tried before it and what would have come after
 */
export async function runPlan(plan: CredentialPlan, effects: RunEffects): Promise<PlanResult> {
  let done = 0;
  try {
    const sessionName = sessionNameOf(lastNamed(plan), effects.now());
    let credentials = await firstCredentials(plan.first, sessionName, effects);
    const end = credentials.expiration;
    if (end !== undefined && end <= effects.now()) throw expiredCredentials(plan, end);
    let session = plan.first.kind === "webIdentity" ? sessionName : null;
    for (const step of plan.roles) {
      done += 1;
      session = sessionNameOf(step, effects.now());
      credentials = await assumeRole(step, credentials, session, effects);
    }
    return { credentials, sessionName: session };
  } catch (error) {
    throw error instanceof UserError && error.phase === "credentials" ? withTried(error, plan, done) : error;
  }
}

function lastNamed({ first }: CredentialPlan): { readonly sessionName: string | null } {
  return first.kind === "webIdentity" ? first : { sessionName: null };
}

async function firstCredentials(
  step: SourceStep,
  sessionName: string,
  effects: RunEffects,
): Promise<Credentials> {
  switch (step.kind) {
    case "static":
    case "environment":
    case "request":
      return step.credentials;
    case "process": {
      const credentials = await runCredentialProcess(step, effects);
      return credentials.accountId === undefined && step.account !== null
        ? { ...credentials, accountId: step.account }
        : credentials;
    }
    case "webIdentity":
      return assumeRoleWithWebIdentity(step, sessionName, effects);
    case "container":
      return containerCredentials(step, effects);
    case "instanceMetadata":
      return instanceCredentials(step, effects);
  }
}

function withTried(error: UserError, plan: CredentialPlan, failed: number): UserError {
  const { code, phase, message, hint } = error;
  const tried = triedSteps(plan, failed);
  return new UserError({
    code,
    phase,
    message,
    ...(hint !== undefined && { hint }),
    tried,
    cause: error.cause,
  });
}

function triedSteps({ profile, source, first, roles }: CredentialPlan, failed: number): readonly TriedStep[] {
  const chosen = profile === null ? `credentials of ${source}` : `profile "${profile}", chosen by ${source}`;
  const steps = [sourceStepText(first), ...roles.map(roleText)];
  return [
    { text: chosen, outcome: "found" },
    ...steps.map((text, index): TriedStep => ({ text, outcome: outcomeAt(index, failed) })),
  ];
}

function roleText({ roleArn, place, region }: AssumeRoleStep): string {
  return `role ${roleArn} (${place}), asked of STS in ${region}`;
}

function outcomeAt(index: number, failed: number): TriedStep["outcome"] {
  if (index === failed) return "failed";
  return index < failed ? "found" : "skipped";
}
