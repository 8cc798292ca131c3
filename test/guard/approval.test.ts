import assert from "node:assert/strict";
import { type ApprovalEffects, decideApproval } from "../../src/guard/approval.ts";
import type { ApprovalIdentity, ApprovalRequest } from "../../src/guard/approvalNeeds.ts";
import { type Approval, approvalLifetime, subjectKey } from "../../src/guard/approvalStore.ts";
import { decideProcess, type ProcessRequest } from "../../src/guard/processApproval.ts";
import type { Question } from "../../src/questions.ts";

const day = 24 * 60 * 60 * 1000;

/** A person who always answers the same, a store in memory, a clock that is set by hand. */
function world(answer: boolean) {
  const approvals = new Map<string, Approval>();
  const questions: Question[] = [];
  const clock = { now: 1_000 * day };
  const effects: ApprovalEffects = {
    store: {
      load: () => Promise.resolve([...approvals.values()]),
      save: (approval) => {
        approvals.set(subjectKey(approval.subject), approval);
        return Promise.resolve();
      },
    },
    ask: (question) => {
      questions.push(question);
      return Promise.resolve(answer);
    },
    now: () => clock.now,
  };
  return { approvals, questions, clock, effects };
}

const identity: ApprovalIdentity = {
  profile: "prod",
  profileSource: "file",
  role: null,
  account: "111122223333",
  region: "eu-west-1",
  service: "execute-api",
};

const host = "abc.execute-api.eu-west-1.amazonaws.com";

function requestOf(changes: Partial<ApprovalRequest> = {}): ApprovalRequest {
  return {
    mode: "terminal",
    folder: "/home/ann/pets",
    identity,
    host,
    connectTo: null,
    method: "GET",
    values: [],
    place: "pets.awsreq:3",
    sends: true,
    protectedProfiles: [],
    granted: [],
    ...changes,
  };
}

const editor = (changes: Partial<ApprovalRequest> = {}) => requestOf({ mode: "editor", ...changes });
const signedBy = (changes: Partial<ApprovalIdentity>) => ({ identity: { ...identity, ...changes } });

/** What comes of a request: "sent", or the error's code; and how often was asked. */
async function outcome(
  request: ApprovalRequest,
  { effects, questions }: Pick<ReturnType<typeof world>, "effects" | "questions">,
): Promise<readonly [string, number]> {
  const before = questions.length;
  const result = await decideApproval(request, effects).then(
    () => "sent",
    (error: { code: string }) => error.code,
  );
  return [result, questions.length - before];
}

describe("decideApproval for explain", () => {
  const explain = (changes: Partial<ApprovalRequest> = {}) => requestOf({ sends: false, ...changes });

  it("asks about the profile once, whatever the host", async () => {
    const here = world(true);
    assert.deepEqual(await outcome(explain(), here), ["sent", 1]);
    assert.deepEqual(await outcome(explain({ host: "other.example.com", method: "POST" }), here), [
      "sent",
      0,
    ]);
    assert.deepEqual(await outcome(requestOf(), here), ["sent", 1]);
  });

  it("is covered by an approval for any host, and by any grant for the profile", async () => {
    const here = world(true);
    await outcome(requestOf({ method: "DELETE" }), here);
    assert.deepEqual(await outcome(explain({ host: "other.example.com" }), here), ["sent", 0]);
    const granted = [{ profile: "prod", host: "elsewhere.example.com" }];
    assert.deepEqual(await outcome(explain({ granted }), world(false)), ["sent", 0]);
  });

  it("names the host to approve when nobody says yes", async () => {
    await assert.rejects(decideApproval(explain(), world(false).effects), {
      code: "E_NOT_APPROVED",
      message: `pets.awsreq:3 would make a GET request signed as profile prod to ${host}, which was not approved; nothing was sent.`,
      hint: `If you want this folder to do that from now on, add --approve prod@${host}.`,
    });
  });

  it("asks nothing for an unsigned request", async () => {
    const request = explain({ identity: null, values: ["include"] });
    assert.deepEqual(await outcome(request, world(false)), ["sent", 0]);
  });
});

