import type { Cause } from "../diagnosis/causes/causes.ts";
import { readAnswer } from "../diagnosis/reading/answerText.ts";
import { errorCode } from "./callerQuestion.ts";
import { unknown, type Verdict } from "./check.ts";
import type { ProbeEffects } from "./checkEffects.ts";
import type { AwsPlaces, Refused } from "./refused.ts";

/**
 * What does the encoded message say?
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_DecodeAuthorizationMessage.html
 */
export async function probeMessage(
  message: string,
  refused: Refused,
  { sts }: AwsPlaces,
  { ask }: ProbeEffects,
): Promise<Verdict> {
  const form = {
    Action: "DecodeAuthorizationMessage",
    Version: "2011-06-15",
    EncodedMessage: message,
  };
  const { status, body } = await ask({ kind: "aws", service: "sts", at: sts, form });
  if (status !== 200) return unknown(notDecoded(errorCode(body), status));
  const decoded = readDecoded(readAnswer(body).fields.get("DecodedMessage") ?? "");
  if (decoded === null) return unknown("STS decoded the message, but it cannot be read.");
  const { explicit, action, resource, statement } = decoded;
  const what = `${action === "" ? "The request" : action}${resource === "" ? "" : ` on ${resource}`}`;
  const named = statement === "" ? "a policy" : `the statement "${statement}" of a policy`;
  return {
    outcome: "failed",
    shown: explicit ? `${what} is denied by ${named}.` : `${what} is allowed by no policy.`,
    ...meaningOf(explicit, refused.causes),
  };
}

/** The message does not tell whose policy it was: an organization's denies in the same words. */
function meaningOf(explicit: boolean, causes: Refused["causes"]): Pick<Verdict, "rulesOut" | "speaksFor"> {
  const denies = causes.filter((cause) => /^iam-(?:explicit-deny-|scp-|rcp-)/.test(cause));
  // An organization's policy that does not allow it is no explicit deny.
  if (!explicit)
    return {
      rulesOut: ["iam-explicit-deny-identity", "iam-explicit-deny-resource"],
      speaksFor: ["iam-no-identity-allow"],
    };
  const speaksFor: readonly Cause[] = denies.length === 0 ? ["iam-explicit-deny-identity"] : denies;
  return { rulesOut: ["iam-no-identity-allow", "iam-no-resource-allow"], speaksFor };
}

function notDecoded(code: string | null, status: number): string {
  return code?.startsWith("AccessDenied") === true
    ? "The caller may not decode the message: that takes sts:DecodeAuthorizationMessage."
    : `STS did not decode the message (${code ?? `status ${status}`}).`;
}

interface Decoded {
  readonly explicit: boolean;
  readonly action: string;
  readonly resource: string;
  /** Its `Sid`. */
  readonly statement: string;
}

function readDecoded(text: string): Decoded | null {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return null;
  }
  const explicit = at(document, "explicitDeny");
  if (typeof explicit !== "boolean") return null;
  const items = at(at(document, "matchedStatements"), "items");
  const [matched]: readonly unknown[] = Array.isArray(items) ? items : [];
  const context = at(document, "context");
  return {
    explicit,
    action: shortText(at(context, "action")),
    resource: shortText(at(context, "resource")),
    statement: shortText(at(matched, "statementId")),
  };
}

function at(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  return new Map<string, unknown>(Object.entries(value)).get(name);
}

function shortText(value: unknown): string {
  return typeof value === "string" ? value.replace(/\s+/g, " ").slice(0, 200) : "";
}
