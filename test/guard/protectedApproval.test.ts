import assert from "node:assert/strict";
import { decideApproval } from "../../src/guard/approval.ts";
import type { ApprovalRequest } from "../../src/guard/approvalNeeds.ts";
import { changing, host, outcome, personWho, requestOf, signedBy } from "./approvalWorld.ts";

const named = signedBy({ named: true });
const guarded = (changes: Partial<ApprovalRequest> = {}) =>
  requestOf({ mode: "editor", ...named, effect: changing, protectedProfiles: ["PRO*"], ...changes });

describe("a protected profile", () => {
  it("is asked about each time before something is changed, approved or not", async () => {
    const person = personWho("folder");
    for (let count = 0; count < 3; count += 1) await decideApproval(guarded(), person.effects);
    assert.deepEqual(
      person.questions.map(({ lines }) => lines.map(({ kind }) => kind)),
      [["signer", "protected"], ["protected"], ["protected"]],
    );
    assert.deepEqual(
      person.questions.map(({ remembers }) => remembers),
      [true, false, false],
    );
  });

  it("is asked about once for what only reads", async () => {
    const person = personWho("folder");
    const request = requestOf({ mode: "editor", ...named, protectedProfiles: ["prod"] });
    await decideApproval(request, person.effects);
    await decideApproval(request, person.effects);
    assert.equal(person.questions.length, 1);
  });

  it("is asked about in a terminal too, where naming a profile approves it, and at this machine", async () => {
    const { effects } = personWho(false);
    await assert.rejects(decideApproval(guarded({ mode: "terminal" }), effects), {
      code: "E_NOT_APPROVED",
      hint: `If you want to send it this once, add --approve prod@${host}.`,
    });
    const granted = [{ profile: "prod", host }];
    assert.deepEqual(await outcome(guarded({ mode: "terminal", granted }), personWho(false)), ["sent", 0]);
    const local = guarded({ mode: "terminal", host: "127.0.0.1:1" });
    assert.deepEqual(await outcome(local, personWho(false)), ["E_NOT_APPROVED", 1]);
  });

  it("is keys of the environment and of the machine too, where the pattern says so", async () => {
    for (const kind of ["environment", "web-identity", "container", "instance"] as const) {
      const mine = { mode: "terminal", ...signedBy({ named: true, signer: { kind } }) } as const;
      for (const pattern of ["*", kind, kind.toUpperCase()]) {
        const request = guarded({ ...mine, protectedProfiles: [pattern] });
        assert.deepEqual(await outcome(request, personWho(false)), ["E_NOT_APPROVED", 1], pattern);
      }
      const other = guarded({ ...mine, protectedProfiles: ["prod"] });
      assert.deepEqual(await outcome(other, personWho(false)), ["sent", 0]);
    }
  });

  it("asks nothing for explain, for another profile, and for nobody", async () => {
    for (const changes of [{ sends: false }, { protectedProfiles: ["pro"] }, { identity: null }]) {
      assert.deepEqual(await outcome(guarded({ mode: "terminal", ...changes }), personWho(false)), [
        "sent",
        0,
      ]);
    }
  });
});
