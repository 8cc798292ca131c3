import type { ApprovalEffects } from "../guard/approval.ts";
import type { IdentityEffects } from "../identity/resolveIdentity.ts";
import type { ResolvedRequest } from "../stages.ts";
import type { SendOptions, TransferEvent } from "../transport/sendOptions.ts";
import type { Trip } from "./trip.ts";

/** Everything that a trip does to the world. */
export interface TripEffects {
  readonly now: () => Date;
  /** A monotonic clock in milliseconds. */
  readonly clock: () => number;
  readonly approval: ApprovalEffects;
  readonly identity: Omit<IdentityEffects, "ask">;
  /** How a request with these settings is carried; the address check is the pipeline's. */
  readonly sendOptions: (request: ResolvedRequest) => Omit<SendOptions, "checkAddress">;
  readonly onTransfer: (event: TransferEvent) => void;
  /** Told each time that more of the trip is known: the plan was approved, somebody signed. */
  readonly onAdvance?: (trip: Trip) => void;
  readonly signal: AbortSignal;
}
