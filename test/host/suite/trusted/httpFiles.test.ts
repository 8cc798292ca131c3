import assert from "node:assert/strict";
import * as vscode from "vscode";
import { commandIds } from "../../../../src/editor/commandIds.ts";
import { activated, lensMatching } from "../editorWorld.ts";

/** Accepts the pick that comes up, once it is there. */
async function accepting(done: Thenable<unknown>): Promise<void> {
  let isDone = false;
  void done.then(() => {
    isDone = true;
  });
  for (let tries = 0; !isDone && tries < 100; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    await vscode.commands.executeCommand("workbench.action.acceptSelectedQuickOpenItem");
  }
  assert.ok(isDone, "the command did not end");
}

describe(".http files in VS Code", () => {
  const folder = () => {
    const [first] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(first);
    return first.uri;
  };
  const files = () => vscode.workspace.getConfiguration("files");
  const text =
    "# @profile dev\n\nGET https://idp.example/oauth/token\n\n###\n# @auth none\nGET https://a.example/\n";
  let file: vscode.Uri;
  before(async () => {
    await activated();
    file = vscode.Uri.joinPath(folder(), "typed.http");
    await vscode.workspace.fs.writeFile(file, Buffer.from(text));
  });
  after(async () => {
    await files().update("associations", undefined, vscode.ConfigurationTarget.Workspace);
    await vscode.workspace.fs.delete(file);
  });

  it("are left alone until somebody says otherwise", async () => {
    const document = await vscode.workspace.openTextDocument(file);
    assert.notEqual(document.languageId, "awsreq");
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      "vscode.executeCodeLensProvider",
      document.uri,
      10,
    );
    assert.deepEqual(lenses, []);
  });

  it("are opened with awsreq once the command says so, and are shown as not signed", async () => {
    await files().update("associations", { "*.tpl": "html" }, vscode.ConfigurationTarget.Workspace);
    await accepting(vscode.commands.executeCommand(commandIds.useForHttpFiles));
    assert.deepEqual(files().inspect("associations")?.workspaceValue, {
      "*.tpl": "html",
      "*.http": "awsreq",
      "*.rest": "awsreq",
    });
    const document = await vscode.workspace.openTextDocument(file);
    await vscode.window.showTextDocument(document);
    for (let tries = 0; document.languageId !== "awsreq" && tries < 50; tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 100));
    const shown = await vscode.workspace.openTextDocument(file);
    assert.equal(shown.languageId, "awsreq");
    assert.equal(await lensMatching(shown, /signed$/), "not signed");
  });
});
