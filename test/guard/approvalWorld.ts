import { type ApprovalEffects, decideApproval } from "../../src/guard/approval.ts";
import type { ApprovalIdentity, ApprovalRequest } from "../../src/guard/approvalNeeds.ts";
import { approvalsInMemory } from "../../src/guard/approvalStore.ts";
import type { EffectJudgement } from "../../src/guard/requestEffect.ts";
import type { Answer, SendQuestion } from "../../src/questions.ts";

/** Milliseconds. */
export const day = 24 * 60 * 60 * 1000;

/** A person who answers always the same, a store in memory, a clock that is set by hand. */
export interface ApprovalWorld {
  readonly effects: ApprovalEffects;
  readonly questions: SendQuestion[];
  readonly clock: { now: number };
}

/** A person who answers always the same. */
export function personWho(answer: Answer): ApprovalWorld {
  const questions: SendQuestion[] = [];
  const clock = { now: 1_000 * day };
  const effects: ApprovalEffects = {
    store: approvalsInMemory(),
    ask: async (question) => {
      if (question.kind === "send") questions.push(question);
      return answer;
    },
    now: () => clock.now,
  };
  return { effects, questions, clock };
}

/** A host that AWS serves, for whoever rents it. */
export const host = "abc.execute-api.eu-west-1.amazonaws.com";

/** A profile that the file chose. */
export const identity: ApprovalIdentity = {
  signer: { kind: "profile", name: "prod" },
  named: false,
  source: "pets.awsreq:1",
  role: null,
  roleOfFile: false,
  account: "111122223333",
  region: "eu-west-1",
  service: "execute-api",
  process: null,
};

/** What reads. */
export const reading: EffectJudgement = { effect: "reads", action: null, reason: "GET reads" };

/** What may change something. */
export const changing: EffectJudgement = {
  effect: "changes",
  action: null,
  reason: "DELETE may change something",
};

/** What the answer to holds credentials. */
export const handingOut: EffectJudgement = {
  effect: "handsOutCredentials",
  action: "AssumeRole",
  reason: "AssumeRole hands out credentials",
};

/** A GET from a terminal. */
export function requestOf(changes: Partial<ApprovalRequest> = {}): ApprovalRequest {
  return {
    mode: "terminal",
    folder: "/home/ann/pets",
    identity,
    scheme: "https:",
    host,
    isAwsHost: changes.host === undefined || changes.host.endsWith(".amazonaws.com"),
    connectTo: null,
    method: "GET",
    effect: reading,
    values: [],
    place: "pets.awsreq:3",
    sends: true,
    protectedProfiles: [],
    granted: [],
    confirmations: [],
    confirmed: false,
    ...changes,
  };
}

/** The same with another signer. */
export function signedBy(changes: Partial<ApprovalIdentity>): { readonly identity: ApprovalIdentity } {
  return { identity: { ...identity, ...changes } };
}

/** What comes of a request: "sent", or the error's code; and how often was asked. */
export async function outcome(
  request: ApprovalRequest,
  { effects, questions }: ApprovalWorld,
): Promise<readonly [string, number]> {
  const before = questions.length;
  const result = await decideApproval(request, effects).then(
    () => "sent",
    (error: { code: string }) => error.code,
  );
  return [result, questions.length - before];
}
