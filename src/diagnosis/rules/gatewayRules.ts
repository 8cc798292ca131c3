import type { Cause } from "../causes.ts";
import { quoted, type Rule, saying, type Verdict } from "../rule.ts";
import type { Symptoms } from "../symptoms.ts";

/** Bytes that the firewall's common rules take. */
const firewallLimit = 8192;

/** API Gateway, what stands before it, and Lambda's function URLs. */
export const gatewayRules: readonly Rule[] = [
  missingToken,
  saying(/Invalid API Key identifier specified/i, "apigw-api-key", 95),
  saying(/User is not authorized to access this resource/i, "apigw-lambda-authorizer-deny", 85),
  ({ text }) =>
    /urls-auth\.html|Function URL authorization/.test(text)
      ? [{ cause: "lambda-url-permission", weight: 95, evidence: [quoted("Function URL authorization")] }]
      : [],
  bareForbidden,
  notFound,
  unauthorized,
  cloudFrontPage,
];

/** REST APIs say this of an unknown route as well as of a missing signature. */
function missingToken({ text, hasCode, request, service }: Symptoms): readonly Verdict[] {
  const match = /Missing Authentication Token/i.exec(text);
  if (match === null && !hasCode("MissingAuthenticationToken")) return [];
  const evidence = [quoted(match?.[0] ?? "MissingAuthenticationTokenException")];
  if (request.signed === true)
    return [{ cause: "wrong-path-or-method", weight: 95, evidence: [...evidence, "the request was signed"] }];
  const isApi = service === null || service === "execute-api";
  // A route of a stage has two names at least, and no slash behind them.
  const looksWhole = request.signed === false && /^\/[^/]+\/.*[^/]$/.test(request.path ?? "");
  const onRoute = request.method === "OPTIONS" || !isApi || looksWhole;
  const detail =
    "The same is said of a missing signature and of an unknown route: whether it was signed would tell.";
  return [
    { cause: "wrong-path-or-method", weight: onRoute ? 40 : 65, evidence, detail },
    { cause: "unsigned-request", weight: isApi ? 55 : 90, evidence, detail },
  ];
}

/** A bare Forbidden has many causes; host, headers and size rank them. */
function bareForbidden(symptoms: Symptoms): readonly Verdict[] {
  const { answer, status, isAws, hasCode, service } = symptoms;
  const said = answer.message.replace(/\s+/g, " ").trim();
  const isBare = /^(?:403 )?(?:ForbiddenException: )?Forbidden\.?$/i.test(said);
  const isGateways = answer.fields.get("message") === "Forbidden" && answer.fields.size <= 3;
  if (!isBare || status === 200 || !(isAws || hasCode("Forbidden") || isGateways)) return [];
  const weights = weightsOf(symptoms);
  const evidence = [
    "the answer says no more than Forbidden",
    ...(service === null ? [] : [`the service is ${service}`]),
  ];
  return [...weights].map(([cause, weight]) => ({ cause, weight, evidence }));
}

function weightsOf(symptoms: Symptoms): ReadonlyMap<Cause, number> {
  const { service, request } = symptoms;
  const own = ownForbidden(symptoms).get(service ?? "");
  if (own !== undefined) return new Map([[own, isUrl(symptoms) ? 85 : 68]]);
  const has = (name: string) => request.headers.some(([found]) => found.toLowerCase() === name);
  return new Map<Cause, number>([
    ["apigw-private-endpoint", isThroughVpc(symptoms) ? 69 : 20],
    ["apigw-waf", (request.bodyBytes ?? 0) > firewallLimit ? 66 : 30],
    ["apigw-domain-mapping", isOwnDomain(symptoms) ? 64 : 25],
    ["apigw-api-key", has("x-api-key") ? 62 : 45],
    ["apigw-http-api-iam-forbidden", request.signed === true ? 58 : 35],
    ["apigw-endpoint-disabled", 26],
  ]);
}

/** Services for which the word stands for one cause. */
function ownForbidden(symptoms: Symptoms): ReadonlyMap<string, Cause> {
  return new Map<string, Cause>([
    ["lambda", "lambda-url-permission"],
    ["iotdata", "iot-policy"],
    ["iot", isMqtt(symptoms) ? "iot-token-signed" : "iot-policy"],
    ["iotdevicegateway", "iot-token-signed"],
    ["aoss", "aoss-data-access"],
    ["appsync", "appsync-iam-denied"],
  ]);
}

function isThroughVpc({ request }: Symptoms): boolean {
  return /vpce/.test(request.host ?? "") || request.apiType === "PRIVATE" || /vpc/i.test(request.via ?? "");
}

function isOwnDomain({ request }: Symptoms): boolean {
  const isOwnHost = request.host !== null && !/execute-api|amazonaws\.com/.test(request.host);
  return isOwnHost || /cloudfront/i.test(request.via ?? "");
}

/** A function URL has no application of its own before it: its Forbidden is AWS's. */
function isUrl({ service, request, answer }: Symptoms): boolean {
  const isHost = /\.lambda-url\./.test(request.host ?? "");
  return service === "lambda" && (isHost || answer.fields.get("Message") === "Forbidden");
}

function isMqtt({ request }: Symptoms): boolean {
  return /\/mqtt\b/.test(request.path ?? "");
}

/** HTTP APIs say this of an unknown route and of a disabled endpoint; applications say it too. */
function notFound({ status, answer, request, service }: Symptoms): readonly Verdict[] {
  const isApis = service === "execute-api" || /\.execute-api\./.test(request.host ?? "");
  if (status !== 404 || !isApis || answer.message.trim() !== "Not Found") return [];
  const evidence = ["an API at its default host says Not Found"];
  return [
    { cause: "apigw-endpoint-disabled", weight: 50, evidence },
    { cause: "wrong-path-or-method", weight: 45, evidence },
  ];
}

/** An IAM route never answers 401: its authorizer's token is missing. */
function unauthorized({ status, answer, service, header }: Symptoms): readonly Verdict[] {
  if (status !== 401 || answer.message.trim() !== "Unauthorized" || service === "appsync") return [];
  const isTyped = /^Unauthorized/.test(header("x-amzn-errortype"));
  if (!isTyped && header("x-amz-apigw-id") === "" && service !== "execute-api") return [];
  const evidence = ["the answer is 401 Unauthorized, which an IAM route never gives"];
  return [{ cause: "apigw-authorizer-identity-source", weight: isTyped ? 80 : 60, evidence }];
}

function cloudFrontPage({ text, request, status }: Symptoms): readonly Verdict[] {
  const match = /The request could not be satisfied/i.exec(text);
  if (match === null || (status !== null && status !== 403)) return [];
  const evidence = [quoted(match[0])];
  const isRead = request.method === "GET" || request.method === "HEAD";
  if (isRead && (request.bodyBytes ?? 0) > 0)
    return [
      {
        cause: "apigw-get-with-body",
        weight: 85,
        evidence: [...evidence, "the request is a GET with a body"],
      },
    ];
  return [
    { cause: "apigw-domain-mapping", weight: 60, evidence },
    { cause: "apigw-waf", weight: /Request blocked/i.test(text) ? 65 : 50, evidence },
    { cause: "apigw-get-with-body", weight: /Bad request/i.test(text) ? 55 : 15, evidence },
  ];
}
