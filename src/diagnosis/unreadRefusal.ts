import { isSeen } from "./fixes/seenText.ts";
import { plainCode } from "./reading/answerText.ts";
import type { DiagnosisInput } from "./reading/diagnosisInput.ts";
import { type Symptoms, symptomsOf } from "./reading/symptoms.ts";

/** Statuses with which AWS refuses. */
const refusals: ReadonlySet<number> = new Set([400, 401, 403]);

/** What an answer may echo of somebody's: a value behind a scheme's name, and whatever is as long as a token. */
const secrets = /\b((?:Bearer|Basic|Token)\s)\S+|[\w+/=.~-]{40,}/gi;

/**
 * One sentence for a refusal of AWS's shape of which no cause is known: what it says, as far as it says anything. Null
 * for any other answer. It quotes the answer.
 */
export function unreadRefusal(input: DiagnosisInput): string | null {
  const symptoms = symptomsOf(input);
  if (!isRefusal(symptoms)) return null;
  const named = [...symptoms.answer.codes, plainCode(symptoms.header("x-amzn-errortype"))];
  const [code = null] = named.filter((name) => /^[A-Za-z][\w.]{2,80}$/.test(name));
  const status = symptoms.status === null ? null : String(symptoms.status);
  const what = [status, code].filter((part) => part !== null).join(" ");
  const said = symptoms.answer.message
    .replace(/\s+/g, " ")
    .replace(secrets, (_, scheme: string | undefined) => `${scheme ?? ""}…`)
    .trim();
  const quoted = said === "" || said === code || !isSeen(said) ? "" : ` It says "${clipped(said)}".`;
  return `AWS refused the request${what === "" ? "" : ` (${what})`}, for a reason that is not known here.${quoted}`;
}

function isRefusal({ status, text, isAws, answer, header }: Symptoms): boolean {
  if (status !== null && !refusals.has(status)) return false;
  const { fields, form } = answer;
  // The error document of S3 and of the Query services has both.
  const isXml = form === "xml" && fields.has("Code") && (fields.has("RequestId") || fields.has("HostId"));
  const isTyped = fields.has("__type") || header("x-amzn-requestid") !== "";
  const isClients = /An error occurred \(\w{3,80}\) when calling the \w+ operation/.test(text);
  if (status === null) return isXml || isTyped || isClients;
  return isAws || isXml || isTyped || isClients;
}

function clipped(text: string): string {
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}
