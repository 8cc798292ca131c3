import assert from "node:assert/strict";
import * as vscode from "vscode";
import { commandIds } from "../../../../src/editor/commandIds.ts";
import { added, heapGrowth, isAsBefore, soakSends, standing } from "../../../soak.ts";
import { activated, closeAll, type LocalApi, lensMatching, lineOf, startLocalApi } from "../editorWorld.ts";

const perDocument = 20;

let files = 0;

/** Opens a file of its own: the name of a buffer that was never saved is given anew while the old one is still being closed. */
async function openFile(text: string): Promise<vscode.TextDocument> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder, "a folder is open");
  files += 1;
  const uri = vscode.Uri.joinPath(folder.uri, `soak-${files}.awsreq`);
  await vscode.workspace.fs.writeFile(uri, Buffer.from(text));
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
  return document;
}

describe("a long session", () => {
  let api: LocalApi;
  const warnings: string[] = [];
  const note = (warning: Error) => warnings.push(`${warning.name}: ${warning.message}`);
  before(async () => {
    process.on("warning", note);
    await activated();
    api = await startLocalApi();
  });
  afterEach(closeAll);
  after(async () => {
    process.off("warning", note);
    await api.close();
  });

  const requests = (name: string, count: number) =>
    Array.from({ length: count }, (_, at) => `### ${name} ${at}\nGET {{api}}/echo/${name}-${at}\n`).join(
      "\n",
    );
  const send = (document: vscode.TextDocument, path: string) =>
    vscode.commands.executeCommand(
      commandIds.send,
      document.uri.toString(),
      lineOf(document, `GET {{api}}${path}`),
    );
  /** How often the server saw each path that holds a name. */
  const seen = (name: string) => {
    const counts = new Map<string, number>();
    for (const { raw } of api.records)
      if (raw.target.includes(name)) counts.set(raw.target, (counts.get(raw.target) ?? 0) + 1);
    return counts;
  };
  const sendMany = async (name: string, count: number) => {
    for (let from = 0; from < count; from += perDocument) {
      const batch = Math.min(perDocument, count - from);
      const document = await openFile(`${api.head}${requests(`${name}-${from}`, batch)}`);
      for (let at = 0; at < batch; at += 1) await send(document, `/echo/${name}-${from}-${at}`);
    }
  };

  it(`fault 92, 95: ${soakSends} requests leave nothing behind, and each is sent once`, async function () {
    this.timeout(20 * 60_000);
    await sendMany("warmup", perDocument);
    const before = await isAsBefore(standing());
    await sendMany("soak", soakSends);
    const after = await isAsBefore(before);
    assert.deepEqual([added(before, after), warnings], [[], []]);
    assert.ok(after.listeners <= before.listeners, `${before.listeners} listeners became ${after.listeners}`);
    const grown = after.heap - before.heap;
    assert.ok(grown < heapGrowth, `${grown} bytes more are held`);
    const counts = seen("/soak-");
    assert.deepEqual([counts.size, new Set(counts.values())], [soakSends, new Set([1])]);
    if (process.env["AWSREQ_SOAK"] !== undefined)
      process.stdout.write(`${soakSends} sends: ${grown} bytes more, no handle more\n`);
  });

  it("fault 92: 20 at once are each sent once, and each answer stays with its request", async () => {
    const document = await openFile(`${api.head}${requests("parallel", 20)}`);
    await Promise.all(Array.from({ length: 20 }, (_, at) => send(document, `/echo/parallel-${at}\n`.trim())));
    const counts = seen("/parallel-");
    assert.deepEqual([counts.size, new Set(counts.values())], [20, new Set([1])]);
  });

  it("fault 92: a double click ends the first; the last is shown", async () => {
    const document = await openFile(`${api.head}### Double\nGET {{api}}/slow?ms=300&double\n`);
    const before = await isAsBefore(standing());
    await Promise.all([send(document, "/slow"), send(document, "/slow"), send(document, "/slow")]);
    await lensMatching(document, /200 OK/);
    assert.deepEqual(added(before, await isAsBefore(before)), []);
    const counts = [...seen("double").values()];
    assert.ok(counts.every((count) => count <= 3));
  });

  for (const [what, meanwhile] of [
    ["the text is edited", edit],
    ["every editor and panel is closed", closeAll],
    ["the panel alone is closed", closePanels],
  ] as const) {
    it(`fault 92: ${what} while it is under way: it is sent once, as it stood, and ends`, async () => {
      const name = what.replaceAll(" ", "-");
      const document = await openFile(`${api.head}### Slow\nGET {{api}}/slow?ms=500&${name}\n`);
      const before = await isAsBefore(standing());
      const sending = send(document, "/slow");
      let ended = false;
      sending.then(
        () => (ended = true),
        () => (ended = true),
      );
      while (seen(name).size === 0 && !ended) await new Promise((resolve) => setTimeout(resolve, 10));
      await meanwhile(document);
      await sending;
      assert.deepEqual([...seen(name)], [[`/prod/slow?ms=500&${name}`, 1]]);
      assert.deepEqual(added(before, await isAsBefore(before)), []);
    });
  }
});

async function edit(document: vscode.TextDocument): Promise<void> {
  const change = new vscode.WorkspaceEdit();
  change.insert(document.uri, new vscode.Position(0, 0), "# edited\n");
  await vscode.workspace.applyEdit(change);
  await document.save();
}

async function closePanels(): Promise<void> {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  await vscode.window.tabGroups.close(tabs.filter(({ input }) => input instanceof vscode.TabInputWebview));
}
