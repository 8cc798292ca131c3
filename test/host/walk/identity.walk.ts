import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { assumed, calledBy, type RunningSts, type StsCall, startLocalSts } from "../../identity/localSts.ts";
import { type Desk, keys, sitDown } from "./workbench.ts";

const arn = "arn:aws:iam::444455556666:user/anna";
const code = `${Math.floor(100_000 + Math.random() * 900_000)}`;
const passPhrase = `pass-phrase-${Math.random().toString(36).slice(2)}`;
const guarded = {
  accessKeyId: "ASIA-guarded",
  secretAccessKey: "secret-guarded",
  sessionToken: "token-guarded",
};

/** Gives roles, and answers who is asking. */
const answer = (call: StsCall) =>
  call.fields["Action"] === "GetCallerIdentity" ? calledBy("444455556666", arn) : assumed(call);

/** A config file whose process counts how often it runs, beside it. */
function configWith(argument: string): string {
  return [
    "[profile dev]",
    "region = us-east-1",
    "[profile guarded]",
    "role_arn = arn:aws:iam::111122223333:role/guarded",
    "source_profile = dev",
    "mfa_serial = arn:aws:iam::444455556666:mfa/anna",
    "[profile tool]",
    `credential_process = "${process.execPath}" tool.js ${passPhrase} ${argument}`,
    "[profile brief]",
    `credential_process = "${process.execPath}" brief.js`,
    "",
  ].join("\n");
}

