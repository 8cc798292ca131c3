import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import { questionLines, terminalAsk, withMfaCode } from "../../src/cli/terminalAsk.ts";
import { inertText } from "../../src/guard/terminalText.ts";
import type { Answer, Question, SendQuestion } from "../../src/questions.ts";

const due: SendQuestion = {
  kind: "send",
  folder: "/home/ann/pets",
  place: "pets.awsreq:3",
  method: "DELETE",
  host: "abc.execute-api.eu-west-1.amazonaws.com",
  rememberedHost: "abc.execute-api.eu-west-1.amazonaws.com",
  sends: true,
  changes: "DELETE may change something",
  lines: [
    {
      kind: "signer",
      signer: { kind: "profile", name: "prod" },
      source: "pets.awsreq:1",
      role: "arn:aws:iam::111122223333:role/ops",
      account: "111122223333",
      region: "eu-west-1",
      service: "execute-api",
    },
    { kind: "connection", connectTo: "localhost:8443" },
    { kind: "value", value: "privateEnvironment" },
  ],
  remembers: true,
};

/** Asks with a person who types this line. */
async function answerTo(question: Question, typed: string): Promise<{ yes: Answer; shown: string }> {
  const input = new PassThrough();
  const output = new PassThrough();
  const ask = terminalAsk(
    { input: () => input, output, interrupt: () => undefined },
    inertText,
    new AbortController().signal,
  );
  const answer = ask(question);
  input.write(`${typed}\n`);
  const yes = await answer;
  return { yes, shown: String(output.read()) };
}

describe("terminalAsk", () => {
  it("says who would sign what, where and from which line, and how a yes is taken back", () => {
    assert.deepEqual(questionLines(due), [
      [
        "Sign with profile prod and send to abc.execute-api.eu-west-1.amazonaws.com?",
        "  DELETE to abc.execute-api.eu-west-1.amazonaws.com, written in pets.awsreq:3",
        "  - It is signed with profile prod, chosen by pets.awsreq:1, as role arn:aws:iam::111122223333:role/ops, in account 111122223333, for eu-west-1/execute-api",
        "  - It connects to localhost:8443, not to the host of its URL",
        "  - It sends a value of your private environment",
        "  - DELETE may change something",
        "  always: all requests of /home/ann/pets may do so at abc.execute-api.eu-west-1.amazonaws.com from now on; `awsreq approvals` takes it back",
      ],
      "Yes, this time; always; or no? [y/a/N]",
    ]);
  });

  it("takes nothing but a typed yes for one, and no yes for always", async () => {
    const answers = ["y", "YES", " yes ", "a", "Always", "", "n", "yeah", "ja", "1", "once", "folder"];
    const given = [];
    for (const typed of answers) given.push((await answerTo(due, typed)).yes);
    const no = answers.slice(5).map(() => false);
    assert.deepEqual(given, ["once", "once", "once", "folder", "folder", ...no]);
    assert.equal((await answerTo({ ...due, remembers: false }, "a")).yes, false);
  });

  it("says that nothing is sent where it is only signed, and never shows a program", () => {
    const [signing] = questionLines({ ...due, sends: false, changes: null });
    assert.equal(signing[0], "Sign with profile prod? Nothing is sent.");
    assert.doesNotMatch(signing.join(), /send to|reads/);
    const line = { kind: "process", profile: "p", place: "~/.aws/config:4", hash: "ab".repeat(32) } as const;
    assert.deepEqual(questionLines({ ...due, lines: [line], changes: null })[0].slice(0, 3), [
      "Run the program that gives the credentials of profile p?",
      "  DELETE to abc.execute-api.eu-west-1.amazonaws.com, written in pets.awsreq:3",
      "  - A program gives the credentials of profile p; it is named at ~/.aws/config:4 and is run",
    ]);
  });

  it("takes what is typed for a code, and nothing for none", async () => {
    const mfa: Question = {
      kind: "mfa",
      profile: "admin",
      role: "arn:aws:iam::111122223333:role/admin",
      serial: "arn:aws:iam::111122223333:mfa/anna",
      place: "~/.aws/config:7",
    };
    const { yes, shown } = await answerTo(mfa, " 123 456 ");
    assert.equal(yes, "123 456");
    for (const part of [mfa.profile, mfa.role, mfa.serial, mfa.place]) assert.ok(shown.includes(part), shown);
    assert.equal((await answerTo(mfa, "")).yes, false);
  });

  it("gives the code of the command line once, and asks after that", async () => {
    const mfa: Question = { kind: "mfa", profile: "a", role: "r", serial: "s", place: "p" };
    const ask = withMfaCode("123456", async (question) => (question.kind === "mfa" ? "typed" : true));
    assert.deepEqual([await ask(due), await ask(mfa), await ask(mfa)], [true, "123456", "typed"]);
  });

  it("asks about a file outside the folder each time", async () => {
    const include: Question = {
      kind: "include",
      path: "/etc/hosts",
      folder: "/f",
      reason: "it lies outside /f",
      place: "a.awsreq",
    };
    assert.deepEqual(questionLines(include), [
      ["a.awsreq sends the contents of /etc/hosts,", "  which is not read unasked: it lies outside /f"],
      "Read and send it this time? [y/N]",
    ]);
    assert.equal((await answerTo(include, "y")).yes, true);
  });

  it("writes out what a terminal would obey", async () => {
    const { shown } = await answerTo({ ...due, folder: "/tmp/\u001b[2Jx" }, "n");
    assert.ok(shown.includes("/tmp/\\x1b[2Jx") && !shown.includes("\u001b[2J"), shown);
  });

  it("says no where nobody can answer, and when the work is cancelled", async () => {
    const never = new AbortController();
    assert.equal(await terminalAsk(null, inertText, never.signal)(due), false);
    const terminal = {
      input: () => new PassThrough(),
      output: new PassThrough(),
      interrupt: () => undefined,
    };
    const cancelled = new AbortController();
    const answer = terminalAsk(terminal, inertText, cancelled.signal)(due);
    cancelled.abort();
    assert.equal(await answer, false);
  });
});
