import assert from "node:assert/strict";
import { type Desk, sitDown } from "./workbench.ts";

describe("a person with the packaged extension", function () {
  this.timeout(90_000);
  let desk: Desk;

  before(async () => {
    desk = await sitDown({ "workbench.colorTheme": "Default Dark Modern" });
  });
  afterEach(async function () {
    if (this.currentTest?.state === "failed") await desk.shot("failed");
  });
  after(() => desk.close());

  it("opens a file, clicks Send Signed Request, and reads status, body and canonical request", async () => {
    await desk.open("pets.awsreq");
    await desk.lens("Send Signed Request").click();
    const panel = desk.panel();
    await panel.locator(".status.good", { hasText: "200 OK" }).waitFor();
    await panel.locator(".bodyEditor .cm-content", { hasText: "Bella" }).waitFor();
    await desk.shot("response-dark");
    await panel.getByRole("tab", { name: "Signing" }).click();
    const lines = await panel.locator(".card").first().locator(".lineText code").allTextContents();
    const { verdict } = desk.records.at(-1) ?? {};
    assert.ok(verdict?.ok);
    assert.deepEqual(
      lines,
      verdict.canonicalRequest.split("\n").filter((line) => line !== ""),
    );
    await panel.locator(".part-canonicalRequestHash").first().hover();
    await desk.shot("signing-dark");
    await panel.getByRole("tab", { name: "Headers" }).click();
    await panel.getByText("covered by the signature").waitFor();
    await panel.getByRole("tab", { name: "Timing" }).click();
    await panel.getByText("waiting for the first byte").waitFor();
    await desk.lensLine(/200 OK · \d+ ms/).waitFor();
  });

  it("keeps the tab when another request is sent", async () => {
    await desk.panel().getByRole("tab", { name: "Signing" }).click();
    await desk.lens("Send Signed Request", 2).click();
    const panel = desk.panel();
    await panel.locator(".method", { hasText: "GET" }).waitFor();
    await panel.locator(".url", { hasText: "/prod/pets/1" }).waitFor();
    assert.equal(await panel.getByRole("tab", { name: "Signing" }).getAttribute("aria-selected"), "true");
  });

  it("is asked before a profile signs, and a no sends nothing", async () => {
    desk.write(
      "wrong.awsreq",
      `# @profile wrong\n# @region us-east-1\n# @service execute-api\n\n### Wrong secret\nGET ${desk.endpoint.url}/prod/pets\n`,
    );
    await desk.open("wrong.awsreq");
    const before = desk.records.length;
    await desk.lens("Send Signed Request").click();
    const dialog = desk.page.locator(".monaco-dialog-box");
    await dialog.getByText("Sign with profile wrong and send to").waitFor();
    const text = await dialog.innerText();
    for (const part of [
      `GET to 127.0.0.1:${desk.endpoint.port}, written in wrong.awsreq:6`,
      "signed with profile wrong, chosen by wrong.awsreq:1",
      "It only reads",
      "“awsreq: Approvals…” takes it back",
    ])
      assert.ok(text.includes(part), text);
    const buttons = await dialog.locator(".dialog-buttons a").allInnerTexts();
    assert.deepEqual(buttons.sort(), ["Allow in This Folder", "Cancel", "Send Once"]);
    await desk.shot("approval-dark");
    // What is not answered is no.
    await desk.page.keyboard.press("Escape");
    await desk.panel().getByText("Refused: nothing was sent").waitFor();
    await desk.shot("refused-dark");
    assert.equal(desk.records.length, before);
  });

  it("reads the 403 of a wrong secret after a yes, is not asked again, and is asked once more after forgetting", async () => {
    const dialog = desk.page.locator(".monaco-dialog-box");
    await desk.lens("Send Signed Request").click();
    await dialog.getByRole("button", { name: "Allow in This Folder" }).click();
    const panel = desk.panel();
    await panel.locator(".status.bad", { hasText: "403 Forbidden" }).waitFor();
    assert.equal(await panel.getByRole("tab", { name: "Diagnosis" }).getAttribute("aria-selected"), "true");
    await panel.getByText("The secret access key does not belong to the key id").waitFor();
    await panel.getByText("Proved by the service's own canonical string").waitFor();
    await panel.getByText("every line is the same").waitFor();
    await desk.shot("diagnosis-dark");
    await panel.getByRole("tab", { name: "Response" }).click();
    await panel.locator(".bodyEditor .cm-content", { hasText: "signature" }).waitFor();
    await desk.shot("forbidden-dark");
    await panel.getByRole("button", { name: "Send again" }).click();
    await desk.lensLine(/403 Forbidden/).waitFor();
    assert.equal(await dialog.count(), 0);
    await desk.command("awsreq: Forget Approvals");
    await desk.lens("Send Signed Request").click();
    await dialog.getByText("Sign with profile wrong and send to").waitFor();
    await desk.page.keyboard.press("Escape");
  });

  it("picks another profile for this session, which then signs", async () => {
    await desk.lens(/wrong @ us-east-1/).click();
    const list = desk.page.locator(".quick-input-list .monaco-list-row");
    await list.filter({ hasText: "dev" }).first().click();
    await list.filter({ hasText: "for this session" }).click();
    await desk.lens(/dev @ us-east-1/).waitFor();
    await desk.lens("Send Signed Request").click();
    await desk.page
      .locator(".monaco-dialog-box")
      .getByRole("button", { name: "Allow in This Folder" })
      .click();
    await desk.panel().locator(".status.good", { hasText: "200 OK" }).waitFor();
    assert.match(await desk.panel().locator(".identity").innerText(), /^dev/);
  });

  it("cancels a slow request in the panel", async () => {
    desk.write(
      "slow.awsreq",
      `# @profile awsreq-local\n# @region us-east-1\n# @service execute-api\n\n### Slow\nGET ${desk.endpoint.url}/prod/slow?ms=20000\n`,
    );
    await desk.open("slow.awsreq");
    await desk.lens("Send Signed Request").click();
    const panel = desk.panel();
    await panel.getByText("Waiting for the first byte").waitFor();
    await desk.shot("sending-dark");
    await panel.getByRole("button", { name: /^Cancel Esc/ }).click();
    await panel.locator(".status", { hasText: "Cancelled" }).waitFor();
    await desk.shot("cancelled-dark");
  });

  it("explains a signature and sends nothing", async () => {
    const before = desk.records.length;
    await desk.focusEditor();
    await desk.command("awsreq: Explain Signature Without Sending");
    await desk.panel().locator(".status", { hasText: "Signed, not sent" }).waitFor();
    await desk.panel().getByRole("heading", { name: "String to sign" }).waitFor();
    assert.equal(desk.records.length, before);
  });

  it("finds the panel again after a reload, and that nothing was sent again", async () => {
    await desk.open("pets.awsreq");
    // The pick for the session signs here too. It was approved at 127.0.0.1, which is one host with localhost.
    await desk.lens("Send Signed Request").click();
    await desk.panel().locator(".url", { hasText: "/prod/pets" }).waitFor();
    await desk.panel().locator(".status.good", { hasText: "200 OK" }).waitFor();
    assert.equal(await desk.page.locator(".monaco-dialog-box").count(), 0);
    const before = desk.records.length;
    await desk.focusEditor();
    await Promise.all([desk.page.waitForEvent("load"), desk.command("Developer: Reload Window")]);
    await desk.panel().getByRole("heading", { name: "Not sent again" }).waitFor({ timeout: 30_000 });
    await desk.panel().getByText("The last answer was 200 OK").waitFor();
    await desk.shot("restored-dark");
    assert.equal(desk.records.length, before);
    await desk.panel().getByRole("button", { name: "Send", exact: true }).click();
    await desk.panel().locator(".status.good", { hasText: "200 OK" }).waitFor();
    assert.equal(desk.records.length, before + 1);
  });

  it("leaves no secret in the panel, the log, or anything else that VS Code wrote", async () => {
    assert.deepEqual(await desk.leaks(), []);
  });
});
