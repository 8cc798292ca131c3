import assert from "node:assert/strict";
import { questionText } from "../../../src/editor/trust/questionText.ts";
import type { SendQuestion } from "../../../src/questions.ts";
import { inEnglish } from "../../../src/shown/dueText.ts";

const signer = {
  kind: "signer",
  signer: { kind: "profile", name: "dev" },
  source: "pets.awsreq:1",
  role: null,
  account: "111122223333",
  region: "eu-west-1",
  service: "execute-api",
} as const;

const due: SendQuestion = {
  kind: "send",
  folder: "/work/shop",
  place: "pets.awsreq:12",
  method: "GET",
  host: "abc.execute-api.eu-west-1.amazonaws.com",
  rememberedHost: "abc.execute-api.eu-west-1.amazonaws.com",
  sends: true,
  changes: null,
  lines: [signer],
  remembers: true,
};

const text = (question: Parameters<typeof questionText>[0]) => questionText(question, inEnglish);

describe("a question as a dialog shows it", () => {
  it("says who would sign, where it would go, which file says so, and how it is taken back", () => {
    assert.deepEqual(text(due), {
      message: "Sign with profile dev and send to abc.execute-api.eu-west-1.amazonaws.com?",
      detail: [
        "GET to abc.execute-api.eu-west-1.amazonaws.com, written in pets.awsreq:12.",
        "",
        "• It is signed with profile dev, chosen by pets.awsreq:1, in account 111122223333, for eu-west-1/execute-api.",
        "• It only reads.",
        "",
        "“Allow in This Folder” means: requests of /work/shop that only read may do so at abc.execute-api.eu-west-1.amazonaws.com from now on. “awsreq: Approvals…” takes it back.",
      ].join("\n"),
      once: "Send Once",
      folder: "Allow in This Folder",
    });
  });

  it("says what a yes to a change covers", () => {
    const { detail } = text({ ...due, method: "DELETE", changes: "DELETE may change something" });
    assert.match(detail, /• DELETE may change something\.\n/);
    const unclear = text({ ...due, changes: "two actions that differ" }).detail;
    assert.match(unclear, /• It may change something: two actions that differ\.\n/);
    assert.match(detail, /means: all requests of \/work\/shop may do so at abc\./);
  });

  it("says that all of this machine is one host", () => {
    const { detail } = text({ ...due, host: "127.0.0.1:8080", rememberedHost: "loopback" });
    assert.match(detail, /that only read may do so at this machine, whatever the port, from now on\./);
  });

  it("lists a role, another place, values, a program and what is asked each time", () => {
    const { detail } = text({
      ...due,
      lines: [
        { ...signer, role: "arn:aws:iam::1:role/r" },
        { kind: "connection", connectTo: "tunnel.example:443" },
        { kind: "process", profile: "dev", place: "~/.aws/config:4", hash: "ab12" },
        { kind: "value", value: "include" },
        { kind: "value", value: "processEnv" },
        { kind: "value", value: "privateEnvironment" },
        { kind: "protected", signer: signer.signer },
        { kind: "handsOut", reason: "AssumeRole hands out credentials" },
      ],
    });
    const lines = detail.split("\n").filter((line) => line.startsWith("•"));
    assert.deepEqual(lines.slice(1), [
      "• It connects to tunnel.example:443, not to the host of its URL.",
      "• A program gives the credentials of profile dev; it is named at ~/.aws/config:4 and is run.",
      "• It sends the contents of a file.",
      "• It sends an environment variable.",
      "• It sends a value of your private environment.",
      "• You protected profile dev: each change is asked about.",
      "• AssumeRole hands out credentials.",
      "• It only reads.",
    ]);
    assert.match(lines[0] ?? "", /, as role arn:aws:iam::1:role\/r, /);
  });

  it("asks about signing alone in words of signing alone", () => {
    const { message, detail, once } = text({ ...due, sends: false });
    assert.deepEqual([message, once], ["Sign with profile dev? Nothing is sent.", "Sign Once"]);
    assert.doesNotMatch(detail, /send to|reads| at abc/);
    assert.match(detail, /means: requests of \/work\/shop may sign so from now on\./);
  });

  it("names keys that no profile has, and a profile that nobody chose", () => {
    const names = (["environment", "web-identity", "container", "instance"] as const).map(
      (kind) => text({ ...due, lines: [{ ...signer, signer: { kind }, source: "default" }] }).message,
    );
    assert.deepEqual(
      names.map((message) => /^Sign with (.*) and send/.exec(message)?.[1]),
      [
        "the keys of the environment",
        "the web identity of the environment",
        "the container's credentials",
        "the instance's credentials",
      ],
    );
    assert.match(text({ ...due, lines: [{ ...signer, source: "default" }] }).detail, /, which nobody chose,/);
  });

  it("has one button for what is asked each time", () => {
    const lines = [{ kind: "handsOut", reason: "r" }] as const;
    const { folder, detail } = text({ ...due, lines, remembers: false });
    assert.equal(folder, null);
    assert.match(detail, /It is asked each time\.$/);
    const include = { kind: "include", path: "/etc/hosts", folder: "/w", reason: "", place: "a:1" } as const;
    assert.deepEqual([text(include).once, text(include).folder], ["Send Once", null]);
  });

  it("keeps each name on its line", () => {
    const { message, detail } = text({
      ...due,
      host: "a\nb",
      place: "x\u2028y",
      lines: [{ ...signer, signer: { kind: "profile", name: "p\r\n• It only reads\u202e" } }],
    });
    for (const shown of [message, detail.split("\n")[0] ?? "", detail.split("\n")[2] ?? ""])
      assert.doesNotMatch(shown, /[\p{Cc}\p{Cf}\p{Zl}]/u);
    assert.equal(detail.split("\n").filter((line) => line.startsWith("• It only reads")).length, 1);
  });
});
