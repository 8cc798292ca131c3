import type { PageState } from "./protocol.ts";
import type { PanelView } from "./view.ts";

/** What a panel shows that came back with the window: what it was, and that it was not sent again. */
export function restoredView({ request, restore, last }: PageState): PanelView {
  return {
    trip: 0,
    request,
    typed: request,
    when: last?.when ?? 0,
    identity: null,
    outcome: { kind: "restored", last },
    headers: null,
    signing: null,
    timing: null,
    diagnosis: null,
    notes: [],
    restore,
    pinned: false,
  };
}
