import { maskAccessKeyId, maskTarget } from "./maskSecrets.ts";
import type { RawRequest } from "./rawRequest.ts";
import type { Verdict } from "./verify.ts";

/** What became of one request. */
export interface RequestRecord {
  readonly raw: RawRequest;
  readonly verdict: Verdict;
  /** The status that is answered. */
  readonly status: number;
  /** Why it is refused, where that is not the signature's fault: a few words. */
  readonly note?: string;
}

/** One line for a log, without secrets: `GET /prod/pets 200 AKIA…WXYZ` or `GET /prod/pets 403 signatureMismatch`. */
export function requestLine({ raw, verdict, status, note }: RequestRecord): string {
  const who = verdict.ok ? maskAccessKeyId(verdict.accessKeyId) : verdict.refusal.kind;
  return `${raw.method} ${printable(maskTarget(raw.target))} ${status} ${who}${note === undefined ? "" : ` (${note})`}`;
}

function printable(target: string): string {
  return target.replace(/[\p{Cc}\p{Cf}]/gu, "\u{fffd}");
}
