import assert from "node:assert/strict";
import { decideApproval } from "../../src/guard/approval.ts";
import type { ApprovalRequest } from "../../src/guard/approvalNeeds.ts";
import { approvalLifetime } from "../../src/guard/approvalStore.ts";
import { changing, day, handingOut, host, outcome, personWho, requestOf, signedBy } from "./approvalWorld.ts";

const role = "arn:aws:iam::999999999999:role/Admin";
const named = signedBy({ named: true });
const refused = ["E_NOT_APPROVED", 1];
const unasked = ["sent", 0];

describe("what decideApproval remembers", () => {
  const editor = (changes: Partial<ApprovalRequest> = {}) => requestOf({ mode: "editor", ...changes });
  const asked = async (person: ReturnType<typeof personWho>, request: ApprovalRequest) =>
    (await outcome(request, person))[1];

  it("is the folder, signer, role, scheme, host and where it connects", async () => {
    const person = personWho("folder");
    const others: readonly Partial<ApprovalRequest>[] = [
      {},
      { folder: "/other" },
      { scheme: "http:" },
      { host: "iam.amazonaws.com" },
      { connectTo: "evil.example:443" },
      signedBy({ signer: { kind: "profile", name: "dev" } }),
      signedBy({ signer: { kind: "environment" } }),
      signedBy({ role }),
    ];
    for (const other of others) {
      assert.equal(await asked(person, editor(other)), 1, JSON.stringify(other));
      assert.equal(await asked(person, editor(other)), 0, JSON.stringify(other));
    }
  });

  it("is one host for every loopback address and port", async () => {
    const person = personWho("folder");
    assert.equal(await asked(person, editor({ host: "127.0.0.1:8080" })), 1);
    for (const local of ["localhost:9", "[::1]:4566", "pets.localhost", "127.9.9.9"]) {
      assert.equal(await asked(person, editor({ host: local })), 0, local);
    }
  });

  it("is reading for what reads, and everything for what changes something", async () => {
    const reader = personWho("folder");
    assert.equal(await asked(reader, editor()), 1);
    assert.equal(await asked(reader, editor({ method: "POST", effect: changing })), 1);
    assert.equal(await asked(reader, editor()), 0);
    const changer = personWho("folder");
    assert.equal(await asked(changer, editor({ effect: changing })), 1);
    assert.equal(await asked(changer, editor()), 0);
  });

  it("is nothing after yes for once, and nothing after no", async () => {
    for (const answer of ["once", false, true, "", "else"] as const) {
      const person = personWho(answer);
      assert.equal(await asked(person, editor()), 1);
      assert.equal(await asked(person, editor()), 1);
      assert.deepEqual(await person.effects.store.load(), []);
    }
    assert.deepEqual(await outcome(editor(), personWho("once")), ["sent", 1]);
    for (const no of [false, true, "", "else"])
      assert.deepEqual(await outcome(editor(), personWho(no)), refused);
  });

  it("is each line by itself: a new one asks for that line alone", async () => {
    const person = personWho("folder");
    await outcome(editor({ values: ["include"] }), person);
    await outcome(editor({ values: ["include", "privateEnvironment"] }), person);
    assert.deepEqual(
      person.questions.map(({ lines }) =>
        lines.map((line) => (line.kind === "value" ? line.value : line.kind)),
      ),
      [["signer", "include"], ["privateEnvironment"]],
    );
  });

  it("ends ninety days after its last use", async () => {
    const person = personWho("folder");
    await outcome(editor(), person);
    for (const [later, times] of [
      [approvalLifetime, 0],
      [approvalLifetime, 0],
      [approvalLifetime + 1, 1],
      [-2 * day, 1],
    ] as const) {
      person.clock.now += later;
      assert.equal(await asked(person, editor()), times);
    }
  });

  it("is asked once where two requests wait for the same answer", async () => {
    const person = personWho("folder");
    await Promise.all([decideApproval(editor(), person.effects), decideApproval(editor(), person.effects)]);
    assert.equal(person.questions.length, 1);
  });

  it("is never that an answer hands out credentials", async () => {
    const person = personWho("folder");
    for (const times of [1, 1, 1]) assert.equal(await asked(person, editor({ effect: handingOut })), times);
    assert.deepEqual(
      person.questions.map(({ lines, remembers }) => [...lines.map(({ kind }) => kind), remembers]),
      [
        ["signer", "handsOut", true],
        ["handsOut", false],
        ["handsOut", false],
      ],
    );
    const granted = [{ profile: "prod", host }];
    assert.deepEqual(await outcome(requestOf({ effect: handingOut, granted }), personWho(false)), unasked);
  });
});

describe("decideApproval in the editor", () => {
  const editor = (changes: Partial<ApprovalRequest> = {}) => requestOf({ mode: "editor", ...changes });

  it("asks for loopback too, but not for awsreq-local at it, whatever it sends", async () => {
    const local = { host: "127.0.0.1:8998", values: ["include"] as const };
    const builtIn = signedBy({ signer: { kind: "profile", name: "awsreq-local" } });
    assert.deepEqual(await outcome(editor(local), personWho(false)), refused);
    assert.deepEqual(await outcome(editor({ ...local, identity: null }), personWho(false)), refused);
    assert.deepEqual(
      await outcome(editor({ ...local, ...builtIn, effect: changing }), personWho(false)),
      unasked,
    );
    assert.deepEqual(await outcome(editor(builtIn), personWho(false)), refused);
    assert.deepEqual(await outcome(editor({ ...local, ...named }), personWho(false)), refused);
  });

  it("puts all that is due into one question", async () => {
    const person = personWho("once");
    const process = { profile: "prod", place: "~/.aws/config:7", hash: "ab12" };
    const request = editor({
      ...signedBy({ role, roleOfFile: true, process }),
      connectTo: "tunnel.example:443",
      effect: changing,
      method: "DELETE",
      values: ["include"],
      protectedProfiles: ["PROD"],
    });
    assert.deepEqual(await outcome(request, person), ["sent", 1]);
    assert.deepEqual(person.questions, [
      {
        kind: "send",
        folder: "/home/ann/pets",
        place: "pets.awsreq:3",
        method: "DELETE",
        host,
        rememberedHost: host,
        sends: true,
        changes: "DELETE may change something",
        lines: [
          {
            kind: "signer",
            signer: { kind: "profile", name: "prod" },
            source: "pets.awsreq:1",
            role,
            account: "111122223333",
            region: "eu-west-1",
            service: "execute-api",
          },
          { kind: "connection", connectTo: "tunnel.example:443" },
          { kind: "process", ...process },
          { kind: "value", value: "include" },
          { kind: "protected", signer: { kind: "profile", name: "prod" } },
        ],
        remembers: true,
      },
    ]);
  });

  it("asks a newcomer's first ten requests to one API at most twice", async () => {
    const person = personWho("folder");
    const ten = [0, 0, 0, 1, 1, 0, 1, 0, 1, 0].map((changes) =>
      editor(changes === 1 ? { effect: changing } : {}),
    );
    for (const request of ten) await decideApproval(request, person.effects);
    assert.equal(person.questions.length, 2);
  });
});
