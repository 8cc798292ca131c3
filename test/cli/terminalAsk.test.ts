import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import { questionText, terminalAsk } from "../../src/cli/terminalAsk.ts";
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
