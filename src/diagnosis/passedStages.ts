import type { Cause } from "./causes/causes.ts";
import type { Finding } from "./diagnose.ts";
import { regionOfHost } from "./reading/calledHost.ts";
import type { DiagnosisInput } from "./reading/diagnosisInput.ts";
import { timeOf } from "./reading/serverTime.ts";

/** Something that was looked at on the way to a finding, without asking anybody. */
export interface LookedAt {
  readonly name: string;
  readonly outcome: "passed" | "failed" | "unknown";
  readonly text: string;
}

/** The order in which AWS checks a request: an answer about a later one means that the earlier ones were passed. */
const stages = ["form", "scope", "time", "key", "signature", "permission"] as const;
type Stage = (typeof stages)[number];

/** At which of them a cause stops a request; null for those that stand before the signature, or beside it. */
function stageOf(cause: Cause): Stage | null {
  if (/^(?:scope-|s3-wrong)/.test(cause)) return "scope";
  if (/^(?:clock-|stale-|presign-)/.test(cause)) return "time";
  if (/^cred-/.test(cause)) return "key";
  if (/^sig-/.test(cause)) return "signature";
  if (
    /^(?:iam-|assume-)|^(?:lambda-(?:url|web)-permission|appsync-iam-denied|opensearch-fgac|bedrock-marketplace)$/.test(
      cause,
    )
  )
    return "permission";
  return forms.has(cause) ? "form" : null;
}

const forms: ReadonlySet<Cause> = new Set<Cause>([
  "auth-header-malformed",
  "authorization-not-sigv4",
  "credential-whitespace",
  "headers-not-signed",
  "host-not-signed",
  "missing-date-header",
  "signed-header-not-sent",
]);

/** What speaks for and against, stage by stage, as far as the best finding tells; what tells nothing is left out. */
export function lookedAt(input: DiagnosisInput, finding: Finding): readonly LookedAt[] {
  const stage = stageOf(finding.cause);
  const reached = stage === null || finding.certainty === "possible" ? -1 : stages.indexOf(stage);
  const at = (which: Stage): LookedAt["outcome"] => {
    if (reached === -1) return "unknown";
    const own = stages.indexOf(which);
    if (own === reached) return "failed";
    return own < reached ? "passed" : "unknown";
  };
  const all = [
    { name: "Authorization", outcome: at("form"), text: texts.form[at("form")] },
    regionLine(input, at("scope")),
    clockLine(input, at("time")),
    { name: "Access key", outcome: at("key"), text: texts.key[at("key")] },
    tokenLine(input, at("key")),
    { name: "Signature", outcome: at("signature"), text: texts.signature[at("signature")] },
    { name: "Permission", outcome: at("permission"), text: texts.permission[at("permission")] },
  ];
  return all.filter(({ outcome }) => outcome !== "unknown");
}

/** Seconds by which two right clocks differ, the way between them included. */
const sameTime = 60;

const later = "The answer does not tell.";
const texts = {
  form: { passed: "AWS could read it.", failed: "AWS could not read it.", unknown: later },
  key: {
    passed: "Known to AWS: an unknown key has another answer.",
    failed: "AWS does not take it.",
    unknown: later,
  },
  signature: { passed: "It is right: AWS went on.", failed: "AWS computed another one.", unknown: later },
  permission: { passed: "Allowed.", failed: "A policy says no, or none says yes.", unknown: later },
} as const;

function regionLine({ request, service }: DiagnosisInput, outcome: LookedAt["outcome"]): LookedAt {
  const name = "Region and service";
  const { region, host } = request;
  if (region === null) return { name, outcome, text: later };
  const inHost = regionOfHost(host);
  const scope = `Signed for ${region}${service === null ? "" : ` and ${service}`}`;
  if (inHost === null) return { name, outcome, text: `${scope}; the host names no region.` };
  return { name, outcome, text: `${scope}; the host is in ${inHost}.` };
}

/** Against the Date of the answer, to the second. */
function clockLine({ headers, request }: DiagnosisInput, outcome: LookedAt["outcome"]): LookedAt {
  const dated = request.headers.find(([found]) => found.toLowerCase() === "x-amz-date")?.[1];
  const served = headers.find(([found]) => found.toLowerCase() === "date")?.[1];
  const [ours, theirs] = [timeOf(dated), timeOf(served)];
  if (ours === null || theirs === null) return { name: "Clock", outcome, text: later };
  const seconds = Math.round((ours - theirs) / 1000);
  const far = Math.abs(seconds);
  const amount = far < 120 ? `${far} s` : `${Math.round(far / 60)} min`;
  const away = `${amount} ${seconds < 0 ? "before" : "after"}`;
  const text = far === 0 ? "The answer bears the same time." : `Signed ${away} the time of the answer.`;
  const isRight = far <= sameTime && outcome === "unknown";
  return { name: "Clock", outcome: isRight ? "passed" : outcome, text };
}

function tokenLine({ request }: DiagnosisInput, outcome: LookedAt["outcome"]): LookedAt {
  const { sessionToken, keyKind } = request;
  const name = "Session token";
  if (sessionToken === true) return { name, outcome, text: "Sent and signed." };
  if (keyKind === "ASIA") return { name, outcome: "failed", text: "The key needs one, and none was sent." };
  return { name, outcome: "passed", text: "The key needs none." };
}