describe("decideApproval in a terminal", () => {
  it("takes a named profile as approved, for every method", async () => {
    for (const method of ["GET", "DELETE"]) {
      const request = requestOf({ method, ...signedBy({ profileSource: "named" }) });
      assert.deepEqual(await outcome(request, world(false)), ["sent", 0]);
    }
  });

  it("asks about a profile that the file chose, and refuses without a yes", async () => {
    const { effects, questions } = world(false);
    await assert.rejects(
      decideApproval(requestOf({ ...signedBy({ role: "arn:aws:iam::1:role/r" }) }), effects),
      {
        code: "E_NOT_APPROVED",
        phase: "guard",
        message: `pets.awsreq:3 would send a GET request signed as profile prod with role arn:aws:iam::1:role/r to ${host}, which was not approved; nothing was sent.`,
        hint: `If you want this folder to do that from now on, add --approve prod@${host}.`,
      },
    );
    assert.deepEqual(questions, [
      {
        kind: "approval",
        folder: "/home/ann/pets",
        profile: "prod",
        role: "arn:aws:iam::1:role/r",
        account: "111122223333",
        host,
        connectTo: null,
        method: "GET",
        mutating: false,
        remembered: true,
        region: "eu-west-1",
        service: "execute-api",
        place: "pets.awsreq:3",
      },
    ]);
  });

  it("does not ask for loopback", async () => {
    for (const local of ["localhost:8080", "127.0.0.1:1", "[::1]:4566", "pets.localhost"]) {
      assert.deepEqual(
        await outcome(requestOf({ host: local, method: "POST" }), world(false)),
        ["sent", 0],
        local,
      );
      assert.deepEqual(
        await outcome(requestOf({ host: local, identity: null, values: ["include"] }), world(false)),
        ["sent", 0],
        local,
      );
    }
  });

  it("takes --approve PROFILE@HOST for reading and changing, and remembers it", async () => {
    const person = world(false);
    const granted = [{ profile: "prod", host }];
    assert.deepEqual(await outcome(requestOf({ granted }), person), ["sent", 0]);
    assert.deepEqual(await outcome(requestOf({ method: "DELETE" }), person), ["sent", 0]);
    assert.deepEqual(await outcome(requestOf({ host: `${host}:8443`, granted }), person), [
      "E_NOT_APPROVED",
      1,
    ]);
    assert.deepEqual(await outcome(requestOf({ granted, ...signedBy({ profile: "dev" }) }), person), [
      "E_NOT_APPROVED",
      1,
    ]);
  });

  it("asks about @connect-to even when the profile was named", async () => {
    const named = signedBy({ profileSource: "named" });
    const { effects } = world(false);
    await assert.rejects(decideApproval(requestOf({ connectTo: "evil.example:443", ...named }), effects), {
      code: "E_NOT_APPROVED",
      hint: "If you want this folder to do that from now on, add --approve prod@evil.example:443.",
    });
    await assert.rejects(decideApproval(requestOf({ connectTo: "evil.example:443" }), effects), {
      hint: `If you want this folder to do that from now on, add --approve prod@${host} --approve prod@evil.example:443.`,
    });
    assert.deepEqual(await outcome(requestOf({ connectTo: "localhost:8443", ...named }), world(false)), [
      "sent",
      0,
    ]);
    assert.deepEqual(
      await outcome(requestOf({ connectTo: "evil.example:1", host: "localhost" }), world(false)),
      ["E_NOT_APPROVED", 1],
    );
  });

  it("asks about outside values of an unsigned request", async () => {
    const unsigned = requestOf({ identity: null, host: "example.com", values: ["include", "processEnv"] });
    const { effects, questions } = world(false);
    await assert.rejects(decideApproval(unsigned, effects), {
      message:
        "pets.awsreq:3 would send the contents of a file, an environment variable to example.com, which was not approved; nothing was sent.",
      hint: "If you want this folder to do that from now on, add --approve @example.com.",
    });
    assert.deepEqual(questions, [
      {
        kind: "values",
        folder: "/home/ann/pets",
        host: "example.com",
        values: ["include", "processEnv"],
        place: "pets.awsreq:3",
      },
    ]);
    const granted = [{ profile: null, host: "example.com" }];
    assert.deepEqual(await outcome({ ...unsigned, granted }, world(false)), ["sent", 0]);
    assert.deepEqual(await outcome({ ...unsigned, values: [] }, world(false)), ["sent", 0]);
  });
});

