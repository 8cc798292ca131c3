import type { Finding } from "../diagnosis/diagnose.ts";
import { loadDoctor } from "../loadDoctor.ts";
import type { Identity } from "../stages.ts";
import { type Verification, verifyCapture } from "./verifyCapture.ts";

/** One answer of a capture, and what is found of it. */
export interface CapturedAnswer {
  /** The best first. They quote the answer. */
  readonly findings: readonly Finding[];
  /** Null where nobody's secret was given, and for an answer without its request. */
  readonly verification: Verification | null;
  /** A sentence that quotes the answer, where AWS refused and no finding says why; else null. */
  readonly unread: string | null;
}

/**
 * Why answers that were captured elsewhere are refusals; with an identity their requests are signed again. Null when
 * nothing in the text can be read.
 */
export async function diagnosedCapture(
  text: string,
  identity: Identity | null,
): Promise<readonly CapturedAnswer[] | null> {
  const { readCapture, readCapturedRequests, diagnose, unreadRefusal } = await loadDoctor();
  const inputs = readCapture(text);
  if (inputs.every((input) => input === null)) return null;
  const requests = identity === null ? [] : readCapturedRequests(text);
  return inputs.map((input, index) => {
    const request = requests[index] ?? null;
    const verification = identity === null || request === null ? null : verifyCapture(request, identity);
    if (input === null) return { findings: [], verification, unread: null };
    const { expected, signed, isRight } = verification?.reenactment ?? {};
    const known = expected === undefined ? null : { expected, isRight: isRight === true };
    const findings = diagnose({ ...input, signing: signed ?? input.signing, verification: known });
    return { findings, verification, unread: findings.length > 0 ? null : unreadRefusal(input) };
  });
}
