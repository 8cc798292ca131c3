import assert from "node:assert/strict";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type Desk, keys, sitDown } from "./workbench.ts";

const otherKey = "AKIAOTHEROTHEROTHER1";

/** Answers when it is told to. */
interface HeldServer {
  readonly port: number;
  /** Access key ids of the requests that came, in their order. */
  readonly signers: readonly string[];
  /** Answers the request that has waited longest. */
  answer(): Promise<void>;
  readonly server: Server;
}

async function startHeldServer(): Promise<HeldServer> {
  const signers: string[] = [];
  const waiting: ServerResponse[] = [];
  const arrivals: (() => void)[] = [];
  const server = createServer((request: IncomingMessage, response) => {
    signers.push(/Credential=([^/]+)/.exec(request.headers.authorization ?? "")?.[1] ?? "");
    waiting.push(response);
    for (const tell of arrivals.splice(0)) tell();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    signers,
    server,
    async answer() {
      while (waiting.length === 0) await new Promise<void>((resolve) => arrivals.push(resolve));
      waiting.shift()?.end("answered");
    },
  };
}

describe("a person in the middle of a send", function () {
  this.timeout(90_000);
  let desk: Desk;
  let held: HeldServer;

  before(async () => {
    held = await startHeldServer();
    const other = `aws_access_key_id = ${otherKey}\naws_secret_access_key = not/the/secret/0123456789abcdefghijklmno`;
    desk = await sitDown({}, { config: `[profile other]\n${other}\n` });
    const head = "# @auth iam\n# @region us-east-1\n# @service execute-api\n";
    desk.write("held.awsreq", `${head}GET http://127.0.0.1:${held.port}/held\n`);
  });
  afterEach(async function () {
    if (this.currentTest?.state === "failed") await desk.shot("mid-send-failed");
  });
  after(async () => {
    held.server.closeAllConnections();
    held.server.close();
    await desk.close();
  });

  const list = () => desk.page.locator(".quick-input-list .monaco-list-row");
  const allow = () =>
    desk.page.locator(".monaco-dialog-box").getByRole("button", { name: "Allow in This Folder" }).click();
  const good = () => desk.panel().locator(".status.good", { hasText: "200 OK" });
  const sending = () => desk.panel().locator(".status", { hasText: "Sending" });
  const arrived = async (count: number) => {
    while (held.signers.length < count) await desk.page.waitForTimeout(20);
  };

  async function switchTo(profile: string): Promise<void> {
    await desk.command("awsreq: Switch Profile");
    await list().filter({ hasText: profile }).first().click();
    await list().filter({ hasText: "for this session" }).click();
  }

  it("switches the profile: what is under way stays as it was signed, the next send is signed anew", async () => {
    await desk.open("held.awsreq");
    await switchTo("dev");
    await desk.lens(/dev @ us-east-1/).waitFor();
    await desk.lens("Send Signed Request").click();
    await allow();
    await arrived(1);
    await switchTo("other");
    await desk.lens(/other @ us-east-1/).waitFor();
    await held.answer();
    await good().waitFor();
    assert.match(await desk.panel().locator(".identity").innerText(), /^dev/);
    await desk.lens("Send Signed Request").click();
    await allow();
    await held.answer();
    await desk
      .panel()
      .locator(".identity", { hasText: /^other/ })
      .waitFor();
    assert.deepEqual(held.signers, [keys.accessKeyId, otherKey]);
  });

  it("reloads the window: the request is not sent again, and the panel says so", async () => {
    await desk.lens("Send Signed Request").click();
    await arrived(3);
    await sending().waitFor();
    await desk.focusEditor();
    await Promise.all([desk.page.waitForEvent("load"), desk.command("Developer: Reload Window")]);
    await desk.panel().getByRole("heading", { name: "Not sent again" }).waitFor({ timeout: 30_000 });
    // A pick for the session ends with it.
    await switchTo("dev");
    await desk.panel().getByRole("button", { name: "Send", exact: true }).click();
    await arrived(4);
    await Promise.all([held.answer(), held.answer()]);
    await good().waitFor();
    assert.deepEqual(held.signers.slice(2), [otherKey, keys.accessKeyId]);
  });
});
