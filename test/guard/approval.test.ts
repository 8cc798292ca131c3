import assert from "node:assert/strict";
import { decideApproval } from "../../src/guard/approval.ts";
import type { ApprovalIdentity, ApprovalRequest } from "../../src/guard/approvalNeeds.ts";
import { changing, handingOut, host, outcome, personWho, requestOf, signedBy } from "./approvalWorld.ts";

const role = "arn:aws:iam::999999999999:role/Admin";
const named = signedBy({ named: true });
const refused = ["E_NOT_APPROVED", 1];
const unasked = ["sent", 0];

describe("decideApproval in a terminal", () => {
  const rows: readonly (readonly [what: string, ApprovalRequest, "unasked" | "refused"])[] = [
    ["a named profile at an AWS host", requestOf(named), "unasked"],
    ["a named profile that changes something there", requestOf({ ...named, effect: changing }), "unasked"],
    ["a named profile at any other host", requestOf({ ...named, host: "evil.example.com" }), "refused"],
    ["a named profile at this machine", requestOf({ ...named, host: "127.0.0.1:80" }), "unasked"],
    ["a profile of the file at an AWS host", requestOf(), "refused"],
    ["a profile of the file at this machine", requestOf({ host: "localhost:8080" }), "unasked"],
    [
      "a named profile in a role of the file",
      requestOf(signedBy({ named: true, role, roleOfFile: true })),
      "refused",
    ],
    [
      "the same at this machine",
      requestOf({ host: "[::1]:1", ...signedBy({ named: true, role, roleOfFile: true }) }),
      "refused",
    ],
    ["a named profile in a role of its own", requestOf(signedBy({ named: true, role })), "unasked"],
    [
      "keys of the environment at an AWS host",
      requestOf(signedBy({ named: true, signer: { kind: "environment" } })),
      "unasked",
    ],
    [
      "the instance's credentials at an AWS host",
      requestOf(signedBy({ signer: { kind: "instance" }, source: "instance metadata" })),
      "refused",
    ],
    [
      "a named profile that connects elsewhere",
      requestOf({ ...named, connectTo: "evil.example:443" }),
      "refused",
    ],
    [
      "a named profile that connects to this machine",
      requestOf({ ...named, connectTo: "localhost:8443" }),
      "unasked",
    ],
    [
      "this machine's name that connects elsewhere",
      requestOf({ connectTo: "evil.example:1", host: "localhost" }),
      "refused",
    ],
    ["a named profile with a file's contents", requestOf({ ...named, values: ["include"] }), "refused"],
    [
      "a file's contents at this machine",
      requestOf({ ...named, host: "127.1.2.3", values: ["include"] }),
      "unasked",
    ],
    ["an unsigned request", requestOf({ identity: null, host: "example.com" }), "unasked"],
    [
      "an unsigned request that connects elsewhere",
      requestOf({ identity: null, connectTo: "evil.example:443" }),
      "refused",
    ],
    [
      "an unsigned request that connects to this machine",
      requestOf({ identity: null, connectTo: "[::1]:443" }),
      "unasked",
    ],
    [
      "an unsigned request with a private value",
      requestOf({ identity: null, values: ["privateEnvironment"] }),
      "refused",
    ],
    ["what hands out credentials to a named profile", requestOf({ ...named, effect: handingOut }), "refused"],
    ["what hands out credentials to nobody", requestOf({ identity: null, effect: handingOut }), "refused"],
  ];
  for (const [what, request, expected] of rows) {
    it(`${what}: ${expected}`, async () => {
      assert.deepEqual(await outcome(request, personWho(false)), expected === "refused" ? refused : unasked);
    });
  }

  it("says what would be sent as whom, and what to add", async () => {
    await assert.rejects(decideApproval(requestOf({ method: "DELETE" }), personWho(false).effects), {
      code: "E_NOT_APPROVED",
      phase: "guard",
      message: `pets.awsreq:3 would send a DELETE request signed as profile prod to ${host}, which was not approved; nothing was sent.`,
      hint: `If you want this folder to do that from now on, add --approve prod@${host}.`,
    });
  });

  it("names the role of the file, which only --role approves beforehand", async () => {
    const request = requestOf({
      ...signedBy({ role, roleOfFile: true }),
      granted: [{ profile: "prod", host }],
    });
    await assert.rejects(decideApproval(request, personWho(false).effects), {
      message: `pets.awsreq:3 would send a GET request signed as profile prod with role ${role} to ${host}, which was not approved; nothing was sent.`,
      hint: `If you want this folder to do that from now on, add --role ${role} --approve prod@${host}.`,
    });
    const inNamed = requestOf(signedBy({ named: true, role, roleOfFile: true }));
    await assert.rejects(decideApproval(inNamed, personWho(false).effects), {
      hint: `If you want this folder to do that from now on, add --role ${role}.`,
    });
  });

  it("names all that is missing, of where it connects and of the values too", async () => {
    const request = requestOf({ connectTo: "evil.example:443", values: ["include", "processEnv"] });
    await assert.rejects(decideApproval(request, personWho(false).effects), {
      message: `pets.awsreq:3 would send a GET request signed as profile prod with the contents of a file, an environment variable to ${host}, connecting to evil.example:443, which was not approved; nothing was sent.`,
      hint: `If you want this folder to do that from now on, add --approve prod@${host} --approve prod@evil.example:443 --approve @${host} --approve @evil.example:443.`,
    });
    const values = requestOf({ identity: null, host: "example.com", values: ["include", "processEnv"] });
    await assert.rejects(decideApproval(values, personWho(false).effects), {
      message:
        "pets.awsreq:3 would send the contents of a file, an environment variable to example.com, which was not approved; nothing was sent.",
      hint: "If you want this folder to do that from now on, add --approve @example.com.",
    });
  });

  it("takes --approve PROFILE@HOST for reading and changing, and remembers it", async () => {
    const person = personWho(false);
    const granted = [{ profile: "prod", host }];
    assert.deepEqual(await outcome(requestOf({ granted }), person), unasked);
    assert.deepEqual(await outcome(requestOf({ effect: changing }), person), unasked);
    assert.deepEqual(await outcome(requestOf({ host: `${host}:8443`, granted }), person), refused);
    const dev = signedBy({ signer: { kind: "profile", name: "dev" } });
    assert.deepEqual(await outcome(requestOf({ granted, ...dev }), person), refused);
  });

  it("takes environment@HOST, instance@HOST and container@HOST for keys without a profile", async () => {
    for (const kind of ["environment", "web-identity", "instance", "container"] as const) {
      const request = requestOf({ host: "own.example.com", ...signedBy({ signer: { kind } }) });
      assert.deepEqual(await outcome(request, personWho(false)), refused, kind);
      const granted = [{ profile: kind, host: "own.example.com" }];
      assert.deepEqual(await outcome({ ...request, granted }, personWho(false)), unasked, kind);
    }
  });

  it("does not take an approval of credentials for one of values, nor the reverse", async () => {
    const request = requestOf({ values: ["include"] });
    const [prod, values] = [
      { profile: "prod", host },
      { profile: null, host },
    ];
    assert.deepEqual(await outcome({ ...request, granted: [prod] }, personWho(false)), refused);
    assert.deepEqual(await outcome({ ...request, granted: [values] }, personWho(false)), refused);
    assert.deepEqual(await outcome({ ...request, granted: [prod, values] }, personWho(false)), unasked);
  });
});

