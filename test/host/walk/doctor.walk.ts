import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { startEndpoint } from "../../../src/endpoint/startEndpoint.ts";
import { type ChangingProxy, startChangingProxy, withHeader } from "../../endpoint/changingProxy.ts";
import { type Desk, keys, sitDown } from "./workbench.ts";

describe("a person whose requests are refused", function () {
  this.timeout(90_000);
  let desk: Desk;
  let proxy: ChangingProxy;

  before(async () => {
    desk = await sitDown({ "workbench.colorTheme": "Default Dark Modern" });
    proxy = await startChangingProxy(desk.endpoint.port);
  });
  afterEach(async function () {
    if (this.currentTest?.state === "failed") await desk.shot("doctor-failed");
  });
  after(async () => {
    await proxy.close();
    await desk.close();
  });

  const head = "# @profile awsreq-local\n# @region us-east-1\n# @service execute-api\n";
  const verdict = () => desk.panel().locator(".verdict");

  async function sent(name: string, text: string): Promise<void> {
    desk.write(name, text);
    // A click in the panel has the focus there, and files open where the focus is.
    const editor = desk.page.locator(".monaco-editor .view-line").first();
    if ((await editor.count()) > 0) await editor.click();
    await desk.open(name);
    await desk.lens(/Send (?:Signed )?Request/).click();
  }

  const broken: readonly (readonly [name: string, text: () => string, cause: string, certainty: string])[] = [
    ["route", () => `${head}GET ${desk.endpoint.url}/prod/nowhere\n`, "wrong-path-or-method", "Likely"],
    ["unsigned", () => `# @auth none\nGET ${desk.endpoint.url}/prod/pets\n`, "unsigned-request", "Possible"],
    [
      "region",
      () => `${head.replace("us-east-1", "eu-west-1")}GET ${desk.endpoint.url}/prod/pets\n`,
      "scope-wrong-region",
      "Likely",
    ],
    ["denied", () => `${head}GET ${desk.endpoint.url}/prod/forbidden\n`, "iam-no-identity-allow", "Likely"],
    ["keyed", () => `${head}GET ${desk.endpoint.url}/prod/keyed\n`, "apigw-api-key", "Possible"],
    ["scp", () => `${head}GET ${desk.endpoint.url}/prod/refusals/iam-scp-deny\n`, "iam-scp-deny", "Likely"],
    [
      "expired",
      () => `${head}GET ${desk.endpoint.url}/prod/refusals/cred-expired-token\n`,
      "cred-expired-token",
      "Likely",
    ],
  ];
  for (const [name, text, cause, certainty] of broken) {
    it(`reads why: ${cause}`, async () => {
      await sent(`${name}.awsreq`, text());
      await verdict().getByText(cause, { exact: true }).waitFor();
      await verdict().locator(".certainty", { hasText: certainty }).first().waitFor();
    });
  }

  it("applies the fix that is proved, and sends again, with one click", async () => {
    proxy.change = (passed) => ({
      ...passed,
      headers: withHeader(passed.headers, "content-type", "application/json; charset=utf-8"),
    });
    await sent(
      "changed.awsreq",
      `${head}# @connect-to ${proxy.authority}\nPOST ${desk.endpoint.url}/prod/pets\nContent-Type: application/json\n\n{"name": "Rex"}\n`,
    );
    const answer = desk.page.locator(".monaco-dialog-box");
    const panel = desk.panel();
    await panel
      .getByText("Verified: the changed canonical request equals the server's, byte for byte")
      .waitFor();
    await panel.locator(".edit-lines .removed", { hasText: "Content-Type: application/json" }).waitFor();
    await panel.locator(".comparison .different", { hasText: "charset" }).waitFor();
    await desk.shot("doctor-verified");
    await panel.getByRole("button", { name: "Apply and Send Again" }).click();
    await panel.locator(".status.good", { hasText: "201 Created" }).waitFor();
    assert.equal(await answer.count(), 0);
    await desk.page.keyboard.press("Control+S");
    await desk.page.locator(".monaco-editor .view-line", { hasText: "charset=utf-8" }).first().waitFor();
  });

  it("runs checks after seeing whom they contact, and reads what they rule out", async () => {
    await sent("again.awsreq", `${head}GET ${desk.endpoint.url}/prod/keyed\n`);
    const panel = desk.panel();
    await verdict().getByText("apigw-api-key", { exact: true }).waitFor();
    const before = desk.records.length;
    await panel.getByRole("button", { name: "Run Checks…" }).click();
    const row = desk.page.locator(".quick-input-list .monaco-list-row").first();
    await row.getByText("Is it the route, or the whole API?").waitFor();
    assert.match(
      await row.innerText(),
      /\/prod\/awsreq-check-[0-9a-f]{8}, signed;.*\/prod\/keyed, unsigned/s,
    );
    assert.equal(desk.records.length, before, "nothing is asked before the yes");
    await desk.shot("doctor-checks-listed");
    await desk.page.keyboard.press("Enter");
    await panel.locator(".checks li", { hasText: "it is the route that refuses" }).waitFor();
    await panel.locator(".checks li", { hasText: "Rules out: " }).waitFor();
    await verdict().locator(".certainty", { hasText: "Likely" }).first().waitFor();
    await desk.shot("doctor-checked");
    const asked = desk.records.slice(before).map(({ raw }) => raw.method);
    assert.deepEqual([...new Set(asked)], ["GET"]);
  });

  it("signs with the server's time when the clock is wrong, and goes back", async () => {
    const now = () => new Date(Date.now() + 20 * 60_000);
    const ahead = await startEndpoint({ credentials: [keys], port: 0, now });
    try {
      const text = `${head.replace("awsreq-local", "dev")}GET ${ahead.url}/prod/pets/1\n`;
      await sent("clock.awsreq", text);
      const dialog = desk.page.locator(".monaco-dialog-box");
      await dialog.getByRole("button", { name: "Allow in This Folder" }).click();
      await verdict().getByText("clock-behind", { exact: true }).waitFor();
      await desk.panel().getByRole("button", { name: "Sign with the server's time" }).click();
      await desk.panel().locator(".status.good", { hasText: "200 OK" }).waitFor();
      await desk
        .panel()
        .getByText(/Signed with the server's time, 1(?:199|200|201) s after/)
        .waitFor();
      await desk.shot("doctor-clock");
      await desk.command("awsreq: Use This Machine's Clock");
      await desk.page
        .getByText("Requests of this workspace are signed with this machine's clock.", { exact: true })
        .waitFor();
      await desk.panel().getByRole("button", { name: "Send again" }).click();
      await desk.panel().locator(".status.bad", { hasText: "403 Forbidden" }).waitFor();
    } finally {
      await ahead.close();
    }
  });

  it("copies what somebody who helps needs, and nothing that is a secret", async () => {
    await sent(
      "support.awsreq",
      `${head.replace("awsreq-local", "wrong")}GET ${desk.endpoint.url}/prod/pets\nX-Api-Key: canary-api-key-0123456789\n`,
    );
    await desk.page
      .locator(".monaco-dialog-box")
      .getByRole("button", { name: "Allow in This Folder" })
      .click();
    await verdict().getByText("sig-wrong-secret", { exact: true }).waitFor();
    await desk.panel().getByRole("button", { name: "Copy for Support" }).click();
    await desk.page.getByText("Copied.").first().waitFor();
    await desk.focusEditor();
    await desk.command("File: New Untitled Text File");
    await desk.page.keyboard.press("Control+V");
    await desk.page
      .locator(".monaco-editor .view-line", { hasText: "Finding: sig-wrong-secret" })
      .first()
      .waitFor();
    const shown = await desk.page.locator('.monaco-editor[data-uri^="untitled"]').innerText();
    assert.ok(!shown.includes("canary-api-key"), shown);
  });

  it("leaves no secret in the panel, the log, or anything else that VS Code wrote", async () => {
    assert.deepEqual(await desk.leaks(), []);
    assert.ok(readFileSync(join(desk.workspace, "changed.awsreq"), "utf8").includes("charset=utf-8"));
  });
});
