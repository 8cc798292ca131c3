import { randomBytes } from "node:crypto";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { FrameLocator, Locator, Page } from "playwright-core";
import { createLocalKeys, writeLocalKeys } from "../../../src/endpoint/localKeys.ts";
import type { RequestRecord } from "../../../src/endpoint/requestLine.ts";
import { type Endpoint, startEndpoint } from "../../../src/endpoint/startEndpoint.ts";
import { packagedOnce } from "./packaged.ts";

const root = resolve(__dirname, "../../..");

/** A person at a VS Code with the packaged extension, the examples open, and a local endpoint beside it. */
export interface Desk {
  readonly page: Page;
  readonly endpoint: Endpoint;
  /** What the endpoint received. */
  readonly records: readonly RequestRecord[];
  readonly workspace: string;
  panel(): FrameLocator;
  /** Writes a file into the folder that is open. */
  write(name: string, text: string): void;
  /** Opens a file of the folder from the explorer, as a person does. */
  open(name: string): Promise<void>;
  /** The link above a request, by its text. */
  lens(text: string | RegExp, index?: number): Locator;
  /** The whole line above a request, what is no link included. */
  lensLine(text: string | RegExp): Locator;
  /** Puts the cursor into the editor. */
  focusEditor(): Promise<void>;
  /** Runs a command from the palette. */
  command(title: string): Promise<void>;
  /** Everything that VS Code wrote (settings, state, logs) and that the panel shows, searched for the secrets of the walk. */
  leaks(secrets?: readonly string[]): Promise<readonly string[]>;
  /** The person's home folder. */
  readonly home: string;
  /** Saves what is on the screen where AWSREQ_SCREENSHOTS says; nowhere without it. */
  shot(name: string): Promise<void>;
  close(): Promise<void>;
}

/** Keys of the profile `dev`, which the endpoint knows. */
export const keys = createLocalKeys(randomBytes);

/** Credentials of the walk: `dev` has the endpoint's keys, `wrong` has another secret. */
const credentials = `[dev]
aws_access_key_id = ${keys.accessKeyId}
aws_secret_access_key = ${keys.secretAccessKey}

[wrong]
aws_access_key_id = ${keys.accessKeyId}
aws_secret_access_key = not/the/secret/0123456789abcdefghijklmno
`;

/** A secret as it is, and as it would stand in a URL, in JSON or in base64. */
function formsOf(secret: string): readonly string[] {
  return [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1).replaceAll("/", "\\/"),
    Buffer.from(secret).toString("base64").replace(/=+$/, "").slice(0, -2),
    Buffer.from(secret).toString("hex"),
  ];
}

const secretForms = [keys.secretAccessKey, "not/the/secret/0123456789abcdefghijklmno"].flatMap(formsOf);

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** What there is beside the usual. */
export interface DeskOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** `~/.aws/config`. */
  readonly config?: string;
  /** Keys that the endpoint knows besides those of `dev`. */
  readonly credentials?: Parameters<typeof startEndpoint>[0]["credentials"];
}

/** Sits down. The VSIX is packaged once for all walks. */
export async function sitDown(settings: object = {}, more: DeskOptions = {}): Promise<Desk> {
  const { openWorkbench } = await import(join(root, "test/host/workbench.mjs"));
  const temporary = mkdtempSync(join(tmpdir(), "awsreq-desk-"));
  const workspace = join(temporary, "pets-team");
  cpSync(join(root, "examples"), workspace, { recursive: true });
  const records: RequestRecord[] = [];
  const onRequest = (record: RequestRecord) => void records.push(record);
  const known = [keys, ...(more.credentials ?? [])];
  const endpoint = await startEndpoint({ credentials: known, port: 0, onRequest });
  for (const name of ["hello.awsreq", "pets.awsreq"]) {
    const text = readFileSync(join(workspace, name), "utf8");
    writeFileSync(join(workspace, name), text.replace("@port = 8998", `@port = ${endpoint.port}`));
  }
  const opened = await openWorkbench({
    vsix: await packagedOnce(),
    workspace,
    settings,
    env: more.env ?? {},
  });
  const { page } = opened as { page: Page };
  mkdirSync(join(opened.home, ".aws"));
  writeFileSync(join(opened.home, ".aws", "credentials"), credentials, { mode: 0o600 });
  if (more.config !== undefined) writeFileSync(join(opened.home, ".aws", "config"), more.config);
  const runtime = join(opened.home, "awsreq");
  const forget = await writeLocalKeys(runtime, endpoint.authority, keys, process.getuid?.() ?? null);
  return {
    page,
    endpoint,
    records,
    workspace,
    panel: () => opened.panel(),
    write: (name, text) => writeFileSync(join(workspace, name), text),
    open: (name) => openFromExplorer(page, name),
    lens: (text, index = 0) => page.locator(".codelens-decoration a", { hasText: text }).nth(index),
    lensLine: (text) => page.locator(".codelens-decoration", { hasText: text }).first(),
    focusEditor: () => page.locator(".monaco-editor .view-line", { hasText: "GET" }).first().click(),
    command: (title) => runCommand(page, title),
    home: opened.home,
    leaks: async (more = []) => {
      const forms = [...secretForms, ...more.flatMap(formsOf)];
      const shown = await opened.panel().locator("body").innerHTML();
      const written = filesBelow(opened.data).map((path) => [path, readFileSync(path, "latin1")] as const);
      return [["the panel", shown] as const, ...written].flatMap(([place, text]) =>
        forms.some((form) => text.includes(form)) ? [place] : [],
      );
    },
    shot: (name) => shoot(page, name),
    async close() {
      await opened.close();
      await forget();
      await endpoint.close();
      rmSync(temporary, { recursive: true, force: true });
    },
  };
}

async function openFromExplorer(page: Page, name: string): Promise<void> {
  await page.getByRole("treeitem", { name }).first().dblclick({ timeout: 30_000 });
  const lens = page.locator(`.monaco-editor[data-uri$="/${name}"] .codelens-decoration a`).first();
  await lens.waitFor({ timeout: 20_000 });
  await settled(page, name);
}

/** Waits until the lines above the requests stay as they are: a click on one that is drawn anew is lost. */
async function settled(page: Page, name: string): Promise<void> {
  const lenses = page.locator(`.monaco-editor[data-uri$="/${name}"] .codelens-decoration`);
  for (let [shown, since] = ["", Date.now()]; Date.now() - since < 500; ) {
    const now = (await lenses.allInnerTexts()).join("\n");
    if (now !== shown) [shown, since] = [now, Date.now()];
    await page.waitForTimeout(50);
  }
}

async function runCommand(page: Page, title: string): Promise<void> {
  await page.keyboard.press("F1");
  await page.locator(".quick-input-box input").fill(`>${title}`);
  await page.locator(".quick-input-list .monaco-list-row", { hasText: title }).first().click();
}

async function shoot(page: Page, name: string): Promise<void> {
  const folder = process.env["AWSREQ_SCREENSHOTS"];
  if (folder === undefined || folder === "") return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}
