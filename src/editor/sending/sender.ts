import type * as vscode from "vscode";
import type { RestoreKey } from "../../page/view.ts";
import type { Trip } from "../../trip/trip.ts";
import { keyOfTarget, type RequestTarget, targetOfKey } from "../requestTarget.ts";
import type { SendAs } from "../trips/tripInput.ts";
import { createIdentityLookup } from "./identityLookup.ts";
import { createRuns } from "./runs.ts";
import type { SenderDeps } from "./senderDeps.ts";
import { showTrip } from "./showTrip.ts";
import { tripInputOf } from "./tripInputOf.ts";

export interface Sender extends vscode.Disposable {
  send(target: RequestTarget): Promise<void>;
  /** Sends it once as another profile or role, or for another region, beside the answer that is there. */
  sendAs(target: RequestTarget, as: SendAs): Promise<void>;
  /** Signs, shows how, and sends nothing. */
  explain(target: RequestTarget): Promise<void>;
  /** Signs without a panel, for what is copied. */
  sign(target: RequestTarget): Promise<Trip>;
  /** Sends the last request of this window again; false when there was none. */
  sendAgain(): Promise<boolean>;
  /** Ends the trip with that number, else the last one that is under way; false when there is none. */
  cancel(trip?: number): boolean;
}

/** Sends requests and shows what comes of them. The same request again ends the one before; others run side by side. */
export function createSender(deps: SenderDeps): Sender {
  const runs = createRuns();
  let last: RestoreKey | null = null;
  const lookup = createIdentityLookup(deps.runner, deps.log);
  const show = async (target: RequestTarget, until: "sign" | "send", sendAs: SendAs | null) => {
    const run = runs.begin(target);
    try {
      await showTrip(target, { until, sendAs, run, lookup }, deps);
    } finally {
      runs.end(run);
    }
  };
  const inPanel = async (target: RequestTarget, until: "sign" | "send"): Promise<void> => {
    if (!(await runs.endSame(target))) return;
    last = keyOfTarget(target);
    await show(target, until, null);
  };
  return {
    send: (target) => inPanel(target, "send"),
    sendAs: (target, as) => show(target, "send", as),
    explain: (target) => inPanel(target, "sign"),
    async sign(target) {
      const runner = await deps.runner();
      const { signal } = new AbortController();
      const { cache } = runner;
      const effects = { ...quietEffects, ask: deps.ask, store: deps.approvals, cache, signal };
      const { trip } = await runner.makeTrip(
        tripInputOf(target, deps),
        "sign",
        runner.thisMachine(),
        effects,
      );
      return trip;
    },
    async sendAgain() {
      const target = last === null ? null : await targetOfKey(last, deps.parsed);
      if (target === null) return false;
      await inPanel(target, "send");
      return true;
    },
    cancel: (trip) => runs.cancel(trip),
    dispose: () => runs.cancelAll(),
  };
}

const quietEffects = { onPrepared: () => undefined, onAdvance: () => undefined, onTransfer: () => undefined };
