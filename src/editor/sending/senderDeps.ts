import type { Ask } from "../../questions.ts";
import type { ClockOffset } from "../doctor/clockOffset.ts";
import type { RefusedRequests } from "../doctor/refusedRequests.ts";
import type { KnownIdentities } from "../identity/knownIdentities.ts";
import type { Picks } from "../identity/picks.ts";
import type { ParsedDocuments } from "../language/parsedDocuments.ts";
import type { Log } from "../log.ts";
import type { Outcomes } from "../outcomes.ts";
import type { ResponsePanels } from "../panel/responsePanels.ts";
import type { TripRunner } from "../trips/loadRunner.ts";
import type { EditorApprovals } from "../trust/approvals.ts";
import type { SendProblems } from "./sendProblems.ts";

/** What sending takes from the editor. */
export interface SenderDeps {
  readonly parsed: ParsedDocuments;
  readonly picks: Picks;
  readonly approvals: EditorApprovals;
  readonly outcomes: Outcomes;
  readonly identities: KnownIdentities;
  readonly panels: ResponsePanels;
  readonly problems: SendProblems;
  readonly refused: RefusedRequests;
  readonly clock: ClockOffset;
  readonly log: Log;
  readonly runner: () => Promise<TripRunner>;
  readonly ask: Ask;
  /** Absolute path of a folder for large bodies. */
  readonly storageDirectory: string;
}
