import assert from "node:assert/strict";
import { type ApprovalEffects, decideApproval } from "../../src/guard/approval.ts";
import type { ApprovalRequest } from "../../src/guard/approvalNeeds.ts";
import { type Approval, subjectKey } from "../../src/guard/approvalStore.ts";
import type { Question } from "../../src/questions.ts";

const host = "abc123.execute-api.eu-west-1.amazonaws.com";

function requestOf(changes: Partial<ApprovalRequest> = {}): ApprovalRequest {
  return {
    mode: "editor",
    folder: "/home/ann/pets",
    identity: {
      profile: "prod-eu",
      profileSource: "named",
      role: null,
      account: null,
      region: "eu-west-1",
      service: "execute-api",
    },
    host,
    connectTo: null,
    method: "DELETE",
    values: [],
    place: "pets.awsreq:3",
    sends: true,
    protectedProfiles: ["prod-*"],
    granted: [],
    ...changes,
  };
}

/** A person who always answers the same, and everything that they were asked. */
function world(answer: boolean) {
  const approvals = new Map<string, Approval>();
  const questions: Question[] = [];
  const effects: ApprovalEffects = {
    store: {
      load: async () => [...approvals.values()],
      save: async (approval) => void approvals.set(subjectKey(approval.subject), approval),
    },
    ask: async (question) => {
      questions.push(question);
      return answer;
    },
    now: () => 1_000_000,
  };
  const remembered = () => questions.map((question) => question.kind === "approval" && question.remembered);
  return { effects, questions, remembered };
}

describe("a protected profile", () => {
  it("is asked about each time before something is changed, approved or not", async () => {
    const { effects, remembered } = world(true);
    for (let count = 0; count < 3; count += 1) await decideApproval(requestOf(), effects);
    assert.deepEqual(remembered(), [false, false, false]);
  });

  it("is asked about once for what only reads", async () => {
    const { effects, remembered } = world(true);
    await decideApproval(requestOf({ method: "GET" }), effects);
    await decideApproval(requestOf({ method: "GET" }), effects);
    assert.deepEqual(remembered(), [true]);
  });

  it("is asked about in a terminal too, where naming a profile approves it", async () => {
    const { effects, questions } = world(false);
    await assert.rejects(decideApproval(requestOf({ mode: "terminal" }), effects), {
      code: "E_NOT_APPROVED",
      hint: `If you want this folder to do that from now on, add --approve prod-eu@${host}.`,
    });
    assert.equal(questions.length, 1);
    const granted = [{ profile: "prod-eu", host }];
    assert.equal(
      await decideApproval(requestOf({ mode: "terminal", granted }), effects),
      "needs no approval",
    );
  });

  it("asks nothing for explain, for another profile, and for nobody", async () => {
    const { effects, questions } = world(true);
    await decideApproval(requestOf({ mode: "terminal", sends: false }), effects);
    await decideApproval(requestOf({ mode: "terminal", protectedProfiles: ["prod"] }), effects);
    await decideApproval(requestOf({ mode: "terminal", identity: null }), effects);
    assert.equal(questions.length, 0);
  });
});
