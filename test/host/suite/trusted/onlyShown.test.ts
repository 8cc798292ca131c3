import assert from "node:assert/strict";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import { activated, closeAll, lensMatching, lineOf } from "../editorWorld.ts";
import { setTraps, type Traps } from "../traps.ts";

describe("invariant 2: a request file that is opened, hovered and completed, in a trusted workspace", () => {
  const aws = join(homedir(), ".aws");
  let folder: string;
  let traps: Traps;

  before(async () => {
    const extension = await activated();
    const root = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? "";
    assert.ok(root, "a folder is open");
    folder = join(root, "only-shown");
    mkdirSync(folder);
    mkdirSync(aws, { recursive: true });
    const files = {
      [join(aws, "config")]: "[profile shown]\nregion = eu-west-2\ncredential_process = touch /tmp/never\n",
      [join(aws, "credentials")]: "[shown]\naws_access_key_id = canary\naws_secret_access_key = canary\n",
      [join(folder, ".env")]: "AWS_PROFILE=shown\n",
      [join(folder, "body.txt")]: "canary",
      [join(folder, "shown.awsreq")]:
        "# @service execute-api\n\n### One\nPOST https://api.pets.example/\n\n< ./body.txt\n\n### Two\nGET https://abc.execute-api.eu-west-1.amazonaws.com/\n",
    };
    for (const [path, text] of Object.entries(files)) writeFileSync(path, text);
    traps = setTraps(extension.extensionPath, (path) => path.startsWith(aws) || path.startsWith(folder));
  });
  after(async () => {
    traps.lift();
    await closeAll();
    rmSync(folder, { recursive: true, force: true });
    rmSync(aws, { recursive: true, force: true });
  });

  it("contacts nothing, runs nothing and reads no credential", async () => {
    const document = await vscode.workspace.openTextDocument(join(folder, "shown.awsreq"));
    await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
    await lensMatching(document, /shown @ eu-west-2/);
    const at = new vscode.Position(lineOf(document, "POST"), 7);
    for (const provider of ["Hover", "CompletionItem", "Definition", "SignatureHelp"])
      await vscode.commands.executeCommand(`vscode.execute${provider}Provider`, document.uri, at);
    for (const provider of ["DocumentSymbol", "FoldingRange", "Link"])
      await vscode.commands.executeCommand(`vscode.execute${provider}Provider`, document.uri);
    const whole = new vscode.Range(0, 0, document.lineCount, 0);
    await vscode.commands.executeCommand("vscode.executeCodeActionProvider", document.uri, whole);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    assert.deepEqual(traps.of("network", "anybody"), []);
    // The Git extension of the editor runs git in a trusted folder; of this one nobody runs anything.
    assert.deepEqual(
      traps.trapped.filter(({ kind, caller }) => kind === "process" && caller === "extension"),
      [],
    );
    const read = traps.of("file", "anybody");
    assert.deepEqual(
      read.filter((what) => /credentials|body\.txt/.test(what)),
      [],
    );
    assert.ok(
      read.some((what) => what.endsWith(join(".aws", "config"))),
      "the config file is read, and seen to be",
    );
    assert.ok(
      read.some((what) => what.endsWith(".env")),
      "the folder's own files are read, and seen to be",
    );
  });

  it("is another matter once it is sent", async () => {
    const document = await vscode.workspace.openTextDocument(join(folder, "shown.awsreq"));
    await vscode.commands.executeCommand(
      "awsreq.explainSignature",
      document.uri.toString(),
      lineOf(document, "GET"),
    );
    assert.ok(traps.of("file", "anybody").some((what) => /credentials/.test(what)));
  });
});
