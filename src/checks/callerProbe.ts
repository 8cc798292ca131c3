import type { Cause } from "../diagnosis/causes/causes.ts";
import { partitionOf } from "../diagnosis/statements/calledParts.ts";
import { callerQuestion, hostOf, readCaller } from "./callerQuestion.ts";
import { unknown, type Verdict } from "./check.ts";
import type { ProbeEffects } from "./checkEffects.ts";
import type { AwsPlace, Refused } from "./refused.ts";

/** What it cannot be when STS takes the very same credentials. */
const goodCredentials: readonly Cause[] = [
  "cred-invalid-key",
  "cred-missing-session-token",
  "cred-expired-token",
  "sig-wrong-secret",
];

/** Do the credentials hold at all? */
export async function probeCaller(refused: Refused, sts: AwsPlace, { ask }: ProbeEffects): Promise<Verdict> {
  const caller = readCaller(await ask(callerQuestion(sts)), refused);
  const where = `STS at ${hostOf(sts)}`;
  if (caller.kind === "other") return unknown(`${where} did not say who this is (status ${caller.status}).`);
  if (caller.kind === "refused") {
    const shown = `${where} does not take the credentials either: ${caller.code}.`;
    return caller.cause === null
      ? unknown(`${where} did not say who this is: ${caller.code}.`)
      : { outcome: "failed", shown, rulesOut: [], speaksFor: meant(caller.cause, refused) };
  }
  const theirs = partitionOf(refused.signedFor?.region ?? sts.region);
  if (caller.partition !== theirs) {
    const shown = `AWS knows the credentials as ${caller.arn}, of partition ${caller.partition}; the request went to ${theirs}.`;
    return { outcome: "failed", shown, rulesOut: goodCredentials, speaksFor: ["cred-wrong-partition"] };
  }
  return {
    outcome: "passed",
    shown: `AWS knows the credentials: they are ${caller.arn}.`,
    rulesOut: [...goodCredentials, "cred-wrong-partition"],
    speaksFor: [],
  };
}

/** Another partition's STS does not know a good key either. */
function meant(cause: Cause, { causes }: Refused): readonly Cause[] {
  const isEither = cause === "cred-invalid-key" && causes.includes("cred-wrong-partition");
  return isEither ? [cause, "cred-wrong-partition"] : [cause];
}
