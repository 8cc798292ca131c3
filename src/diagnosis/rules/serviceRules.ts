import { isResolverDenial, resolverWords } from "../reading/graphqlAnswer.ts";
import type { Symptoms } from "../reading/symptoms.ts";
import { quoted, type Rule, saying, type Verdict } from "./rule.ts";

const ofCollection = /User does not have permissions for the requested resource/i;
const ofDomain = saying(/security_exception/, "opensearch-fgac", 75);

const ofMarketplace = /required AWS Marketplace actions|aws-marketplace:Subscribe\b/i;
const modelAccess = saying(
  /have access to the model with the specified model ID|account is not authorized to invoke this API operation|Model access is denied(?! due to IAM)|Model use case details have not been submitted|marked by provider as Legacy|access to (?:this|the) (?:foundation )?model/i,
  "bedrock-model-access",
  92,
);

/** What single services say in words of their own. */
export const serviceRules: readonly Rule[] = [
  saying(/no permissions for \[[^\]]{1,200}\] and User \[/, "opensearch-fgac", 95),
  // Collections word it as an exception of domains, which have roles of their own.
  (symptoms) => (ofCollection.test(symptoms.text) ? [] : ofDomain(symptoms)),
  saying(ofCollection, "aoss-data-access", 92),
  saying(resolverWords, "appsync-resolver-denied", 92),
  appSyncDenial,
  saying(
    /Unable to parse JWT token|Valid authorization header not provided|Missing authorization header/i,
    "appsync-wrong-auth-mode",
    88,
  ),
  ({ service, text, request, status }) => {
    const isAppSync = service === "appsync" || /appsync/i.test(`${request.via ?? ""} ${text}`);
    const upgrades = request.headers.some(([name]) => /^sec-websocket|^upgrade$/i.test(name));
    const isSocket =
      /appsync-realtime-api/.test(request.host ?? "") ||
      upgrades ||
      /web ?socket|subscription/i.test(request.via ?? "");
    const says = /connection_error|RealTimeProvider|on type Subscription/i.test(text);
    if (!isAppSync || (!says && !(isSocket && status !== 200))) return [];
    const evidence = [says ? "the answer is to a subscription" : "the request opens a WebSocket"];
    return [{ cause: "appsync-realtime-auth", weight: says ? 90 : 87, evidence }];
  },
  saying(/AWS_ERROR_MQTT_UNEXPECTED_HANGUP/, "iot-policy", 69),
  ({ text, service }) =>
    service === "aoss" && /Customer authentication failed/.test(text)
      ? [
          {
            cause: "missing-content-sha256",
            weight: 60,
            evidence: [quoted("Customer authentication failed")],
          },
        ]
      : [],
  (symptoms) => (ofMarketplace.test(symptoms.text) ? [] : modelAccess(symptoms)),
  saying(ofMarketplace, "bedrock-marketplace", 94),
  ({ text, service }) =>
    service?.startsWith("bedrock") === true && /\bOperation not allowed\b/.test(text)
      ? [{ cause: "bedrock-model-access", weight: 60, evidence: [quoted("Operation not allowed")] }]
      : [],
  ({ service, status, answer, request }) =>
    service !== null && status === 403 && answer.form === "empty" && request.bodyBytes === null
      ? [{ cause: "iam-no-identity-allow", weight: 45, evidence: ["the answer is 403 without a body"] }]
      : [],
];

/** Of the API as a whole: what is denied of a single field is the schema's matter. */
function appSyncDenial({ service, answer, hasCode, text, status, request }: Symptoms): readonly Verdict[] {
  const isAppSync = service === "appsync" || hasCode("Unauthorized", "UnauthorizedException");
  if (!isAppSync || isResolverDenial(text)) return [];
  const match = /Permission denied|not authorized to make this call|Not Authorized to access/i.exec(text);
  const hasKey = request.headers.some(([name]) => name.toLowerCase() === "x-api-key");
  const isKeys = hasKey && request.signed !== true && service === "appsync" && status === 401;
  if (isKeys && !/Valid authorization header not provided/i.test(text)) {
    const evidence = ["an API key was sent", ...(match === null ? [] : [quoted(match[0])])];
    return [{ cause: "appsync-key-expired", weight: match === null ? 60 : 82, evidence }];
  }
  return match === null
    ? []
    : [{ cause: "appsync-iam-denied", weight: 85, evidence: [quoted(answer.message)] }];
}
