import { writeFileSync } from "node:fs";
import * as vscode from "vscode";
import { median } from "../measure.ts";
import { requestText } from "./requestText.ts";
import { watchBlocks } from "./watch.ts";

/** Milliseconds of the longest block in each round. */
interface Row {
  readonly name: string;
  readonly rounds: readonly number[];
}

interface Claim {
  readonly claim: string;
  readonly holds: boolean;
}

const keyRounds = 9;
const answerRounds = 5;

/** What the extension host of a test runs: measures, and writes what it found to a file. */
export async function run(): Promise<void> {
  const { AWSREQ_BENCH_RESULTS: results = "", AWSREQ_BENCH_PART: part = "" } = process.env;
  await vscode.extensions.getExtension("awsreq.awsreq")?.activate();
  const rows: Row[] = [];
  if (part !== "answers") {
    for (const requests of [100, 1000, 4000]) rows.push(await keysIn(requests));
  }
  if (part !== "keys") {
    for (const bytes of [1_000_000, 10_000_000]) rows.push(await answersOf(bytes));
  }
  const lines = ["Longest block of the extension host, median of the rounds", ...rows.map(lineOf)];
  writeFileSync(results, JSON.stringify({ lines, claims: claimsOf(rows) }));
}

function lineOf({ name, rounds }: Row): string {
  const [middle, least, most] = [median(rounds), Math.min(...rounds), Math.max(...rounds)];
  return `  ${name.padEnd(44)} ${middle.toFixed(0).padStart(6)} ms  (${least.toFixed(0)}–${most.toFixed(0)})`;
}

function claimsOf(rows: readonly Row[]): readonly Claim[] {
  const of = (name: string): number => median(rows.find((row) => row.name === name)?.rounds ?? []);
  const [thousand, most, answer] = [of(keyName(1000)), of(keyName(4000)), of(answerName(10_000_000))];
  const said = [
    { value: thousand, claim: "a key in 1,000 requests ≤ 100 ms", holds: thousand <= 100 },
    { value: most, claim: "a key in 4,000 requests ≤ 5 × the one in 1,000", holds: most <= 5 * thousand },
    { value: answer, claim: "an answer of 10 MB ≤ 100 ms", holds: answer <= 100 },
  ];
  return said.filter(({ value }) => !Number.isNaN(value)).map(({ claim, holds }) => ({ claim, holds }));
}

function keyName(requests: number): string {
  return `a key in a file of ${requests} requests`;
}

function answerName(bytes: number): string {
  return `an answer of ${bytes / 1_000_000} MB of JSON, shown`;
}

/** Types letters into a header in the middle of a file, the lines above the requests drawn anew after each. */
async function keysIn(requests: number): Promise<Row> {
  const document = await opened(`${requests}.awsreq`, requestText(requests));
  const editor = await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
  const lenses = lensRefreshes();
  const text = document.getText();
  const at = document.positionAt(text.indexOf("\nX-Correlation-Id: ", text.length / 2) + 18);
  editor.selection = new vscode.Selection(at, at);
  editor.revealRange(editor.selection);
  const rounds: number[] = [];
  for (let round = -1; round < keyRounds; round += 1) {
    const before = watchBlocks();
    await before.quiet();
    before.stop();
    const watch = watchBlocks();
    await vscode.commands.executeCommand("type", { text: "x" });
    await lenses.of(document);
    await watch.quiet();
    watch.stop();
    if (round >= 0) rounds.push(watch.longest());
  }
  lenses.dispose();
  await vscode.commands.executeCommand("workbench.action.files.save");
  await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  return { name: keyName(requests), rounds };
}

/** Tells when the editor asks for the lines above the requests of a document as it is now. */
function lensRefreshes() {
  const changed = new vscode.EventEmitter<vscode.TextDocument>();
  const asked = new Map<vscode.TextDocument, number>();
  const provider = vscode.languages.registerCodeLensProvider(
    { language: "awsreq" },
    {
      provideCodeLenses(document) {
        asked.set(document, document.version);
        changed.fire(document);
        return [];
      },
    },
  );
  return {
    async of(document: vscode.TextDocument) {
      while (asked.get(document) !== document.version)
        await new Promise<void>((resolve) => {
          const listening = changed.event(() => {
            listening.dispose();
            resolve();
          });
        });
    },
    dispose: () => vscode.Disposable.from(changed, provider).dispose(),
  };
}

/** Sends a request that nobody signs and shows its answer in the panel. */
async function answersOf(bytes: number): Promise<Row> {
  const request = `# @auth none\nGET ${process.env.AWSREQ_BENCH_SERVER}/${bytes}\n`;
  const document = await opened(`answer-${bytes}.awsreq`, request);
  await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
  const rounds: number[] = [];
  for (let round = -1; round < answerRounds; round += 1) {
    const watch = watchBlocks();
    await vscode.commands.executeCommand("awsreq.send", document.uri.toString(), 1);
    await watch.quiet();
    watch.stop();
    if (round >= 0) rounds.push(watch.longest());
  }
  await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  return { name: answerName(bytes), rounds };
}

async function opened(name: string, text: string): Promise<vscode.TextDocument> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file("/");
  const uri = vscode.Uri.joinPath(folder, name);
  await vscode.workspace.fs.writeFile(uri, Buffer.from(text));
  return vscode.workspace.openTextDocument(uri);
}
