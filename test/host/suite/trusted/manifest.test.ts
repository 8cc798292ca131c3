import assert from "node:assert/strict";
import * as vscode from "vscode";
import { commandIds } from "../../../../src/editor/commandIds.ts";
import { activated, openText } from "../editorWorld.ts";

describe("the extension in a real VS Code", () => {
  it("registers every command of its list, and the manifest contributes exactly these", async () => {
    const { packageJSON } = await activated();
    const contributed: { command: string }[] = packageJSON.contributes.commands;
    assert.deepEqual(contributed.map(({ command }) => command).sort(), Object.values(commandIds).sort());
    const registered = await vscode.commands.getCommands(true);
    for (const id of Object.values(commandIds)) assert.ok(registered.includes(id), id);
  });

  it("runs where the workspace is", async () => {
    const { extensionKind } = await activated();
    assert.equal(extensionKind, vscode.ExtensionKind.Workspace);
  });

  it("shows the parser's problems at their places", async () => {
    const document = await openText("GET https://example.com/{{nowhere\nBad header line\n");
    await activated();
    let found: readonly vscode.Diagnostic[] = [];
    for (let tries = 0; found.length === 0 && tries < 100; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      found = vscode.languages.getDiagnostics(document.uri);
    }
    assert.ok(found.length > 0);
    assert.ok(found.every(({ source }) => source === "awsreq"));
  });

  it("lists the requests of a file in the outline", async () => {
    const document = await openText(
      "### First\nGET https://example.com/a\n\n### Second\n# @name two\nPOST https://example.com/b\n",
    );
    const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
      "vscode.executeDocumentSymbolProvider",
      document.uri,
    );
    assert.equal(symbols.length, 2);
  });
});
