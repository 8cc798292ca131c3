import "./styles/base.css";
import "./styles/top.css";
import "./styles/tabs.css";
import "./styles/states.css";
import "./styles/response.css";
import "./styles/headers.css";
import "./styles/signing.css";
import "./styles/steps.css";
import "./styles/timing.css";
import "./styles/checked.css";
import "./styles/diagnosis.css";
import "./styles/contrast.css";
import "./styles/narrow.css";
import { render } from "preact";
import { App } from "./App.tsx";
import { createBodyPieces } from "./bodyPieces.ts";
import type { HostMessage, PageState, PanelTab } from "./protocol.ts";
import { restoredView } from "./restoredView.ts";
import type { BodyContent, PanelView } from "./view.ts";
import { connectHost } from "./vscodeApi.ts";

/** What the page knows. Everything on it follows from this. */
interface Shown {
  readonly view: PanelView | null;
  readonly body: BodyContent | null;
  readonly tab: PanelTab;
}

const host = connectHost();
let pieces = createBodyPieces();
const kept = host.kept();
let shown: Shown = {
  view: kept === null ? null : restoredView(kept),
  body: null,
  tab: kept?.tab ?? "response",
};

addEventListener("message", ({ data }: MessageEvent<HostMessage>) => receive(data));
addEventListener("keydown", ({ key }) => {
  if (key === "Escape" && shown.view?.outcome.kind === "sending") host.post({ type: "cancel" });
});
draw();
host.post({ type: "ready" });

function receive(message: HostMessage): void {
  switch (message.type) {
    case "view":
      if (message.view.trip !== shown.view?.trip) pieces = createBodyPieces();
      // The body of the trip before stays out of the next one's answer.
      change({ view: message.view, body: message.view.trip === shown.view?.trip ? shown.body : null });
      break;
    case "bodyPiece":
      pieces.take(message);
      break;
    case "body":
      if (message.trip === shown.view?.trip) change({ body: pieces.content(message) });
      break;
    case "tab":
      change({ tab: message.tab });
      break;
  }
}

function change(changes: Partial<Shown>): void {
  shown = { ...shown, ...changes };
  if (shown.view !== null) host.keep(stateOf(shown.view, shown.tab));
  draw();
}

function draw(): void {
  const root = document.getElementById("root");
  if (root === null || shown.view === null) return;
  render(
    <App
      view={shown.view}
      body={shown.body}
      tab={shown.tab}
      select={(tab) => change({ tab })}
      post={host.post}
    />,
    root,
  );
}

/** What is kept over a reload: the request's head as typed and the last status; no value, no header, no body, no token. */
function stateOf({ typed, restore, outcome, when }: PanelView, tab: PanelTab): PageState {
  const answer = "answer" in outcome ? outcome.answer : null;
  const before = outcome.kind === "restored" ? outcome.last : null;
  const last = answer === null ? before : { status: answer.status, statusText: answer.statusText, when };
  return { version: 1, tab, request: typed, restore, last };
}
