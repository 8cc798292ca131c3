import { type AnswerText, plainCode, readAnswer } from "./answerText.ts";
import { isUnderAws, serviceOfHost } from "./calledHost.ts";
import type { DiagnosisInput, RequestFacts, SigningFacts } from "./diagnosisInput.ts";

/** A refused request as the rules look at it. */
export interface Symptoms {
  readonly status: number | null;
  readonly answer: AnswerText;
  /** Everything that the answer says, blanks collapsed. */
  readonly text: string;
  readonly service: string | null;
  readonly request: RequestFacts;
  readonly signing: SigningFacts;
  readonly verification: DiagnosisInput["verification"];
  /** Milliseconds that the server's clock is ahead; null while it was not measured. */
  readonly clockOffset: number | null;
  /** A header of the answer, by its name in any case; "" when it is not there. */
  header(name: string): string;
  /** True when one of the codes is this one, with or without "Exception". */
  hasCode(...codes: readonly string[]): boolean;
  /** AWS answered: its headers or its host say so, or the input names a service. */
  readonly isAws: boolean;
}

/** Reads what there is, once. */
export function symptomsOf(input: DiagnosisInput): Symptoms {
  const { status, headers, body, request, signing } = input;
  const answer = readAnswer(body);
  const values = new Map(headers.map(([name, value]) => [name.toLowerCase(), value]));
  const header = (name: string): string => values.get(name) ?? "";
  const codes = new Set([...answer.codes, plainCode(header("x-amzn-errortype"))].map(bareCode));
  const message = answer.form === "text" ? "" : answer.message;
  // A customised gateway response says what it is in this header alone.
  const type = plainCode(header("x-amzn-errortype"));
  const text = `${message}\n${answer.whole}\n${type}`.replace(/\s+/g, " ").trim();
  const service = input.service === "any" ? null : (input.service ?? serviceOfHost(request.host));
  return {
    status,
    answer,
    text,
    service,
    request,
    signing,
    verification: input.verification,
    clockOffset: input.clockOffset,
    header,
    hasCode: (...wanted) => wanted.some((code) => codes.has(bareCode(code))),
    isAws:
      service !== null ||
      [...values.keys()].some((name) => /^x-amz(?:n|-)|^x-aoss/.test(name)) ||
      isUnderAws(request.host),
  };
}

function bareCode(code: string): string {
  return code.replace(/Exception$/, "").toLowerCase();
}
