import type { PageMessage, PageState } from "./protocol.ts";

/** What the editor gives a page, once. */
interface VsCodeApi {
  postMessage(message: PageMessage): void;
  getState(): unknown;
  setState(state: PageState): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** How the page speaks to its host. */
export interface Host {
  readonly post: (message: PageMessage) => void;
  readonly keep: (state: PageState) => void;
  readonly kept: () => PageState | null;
}

/** Takes the editor's API, which can be taken once only. */
export function connectHost(): Host {
  const api = acquireVsCodeApi();
  return {
    post: (message) => api.postMessage(message),
    keep: (state) => api.setState(state),
    kept() {
      const state = api.getState();
      return isPageState(state) ? state : null;
    },
  };
}

function isPageState(state: unknown): state is PageState {
  return typeof state === "object" && state !== null && "version" in state && state.version === 1;
}
