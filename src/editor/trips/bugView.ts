import type { PanelView } from "../../page/view.ts";
import { nobodysTrip, redactorOf } from "../../shown/tripRedactor.ts";
import { redactedHead } from "./requestHead.ts";
import type { PanelFrame } from "./tripView.ts";

/** The panel when something went wrong in awsreq itself. What it was stands in the log. */
export function bugView(frame: PanelFrame): PanelView {
  const head = redactedHead(frame.head, redactorOf(nobodysTrip));
  return {
    trip: frame.trip,
    request: head,
    typed: head,
    when: frame.when,
    identity: null,
    outcome: {
      kind: "failed",
      fault: {
        code: "E_INTERNAL",
        phase: "internal",
        message: "Something went wrong inside awsreq. It cannot be told whether the request was sent.",
        hint: "The log says where; please report it with those lines.",
        help: { label: "Show Log", action: "showLog" },
        tried: [],
      },
    },
    headers: null,
    signing: null,
    timing: null,
    diagnosis: null,
    notes: [],
    restore: frame.restore,
    pinned: frame.pinned,
  };
}
