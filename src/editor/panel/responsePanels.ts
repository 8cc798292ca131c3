import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import type { Finding } from "../../diagnosis/diagnose.ts";
import type { HostMessage, PageMessage, PanelTab } from "../../page/protocol.ts";
import { restoredView } from "../../page/restoredView.ts";
import type { BodyContent, PanelView } from "../../page/view.ts";
import type { Trip } from "../../trip/trip.ts";
import { bodyMessages } from "./bodyMessages.ts";
import { panelHtml } from "./panelHtml.ts";
import { readPageMessage, readPageState } from "./readPageMessage.ts";

/** What a panel shows, with what its actions need. */
export interface ShownTrip {
  readonly view: PanelView;
  /** Null while it is under way, and after a reload. */
  readonly trip: Trip | null;
  readonly body: BodyContent | null;
  /** Why it was refused, in the order of the view. */
  readonly findings: readonly Finding[];
  /** Asks the world about the refusal; not there where there was none. */
  readonly runChecks?: () => Promise<void>;
}

/** A panel, as its actions see it. */
export interface ShownPanel {
  readonly shown: ShownTrip;
  showBody(body: BodyContent): void;
}

/** What the host does when something is clicked in a panel. */
export type PanelActions = (message: PageMessage, panel: ShownPanel) => Promise<void>;

export interface ResponsePanels extends vscode.Disposable {
  /** Shows a trip in the panel that is not pinned, or in the one that shows this trip already. */
  show(shown: ShownTrip, tab?: PanelTab): void;
  /** Shows more of a trip in the panel that still shows it. */
  update(more: Pick<ShownTrip, "view"> & Partial<ShownTrip>): void;
  /** Takes over a panel that came back with the window; what it kept is shown, nothing is sent. */
  restore(panel: vscode.WebviewPanel, state: unknown): void;
  /** Number of the trip that the panel in front shows, or null. */
  current(): number | null;
}

interface Panel extends ShownPanel {
  shown: ShownTrip;
  pinned: boolean;
  readonly webview: vscode.WebviewPanel;
  post(message: HostMessage): void;
  /** Sends the body that is shown, if there is one; ends what was being sent of another. */
  postBody(): void;
  endPosting(): void;
}

export const viewType = "awsreq.response";

/** The panels of this window: one that is used again and again, and those that were pinned. */
export function createResponsePanels(extensionUri: vscode.Uri, act: PanelActions): ResponsePanels {
  const panels: Panel[] = [];
  const adopt = (webview: vscode.WebviewPanel, shown: ShownTrip): Panel => {
    const panel = adoptPanel(webview, shown, { extensionUri, act });
    panels.unshift(panel);
    webview.onDidDispose(() => {
      panels.splice(panels.indexOf(panel), 1);
      panel.endPosting();
      release(panel.shown);
    });
    return panel;
  };
  return {
    show(shown, tab) {
      const { trip } = shown.view;
      const same = panels.find((panel) => panel.shown.view.trip === trip);
      // A view that is pinned from the start has a panel of its own, beside the one that is there.
      const found = same ?? (shown.view.pinned ? undefined : panels.find((one) => !one.pinned));
      // An older trip that ends late does not take the place of a newer one; the line above its request tells of it.
      if (found !== undefined && found.shown.view.trip > trip) return release(shown);
      const panel = found ?? adopt(openBeside(shown, extensionUri, panels), shown);
      if (found !== undefined) replace(panel, shown);
      if (tab !== undefined) panel.post({ type: "tab", tab });
    },
    update(more) {
      const panel = panels.find((one) => one.shown.view.trip === more.view.trip);
      if (panel === undefined) return;
      panel.shown = { ...panel.shown, ...more };
      panel.post({ type: "view", view: viewOf(panel) });
    },
    current: () => panels.find(({ webview }) => webview.visible)?.shown.view.trip ?? null,
    restore(webview, state) {
      const kept = readPageState(state);
      if (kept === null) webview.dispose();
      else adopt(webview, { view: restoredView(kept), trip: null, body: null, findings: [] });
    },
    dispose() {
      for (const { webview } of [...panels]) webview.dispose();
    },
  };
}

