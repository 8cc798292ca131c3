import type { Cause } from "../diagnosis/causes/causes.ts";
import { readAnswer } from "../diagnosis/reading/answerText.ts";
import { unknown, type Verdict } from "./check.ts";
import type { Answer, ProbeEffects } from "./checkEffects.ts";
import type { Refused, RefusingAnswer } from "./refused.ts";
import { nonsenseRoute, ownRoute } from "./routeQuestions.ts";

/** What an API says, as far as it tells a route from none. */
type Said = "missing token" | "forbidden" | "not found" | "other";

/** All that is compared: the refusal, the path that cannot exist (signed), the request's own path (unsigned). */
interface Compared {
  readonly refused: Refused;
  readonly nonsense: Answer;
  readonly path: string;
  readonly own: Answer;
}

/** Is it the route, or the API as a whole? */
export async function probeRoute(refused: Refused, { ask }: ProbeEffects): Promise<Verdict> {
  const question = nonsenseRoute(refused);
  const nonsense = await ask(question);
  const own = await ask(ownRoute(refused));
  const compared = { refused, nonsense, path: question.path, own };
  const said = saidBy(refused.answer);
  if (said === "missing token") return afterMissingToken(compared);
  return said === "forbidden" ? afterForbidden(compared) : unknown(tellsNothing(compared));
}

/** A REST API says this of a signed request when it has no such method at the path. */
function afterMissingToken(compared: Compared): Verdict {
  const { refused, nonsense, own, path } = compared;
  if (saidBy(nonsense) !== "missing token") return unknown(tellsNothing(compared));
  const exists =
    own.status < 300 && ownRoute(refused).method === "OPTIONS"
      ? " The path itself answers OPTIONS, so look at the method."
      : "";
  return {
    outcome: "failed",
    shown: `${path}, which cannot exist, gets the same answer, signed: the API says it of what it does not have.${exists}`,
    rulesOut: ["unsigned-request"],
    speaksFor: ["wrong-path-or-method"],
  };
}

/** Causes in the way to the API, before any route of it. */
const beforeRoutes: readonly Cause[] = [
  "apigw-endpoint-disabled",
  "apigw-private-endpoint",
  "apigw-domain-mapping",
];

function afterForbidden(compared: Compared): Verdict {
  const { nonsense, refused, path } = compared;
  const kind = apiKind(refused.answer);
  const said = saidBy(nonsense);
  if (said === "forbidden") return kind === "http" ? wholeHttpApi(path) : wholeApi(compared);
  // An HTTP API's own 404; a REST API says it through an application only.
  const isUnknownRoute = said === "missing token" || (said === "not found" && kind !== "rest");
  if (!isUnknownRoute) return unknown(tellsNothing(compared));
  const isHttp = said === "not found";
  return {
    outcome: "failed",
    shown: `The API answers for ${path}, which it does not have: it is the route that refuses.`,
    // A firewall may have looked at the query, the headers or the body, which the check does not send.
    rulesOut: [...beforeRoutes, isHttp ? "apigw-api-key" : "apigw-http-api-iam-forbidden"],
    speaksFor: [isHttp ? "apigw-http-api-iam-forbidden" : "apigw-api-key"],
  };
}

/** HTTP APIs are never private, have no keys, and answer 404 at a disabled endpoint: one route takes every path. */
function wholeHttpApi(path: string): Verdict {
  return {
    outcome: "failed",
    shown: `${path}, which cannot exist, is refused in the same way: a route of the HTTP API takes every path.`,
    rulesOut: ["apigw-api-key", "apigw-endpoint-disabled", "apigw-private-endpoint"],
    speaksFor: ["apigw-http-api-iam-forbidden"],
  };
}

function wholeApi({ refused, own, path }: Compared): Verdict {
  const isRest = apiKind(refused.answer) === "rest";
  // A route with IAM would first miss the signature: "Missing Authentication Token".
  const noRouteAnswers = saidBy(own) === "forbidden";
  const rulesOut: readonly Cause[] = [
    ...(isRest ? (["apigw-http-api-iam-forbidden"] as const) : []),
    ...(noRouteAnswers ? (["apigw-api-key"] as const) : []),
  ];
  const whole: readonly Cause[] = ["apigw-waf", ...beforeRoutes];
  return {
    outcome: "failed",
    shown:
      isRest && noRouteAnswers
        ? `${path}, which cannot exist, and the path without a signature are refused in the same way: the API as a whole refuses.`
        : `${path}, which cannot exist, is refused in the same way: the API as a whole refuses, or one route takes every path.`,
    rulesOut,
    speaksFor: whole.filter((cause) => refused.causes.includes(cause)),
  };
}

function tellsNothing({ nonsense, path }: Compared): string {
  return `${path}, which cannot exist, is answered with status ${nonsense.status}: that tells nothing of the route.`;
}

/** Bodies and statuses can be changed by the API's owner; the type of the error stays. */
export function saidBy({ status, headers, body }: RefusingAnswer): Said {
  const { message, codes } = readAnswer(body);
  const said = message.replace(/\s+/g, " ").trim();
  const type = header(headers, "x-amzn-errortype");
  const isMissing = [type, ...codes].some((code) => code.startsWith("MissingAuthenticationToken"));
  if (isMissing || /^Missing Authentication Token$/i.test(said)) return "missing token";
  if (status === 403 && /^Forbidden\.?$/i.test(said)) return "forbidden";
  return status === 404 && /^Not Found$/i.test(said) ? "not found" : "other";
}

/** REST and HTTP APIs name their request ids differently. */
function apiKind({ headers }: RefusingAnswer): "rest" | "http" | null {
  if (header(headers, "x-amz-apigw-id") !== "") return "rest";
  return header(headers, "apigw-requestid") === "" ? null : "http";
}

function header(headers: RefusingAnswer["headers"], name: string): string {
  return headers.find(([found]) => found.toLowerCase() === name)?.[1] ?? "";
}
