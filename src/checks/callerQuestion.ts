import type { Cause } from "../diagnosis/causes/causes.ts";
import { readAnswer } from "../diagnosis/reading/answerText.ts";
import type { Answer, AwsQuestion } from "./checkEffects.ts";
import type { AwsPlace, Refused } from "./refused.ts";

/**
 * Who signs? Nobody may be forbidden to ask.
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 */
export function callerQuestion(at: AwsPlace): AwsQuestion {
  return {
    kind: "aws",
    service: "sts",
    at,
    form: { Action: "GetCallerIdentity", Version: "2011-06-15" },
  };
}

/** What STS says of the credentials. */
export type CallerAnswer =
  | { readonly kind: "known"; readonly arn: string; readonly account: string; readonly partition: string }
  | { readonly kind: "refused"; readonly code: string; readonly cause: Cause | null }
  /** Not an answer that STS gives to a question like this. */
  | { readonly kind: "other"; readonly status: number };

/** Reads STS's answer; a code that it does not know is "other" only without an error document. */
export function readCaller({ status, body }: Answer, refused: Refused): CallerAnswer {
  const arn = /<Arn>(arn:(aws[\w-]{0,20}):[\x21-\x3b\x3d-\x7e]{1,2000})<\/Arn>/.exec(body);
  const account = /<Account>(\d{12})<\/Account>/.exec(body)?.[1];
  if (status === 200 && arn?.[1] !== undefined && arn[2] !== undefined && account !== undefined)
    return { kind: "known", arn: arn[1], partition: arn[2], account };
  const code = errorCode(body);
  if (code === null || status < 400 || status >= 500) return { kind: "other", status };
  return { kind: "refused", code, cause: causeOf(code, body, refused) };
}

/** The code of an AWS error document, or null: a word that can be shown. */
export function errorCode(body: string): string | null {
  const [code = ""] = readAnswer(body).codes;
  return /^[A-Za-z][A-Za-z0-9_.]{0,63}$/.test(code) ? code : null;
}

function causeOf(code: string, body: string, { credentials }: Refused): Cause | null {
  const plain = code.replace(/Exception$/, "");
  if (plain === "SignatureDoesNotMatch") return mismatch(body);
  if (plain !== "InvalidClientTokenId") return causes.get(plain) ?? null;
  const lacksToken = credentials?.temporary === true && !credentials.hasToken;
  return lacksToken ? "cred-missing-session-token" : "cred-invalid-key";
}

/** STS has one code for a wrong secret and for a wrong time. */
function mismatch(body: string): Cause {
  if (/Signature expired/.test(body)) return "clock-behind";
  return /Signature not yet current/.test(body) ? "clock-ahead" : "sig-wrong-secret";
}

const causes: ReadonlyMap<string, Cause> = new Map<string, Cause>([
  ["ExpiredToken", "cred-expired-token"],
  ["RegionDisabled", "cred-region-not-enabled"],
  ["InvalidAccessKeyId", "cred-invalid-key"],
  ["UnrecognizedClient", "cred-invalid-key"],
  ["RequestExpired", "clock-behind"],
]);

/** `host` or `host:port` of a place. */
export function hostOf({ endpoint }: AwsPlace): string {
  return new URL(endpoint).host;
}
