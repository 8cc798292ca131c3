import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { resolve } from "node:path";
import type { Browser, Page } from "playwright-core";
import { panelHtml } from "../../src/editor/panel/panelHtml.ts";
import type { HostMessage, PageMessage, PageState } from "../../src/page/protocol.ts";
import themes from "./themes.json" with { type: "json" };

export type Theme = keyof typeof themes;
export const themeNames = Object.keys(themes) as readonly Theme[];

const bodyClasses: Readonly<Record<Theme, string>> = {
  dark: "vscode-dark",
  light: "vscode-light",
  highContrast: "vscode-high-contrast",
  highContrastLight: "vscode-high-contrast-light",
};

/** The real page under its real policy, with the editor's side of it in our hands. */
export interface OpenPage {
  readonly page: Page;
  /** What the page posted, in order. */
  readonly posted: readonly PageMessage[];
  /** Everything that must not happen: refused by the policy, errors, dialogs, requests to elsewhere. */
  readonly faults: readonly string[];
  send(...messages: readonly HostMessage[]): Promise<void>;
  kept(): Promise<PageState | null>;
  close(): Promise<void>;
}

export interface PageServer {
  open(options: {
    readonly theme: Theme;
    readonly width: number;
    readonly kept?: unknown;
  }): Promise<OpenPage>;
  close(): Promise<void>;
}

const nonce = "dGVzdC1ub25jZS0xMjM0NQ==";
const dist = resolve(__dirname, "../../dist");

/** Serves the page from loopback; every request for anything else is a fault. */
export async function startPageServer(browser: Browser): Promise<PageServer> {
  const server = createServer((message, response) => {
    const file = { "/page.js": "text/javascript", "/page.css": "text/css" }[message.url ?? ""];
    if (file !== undefined)
      response.setHeader("Content-Type", file).end(readFileSync(`${dist}${message.url}`));
    else if (message.url?.startsWith("/?"))
      response.setHeader("Content-Type", "text/html").end(html(message.url, originOf(server)));
    else response.writeHead(404).end();
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    open: (options) => openPage(browser, originOf(server), options),
    close: () => new Promise((done) => server.close(() => done())),
  };
}

function originOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** The product's own page, with the editor's theme on its body and a stand-in for the editor's API before its script. */
function html(url: string, origin: string): string {
  const query = new URLSearchParams(url.slice(2));
  const theme = query.get("theme") as Theme;
  const page = panelHtml({ nonce, cspSource: origin, scriptUri: "/page.js", styleUri: "/page.css" });
  const variables = JSON.stringify(themes[theme]);
  const api = `<script nonce="${nonce}">
    for (const [name, value] of Object.entries(${variables})) document.documentElement.style.setProperty("--vscode-" + name, value);
    document.documentElement.style.setProperty("--vscode-font-family", "system-ui, sans-serif");
    document.documentElement.style.setProperty("--vscode-editor-font-family", "monospace");
    window.kept = ${query.get("kept") ?? "undefined"};
    window.acquireVsCodeApi = () => ({ postMessage: (message) => window.onPosted(message), getState: () => window.kept, setState: (state) => { window.kept = state; } });
  </script>`;
  return page
    .replace("<body>", `<body class="${bodyClasses[theme]}">`)
    .replace('<div id="root">', `${api}<div id="root">`);
}

async function openPage(
  browser: Browser,
  origin: string,
  { theme, width, kept }: Parameters<PageServer["open"]>[0],
): Promise<OpenPage> {
  const page = await browser.newPage({ viewport: { width, height: 800 }, deviceScaleFactor: 1.5 });
  const posted: PageMessage[] = [];
  const faults: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") faults.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => void faults.push(`error: ${error.message}`));
  page.on("dialog", (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    const known = [`${origin}/page.js`, `${origin}/page.css`];
    const isOurs = known.includes(request.url()) || request.url().startsWith(`${origin}/?`);
    if (!isOurs && !/^(?:data|blob):/.test(request.url())) faults.push(`request: ${request.url()}`);
  });
  await page.exposeFunction("onPosted", (message: PageMessage) => void posted.push(message));
  const query = new URLSearchParams({ theme, ...(kept === undefined ? {} : { kept: JSON.stringify(kept) }) });
  await page.goto(`${origin}/?${query}`);
  return {
    page,
    posted,
    faults,
    async send(...messages) {
      for (const message of messages) await page.evaluate(delivery(message));
      await page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
    },
    kept: () => page.evaluate<PageState | null>("window.kept ?? null"),
    close: () => page.close(),
  };
}

/** Code for the page: the editor's message as the editor would deliver it, bytes as bytes. */
function delivery(message: HostMessage): string {
  const text = JSON.stringify(message, (_key, value: unknown) =>
    value instanceof Uint8Array ? { bytes: Buffer.from(value).toString("base64") } : value,
  );
  const revive = `(key, value) => key !== "" && value !== null && typeof value?.bytes === "string"
    ? Uint8Array.from(atob(value.bytes), (character) => character.charCodeAt(0)) : value`;
  return `window.postMessage(JSON.parse(${JSON.stringify(text)}, ${revive}), "*")`;
}
