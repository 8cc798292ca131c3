import { readAnswer } from "./answerText.ts";
import { type CanonicalEcho, canonicalEcho } from "./canonicalEcho.ts";
import { factsOfCapture } from "./capturedRequest.ts";
import { reranked } from "./checkedFacts.ts";
import { type ComparedLine, comparedLines } from "./comparedLines.ts";
import { diagnose } from "./diagnose.ts";
import { type DiagnosisInput, noRequestFacts } from "./diagnosisInput.ts";
import { statementFor } from "./iamStatement.ts";
import { lookedAt } from "./passedStages.ts";
import { readCapture, readCapturedRequests } from "./readCapture.ts";

/** Everything that is asked of the doctor: a bundle of its own, loaded when a request was refused. */
export const doctor = {
  diagnose,
  compare,
  echoed,
  lookedAt,
  reranked,
  statementFor,
  readCapture,
  readCapturedRequests,
  factsOfCapture,
  noRequestFacts,
} as const;

export type Doctor = typeof doctor;

/** Both canonical requests line by line; null when one of them is not known. */
function compare(input: DiagnosisInput): readonly ComparedLine[] | null {
  return comparedLines(input.signing, echoed(input));
}

/** What the service says that it would have signed. */
function echoed({ body }: DiagnosisInput): CanonicalEcho {
  return canonicalEcho(readAnswer(body));
}
