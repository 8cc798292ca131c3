import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as vscode from "vscode";
import { commandIds, fixCommandIds } from "../../../../src/editor/commandIds.ts";
import { assertInNoSink } from "../../../cli/canary.ts";
import { activated, closeAll, type LocalApi, lensTitles, startLocalApi } from "../editorWorld.ts";

const random = () => Math.random().toString(36).slice(2).padEnd(11, "z");
const canaries = {
  "private value": `private-canary-${random()}`,
  "API key": `api-key-canary-${random()}`,
  "typed cookie": `cookie-canary-${random()}`,
  "typed password": `password-canary-${random()}`,
} as const;

/** Every place that the editor shows or keeps something in and that a test can look at. */
const sinks: Readonly<Record<string, (document: vscode.TextDocument) => string | Promise<string>>> = {
  clipboard: async () => vscode.env.clipboard.readText(),
  "lines above the requests": async (document) => (await lensTitles(document)).join("\n"),
  "diagnostics and their fixes": async ({ uri }) => {
    const found = vscode.languages.getDiagnostics(uri);
    const fixes = await Promise.all(
      found.map(({ range }) =>
        vscode.commands.executeCommand<vscode.CodeAction[]>("vscode.executeCodeActionProvider", uri, range),
      ),
    );
    return [...found.map(({ message }) => message), ...fixes.flat().map(({ title }) => title)].join("\n");
  },
  "titles of tabs": () =>
    vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label)).join("\n"),
  "other documents": () =>
    vscode.workspace.textDocuments
      .filter((other) => !/\.(?:awsreq|env\.json)$/.test(other.fileName))
      .map((other) => other.getText())
      .join("\n"),
  // The VS Code from npm has no native logger and writes none; what is logged is searched in Node, too.
  "logs of the extension host": () => contentsOf("logs"),
  "state of this extension and its panels": () => contentsOf("User"),
};

/** Everything of ours below a folder of the editor's data; files of other programs are not ours to keep clean. */
function contentsOf(name: string): string {
  const data = process.env["AWSREQ_TEST_DATA"] ?? "";
  const folders = [join(data, name), join(data, "data", name)].filter(
    (folder) => data !== "" && existsSync(folder),
  );
  return folders
    .flatMap((folder) => readdirSync(folder, { recursive: true, withFileTypes: true }))
    .filter(
      (entry) =>
        entry.isFile() && /awsreq|state\.vscdb|globalStorage/i.test(join(entry.parentPath, entry.name)),
    )
    .map(({ parentPath, name: file }) => `${file}\n${readFileSync(join(parentPath, file), "latin1")}`)
    .join("\n");
}

describe("invariant 1: canaries through every command", () => {
  let api: LocalApi;
  let folder: string;
  before(async () => {
    await activated();
    api = await startLocalApi();
    folder = join(vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? "", "canary");
    mkdirSync(folder, { recursive: true });
    writeFileSync(
      join(folder, "http-client.private.env.json"),
      JSON.stringify({ dev: { private: canaries["private value"] } }),
    );
  });
  after(async () => {
    await closeAll();
    rmSync(folder, { recursive: true, force: true });
    await api.close();
  });

  const typed = `X-Api-Key: {{key}}\nCookie: session=${canaries["typed cookie"]}\n`;
  const requests: Readonly<Record<string, () => string>> = {
    "an answer that says it again": () =>
      `POST ${api.url}/prod/echo?password=${canaries["typed password"]}\n${typed}\n{"note":"{{key}}"}\n`,
    "a private value": () =>
      `POST ${api.url}/prod/echo?note={{private}}\n${typed}X-Note: {{private}}\n\n{{private}}\n`,
    "a refusal": () => `GET ${api.url}/prod/forbidden?note={{key}}\n${typed}`,
    "a URL that is none": () => "GET {{private}}/x\n",
    "a profile that is none": () => `# @profile {{private}}\nGET ${api.url}/prod/pets\n`,
    "a host that is none": () => `GET https://{{private}}.invalid/\n${typed}`,
  };

  for (const [what, request] of Object.entries(requests)) {
    it(what, async function () {
      this.timeout(60_000);
      const path = join(folder, `${what.replaceAll(" ", "-")}.awsreq`);
      const head = `# @profile awsreq-local\n# @region us-east-1\n# @service execute-api\n@key = ${canaries["API key"]}\n\n`;
      writeFileSync(path, `${head}### Canary\n${request()}`);
      const document = await vscode.workspace.openTextDocument(path);
      await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
      const line = document
        .getText()
        .split("\n")
        .findIndex((text) => /^(?:GET|POST) /.test(text));
      for (const id of Object.values({ ...commandIds, ...fixCommandIds })) {
        await vscode.env.clipboard.writeText("");
        const called = vscode.commands.executeCommand(id, document.uri.toString(), line);
        // A command that asks something waits for an answer that nobody gives.
        await Promise.race([
          Promise.resolve(called).then(undefined, () => undefined),
          new Promise((resolve) => setTimeout(resolve, 1500)),
        ]);
        await vscode.commands.executeCommand("workbench.action.closeQuickOpen");
        const found: Record<string, string> = {};
        for (const [name, read] of Object.entries(sinks)) found[name] = await read(document);
        // It says who would sign, and knows no profiles before something is sent.
        if (what === "a profile that is none") delete found["lines above the requests"];
        assertInNoSink(found, canaries, `${id}: ${what}`);
      }
      await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
      await closeAll();
    });
  }

  it("looked where something is kept", function () {
    if (process.env["AWSREQ_TEST_DATA"] === undefined) this.skip();
    assert.notEqual(contentsOf("User"), "");
  });
});
