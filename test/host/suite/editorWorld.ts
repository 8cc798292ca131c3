import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import { createLocalKeys, writeLocalKeys } from "../../../src/endpoint/localKeys.ts";
import type { RequestRecord } from "../../../src/endpoint/requestLine.ts";
import { type Endpoint, startEndpoint } from "../../../src/endpoint/startEndpoint.ts";
import { runtimeFolderOf, thisMachine } from "../../../src/machine.ts";

/** A running local endpoint whose keys the profile `awsreq-local` finds, with everything that it received. */
export interface LocalApi extends Endpoint {
  readonly records: RequestRecord[];
  /** Preamble for requests to it. */
  readonly head: string;
}

/** Starts the endpoint in this extension host, on a port of its own. */
export async function startLocalApi(): Promise<LocalApi> {
  const keys = createLocalKeys(randomBytes);
  const records: RequestRecord[] = [];
  const onRequest = (record: RequestRecord) => void records.push(record);
  const endpoint = await startEndpoint({ credentials: [keys], port: 0, onRequest });
  const machine = thisMachine();
  const forget = await writeLocalKeys(runtimeFolderOf(machine), endpoint.authority, keys, machine.uid);
  return {
    ...endpoint,
    records,
    head: `# @profile awsreq-local\n# @region us-east-1\n# @service execute-api\n@api = ${endpoint.url}/prod\n\n`,
    async close() {
      await forget();
      await endpoint.close();
    },
  };
}

/** The extension under test, activated. */
export async function activated(): Promise<vscode.Extension<unknown>> {
  const extension = vscode.extensions.getExtension("awsreq.awsreq");
  assert.ok(extension, "the extension is installed");
  await extension.activate();
  return extension;
}

/** Opens a buffer that was never saved. */
export async function openText(content: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument({ language: "awsreq", content });
  await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
  return document;
}

/** Titles of the lines above the requests, in their order. */
export async function lensTitles(document: vscode.TextDocument): Promise<readonly string[]> {
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
    "vscode.executeCodeLensProvider",
    document.uri,
    100,
  );
  return lenses.map(({ command }) => command?.title ?? "");
}

/** Waits until one of the lines above the requests matches. */
export async function lensMatching(document: vscode.TextDocument, pattern: RegExp): Promise<string> {
  let titles: readonly string[] = [];
  for (let tries = 0; tries < 200; tries += 1) {
    titles = await lensTitles(document);
    const found = titles.find((title) => pattern.test(title));
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`No line above a request matches ${pattern}: ${JSON.stringify(titles)}`);
}

/** Zero-based line of the first line that begins so. */
export function lineOf(document: vscode.TextDocument, beginning: string): number {
  const line = document
    .getText()
    .split("\n")
    .findIndex((text) => text.startsWith(beginning));
  assert.ok(line >= 0, `no line begins with ${beginning}`);
  return line;
}

/** Closes every editor without asking. */
export async function closeAll(): Promise<void> {
  await vscode.commands.executeCommand("workbench.action.closeAllEditors");
}