describe("a person with several profiles", function () {
  this.timeout(90_000);
  let desk: Desk;
  let sts: RunningSts;

  before(async () => {
    sts = await startLocalSts(answer, (id) => (id === keys.accessKeyId ? keys : null));
    desk = await sitDown(
      { "workbench.colorTheme": "Default Dark Modern" },
      { env: { AWS_ENDPOINT_URL_STS: sts.url }, config: configWith("one"), credentials: [guarded] },
    );
    const { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey } = keys;
    const printed = JSON.stringify({ Version: 1, AccessKeyId, SecretAccessKey });
    writeFileSync(join(desk.home, "tool.js"), `console.log(${JSON.stringify(printed)});`);
    const ending = `{ ...${printed}, Expiration: new Date(Date.now() + 4000) }`;
    writeFileSync(join(desk.home, "brief.js"), `console.log(JSON.stringify(${ending}));`);
    for (const profile of ["dev", "guarded", "tool", "brief"]) {
      desk.write(
        `${profile}.awsreq`,
        `# @profile ${profile}\n# @region us-east-1\n# @service execute-api\n\n### As ${profile}\nGET ${desk.endpoint.url}/prod/pets/1\n`,
      );
    }
  });
  afterEach(async function () {
    if (this.currentTest?.state === "failed") await desk.shot("identity-failed");
  });
  after(async () => {
    await desk.close();
    await sts.close();
  });

  const dialog = () => desk.page.locator(".monaco-dialog-box");
  const allow = () => dialog().getByRole("button", { name: "Allow in This Folder" }).click();
  const list = () => desk.page.locator(".quick-input-list .monaco-list-row");
  const title = () => desk.page.locator(".quick-input-title");
  const input = () => desk.page.locator(".quick-input-widget .quick-input-box input");

  it("reads after a send who signed, as AWS says it", async () => {
    await desk.open("dev.awsreq");
    await desk.lens("Send Signed Request").click();
    await allow();
    const panel = desk.panel();
    await panel.locator(".status.good", { hasText: "200 OK" }).waitFor();
    await panel.locator("header", { hasText: "444455556666" }).waitFor();
    assert.deepEqual(
      sts.calls.map(({ fields, signed }) => [fields["Action"], signed]),
      [["GetCallerIdentity", true]],
    );
    await desk.lens("Send Signed Request").click();
    await desk.lensLine(/200 OK/).waitFor();
    assert.equal(sts.calls.length, 1, "asked once for a key");
    await desk.shot("identity-chip");
  });

  it("types the code of a second factor, once for an hour", async () => {
    await desk.open("guarded.awsreq");
    await desk.lens("Send Signed Request").click();
    await dialog().getByText("as role arn:aws:iam::111122223333:role/guarded").waitFor();
    await allow();
    await title().getByText("Second factor for profile guarded").waitFor();
    const box = await desk.page.locator(".quick-input-widget").innerText();
    for (const part of ["arn:aws:iam::444455556666:mfa/anna", "role/guarded", "~/.aws/config:6"])
      assert.ok(box.includes(part), box);
    await input().fill("12345x");
    await desk.page.getByText("Six digits, as the device shows them.").waitFor();
    await desk.shot("identity-mfa");
    await input().fill(code);
    await desk.page.keyboard.press("Enter");
    await desk.panel().locator(".status.good", { hasText: "200 OK" }).waitFor();
    const roles = () => sts.calls.filter(({ fields }) => fields["Action"] === "AssumeRole");
    assert.deepEqual(
      roles().map(({ fields, signed }) => [fields["TokenCode"], fields["SerialNumber"], signed]),
      [[code, "arn:aws:iam::444455556666:mfa/anna", true]],
    );
    await desk.lens("Send Signed Request").click();
    await desk.page.waitForTimeout(500);
    await desk.panel().locator(".status.good", { hasText: "200 OK" }).waitFor();
    assert.equal(roles().length, 1, "the credentials are kept");
  });

  it("picks among profiles of which it sees kind, region, account, expiry and machine", async () => {
    await desk.command("awsreq: Switch Profile");
    await title().getByText(`AWS Profile on ${hostname()}`).waitFor();
    const rows = await list().allInnerTexts();
    const row = (name: string) => rows.find((text) => text.includes(name)) ?? "";
    assert.match(row("dev"), /static keys · us-east-1 · 444455556666/);
    assert.match(row("guarded"), /assumed role · 111122223333[\s\S]*credentials until/);
    assert.match(row("tool"), /credential process/);
    for (const action of ["Who Am I", "Edit the Config File", "Refresh"])
      assert.notEqual(row(action), "", action);
    await desk.shot("identity-picker");
    await list().filter({ hasText: "Refresh" }).first().click();
    await list().filter({ hasText: "asks for a second factor" }).first().waitFor();
    await desk.page.keyboard.press("Escape");
  });

  it("calls the code off: nothing is sent, and the panel says what was tried", async () => {
    const before = desk.records.length;
    await desk.lens("Send Signed Request").click();
    await title().getByText("Second factor for profile guarded").waitFor();
    await desk.page.keyboard.press("Escape");
    await desk.panel().getByText("No credentials: nothing was sent").waitFor();
    await desk.panel().getByText('keys of profile "dev"').waitFor();
    await desk.shot("identity-tried");
    assert.equal(desk.records.length, before);
  });

  it("is asked about a program that gives credentials with all the rest, and again when it changes", async () => {
    await desk.open("tool.awsreq");
    await desk.lens("Send Signed Request").click();
    await dialog().getByText("Sign with profile tool and send to").waitFor();
    const text = await dialog().innerText();
    assert.match(text, /A program gives the credentials of profile tool; it is named at ~\/\.aws\/config:8/);
    assert.ok(!text.includes(passPhrase) && !text.includes("tool.js"), text);
    await desk.shot("identity-process");
    await allow();
    await desk.panel().locator(".status.good", { hasText: "200 OK" }).waitFor();
    writeFileSync(join(desk.home, ".aws/config"), configWith("two"));
    await desk.lens("Send Signed Request").click();
    await dialog().getByText("Run the program that gives the credentials of profile tool?").waitFor();
    await dialog().getByRole("button", { name: "Cancel" }).click();
    await desk.panel().getByText("Refused: nothing was sent").waitFor();
  });

  it("sees in red when the credentials of the last send have ended, and only then", async () => {
    await desk.open("brief.awsreq");
    await desk.lens("Send Signed Request").click();
    await allow();
    await desk.panel().locator(".status.good", { hasText: "200 OK" }).waitFor();
    await desk
      .panel()
      .getByText(/The credentials of profile "brief" end in \d s/)
      .waitFor();
    await desk.focusEditor();
    const bar = desk.page.locator(".statusbar-item", { hasText: "brief @ us-east-1" });
    assert.ok(!(await bar.first().getAttribute("class"))?.includes("has-background-color"));
    const expired = desk.page.locator(".statusbar-item.has-background-color", { hasText: "expired" });
    await expired.waitFor({ timeout: 15_000 });
    await desk.shot("identity-expired");
  });

  it("sends once as another profile, beside the first answer", async () => {
    await desk.open("dev.awsreq");
    await desk.lens("Send Signed Request").click();
    await desk.panel().locator(".status.good", { hasText: "200 OK" }).waitFor();
    await desk.focusEditor();
    await desk.command("awsreq: Send Once As");
    await title().getByText("Send Once As").waitFor();
    await list().filter({ hasText: "wrong" }).first().click();
    await allow();
    const panels = desk.page.locator("iframe.webview.ready");
    await panels.nth(1).waitFor();
    const texts = [];
    for (const index of [0, 1]) {
      const frame = panels.nth(index).contentFrame().locator("iframe#active-frame").contentFrame();
      await frame.locator(".status", { hasText: /200 OK|403 Forbidden/ }).waitFor();
      texts.push(await frame.locator("header").innerText());
    }
    await desk.shot("identity-send-as");
    assert.ok(
      texts.some((text) => text.includes("200 OK") && text.includes("dev")),
      texts.join("\n---\n"),
    );
    assert.ok(
      texts.some((text) => text.includes("403 Forbidden") && text.includes("wrong")),
      texts.join("\n---\n"),
    );
    await desk.lensLine("dev @ us-east-1").waitFor();
  });

  it("asks who it is, and copies the ARN", async () => {
    await desk.focusEditor();
    await desk.command("awsreq: Who Am I");
    await list().filter({ hasText: arn }).first().waitFor();
    await desk.shot("identity-who-am-i");
    await list().filter({ hasText: arn }).first().click();
    await desk.page.waitForTimeout(300);
    assert.equal(await desk.page.evaluate("navigator.clipboard.readText()"), arn);
  });

  it("leaves no code, pass phrase, secret or token in anything that VS Code wrote", async () => {
    const secrets = [code, passPhrase, guarded.secretAccessKey, guarded.sessionToken];
    assert.deepEqual(await desk.leaks(secrets), []);
  });
});
