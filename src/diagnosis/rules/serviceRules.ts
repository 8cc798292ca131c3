import { quoted, type Rule, saying } from "../rule.ts";

/** What single services say in words of their own. */
export const serviceRules: readonly Rule[] = [
  saying(/no permissions for \[[^\]]{1,200}\] and User \[/, "opensearch-fgac", 95),
  saying(/User does not have permissions for the requested resource/i, "aoss-data-access", 92),
  ({ service, answer, hasCode, text }) => {
    const isAppSync = service === "appsync" || hasCode("Unauthorized", "UnauthorizedException");
    if (
      !isAppSync ||
      !/Permission denied|not authorized to make this call|Not Authorized to access/i.test(text)
    )
      return [];
    return [{ cause: "appsync-iam-denied", weight: 85, evidence: [quoted(answer.message)] }];
  },
  saying(
    /Unable to parse JWT token|Valid authorization header not provided|Missing authorization header/i,
    "appsync-wrong-auth-mode",
    88,
  ),
  ({ service, text }) =>
    service === "appsync" && /connection_error/.test(text)
      ? [{ cause: "appsync-realtime-auth", weight: 80, evidence: [quoted("connection_error")] }]
      : [],
  saying(
    /have access to the model with the specified model ID|account is not authorized to invoke this API operation|Model access is denied/i,
    "bedrock-model-access",
    92,
  ),
  ({ service, status, answer, request }) =>
    service !== null && status === 403 && answer.form === "empty" && request.bodyBytes === null
      ? [{ cause: "iam-no-identity-allow", weight: 45, evidence: ["the answer is 403 without a body"] }]
      : [],
];