describe("decideApproval for what is only signed", () => {
  const explain = (changes: Partial<ApprovalRequest> = {}) => requestOf({ sends: false, ...changes });

  it("asks about the signer once, whatever host, effect and values", async () => {
    const person = personWho("folder");
    assert.deepEqual(await outcome(explain({ values: ["include"], effect: handingOut }), person), [
      "sent",
      1,
    ]);
    assert.deepEqual(
      person.questions[0]?.lines.map(({ kind }) => kind),
      ["signer"],
    );
    assert.equal(person.questions[0]?.sends, false);
    assert.deepEqual(
      await outcome(explain({ host: "other.example.com", effect: changing }), person),
      unasked,
    );
    assert.deepEqual(await outcome(requestOf(), person), ["sent", 1]);
  });

  it("is covered by an approval to send, and by any grant for the profile", async () => {
    const person = personWho("folder");
    await outcome(requestOf({ effect: changing }), person);
    assert.deepEqual(await outcome(explain({ host: "other.example.com" }), person), unasked);
    const granted = [{ profile: "prod", host: "elsewhere.example.com" }];
    assert.deepEqual(await outcome(explain({ granted }), personWho(false)), unasked);
    assert.deepEqual(
      await outcome(explain({ ...named, host: "evil.example.com" }), personWho(false)),
      unasked,
    );
  });

  it("asks about a role of the file, and nothing for an unsigned request", async () => {
    const inRole = signedBy({ named: true, role, roleOfFile: true });
    assert.deepEqual(await outcome(explain(inRole), personWho(false)), refused);
    assert.deepEqual(
      await outcome(explain({ identity: null, values: ["include"] }), personWho(false)),
      unasked,
    );
  });

  it("names the host to approve when nobody says yes", async () => {
    await assert.rejects(decideApproval(explain(), personWho(false).effects), {
      code: "E_NOT_APPROVED",
      message: `pets.awsreq:3 would make a GET request signed as profile prod for ${host}, which was not approved; nothing was sent.`,
      hint: `If you want this folder to do that from now on, add --approve prod@${host}.`,
    });
  });
});

describe("decideApproval for a program that gives credentials", () => {
  const process = { profile: "prod", place: "~/.aws/config:7", hash: "ab12" };
  const run = (changes: Partial<ApprovalIdentity> = {}, more: Partial<ApprovalRequest> = {}) =>
    requestOf({ host: "localhost:1", ...signedBy({ process, ...changes }), ...more });

  it("runs a named profile's in a terminal, and a granted one's", async () => {
    assert.deepEqual(await outcome(run({ named: true }), personWho(false)), unasked);
    const person = personWho(false);
    assert.deepEqual(await outcome(run({}, { granted: [{ profile: "prod", host }] }), person), unasked);
    assert.deepEqual(await outcome(run(), person), unasked);
    const changed = { process: { ...process, hash: "changed" } };
    assert.deepEqual(await outcome(run(changed), person), ["E_PROCESS_NOT_APPROVED", 1]);
    const others = run({}, { granted: [{ profile: null, host }] });
    assert.deepEqual(await outcome(others, personWho(false)), ["E_PROCESS_NOT_APPROVED", 1]);
  });

  it("is remembered by its command, in every folder", async () => {
    const person = personWho("folder");
    assert.deepEqual(await outcome(run({ named: true }, { mode: "editor" }), person), ["sent", 1]);
    assert.deepEqual(await outcome(run({}, { folder: "/other" }), person), unasked);
  });

  it("is named by its place, never by what it is", async () => {
    await assert.rejects(decideApproval(run(), personWho(false).effects), {
      code: "E_PROCESS_NOT_APPROVED",
      phase: "guard",
      message:
        "Profile prod gets its credentials from a program (credential_process, ~/.aws/config:7) that was not approved; it was not run.",
      hint: "Look at that line. If you want this folder to do that from now on, add --approve prod@localhost:1.",
    });
  });
});
