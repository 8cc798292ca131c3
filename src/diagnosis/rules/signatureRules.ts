import {
  type CanonicalDifference,
  type CanonicalEquality,
  canonicalDifference,
} from "../canonical/canonicalDiff.ts";
import { canonicalEcho, partialEcho } from "../canonical/canonicalEcho.ts";
import type { Symptoms } from "../reading/symptoms.ts";
import type { Rule, Verdict } from "./rule.ts";
import { echoGuesses, requestGuesses, unsaidGuesses } from "./signatureGuesses.ts";

/** The signature is not the one that the service computed. */
export const signatureRules: readonly Rule[] = [mismatch];

function mismatch(symptoms: Symptoms): readonly Verdict[] {
  const { text, hasCode, answer, signing, verification } = symptoms;
  // Signed again with the same secret, it came out the same: whatever the answer says, it is not the signature.
  if (verification?.isRight === true) return [];
  const says =
    /request signature we calculated does not match|Canonical String for this request should have been|Invalid signature, does not match/i;
  const told = canonicalEcho(answer);
  const echo = told.canonicalRequest === null ? (verification?.expected ?? told) : told;
  const isMismatch =
    says.test(text) ||
    verification !== null ||
    told.canonicalRequest !== null ||
    told.stringToSign !== null ||
    (hasCode("SignatureDoesNotMatch", "InvalidSignature") && !isOther(text));
  if (!isMismatch) return [];
  const evidence = [
    echo === told
      ? "the service computed another signature"
      : "signed again with the profile's secret, it has another signature",
  ];
  const difference = canonicalDifference(signing, echo);
  if (difference !== null) return [differenceVerdict(difference, evidence)];
  const guesses = [
    ...echoGuesses(symptoms, partialEcho(answer)),
    ...requestGuesses(symptoms),
    ...unsaidGuesses(symptoms),
  ];
  return guesses.map(([cause, weight, more]) => ({
    cause,
    weight,
    evidence: more === null ? evidence : [...evidence, more],
  }));
}

function differenceVerdict(
  difference: CanonicalDifference | CanonicalEquality,
  evidence: readonly string[],
): Verdict {
  const { cause, proved } = difference;
  if (difference.part === null) {
    const more = proved
      ? "canonical request and string to sign are the same on both sides"
      : "everything of the canonical request that is shown is the same on both sides";
    return { cause, weight: 100, proved, evidence: [...evidence, more] };
  }
  const { part, name, ours, theirs } = difference;
  const what = part === "header" ? `header ${name}` : partNames[part];
  const detail = `The ${what} was signed as "${ours}"; for the service it is "${theirs}".`;
  const alone = proved ? [`nothing but the ${what} differs`] : [`the ${what} differs`];
  return { cause, weight: 99, proved, evidence: [...evidence, ...alone], detail, difference };
}

const partNames: Readonly<Record<CanonicalDifference["part"], string>> = {
  path: "canonical path",
  query: "canonical query",
  header: "header",
  "payload hash": "payload hash",
  date: "date",
  scope: "credential scope",
};

/** The same code is given for scopes and clocks, which say so in words of their own. */
function isOther(text: string): boolean {
  return /Signature expired|not yet current|scoped to|Date in Credential scope|X-Amz-Date must|Invalid signing|customer master/i.test(
    text,
  );
}
