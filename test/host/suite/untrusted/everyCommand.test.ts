import assert from "node:assert/strict";
import { execFile, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, promises, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { homedir } from "node:os";
import { basename, join } from "node:path";
import * as vscode from "vscode";
import { commandIds, fixCommandIds } from "../../../../src/editor/commandIds.ts";
import { activated, closeAll, lensTitles, lineOf } from "../editorWorld.ts";
import { randomArguments, randomNumbers } from "../randomArguments.ts";
import { setTraps, type Traps } from "../traps.ts";

const seed = 20_260_130;
const callsOfEach = 14;

/** Whatever of these is read says something of the person or of the folder. */
const watchedNames =
  /^(?:\.env|samconfig\.toml|http-client\.(?:private\.)?env\.json|\.gitignore|secret\.txt)$/;

describe("invariant 2: a workspace that is not trusted, whoever calls whatever", () => {
  const aws = join(homedir(), ".aws");
  let folder: string;
  let marker: string;
  let request: vscode.Uri;
  let traps: Traps;

  before(async () => {
    const extension = await activated();
    folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? "";
    assert.ok(folder, "a folder is open");
    marker = join(folder, "ran");
    const files: Readonly<Record<string, string>> = {
      ".env": "AWS_PROFILE=canary\nAWS_SECRET_ACCESS_KEY=canary\n",
      "samconfig.toml": '[default.global.parameters]\nprofile = "canary"\n',
      "http-client.env.json": '{"dev": {"api": "https://abc.execute-api.eu-west-1.amazonaws.com"}}',
      "http-client.private.env.json": '{"dev": {"token": "canary"}}',
      ".gitignore": "*\n",
      "secret.txt": "canary",
      ".git/HEAD": "ref: refs/heads/main\n",
      ".git/config": `[core]\n\trepositoryformatversion = 0\n\tfsmonitor = touch ${marker}\n\thooksPath = .git/hooks\n`,
      "hostile.awsreq": `# @profile dev\n@key = AKIAIOSFODNN7EXAMPLE\n@secret = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n\n### One\nPOST {{api}}/{{token}}\nAuthorization: AWS {{key}} {{secret}}\n\n< ./secret.txt\n\n### Two\n# @connect-to 127.0.0.1:9\nGET https://abc.execute-api.eu-west-1.amazonaws.com/\n`,
    };
    mkdirSync(join(folder, ".git", "objects"), { recursive: true });
    mkdirSync(join(folder, ".git", "refs"), { recursive: true });
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    mkdirSync(aws, { recursive: true });
    writeFileSync(join(aws, "config"), "[profile dev]\ncredential_process = touch /tmp/never\n");
    writeFileSync(
      join(aws, "credentials"),
      "[default]\naws_access_key_id = canary\naws_secret_access_key = canary\n",
    );
    request = vscode.Uri.file(join(folder, "hostile.awsreq"));
    traps = setTraps(
      extension.extensionPath,
      (path) =>
        path.startsWith(aws) || path.startsWith(join(folder, ".git")) || watchedNames.test(basename(path)),
    );
  });
  after(async () => {
    traps.lift();
    await closeAll();
    rmSync(aws, { recursive: true, force: true });
  });

  /** Time for what a call may have begun. */
  const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1500));

  function nothingHappened(): void {
    assert.deepEqual(traps.of("network", "anybody"), []);
    assert.deepEqual(traps.of("file", "anybody"), []);
    assert.deepEqual(traps.of("process", "notTheEditor"), []);
    assert.ok(!existsSync(marker), "the folder's own program ran");
  }

  it("is not trusted", () => assert.equal(vscode.workspace.isTrusted, false));

  it("opens, hovers, completes and shows lines without a network, a process or a file that says anything", async () => {
    const document = await vscode.workspace.openTextDocument(request);
    await vscode.window.showTextDocument(document);
    const titles = await lensTitles(document);
    assert.ok(
      titles.some((title) => title.includes("workspace not trusted")),
      JSON.stringify(titles),
    );
    const at = new vscode.Position(lineOf(document, "POST"), 7);
    for (const provider of ["Hover", "CompletionItem", "Definition", "SignatureHelp"])
      await vscode.commands.executeCommand(`vscode.execute${provider}Provider`, document.uri, at);
    for (const provider of ["DocumentSymbol", "FoldingRange", "Link"])
      await vscode.commands.executeCommand(`vscode.execute${provider}Provider`, document.uri);
    const whole = new vscode.Range(0, 0, document.lineCount, 0);
    await vscode.commands.executeCommand("vscode.executeCodeActionProvider", document.uri, whole);
    await settle();
    nothingHappened();
  });

  it("calls every command with anything, and nothing is contacted, run or read", async function () {
    this.timeout(120_000);
    const random = randomNumbers(seed);
    const uris = [
      request,
      vscode.Uri.file(folder),
      vscode.Uri.file(join(aws, "credentials")),
      vscode.Uri.parse("untitled:x.awsreq"),
    ];
    for (const id of Object.values({ ...commandIds, ...fixCommandIds })) {
      for (let call = 0; call < callsOfEach; call += 1) {
        const args = randomArguments(random, uris);
        // A command that asks something waits for an answer that nobody gives.
        const called = Promise.resolve(vscode.commands.executeCommand(id, ...args)).catch(() => undefined);
        await Promise.race([called, new Promise((resolve) => setTimeout(resolve, 60))]);
        await vscode.commands.executeCommand("workbench.action.closeQuickOpen");
      }
    }
    await settle();
    nothingHappened();
  });

  it("would have seen it", async () => {
    const seen = setTraps("/", (path) => path === join(aws, "config"));
    try {
      await promises.readFile(join(aws, "config"));
      readFileSync(join(aws, "config"));
      await new Promise<void>((resolve) => connect(9, "127.0.0.1").once("error", () => resolve()));
      spawnSync(process.execPath, ["--version"]);
      await new Promise<void>((resolve) => void execFile(process.execPath, ["--version"], () => resolve()));
      const counted = (["file", "network", "process"] as const).map(
        (kind) => seen.of(kind, "anybody").length,
      );
      assert.deepEqual(
        counted.map((count) => count >= 1),
        [true, true, true],
        JSON.stringify(seen.trapped),
      );
    } finally {
      seen.lift();
    }
  });
});
