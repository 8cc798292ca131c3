import assert from "node:assert/strict";
import * as vscode from "vscode";
import { refusedCauses } from "../../../../src/endpoint/refusedCauses.ts";
import { causeRequests } from "../../../endpoint/causeRequests.ts";
import { activated, closeAll, type LocalApi, lineOf, openText, startLocalApi } from "../editorWorld.ts";

describe("what was refused", () => {
  let api: LocalApi;
  before(async () => {
    await activated();
    api = await startLocalApi();
  });
  after(async () => {
    await closeAll();
    await api.close();
  });

  const refusals = (document: vscode.TextDocument) =>
    vscode.languages
      .getDiagnostics(document.uri)
      .filter(
        ({ severity, source }) => source === "awsreq" && severity === vscode.DiagnosticSeverity.Warning,
      );

  const send = (document: vscode.TextDocument, line: number) =>
    vscode.commands.executeCommand("awsreq.send", document.uri.toString(), line);

  it("stands at its request until that is sent again, with the fix that mends it", async () => {
    const document = await openText(
      `${api.head.replace("execute-api", "lambda")}### Pets\nGET {{api}}/pets\n`,
    );
    const line = document.lineCount - 2;
    await send(document, line);
    const [found, ...more] = refusals(document);
    assert.deepEqual([found?.code, found?.range.start.line, more.length], ["scope-wrong-service", line, 0]);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), "# moved down\n");
    await vscode.workspace.applyEdit(edit);
    await waitFor(() => refusals(document)[0]?.range.start.line === line + 1);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      "vscode.executeCodeActionProvider",
      document.uri,
      refusals(document)[0]?.range,
    );
    const fix = actions.find(({ title }) => title === "Sign for execute-api: # @service execute-api");
    assert.ok(fix?.edit, actions.map(({ title }) => title).join(", "));
    await vscode.workspace.applyEdit(fix.edit);
    assert.match(document.getText(), /# @service execute-api\nGET /);
    await send(document, line + 2);
    assert.equal(api.records.at(-1)?.status, 200);
    assert.deepEqual(refusals(document), []);
  });

  it("goes with its request, and each of two alike has a fix of its own", async () => {
    const request = (title: string) => `### ${title}\nGET {{api}}/pets\n\n`;
    const document = await openText(
      `${api.head.replace("execute-api", "lambda")}${request("One")}${request("Two")}`,
    );
    const lines = () => refusals(document).map(({ range }) => range.start.line);
    const [one, two] = [lineOf(document, "### One") + 1, lineOf(document, "### Two") + 1];
    await send(document, one);
    await send(document, two);
    assert.deepEqual(lines(), [one, two]);
    const down = new vscode.WorkspaceEdit();
    down.insert(document.uri, new vscode.Position(one - 1, 0), "### Zero\nGET {{api}}/zero\n\n".repeat(20));
    await vscode.workspace.applyEdit(down);
    await waitFor(() => lines().join() === `${one + 60},${two + 60}`);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      "vscode.executeCodeActionProvider",
      document.uri,
      refusals(document)[1]?.range,
    );
    const fix = actions.find(({ title }) => title === "Sign for execute-api: # @service execute-api");
    assert.ok(fix?.edit);
    await vscode.workspace.applyEdit(fix.edit);
    assert.match(document.getText(), /### Two\n# @service execute-api\nGET /);
    const sent = api.records.length;
    await vscode.commands.executeCommand("awsreq.sendAgain");
    assert.deepEqual(
      api.records.slice(sent).map(({ status }) => status),
      [200],
      "the last request is the one that was sent last, wherever it stands now",
    );
  });

  it("is there again when its document was closed and is opened again", async () => {
    const document = await openText(
      `${api.head.replace("execute-api", "lambda")}### Pets\nGET {{api}}/pets\n`,
    );
    await send(document, lineOf(document, "### Pets") + 1);
    assert.equal(refusals(document).length, 1);
    // For extensions another language is a document closed and opened; a closed editor keeps its document for minutes.
    await vscode.languages.setTextDocumentLanguage(document, "plaintext");
    await waitFor(() => refusals(document).length === 0);
    await vscode.languages.setTextDocumentLanguage(document, "awsreq");
    await waitFor(() => refusals(document).length === 1);
  });

  it("is told of each refusal that there is", async () => {
    const text = causeRequests("awsreq-local", api.url);
    const document = await openText(text);
    const lines = text.split("\n");
    for (const cause of refusedCauses) {
      const line = lines.findIndex((one) => one.includes(`/prod/refusals/${cause}`));
      await send(document, line);
      const found = refusals(document).find(({ range }) => range.start.line === line);
      assert.ok(found, cause);
    }
    assert.equal(refusals(document).length, refusedCauses.length);
    const named = refusals(document).map(({ code }) => code);
    for (const cause of ["iam-scp-deny", "s3-wrong-region", "cred-expired-token", "apigw-waf"])
      assert.ok(named.includes(cause), cause);
  });

  it("is diagnosed from the clipboard, on a page that has no secret", async () => {
    const token = "canary-bearer-0123456789";
    await vscode.env.clipboard.writeText(
      `> GET /prod/x HTTP/1.1\n> Host: a.execute-api.eu-west-1.amazonaws.com\n> Authorization: Bearer ${token}\n> \n< HTTP/1.1 403 Forbidden\n< x-amzn-errortype: IncompleteSignatureException\n< \n{"message":"'${token}' not a valid key=value pair (missing equal-sign) in Authorization header: 'Bearer ${token}'."}\n`,
    );
    const asked = vscode.commands.executeCommand("awsreq.diagnoseResponse");
    await waitFor(async () => {
      await vscode.commands.executeCommand("workbench.action.acceptSelectedQuickOpenItem");
      return vscode.window.activeTextEditor?.document.languageId === "markdown";
    });
    await asked;
    const page = vscode.window.activeTextEditor?.document.getText() ?? "";
    assert.match(page, /`authorization-not-sigv4`/);
    assert.ok(!page.includes(token), page);
  });

  it("is diagnosed from what is selected", async () => {
    const text = '{"status": 403, "body": "Request has expired"}';
    const document = await vscode.workspace.openTextDocument({ language: "json", content: text });
    const editor = await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
    editor.selection = new vscode.Selection(0, 0, 0, text.length);
    const asked = vscode.commands.executeCommand("awsreq.diagnoseResponse");
    await waitFor(async () => {
      await vscode.commands.executeCommand("workbench.action.acceptSelectedQuickOpenItem");
      const shown = vscode.window.activeTextEditor?.document;
      return shown?.languageId === "markdown" && shown.getText().includes("`presign-expired`");
    });
    await asked;
  });

  it("gives the policy that allows a request", async () => {
    const document = await openText(
      `# @profile awsreq-local\n# @region us-east-1\n# @service execute-api\nGET ${api.url}/prod/pets/7\n`,
    );
    await vscode.commands.executeCommand("awsreq.copyPolicy", document.uri.toString(), 3);
    const policy = JSON.parse(await vscode.env.clipboard.readText());
    assert.deepEqual(policy.Statement[0].Action, "execute-api:Invoke");
    assert.match(policy.Statement[0].Resource, /\/GET\/.*pets\/7$/);
  });
});

async function waitFor(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (await isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("it never was so");
}
