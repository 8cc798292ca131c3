import assert from "node:assert/strict";
import { questionLines } from "../../src/cli/terminalAsk.ts";
import { questionText } from "../../src/editor/trust/questionText.ts";
import { decideApproval } from "../../src/guard/approval.ts";
import { inEnglish } from "../../src/shown/dueText.ts";
import { host, outcome, personWho, requestOf, signedBy } from "./approvalWorld.ts";

const unsigned = { identity: null, host: "127.0.0.1:1" };

describe("what a file asks to be confirmed", () => {
  it("is asked each time, for this machine too, and a yes for the folder remembers nothing of it", async () => {
    for (const mode of ["terminal", "editor"] as const) {
      const person = personWho("folder");
      const request = requestOf({ mode, ...unsigned, confirmations: ["Really?"] });
      for (let count = 1; count < 3; count += 1)
        assert.deepEqual(await outcome(request, person), ["sent", 1]);
      assert.deepEqual(
        person.questions.map(({ lines, remembers }) => [lines, remembers]),
        Array(2).fill([[{ kind: "confirm", text: "Really?" }], false]),
      );
    }
  });

  it("is a line of the one question, beside who signs", async () => {
    const person = personWho("folder");
    const request = requestOf({ confirmations: ["One", ""] });
    await decideApproval(request, person.effects);
    await decideApproval(request, person.effects);
    assert.deepEqual(
      person.questions.map(({ lines, remembers }) => [...lines.map(({ kind }) => kind), remembers]),
      [
        ["signer", "confirm", "confirm", true],
        ["confirm", "confirm", false],
      ],
    );
  });

  it("is not asked where nothing is sent, and is answered by --confirm alone", async () => {
    const request = { ...signedBy({ named: true }), confirmations: ["Really?"] };
    assert.deepEqual(await outcome(requestOf({ ...request, sends: false }), personWho(false)), ["sent", 0]);
    assert.deepEqual(await outcome(requestOf({ ...request, confirmed: true }), personWho(false)), [
      "sent",
      0,
    ]);
    const granted = [
      { profile: "prod", host },
      { profile: null, host },
    ];
    assert.deepEqual(await outcome(requestOf({ ...request, granted }), personWho(false)), [
      "E_NOT_APPROVED",
      1,
    ]);
    const other = requestOf({ confirmations: ["Really?"], confirmed: true });
    assert.deepEqual(await outcome(other, personWho(false)), ["E_NOT_APPROVED", 1]);
  });

  it("is named in the error, with what answers it", async () => {
    const asked = (confirmations: readonly string[]) => requestOf({ ...unsigned, confirmations });
    const { effects } = personWho(false);
    await assert.rejects(decideApproval(asked(["a", "", "b"]), effects), {
      code: "E_NOT_APPROVED",
      message:
        "The GET request of pets.awsreq:3 to 127.0.0.1:1 asks before it is sent: “a” and “b”, and nobody said yes; nothing was sent.",
      hint: "If you want to send it this once, add --confirm.",
    });
    await assert.rejects(decideApproval({ ...asked([""]), mode: "editor" }, effects), {
      hint: "Send it again and say yes if you mean it.",
    });
  });

  it("is shown on its line of a terminal and of a dialog", async () => {
    const person = personWho("once");
    await decideApproval(requestOf({ ...unsigned, confirmations: ["Delete\nall?", ""] }), person.effects);
    const [question] = person.questions;
    assert.ok(question);
    assert.deepEqual(questionLines(question)[0].slice(0, 4), [
      "Send this request to 127.0.0.1:1?",
      "  GET to 127.0.0.1:1, written in pets.awsreq:3",
      "  - The file asks: “Delete\nall?”",
      "  - The file wants a yes before this is sent",
    ]);
    const { detail, folder } = questionText(question, inEnglish);
    assert.equal(folder, null);
    assert.ok(!detail.includes("Delete\n"), detail);
  });
});
