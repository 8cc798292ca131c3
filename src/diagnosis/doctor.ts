import { type CanonicalEcho, canonicalEcho } from "./canonical/canonicalEcho.ts";
import { type ComparedLine, comparedLines } from "./canonical/comparedLines.ts";
import { reranked } from "./checkedFacts.ts";
import { diagnose } from "./diagnose.ts";
import { lookedAt } from "./passedStages.ts";
import { readAnswer } from "./reading/answerText.ts";
import { factsOfCapture } from "./reading/capturedRequest.ts";
import { type DiagnosisInput, noRequestFacts } from "./reading/diagnosisInput.ts";
import { readCapture, readCapturedRequests } from "./reading/readCapture.ts";
import { statementFor } from "./statements/iamStatement.ts";
import { unreadRefusal } from "./unreadRefusal.ts";

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
  unreadRefusal,
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