describe("decideApproval in the editor", () => {
  it("asks for every host once, and once more for methods that change things", async () => {
    const person = world(true);
    assert.deepEqual(await outcome(editor(), person), ["sent", 1]);
    assert.deepEqual(await outcome(editor(), person), ["sent", 0]);
    assert.deepEqual(await outcome(editor({ method: "HEAD" }), person), ["sent", 0]);
    assert.deepEqual(await outcome(editor({ method: "POST" }), person), ["sent", 1]);
    assert.deepEqual(await outcome(editor({ method: "get" }), person), ["sent", 0]);
    assert.deepEqual(await outcome(editor({ host: "iam.amazonaws.com" }), person), ["sent", 1]);
    assert.deepEqual(await outcome(editor({ folder: "/other" }), person), ["sent", 1]);
    assert.deepEqual(await outcome(editor(signedBy({ profile: "dev" })), person), ["sent", 1]);
    assert.deepEqual(await outcome(editor(signedBy({ role: "arn:aws:iam::1:role/r" })), person), ["sent", 1]);
    assert.deepEqual(await outcome(editor(signedBy({ profileSource: "named" })), person), ["sent", 0]);
    assert.deepEqual(await outcome(editor({ connectTo: "evil.example:443" }), person), ["sent", 1]);
  });

  it("takes a yes to changing things for reading too", async () => {
    const person = world(true);
    assert.deepEqual(await outcome(editor({ method: "PUT" }), person), ["sent", 1]);
    assert.deepEqual(await outcome(editor(), person), ["sent", 0]);
  });

  it("asks for loopback too, but for awsreq-local", async () => {
    const local = { host: "127.0.0.1:8080" };
    assert.deepEqual(await outcome(editor(local), world(false)), ["E_NOT_APPROVED", 1]);
    const builtIn = signedBy({ profile: "awsreq-local" });
    assert.deepEqual(await outcome(editor({ ...local, ...builtIn, method: "POST" }), world(false)), [
      "sent",
      0,
    ]);
    assert.deepEqual(await outcome(editor(builtIn), world(false)), ["E_NOT_APPROVED", 1]);
    assert.deepEqual(await outcome(editor({ ...local, identity: null, values: ["include"] }), world(true)), [
      "sent",
      1,
    ]);
  });

  it("remembers no no, and says how to say yes", async () => {
    const person = world(false);
    assert.deepEqual(await outcome(editor(), person), ["E_NOT_APPROVED", 1]);
    assert.deepEqual(await outcome(editor(), person), ["E_NOT_APPROVED", 1]);
    assert.equal(person.approvals.size, 0);
    await assert.rejects(decideApproval(editor(signedBy({ profile: null })), person.effects), {
      message: `pets.awsreq:3 would send a GET request signed as the keys of the environment to ${host}, which was not approved; nothing was sent.`,
      hint: "Send it again and choose Allow if you want this folder to do that.",
    });
  });

  it("asks again after ninety days without use", async () => {
    const person = world(true);
    await outcome(editor(), person);
    person.clock.now += approvalLifetime;
    assert.deepEqual(await outcome(editor(), person), ["sent", 0]);
    person.clock.now += approvalLifetime;
    assert.deepEqual(await outcome(editor(), person), ["sent", 0]);
    person.clock.now += approvalLifetime + 1;
    assert.deepEqual(await outcome(editor(), person), ["sent", 1]);
    person.clock.now -= 2 * day;
    assert.deepEqual(await outcome(editor(), person), ["sent", 1]);
  });
});

describe("decideProcess", () => {
  const program: ProcessRequest = {
    mode: "terminal",
    profile: "prod",
    profileSource: "file",
    place: "~/.aws/config:7",
    hash: "ab12",
    host,
    granted: [],
  };

  async function run(changes: Partial<ProcessRequest>, person: ReturnType<typeof world>) {
    const before = person.questions.length;
    const result = await decideProcess({ ...program, ...changes }, person.effects).then(
      () => "run",
      (error: { code: string }) => error.code,
    );
    return [result, person.questions.length - before];
  }

  it("runs a named profile's program in a terminal, and a granted one's", async () => {
    assert.deepEqual(await run({ profileSource: "named" }, world(false)), ["run", 0]);
    const person = world(false);
    assert.deepEqual(await run({ granted: [{ profile: "prod", host }] }, person), ["run", 0]);
    assert.deepEqual(await run({}, person), ["run", 0]);
    assert.deepEqual(await run({ hash: "changed" }, person), ["E_PROCESS_NOT_APPROVED", 1]);
    assert.deepEqual(await run({ granted: [{ profile: null, host }] }, world(false)), [
      "E_PROCESS_NOT_APPROVED",
      1,
    ]);
  });

  it("asks once for each command in the editor", async () => {
    const person = world(true);
    assert.deepEqual(await run({ mode: "editor", profileSource: "named" }, person), ["run", 1]);
    assert.deepEqual(await run({ mode: "editor" }, person), ["run", 0]);
    assert.deepEqual(await run({ mode: "editor", hash: "changed" }, person), ["run", 1]);
    assert.deepEqual(person.questions[0], {
      kind: "process",
      profile: "prod",
      place: "~/.aws/config:7",
      hash: "ab12",
    });
  });

  it("says where the program is written, never what it is", async () => {
    await assert.rejects(decideProcess(program, world(false).effects), {
      code: "E_PROCESS_NOT_APPROVED",
      phase: "guard",
      message:
        "Profile prod gets its credentials from a program (credential_process, ~/.aws/config:7) that was not approved; it was not run.",
      hint: `Look at that line; if you want the program to run, add --profile prod or --approve prod@${host}.`,
    });
  });
});
