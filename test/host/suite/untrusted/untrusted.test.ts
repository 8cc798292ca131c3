import assert from "node:assert/strict";
import * as vscode from "vscode";
import { commandIds, fixCommandIds } from "../../../../src/editor/commandIds.ts";
import { activated, type LocalApi, lensMatching, lineOf, openText, startLocalApi } from "../editorWorld.ts";

/** What anybody may pass to a command. */
const argumentRows: readonly (readonly unknown[])[] = [
  [],
  [null],
  ["file:///etc/passwd", 0],
  ["not a uri", Number.NaN],
  [{ __proto__: null }, -1],
  [["nested"], "0"],
];

describe("a workspace that is not trusted", () => {
  let api: LocalApi;
  before(async () => {
    await activated();
    api = await startLocalApi();
  });
  after(() => api.close());

  it("is not trusted", () => assert.equal(vscode.workspace.isTrusted, false));

  it("sends nothing, whichever command is called with whatever", async function () {
    // Hundreds of calls, each of which may wait for 300 ms.
    this.timeout(120_000);
    const document = await openText(
      `${api.head}### Pets\nGET {{api}}/pets\n\n### Add\nPOST {{api}}/pets\n\n{}\n`,
    );
    const own = [document.uri.toString(), lineOf(document, "POST")];
    for (const id of Object.values({ ...commandIds, ...fixCommandIds })) {
      for (const args of [...argumentRows, own]) {
        // A command that asks something waits for an answer that nobody gives.
        const called = Promise.resolve(vscode.commands.executeCommand(id, ...args)).catch(() => undefined);
        await Promise.race([called, new Promise((resolve) => setTimeout(resolve, 300))]);
        await vscode.commands.executeCommand("workbench.action.closeQuickOpen");
      }
    }
    assert.deepEqual(api.records, []);
  });

  it("says why at the request", async () => {
    const document = await openText(`${api.head}### Told\nGET {{api}}/pets\n`);
    await vscode.commands.executeCommand(commandIds.send, document.uri.toString(), lineOf(document, "GET"));
    await lensMatching(document, /E_REFUSED_UNTRUSTED/);
    assert.deepEqual(api.records, []);
  });

  it("has the language all the same", async () => {
    const document = await openText("### First\nGET https://example.com/a\n");
    const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
      "vscode.executeDocumentSymbolProvider",
      document.uri,
    );
    assert.equal(symbols.length, 1);
  });
});
