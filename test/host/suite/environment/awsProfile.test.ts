import assert from "node:assert/strict";
import * as vscode from "vscode";
import { commandIds } from "../../../../src/editor/commandIds.ts";
import { activated, type LocalApi, lensMatching, lineOf, openText, startLocalApi } from "../editorWorld.ts";

/** This run starts VS Code with AWS_PROFILE=awsreq-local and AWS_REGION=us-east-1. */
describe("AWS_PROFILE of the editor's environment", () => {
  let api: LocalApi;
  before(async () => {
    await activated();
    api = await startLocalApi();
  });
  after(() => api.close());

  it("signs a request that names no profile", async () => {
    const document = await openText(`# @service execute-api\n### Pets\nGET ${api.url}/prod/pets\n`);
    await lensMatching(document, /awsreq-local @ us-east-1/);
    await vscode.commands.executeCommand(commandIds.send, document.uri.toString(), lineOf(document, "GET"));
    await lensMatching(document, /200 OK/);
    assert.equal(api.records.at(-1)?.verdict.ok, true);
  });

  it("does not sign a request that names another", async () => {
    const document = await openText(
      `# @service execute-api\n# @profile nobody-has-this\n### Pets\nGET ${api.url}/prod/pets\n`,
    );
    const before = api.records.length;
    await vscode.commands.executeCommand(commandIds.send, document.uri.toString(), lineOf(document, "GET"));
    await lensMatching(document, /E_PROFILE_UNKNOWN/);
    assert.equal(api.records.length, before);
  });
});