function replace(panel: Panel, shown: ShownTrip): void {
  if (panel.shown.trip !== shown.trip) release(panel.shown);
  panel.shown = shown;
  panel.webview.title = titleOf(shown.view);
  panel.post({ type: "view", view: viewOf(panel) });
  panel.postBody();
  if (!panel.webview.visible) panel.webview.reveal(undefined, true);
}

/** Removes the files of a body that nobody looks at any more. */
function release({ trip }: ShownTrip): void {
  const response = trip?.exchange?.response;
  void response?.body.dispose();
  void response?.encodedBody?.dispose();
}

/** Beside the editor; a pinned one beside the panel that it is compared with, where that can be seen. */
function openBeside(
  { view }: ShownTrip,
  extensionUri: vscode.Uri,
  panels: readonly Panel[],
): vscode.WebviewPanel {
  const shown = view.pinned ? panels.find(({ webview }) => webview.visible)?.webview.viewColumn : undefined;
  const viewColumn =
    shown === undefined ? vscode.ViewColumn.Beside : Math.min(shown + 1, vscode.ViewColumn.Nine);
  const place = { viewColumn, preserveFocus: true };
  const webview = vscode.window.createWebviewPanel(viewType, titleOf(view), place);
  webview.iconPath = vscode.Uri.joinPath(extensionUri, "media", "icon.png");
  return webview;
}

function adoptPanel(
  webview: vscode.WebviewPanel,
  first: ShownTrip,
  { extensionUri, act }: { readonly extensionUri: vscode.Uri; readonly act: PanelActions },
): Panel {
  let posting: Posting | null = null;
  const panel: Panel = {
    webview,
    shown: first,
    pinned: first.view.pinned,
    post: (message) => void webview.webview.postMessage(message),
    postBody() {
      const { view, body } = panel.shown;
      panel.endPosting();
      posting = body === null ? null : postInTurns(bodyMessages(view.trip, body), panel.post);
    },
    endPosting: () => posting?.end(),
    showBody(content) {
      panel.shown = { ...panel.shown, body: content };
      panel.postBody();
    },
  };
  webview.webview.onDidReceiveMessage(async (received: unknown) => {
    const message = readPageMessage(received);
    if (message === null) return;
    if (message.type === "ready") replace(panel, panel.shown);
    else if (message.type === "togglePin") togglePin(panel);
    else await act(message, panel);
  });
  setPage(webview.webview, extensionUri);
  return panel;
}

interface Posting {
  end(): void;
}

/** Posts the first message at once, and each other when the editor has done what waits. */
function postInTurns(messages: Iterator<HostMessage>, post: (message: HostMessage) => void): Posting {
  let waiting: NodeJS.Immediate | null = null;
  const next = (): void => {
    const { value, done } = messages.next();
    if (done === true) return;
    post(value);
    waiting = setImmediate(next);
  };
  next();
  return {
    end() {
      if (waiting !== null) clearImmediate(waiting);
    },
  };
}

function togglePin(panel: Panel): void {
  panel.pinned = !panel.pinned;
  panel.post({ type: "view", view: viewOf(panel) });
}

function viewOf({ shown, pinned }: Panel): PanelView {
  return { ...shown.view, pinned };
}

function setPage(webview: vscode.Webview, extensionUri: vscode.Uri): void {
  const dist = vscode.Uri.joinPath(extensionUri, "dist");
  webview.options = { enableScripts: true, localResourceRoots: [dist] };
  webview.html = panelHtml({
    nonce: randomBytes(16).toString("base64"),
    cspSource: webview.cspSource,
    scriptUri: webview.asWebviewUri(vscode.Uri.joinPath(dist, "page.js")).toString(),
    styleUri: webview.asWebviewUri(vscode.Uri.joinPath(dist, "page.css")).toString(),
  });
}

/** The editor keeps titles on disk: as typed, without the values of variables. */
function titleOf({ typed }: PanelView): string {
  const what = typed.title === "" ? `${typed.method} ${typed.path}` : typed.title;
  return what.length > 40 ? `${what.slice(0, 40)}…` : what;
}
