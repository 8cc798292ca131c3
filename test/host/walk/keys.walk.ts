import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { type Desk, keys, sitDown } from "./workbench.ts";

describe("a person whose file holds keys", function () {
  this.timeout(90_000);
  let desk: Desk;

  before(async () => {
    desk = await sitDown({ "workbench.colorTheme": "Default Light Modern" });
    spawnSync("git", ["init", "-q", desk.workspace]);
    desk.write(
      "pasted.awsreq",
      `# @region us-east-1\n# @service execute-api\n\n### Pasted\nGET ${desk.endpoint.url}/prod/pets/1\nAuthorization: AWS ${keys.accessKeyId} ${keys.secretAccessKey}\n`,
    );
    desk.write(
      "secret.awsreq",
      `@secret = wJalrXUtnFEMIK7MDENGbPxRfiCYzEXAMPLEKEYQ\n\n### Secret\n# @auth none\nPOST ${desk.endpoint.url}/prod/echo\n\n{{secret}}\n`,
    );
  });
  afterEach(async function () {
    if (this.currentTest?.state === "failed") await desk.shot("keys-failed");
  });
  after(() => desk.close());

  /** Puts the cursor into a line, and picks one of the fixes that are offered there. */
  async function fix(text: string, title: string, index: number): Promise<void> {
    await desk.page.locator(".view-line", { hasText: text }).first().click();
    await desk.page.locator(".squiggly-error").first().waitFor();
    await desk.page.keyboard.press("Control+.");
    const offered = desk.page.locator(".action-widget .monaco-list-row", { hasText: title });
    await offered.first().waitFor();
    await desk.shot(`keys-fix-${title.slice(0, 4).toLowerCase()}`);
    for (let row = 0; row < index; row += 1) await desk.page.keyboard.press("ArrowDown");
    await desk.page.keyboard.press("Enter");
  }

  const text = (name: string) => readFileSync(join(desk.workspace, name), "utf8");
  const dialog = () => desk.page.locator(".monaco-dialog-box");

  it("moves them to a profile after a yes, which then signs", async () => {
    await desk.open("pasted.awsreq");
    await fix("Authorization:", "Move these keys to a profile", 0);
    const input = desk.page.locator(".quick-input-widget .quick-input-box input");
    await input.fill("dev");
    await desk.page.getByText("There is a profile dev already.").waitFor();
    await input.fill("moved");
    await desk.page.keyboard.press("Enter");
    await dialog().getByText("Write these keys to ~/.aws/credentials?").waitFor();
    await desk.shot("keys-dialog");
    await dialog().getByRole("button", { name: "Write", exact: true }).click();
    await desk.page.locator(".view-line", { hasText: "# @profile moved" }).waitFor();
    const path = join(desk.home, ".aws/credentials");
    assert.equal(statSync(path).mode & 0o777, 0o600);
    assert.ok(
      readFileSync(path, "utf8").includes(
        `[moved]\naws_access_key_id = ${keys.accessKeyId}\naws_secret_access_key = ${keys.secretAccessKey}\n`,
      ),
    );
    await desk.page.keyboard.press("Control+s");
    await desk.lens("Send Signed Request").click();
    await dialog().getByText("Sign with profile moved and send to").waitFor();
    await dialog().getByRole("button", { name: "Allow in This Folder" }).click();
    await desk.panel().locator(".status.good", { hasText: "200 OK" }).waitFor();
    assert.ok(!text("pasted.awsreq").includes(keys.secretAccessKey));
  });

  it("moves them to the private environment, and has git ignore it", async () => {
    await desk.open("secret.awsreq");
    await fix("@secret", "Move this key to http-client.private.env.json", 1);
    const toast = desk.page.locator(".notification-toast", { hasText: "git does not ignore" });
    await toast.waitFor();
    await desk.shot("keys-git");
    await toast.getByRole("button", { name: "Add to .gitignore" }).click();
    const ignored = () =>
      spawnSync("git", ["-C", desk.workspace, "check-ignore", "-q", "http-client.private.env.json"]).status;
    for (let tries = 0; tries < 50 && ignored() !== 0; tries += 1) await desk.page.waitForTimeout(100);
    assert.equal(ignored(), 0);
    assert.deepEqual(JSON.parse(text("http-client.private.env.json")), {
      $shared: { secret: "wJalrXUtnFEMIK7MDENGbPxRfiCYzEXAMPLEKEYQ" },
    });
    await desk.page.keyboard.press("Control+s");
    await desk.lens("Send Request").click();
    await dialog().getByText("a value of your private environment").first().waitFor();
    await dialog().getByRole("button", { name: "Allow in This Folder" }).click();
    // The endpoint refuses what is not signed; what counts is that the value went out.
    await desk.panel().locator(".status.bad", { hasText: "403 Forbidden" }).waitFor();
    assert.equal(
      Buffer.from(desk.records.at(-1)?.raw.body ?? []).toString(),
      "wJalrXUtnFEMIK7MDENGbPxRfiCYzEXAMPLEKEYQ",
    );
    assert.ok(!text("secret.awsreq").includes("wJalr"));
  });
});
