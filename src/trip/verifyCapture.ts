import { maskKeyId } from "../guard/masks.ts";
import { identify } from "../identity/resolveIdentity.ts";
import { type Reenactment, reenact, signatureClaim } from "../signing/reenact.ts";
import type { CapturedRequest, Identity } from "../stages.ts";
import { approveSigner, askForProcess } from "./tripApproval.ts";
import type { TripChoices } from "./tripChoices.ts";
import type { TripEffects } from "./tripEffects.ts";
import { anyRequest } from "./whoAmI.ts";
import { whoSigns } from "./whoSigns.ts";

/** What became of signing a captured request again with a profile. */
export interface Verification {
  readonly outcome: "right" | "differs" | "unexplained" | "other key" | "no signature";
  /** A sentence for a person. */
  readonly text: string;
  /** Both strings as they were signed and as they should be; null when nothing was signed again. */
  readonly reenactment: Reenactment | null;
}

/** Gets the credentials of the profile that was named; nothing is sent but what getting them takes. */
export async function verifyingIdentity(choices: TripChoices, effects: TripEffects): Promise<Identity> {
  const plan = await whoSigns(anyRequest, choices, effects.identity);
  await approveSigner(plan, "process", choices, effects.approval);
  const ask = askForProcess(plan, effects.approval);
  return identify(plan, { ...effects.identity, ask });
}

/** Holds a captured request's signature against the one that the identity's secret gives. */
export function verifyCapture(captured: CapturedRequest, identity: Identity): Verification {
  const claim = signatureClaim(captured);
  if (claim === null)
    return { outcome: "no signature", text: "The request has no whole SigV4 signature.", reenactment: null };
  const who = identity.profile === null ? "the environment" : `profile "${identity.profile}"`;
  const { accessKeyId, secretAccessKey } = identity.credentials;
  if (claim.accessKeyId !== accessKeyId) {
    const [theirs, ours] = [maskKeyId(claim.accessKeyId), maskKeyId(accessKeyId)];
    const text = `It was signed with the key ${theirs}, and ${who} has ${ours}: it cannot be signed again.`;
    return { outcome: "other key", text, reenactment: null };
  }
  const reenactment = reenact(captured, claim, secretAccessKey);
  if (reenactment.isRight)
    return { outcome: "right", text: `The signature is the one that ${who} gives.`, reenactment };
  return reenactment.signed === null
    ? { outcome: "unexplained", text: unexplained(who), reenactment }
    : { outcome: "differs", text: `${who} gives another signature, and why is known.`, reenactment };
}

function unexplained(who: string): string {
  return `The secret of ${who} gives another signature, in every way of signing that is known: it was signed with another secret, or a header or the body changed since.`;
}
