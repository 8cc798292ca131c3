import type { PeerCertificate } from "node:tls";
import type { UserError } from "../errors.ts";
import type { SignedRequest } from "../stages.ts";
import { createDeadline } from "./deadline.ts";
import type { FaultContext } from "./faultContext.ts";
import { explainFault } from "./faults.ts";
import { planRoute, type Route } from "./route.ts";
import type { SendOptions, TransferEvent } from "./sendOptions.ts";
import { cancelled, limitOfPhase, phaseTimeout, totalTimeout } from "./timeoutFaults.ts";
import { type Lap, type Stopwatch, startStopwatch } from "./timings.ts";
import { contextOf, type Known, nothingKnown } from "./transferContext.ts";
import type { WirePhase } from "./wirePhase.ts";

/** The state of one transfer: where it is, and the one fault that ended it. */
export interface Transfer {
  readonly request: SignedRequest;
  readonly options: SendOptions;
  readonly route: Route;
  readonly watch: Stopwatch;
  /** Aborted with the first fault, a `UserError`; later ones change nothing. */
  readonly ended: AbortSignal;
  readonly emit: (event: TransferEvent) => void;
  readonly phase: () => WirePhase;
  /** Goes on to a phase: its deadline runs from now. */
  enter(phase: WirePhase): void;
  /** Something moved: the deadline of the phase runs anew where it bounds idleness. */
  moved(): void;
  /** No deadline of a phase runs until the next one is entered. */
  rest(): void;
  /** Bytes of the answer's head, as they arrive. */
  headBytes(bytes: Uint8Array): void;
  /** What arrived so far was a proxy's; the origin's head is yet to come. */
  forgetHead(): void;
  showed(certificate: PeerCertificate): void;
  connected(address: string | null): void;
  readonly remoteAddress: () => string | null;
  /** What is known now, for an error. */
  readonly context: () => FaultContext;
  /** Ends the transfer by a failure, explained for the phase it is in. */
  fail(error: unknown): void;
  /** Ends the transfer because the person said so. */
  cancel(): void;
  /** Stops clock and deadlines. */
  close(): void;
}

const laps: Readonly<Record<WirePhase, Lap>> = {
  dns: "dns",
  connect: "connect",
  proxy: "proxy",
  tls: "tls",
  send: "firstByte",
  head: "firstByte",
  body: "download",
};

const keptHeadBytes = 4096;

/** Begins a transfer. @throws UserError when there is no way to the target. */
export function beginTransfer(
  request: SignedRequest,
  options: SendOptions,
  signal: AbortSignal,
  emit: (event: TransferEvent) => void,
): Transfer {
  const route = planRoute(request.target, options);
  const { limits } = options;
  const watch = startStopwatch(options.now ?? (() => performance.now()));
  const deadline = createDeadline();
  const known = nothingKnown();
  const context = () => contextOf(known, route, request, limits.headBytes);
  const ending = createEnding(signal, limits.total, context);
  return {
    request,
    options,
    route,
    watch,
    ended: ending.signal,
    emit,
    phase: () => known.phase,
    enter(phase) {
      known.phase = phase;
      watch.enter(laps[phase]);
      deadline.set(limits[limitOfPhase[phase]], () => ending.end(phaseTimeout(context(), limits)));
      emit({ type: "phase", phase });
    },
    moved() {
      if (limitOfPhase[known.phase] === "idle") deadline.refresh();
    },
    rest: deadline.clear,
    ...notes(known, watch),
    remoteAddress: () => known.address,
    context,
    fail: (error) => ending.end(explainFault(error, context())),
    cancel: ending.cancel,
    close() {
      watch.stop();
      deadline.clear();
      ending.close();
    },
  };
}

function notes(
  known: Known,
  watch: Stopwatch,
): Pick<Transfer, "headBytes" | "forgetHead" | "showed" | "connected"> {
  return {
    headBytes(bytes) {
      if (known.receivedCount === 0 && known.phase !== "proxy") watch.enter("download");
      known.receivedCount += bytes.length;
      const room = keptHeadBytes - known.received.length;
      if (room > 0) known.received = Buffer.concat([known.received, bytes.subarray(0, room)]);
    },
    forgetHead() {
      known.received = new Uint8Array();
      known.receivedCount = 0;
    },
    showed(certificate) {
      known.certificate = certificate;
    },
    connected(address) {
      known.address = address;
    },
  };
}

interface Ending {
  readonly signal: AbortSignal;
  readonly end: (fault: UserError) => void;
  readonly cancel: () => void;
  readonly close: () => void;
}

/** The first fault wins; the person's signal and the total deadline are two that may come at any time. */
function createEnding(signal: AbortSignal, total: number | null, context: () => FaultContext): Ending {
  const controller = new AbortController();
  const deadline = createDeadline();
  const end = (fault: UserError) => controller.abort(fault);
  const cancel = () => end(cancelled(context()));
  signal.addEventListener("abort", cancel, { once: true });
  if (total !== null) deadline.set(total, () => end(totalTimeout(context(), total)));
  return {
    signal: controller.signal,
    end,
    cancel,
    close() {
      deadline.clear();
      signal.removeEventListener("abort", cancel);
    },
  };
}
