import type { PanelView } from "../../page/view.ts";
import type { Ask } from "../../questions.ts";
import type { TransferEvent } from "../../transport/sendOptions.ts";
import type { PreparedTrip, Trip } from "../../trip/trip.ts";
import type { TripRunner } from "../trips/loadRunner.ts";
import type { PanelFrame } from "../trips/tripView.ts";

/** The effects of a trip that tell how far it has come. */
export interface ProgressReporter {
  readonly effects: {
    readonly onPrepared: (prepared: PreparedTrip) => void;
    readonly onAdvance: (trip: Trip) => void;
    readonly onTransfer: (event: TransferEvent) => void;
    readonly ask: Ask;
  };
  /** Nothing is shown after this. */
  end(): void;
}

const asking = "Waiting for your answer";

/** Milliseconds between two pictures of the same trip: a body of many chunks would draw many. */
const pace = 60;

/** Shows the beginning at once and every change soon after it. */
export function createProgressReporter(
  runner: Pick<TripRunner, "progress" | "sendingView">,
  frame: PanelFrame,
  show: (view: PanelView) => void,
  ask: Ask,
): ProgressReporter {
  const { begun, afterPreparing, afterAdvance, afterTransfer } = runner.progress;
  let progress = begun;
  let timer: NodeJS.Timeout | null = null;
  let ended = false;
  const draw = (): void => {
    timer = null;
    if (!ended) show(runner.sendingView(progress, frame));
  };
  const change = (next: typeof progress): void => {
    if (next === progress) return;
    progress = next;
    timer ??= setTimeout(draw, pace);
  };
  draw();
  return {
    effects: {
      onPrepared: (prepared) => change(afterPreparing(progress, prepared)),
      onAdvance: (trip) => change(afterAdvance(progress, trip)),
      onTransfer: (event) => change(afterTransfer(progress, event)),
      async ask(question) {
        const before = progress.current;
        change({ ...progress, current: { ...before, text: asking } });
        const answer = await ask(question);
        change({ ...progress, current: before });
        return answer;
      },
    },
    end() {
      ended = true;
      if (timer !== null) clearTimeout(timer);
    },
  };
}
