import type { Symptoms } from "../reading/symptoms.ts";
import { quoted, type Rule, saying, type Verdict } from "./rule.ts";

/** API Gateway, what stands before it, and Lambda's function URLs. */
export const gatewayRules: readonly Rule[] = [
  missingToken,
  saying(/due to (?:a )?WAF block|blocked by (?:AWS )?WAF|WAF(?:Filtered|Block|Forbidden)/i, "apigw-waf", 85),
  loadBalancersPage,
  saying(
    /Invalid API Key identifier specified|API Key .{0,80}not (?:authorized|associated)|requires API Key and/i,
    "apigw-api-key",
    95,
  ),
  saying(/User is not authorized to access this resource/i, "apigw-lambda-authorizer-deny", 85),
  ({ text }) =>
    /urls-auth\.html|Function URL authorization/.test(text)
      ? [{ cause: "lambda-url-permission", weight: 95, evidence: [quoted("Function URL authorization")] }]
      : [],
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
  // Of an API that is known as one it is most often the route; elsewhere a path with a stage and a route looks right.
  const looksWhole =
    service === null && request.signed === false && /^\/[^/]+\/[^#]*[^/#]$/.test(request.path ?? "");
  const onRoute = request.method === "OPTIONS" || !isApi || looksWhole;
  const detail =
    "The same is said of a missing signature and of an unknown route: whether it was signed would tell.";
  return [
    { cause: "wrong-path-or-method", weight: onRoute ? 40 : 65, evidence, detail },
    { cause: "unsigned-request", weight: isApi ? 55 : 90, evidence, detail },
  ];
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

/** An IAM route never answers 401: its authorizer's token is missing, or it is no good. */
function unauthorized(symptoms: Symptoms): readonly Verdict[] {
  const { status, answer, service, header } = symptoms;
  if (service === "appsync") return [];
  const told = /error="?(invalid_token|insufficient_scope)"?/i.exec(header("www-authenticate"))?.[1];
  const isApi =
    service === "execute-api" || header("apigw-requestid") !== "" || header("x-amz-apigw-id") !== "";
  if (told !== undefined && isApi && (status === 401 || status === 403))
    return [{ cause: "token-refused", weight: 85, evidence: [`www-authenticate says ${told}`] }];
  if (status !== 401) return [];
  const says = /^(?:401 )?Unauthorized(?:Exception)?\.?$/i.test(answer.message.trim());
  const isTyped = /^Unauthorized/.test(header("x-amzn-errortype"));
  // HTTP APIs name the scheme that their authorizer wants.
  const isHttpApis = says && header("apigw-requestid") !== "" && header("www-authenticate") !== "";
  const isEmpty = answer.form === "empty" && service === "execute-api";
  if (!isTyped && !isHttpApis && !(isApi && says) && !isEmpty) return [];
  return tokenVerdicts(symptoms, isTyped || isHttpApis ? 80 : 60);
}

/** What is sent as a token, and not as a signature of AWS. */
function tokenVerdicts({ request }: Symptoms, weight: number): readonly Verdict[] {
  const evidence = ["the answer is 401, which an IAM route never gives"];
  const sent = request.headers.find(([name]) => name.toLowerCase() === "authorization")?.[1];
  if (sent !== undefined && !sent.startsWith("AWS4-"))
    return [{ cause: "token-refused", weight, evidence: [...evidence, "a token was sent"] }];
  return [{ cause: "apigw-authorizer-identity-source", weight, evidence }];
}

/** A load balancer's own page: the firewall before it answers with that. */
function loadBalancersPage({ status, text, header, request }: Symptoms): readonly Verdict[] {
  if (status !== 403 || !/awselb\/2/.test(`${text} ${header("server")}`)) return [];
  const weight = (request.bodyBytes ?? 0) > 8192 ? 66 : 58;
  return [{ cause: "apigw-waf", weight, evidence: ["the page is the load balancer's own"] }];
}

function cloudFrontPage({ text, request, status, answer, header }: Symptoms): readonly Verdict[] {
  const between = `${header("server")} ${header("x-cache")} ${request.via ?? ""}`;
  const isFromCloudFront = /cloudfront/i.test(between) && answer.form === "empty" && status === 403;
  const match = /The request could not be satisfied/i.exec(text);
  if ((match === null && !isFromCloudFront) || (status !== null && status !== 403 && status !== 400))
    return [];
  const evidence = [match === null ? "CloudFront answers 403 without a body" : quoted(match[0])];
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
