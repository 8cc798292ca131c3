import type { Cause } from "../diagnosis/causes/causes.ts";
import { type CallerAnswer, callerQuestion, readCaller } from "./callerQuestion.ts";
import { unknown, type Verdict } from "./check.ts";
import type { ProbeEffects } from "./checkEffects.ts";
import type { AwsPlaces, Refused } from "./refused.ts";

const badKeys: readonly Cause[] = ["cred-invalid-key", "cred-missing-session-token", "cred-expired-token"];

/** A key that is good in one region only says that the other one is not enabled. */
export async function probeRegion(
  refused: Refused,
  { stsThere, stsFirst }: AwsPlaces,
  { ask }: ProbeEffects,
): Promise<Verdict> {
  const there = readCaller(await ask(callerQuestion(stsThere)), refused);
  if (there.kind === "known") {
    const shown = `STS in ${stsThere.region} takes the credentials, so the region is enabled.`;
    return { outcome: "passed", shown, rulesOut: ["cred-region-not-enabled", ...badKeys], speaksFor: [] };
  }
  const first = readCaller(await ask(callerQuestion(stsFirst)), refused);
  const said = `STS in ${stsThere.region} says ${sayingOf(there)}`;
  if (there.kind === "other" || first.kind === "other")
    return unknown(`${said}, in ${stsFirst.region} ${sayingOf(first)}: that tells nothing.`);
  if (first.kind === "known") {
    const isRegion = there.cause === "cred-invalid-key" || there.cause === "cred-region-not-enabled";
    if (!isRegion) return unknown(`${said}, though STS in ${stsFirst.region} takes the credentials.`);
    const shown = `STS in ${stsFirst.region} takes the credentials, in ${stsThere.region} it says ${there.code}.`;
    return { outcome: "failed", shown, rulesOut: badKeys, speaksFor: ["cred-region-not-enabled"] };
  }
  return {
    outcome: "failed",
    shown: `${said}, in ${stsFirst.region} ${sayingOf(first)}: it is not the region.`,
    rulesOut: ["cred-region-not-enabled"],
    speaksFor: first.cause === null ? [] : [first.cause],
  };
}

function sayingOf(caller: CallerAnswer): string {
  if (caller.kind === "known") return "who it is";
  return caller.kind === "refused" ? caller.code : `nothing of use (status ${caller.status})`;
}
