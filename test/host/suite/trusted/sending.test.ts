import assert from "node:assert/strict";
import * as vscode from "vscode";
import { commandIds } from "../../../../src/editor/commandIds.ts";
import {
  activated,
  type LocalApi,
  lensMatching,
  lensTitles,
  lineOf,
  openText,
  startLocalApi,
} from "../editorWorld.ts";

/** Waits until there is one response panel, and its title matches: titles reach the tabs a little later. */
async function labelsMatching(pattern: RegExp): Promise<void> {
  let labels: readonly string[] = [];
  for (let tries = 0; tries < 100; tries += 1) {
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    labels = tabs.filter(({ input }) => input instanceof vscode.TabInputWebview).map(({ label }) => label);
    if (labels.length === 1 && pattern.test(labels[0] ?? "")) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`The response panels are ${JSON.stringify(labels)}, not one ${pattern}`);
}

describe("sending from the editor", () => {
  let api: LocalApi;
  before(async () => {
    await activated();
    api = await startLocalApi();
  });
  after(() => api.close());

  const run = (id: string, document: vscode.TextDocument, beginning = "GET") =>
    vscode.commands.executeCommand(id, document.uri.toString(), lineOf(document, beginning));

  it("signs and sends what stands in a buffer that was never saved", async () => {
    const document = await openText(
      `${api.head}### Pets\nGET {{api}}/pets?limit=1\nAccept: application/json\n`,
    );
    await run(commandIds.send, document);
    await lensMatching(document, /^.*200 OK · \d+ ms/);
    const record = api.records.at(-1);
    assert.equal(record?.raw.target, "/prod/pets?limit=1");
    assert.equal(record?.verdict.ok, true);
  });

  it("opens the response beside the editor and leaves the focus where it was", async () => {
    const document = await openText(`${api.head}### Beside\nGET {{api}}/pets\n`);
    await run(commandIds.send, document);
    await lensMatching(document, /200 OK/);
    assert.equal(vscode.window.activeTextEditor?.document, document);
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs.map((tab) => ({ group, tab })));
    const panels = tabs.filter(({ tab }) => tab.input instanceof vscode.TabInputWebview);
    assert.deepEqual(
      panels.map(({ tab }) => tab.label),
      ["Beside"],
    );
    assert.notEqual(panels[0]?.group.viewColumn, vscode.ViewColumn.One);
  });

  it("uses the same panel for the next request", async () => {
    const document = await openText(
      `${api.head}### One\nGET {{api}}/pets/1\n\n### Two\nPOST {{api}}/echo\n\nhello\n`,
    );
    await run(commandIds.send, document);
    await lensMatching(document, /200 OK/);
    await run(commandIds.send, document, "POST");
    await labelsMatching(/^Two$/);
    assert.equal(api.records.at(-1)?.raw.target, "/prod/echo");
  });

  it("sends unsaved changes, and the request at the cursor when nothing else is said", async () => {
    const document = await openText(`${api.head}### Changed\nGET {{api}}/echo/before\n`);
    const edit = new vscode.WorkspaceEdit();
    const line = lineOf(document, "GET");
    edit.replace(document.uri, document.lineAt(line).range, "GET {{api}}/echo/after");
    await vscode.workspace.applyEdit(edit);
    const editor = await vscode.window.showTextDocument(document);
    editor.selection = new vscode.Selection(line, 3, line, 3);
    await vscode.commands.executeCommand(commandIds.send);
    await lensMatching(document, /200 OK/);
    assert.equal(api.records.at(-1)?.raw.target, "/prod/echo/after");
  });

  it("sends the last request again from anywhere, as it stands now", async () => {
    const document = await openText(`${api.head}### Again\nGET {{api}}/echo/again\n`);
    await run(commandIds.send, document);
    const before = api.records.length;
    await vscode.commands.executeCommand("workbench.action.focusSideBar");
    await vscode.commands.executeCommand(commandIds.sendAgain);
    assert.deepEqual(
      api.records.slice(before).map(({ raw }) => raw.target),
      ["/prod/echo/again"],
    );
  });

  it("fault 91: ends a slow request when it is cancelled", async () => {
    const document = await openText(`${api.head}### Slow\nGET {{api}}/slow?ms=20000\n`);
    const sending = run(commandIds.send, document);
    await new Promise((resolve) => setTimeout(resolve, 400));
    await vscode.commands.executeCommand(commandIds.cancel);
    await sending;
    await lensMatching(document, /cancelled/);
  });

  it("fault 92: ends the first when the same request is sent again", async () => {
    const document = await openText(`${api.head}### Twice\nGET {{api}}/slow?ms=1500\n`);
    const first = run(commandIds.send, document);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const second = run(commandIds.send, document);
    await Promise.all([first, second]);
    await lensMatching(document, /200 OK/);
  });

  it("explains a signature without sending anything", async () => {
    const document = await openText(`${api.head}### Explained\nGET {{api}}/pets?b=2&a=1\n`);
    const before = api.records.length;
    await run(commandIds.explainSignature, document);
    await lensMatching(document, /signed, not sent/);
    assert.equal(api.records.length, before);
  });

  it("copies the canonical request without sending anything", async () => {
    const document = await openText(`${api.head}### Copied\nGET {{api}}/pets?b=2&a=1\n`);
    const before = api.records.length;
    await run(commandIds.copyCanonicalRequest, document);
    const copied = await vscode.env.clipboard.readText();
    assert.match(
      copied,
      /^GET\n\/prod\/pets\na=1&b=2\nhost:127\.0\.0\.1:\d+\nx-amz-content-sha256:[0-9a-f]{64}\nx-amz-date:\d{8}T\d{6}Z\n\nhost;x-amz-content-sha256;x-amz-date\n[0-9a-f]{64}$/,
    );
    assert.equal(api.records.length, before);
  });

  it("tells the code of what went wrong above the request", async () => {
    const document = await openText(
      "# @profile nobody-has-this\nGET https://abc.execute-api.eu-west-1.amazonaws.com/prod\n",
    );
    await run(commandIds.send, document);
    await lensMatching(document, /E_PROFILE_UNKNOWN/);
  });

  it("says who would sign above each request, without reading a profile", async () => {
    const document = await openText(
      "# @profile dev\n\n### A\nGET https://abc.execute-api.eu-west-1.amazonaws.com/prod\n\n### B\n# @auth none\nGET https://example.com/\n",
    );
    const titles = await lensTitles(document);
    assert.deepEqual(
      titles.filter((title) => title.includes("$(account)")),
      ["$(account) dev @ eu-west-1"],
    );
    assert.equal(titles.filter((title) => title.includes("$(play)")).length, 2);
  });

  it("starts the local endpoint and opens examples that work, for people without AWS", async () => {
    await vscode.commands.executeCommand(commandIds.tryWithoutAws);
    const document = vscode.window.activeTextEditor?.document;
    assert.ok(document);
    assert.match(document.uri.path, /\/examples\/pets\.awsreq$/);
    await run(commandIds.send, document);
    await lensMatching(document, /200 OK/);
  });

  it("shows at the request what stopped it, offers the fix, and takes it back when the text changes", async () => {
    const document = await openText(
      "# @profile dev\n\n### Custom domain\nGET https://api.pets.example/prod\n",
    );
    await run(commandIds.send, document);
    await lensMatching(document, /E_AUTH_UNDECIDED/);
    const codes = () => vscode.languages.getDiagnostics(document.uri).map(({ code }) => code);
    assert.deepEqual(codes(), ["E_AUTH_UNDECIDED"]);
    const line = lineOf(document, "GET");
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      "vscode.executeCodeActionProvider",
      document.uri,
      document.lineAt(line).range,
    );
    const [first] = actions.filter(({ title }) => title.includes("@service execute-api"));
    assert.ok(first?.edit);
    await vscode.workspace.applyEdit(first.edit);
    assert.equal(document.lineAt(line).text, "# @service execute-api");
    assert.deepEqual(codes(), []);
  });

  it("shows a variable that nobody defined at its place, as often as it is sent", async () => {
    const document = await openText("### Unknown\nGET https://{{nowhere}}.example/prod\n");
    await run(commandIds.send, document);
    await run(commandIds.send, document);
    await lensMatching(document, /E_VARIABLE_UNKNOWN/);
    const [found, ...others] = vscode.languages.getDiagnostics(document.uri);
    assert.deepEqual([found?.code, found?.range.start.line, others.length], ["E_VARIABLE_UNKNOWN", 1, 0]);
  });
});
