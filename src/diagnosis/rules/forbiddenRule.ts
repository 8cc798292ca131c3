import type { Cause } from "../causes/causes.ts";
import type { RequestFacts } from "../reading/diagnosisInput.ts";
import type { Symptoms } from "../reading/symptoms.ts";
import { hasResourcePolicies } from "./resourcePolicies.ts";
import type { Verdict } from "./rule.ts";

/** Bytes that the firewall's common rules take. */
const firewallLimit = 8192;

/** A bare Forbidden has many causes; host, headers and size rank them. */
export function bareForbidden(symptoms: Symptoms): readonly Verdict[] {
  const { answer, status, isAws, hasCode, service } = symptoms;
  const said = answer.message.replace(/\s+/g, " ").trim();
  const isBare = saysForbidden(said, symptoms);
  const isGateways = answer.fields.get("message") === "Forbidden" && answer.fields.size <= 3;
  if (!isBare || status === 200 || !(isAws || hasCode("Forbidden") || isGateways)) return [];
  const weights = isBehindGateway(symptoms) ? weightsOf(symptoms) : ofOtherService(service ?? "");
  const evidence = [
    "the answer says no more than Forbidden",
    ...(service === null ? [] : [`the service is ${service}`]),
  ];
  return [...weights].map(([cause, weight]) => ({ cause, weight, evidence }));
}

/** The word alone; where AWS is known to have answered, also behind what a client puts before it, and an empty 403 of it. */
function saysForbidden(said: string, symptoms: Symptoms): boolean {
  const { isAws, service, status, header, text } = symptoms;
  if (bare.test(said)) return true;
  if (/^Forbidden/.test(header("x-amzn-errortype"))) return true;
  if (/\bresponse:\s*\{"message":\s?"Forbidden"\}/.test(text)) return true;
  const isThings = /^iot/.test(service ?? "");
  if (said === "" && status === 403) return isThings;
  if (isThings && /\bForbidden(?:Exception)?\b/.test(said)) return true;
  if (service === "aoss" && /\b403\b/.test(said) && !/authoriz|signature/i.test(said)) return true;
  if (!isAws || said.length > 120) return false;
  if (service === "lambda" && /^(?:403\b.*)?\(?[`'"]?AccessDeniedException[`'"]?\)?$/.test(said)) return true;
  return /(?:^|[:\s"'(])Forbidden[.'")]{0,2}(?:$|[,}:\s])/.test(said) && !/not authorized/i.test(text);
}

const bare = /^(?:(?:403 )?(?:ForbiddenException: ?)?Forbidden\.?|ForbiddenException:?|403\.?)$/i;

/** Services that are not reached through API Gateway, its firewall and its domains have none of its causes. */
function isBehindGateway({ service }: Symptoms): boolean {
  return service === null || !/^(?:s3|neptune|dynamodb|sqs|sns|kms|ssm|sts|iam|secretsmanager)/.test(service);
}

function ofOtherService(service: string): ReadonlyMap<Cause, number> {
  return new Map<Cause, number>([
    ["iam-no-identity-allow", 60],
    ...(hasResourcePolicies(service) ? [["iam-no-resource-allow", 40] as const] : []),
  ]);
}

function weightsOf(symptoms: Symptoms): ReadonlyMap<Cause, number> {
  const { service, request } = symptoms;
  const own = ownForbidden(symptoms).get(service ?? "");
  if (own !== undefined) return new Map([[own, isUrl(symptoms) ? 85 : 68]]);
  const kind = apiKind(symptoms);
  const has = (name: string) => request.headers.some(([found]) => found.toLowerCase() === name);
  return new Map<Cause, number>([
    ["apigw-private-endpoint", isThroughVpc(symptoms) ? 69 : 20],
    ["apigw-waf", (request.bodyBytes ?? 0) > firewallLimit ? 66 : 30],
    ["apigw-domain-mapping", isOwnDomain(symptoms) ? 64 : 25],
    ["apigw-api-key", kind === "HTTP" ? 10 : keyWeight(has("x-api-key"))],
    ["apigw-http-api-iam-forbidden", kind === "REST" ? 22 : iamWeight(kind, request)],
    ["apigw-lambda-authorizer-deny", /custom|authorizer/i.test(request.authType ?? "") ? 65 : 15],
    ["wrong-path-or-method", pathWeight(request)],
    ["apigw-endpoint-disabled", 26],
  ]);
}

/** By the header of the request's id, which each kind of API has its own of. */
function apiKind({ header, request }: Symptoms): "REST" | "HTTP" | null {
  if (/^http$/i.test(request.apiType ?? "") || header("apigw-requestid") !== "") return "HTTP";
  return /^rest$/i.test(request.apiType ?? "") || header("x-amz-apigw-id") !== "" ? "REST" : null;
}

function keyWeight(isSent: boolean): number {
  return isSent ? 65 : 45;
}

/** Only HTTP and WebSocket APIs deny in one word; a REST API says who may not do what. */
function iamWeight(kind: "HTTP" | null, { signed }: RequestFacts): number {
  if (kind === "HTTP") return signed === false ? 60 : 67;
  return signed === true ? 58 : 35;
}

/** A WebSocket API says it of a route that is none, and a REST API of a stage that is none. */
function pathWeight({ apiType, signed, path, host }: RequestFacts): number {
  // Connections belong to a stage, which comes before them.
  if (/^\/(?:@|%40)connections\//.test(path ?? "") && isStaged(host)) return 69;
  if (/websocket/i.test(apiType ?? "")) return signed === true ? 45 : 63;
  return isStaged(host) ? 31 : 28;
}

/** API Gateway's own hosts, where the path begins with a stage. */
function isStaged(host: string | null): boolean {
  return /\.execute-api\./.test(host ?? "");
}

/** Services for which the word stands for one cause. */
function ownForbidden(symptoms: Symptoms): ReadonlyMap<string, Cause> {
  return new Map<string, Cause>([
    ["lambda", isWebFunctions(symptoms.request.host) ? "lambda-web-permission" : "lambda-url-permission"],
    ["iotdata", isMqtt(symptoms) ? "iot-token-signed" : "iot-policy"],
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
  const isOwnHost =
    request.host !== null && !/execute-api|amazonaws\.com|localhost$|^127\./.test(request.host);
  return isOwnHost || /cloudfront/i.test(request.via ?? "");
}

/** A function URL has no application of its own before it: its Forbidden is AWS's. */
function isUrl({ service, request, answer }: Symptoms): boolean {
  const isHost = /\.lambda-(?:url|web)\./.test(request.host ?? "");
  return service === "lambda" && (isHost || answer.fields.get("Message") === "Forbidden");
}

function isWebFunctions(host: string | null): boolean {
  return /\.lambda-web\./.test(host ?? "");
}

function isMqtt({ request }: Symptoms): boolean {
  return /\/mqtt\b/.test(request.path ?? "");
}
