import assert from "node:assert/strict";
import { type Translate, questionText as textOf } from "../../../src/editor/trust/questionText.ts";

const approval = {
  kind: "approval",
  folder: "/work/shop",
  profile: "dev",
  role: null,
  account: "111122223333",
  host: "abc.execute-api.eu-west-1.amazonaws.com",
  connectTo: null,
  method: "GET",
  mutating: false,
  remembered: true,
  region: "eu-west-1",
  service: "execute-api",
  place: "pets.awsreq:12",
} as const;

/** English, filled in as the editor does it. */
const t: Translate = (text, ...values) => text.replace(/\{(\d)\}/g, (_, at) => values[Number(at)] ?? "");
const questionText = (question: Parameters<typeof textOf>[0]) => textOf(question, t);

describe("a question as a dialog shows it", () => {
  it("says who would sign, where it would go, and which file says so", () => {
    assert.deepEqual(questionText(approval), {
      message: "Sign with profile dev and send to abc.execute-api.eu-west-1.amazonaws.com?",
      detail: [
        "Host: abc.execute-api.eu-west-1.amazonaws.com",
        "Profile: dev",
        "Account: 111122223333",
        "Method: GET",
        "Signed for: execute-api in eu-west-1",
        "Request: pets.awsreq:12",
        "Folder: /work/shop",
        "Remembered: for methods that only read",
      ].join("\n"),
      yes: "Allow",
    });
  });

  it("says when a method may change things, and where the connection really goes", () => {
    const { detail } = questionText({
      ...approval,
      method: "DELETE",
      mutating: true,
      connectTo: "localhost:8443",
      role: "arn:aws:iam::111122223333:role/ops",
    });
    assert.match(detail, /^Connects to: localhost:8443$/m);
    assert.match(detail, /^Role: arn:aws:iam::111122223333:role\/ops$/m);
    assert.match(detail, /^Method: DELETE, which may change things$/m);
    assert.match(detail, /^Remembered: for all methods$/m);
  });

  it("never lets a value begin a line of its own or turn the text round", () => {
    const { detail } = questionText({ ...approval, folder: "/a\nHost: good.example\u202e" });
    assert.equal(detail.match(/^Host:/gm)?.length, 1);
    assert.ok(!detail.includes("\u202e"));
    const { message } = questionText({ ...approval, profile: "dev\u202e\nsafe" });
    assert.ok(!/[\n\u202e]/.test(message), message);
  });

  it("says of a protected profile that nothing is remembered", () => {
    const { detail } = questionText({ ...approval, mutating: true, remembered: false });
    assert.match(detail, /^Remembered: not at all: the profile is protected, each change is asked about$/m);
  });

  it("never shows the command of a credential process", () => {
    assert.deepEqual(
      questionText({ kind: "process", profile: "dev", place: "~/.aws/config:4", hash: "ab12" }),
      {
        message: "Run the credential process of profile dev?",
        detail:
          "Written in: ~/.aws/config:4\nSHA-256 of the command: ab12\nRemembered: for this command; a changed command is asked about again",
        yes: "Run",
      },
    );
  });

  it("names the values that would leave, and the file that an include leads to", () => {
    const values = questionText({
      kind: "values",
      folder: "/f",
      host: "example.com",
      values: ["include", "processEnv"],
      place: "a.awsreq:1",
    });
    assert.equal(values.message, "Send the contents of a file and an environment variable to example.com?");
    const include = questionText({
      kind: "include",
      path: "/etc/motd",
      folder: "/f",
      reason: "",
      place: "a.awsreq:1",
    });
    assert.match(include.detail, /^File: \/etc\/motd$/m);
  });
});
