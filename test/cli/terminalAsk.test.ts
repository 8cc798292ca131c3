import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import { questionText, terminalAsk, withMfaCode } from "../../src/cli/terminalAsk.ts";
import { inertText } from "../../src/guard/terminalText.ts";
import type { Answer, Question } from "../../src/questions.ts";

const approval: Question = {
  kind: "approval",
  folder: "/home/ann/pets",
  profile: "prod",
  role: "arn:aws:iam::111122223333:role/ops",
  account: "111122223333",
  host: "abc.execute-api.eu-west-1.amazonaws.com",
  connectTo: "localhost:8443",
  method: "DELETE",
  mutating: true,
  remembered: true,
  region: "eu-west-1",
  service: "execute-api",
  place: "pets.awsreq:3",
};

/** Asks with a person who types this line. */
async function answerTo(question: Question, typed: string): Promise<{ yes: Answer; shown: string }> {
  const input = new PassThrough();
  const output = new PassThrough();
  const ask = terminalAsk({ input: () => input, output }, inertText, new AbortController().signal);
  const answer = ask(question);
  input.write(`${typed}\n`);
  const yes = await answer;
  return { yes, shown: String(output.read()) };
}

describe("terminalAsk", () => {
  it("says who would sign what, where and from which line", () => {
    assert.equal(
      questionText(approval),
      [
        'pets.awsreq:3 wants to sign with profile "prod"',
        "  as role arn:aws:iam::111122223333:role/ops",
        "  in account 111122223333",
        "  DELETE to abc.execute-api.eu-west-1.amazonaws.com (execute-api, eu-west-1)",
        "  connecting to localhost:8443",
        "Allow requests that change things in /home/ann/pets, now and later?",
      ].join("\n"),
    );
  });

  it("takes nothing but a typed yes for one", async () => {
    const answers = ["y", "YES", " yes ", "", "n", "yeah", "ja", "1"];
    const given = [];
    for (const typed of answers) given.push((await answerTo(approval, typed)).yes);
    assert.deepEqual(given, [true, true, true, false, false, false, false, false]);
  });

  it("asks about values and about processes, never showing the command", () => {
    const values: Question = {
      kind: "values",
      folder: "/f",
      host: "example.com",
      values: ["include", "processEnv", "privateEnvironment"],
      place: "a.awsreq:1",
    };
    assert.match(
      questionText(values),
      /^a\.awsreq:1 sends files .* and values of your private environment\n/,
    );
    const process: Question = {
      kind: "process",
      profile: "p",
      place: "~/.aws/config:4",
      hash: "ab".repeat(32),
    };
    assert.match(questionText(process), /named at ~\/\.aws\/config:4 \(SHA-256 abababababab…\)/);
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
    assert.deepEqual([await ask(approval), await ask(mfa), await ask(mfa)], [true, "123456", "typed"]);
  });

  it("asks about a file outside the folder each time", async () => {
    const include: Question = {
      kind: "include",
      path: "/etc/hosts",
      folder: "/f",
      reason: "it lies outside /f",
      place: "a.awsreq",
    };
    assert.equal(
      questionText(include),
      "a.awsreq sends the contents of /etc/hosts,\n  which is not read unasked: it lies outside /f\nRead and send it this time?",
    );
    assert.equal((await answerTo(include, "y")).yes, true);
  });

  it("writes out what a terminal would obey", async () => {
    const { shown } = await answerTo({ ...approval, folder: "/tmp/\u001b[2Jx" }, "n");
    assert.ok(shown.includes("/tmp/\\x1b[2Jx") && !shown.includes("\u001b[2J"), shown);
  });

  it("says no where nobody can answer, and when the work is cancelled", async () => {
    const never = new AbortController();
    assert.equal(await terminalAsk(null, inertText, never.signal)(approval), false);
    const terminal = { input: () => new PassThrough(), output: new PassThrough() };
    const cancelled = new AbortController();
    const answer = terminalAsk(terminal, inertText, cancelled.signal)(approval);
    cancelled.abort();
    assert.equal(await answer, false);
  });
});
