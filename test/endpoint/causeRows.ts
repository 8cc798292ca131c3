import type { RefusedCause } from "../../src/endpoint/refusedCauses.ts";

/** What is told of a request besides its answer, so that its cause can be told from others. */
interface Circumstances {
  readonly service?: string;
  readonly request?: { readonly method?: string; readonly region?: string; readonly [fact: string]: unknown };
}

const api = { service: "execute-api", request: { host: "a1b2c3.execute-api.us-east-1.amazonaws.com" } };
const s3 = { service: "s3" };
const sts = { service: "sts" };

/** Where each cause is met. */
export const circumstances: { readonly [Cause in RefusedCause]: Circumstances } = {
  "apigw-resource-policy": api,
  "apigw-private-endpoint": { request: { host: "vpce-1-2.execute-api.us-east-1.vpce.amazonaws.com" } },
  "apigw-http-api-iam-forbidden": { ...api, request: { ...api.request, signed: true } },
  "apigw-waf": { ...api, request: { ...api.request, method: "POST", bodyBytes: 9000 } },
  "apigw-domain-mapping": { service: "execute-api", request: { host: "api.example.com" } },
  "apigw-endpoint-disabled": api,
  "apigw-lambda-authorizer-deny": api,
  "apigw-authorizer-identity-source": api,
  "apigw-get-with-body": { request: { method: "GET", bodyBytes: 12 } },
  "iam-no-identity-allow": api,
  "iam-explicit-deny-identity": api,
  "iam-no-resource-allow": api,
  "iam-explicit-deny-resource": api,
  "iam-scp-deny": api,
  "iam-rcp-deny": api,
  "iam-permissions-boundary": api,
  "iam-session-policy": api,
  "iam-vpce-policy": api,
  "iam-kms": s3,
  "iam-trust-policy": sts,
  "assume-role-wrong-arn": sts,
  "mfa-code-invalid": sts,
  "mfa-serial-wrong": sts,
  "cred-expired-token": api,
  "cred-region-not-enabled": { ...api, request: { region: "me-south-1" } },
  "cred-wrong-partition": { request: { region: "cn-north-1", accessKeyId: "AKIAEXAMPLE" } },
  "cred-missing-session-token": { ...s3, request: { accessKeyId: "ASIAEXAMPLE", sessionToken: false } },
  "s3-wrong-region": s3,
  "s3-permanent-redirect": s3,
  "s3-payload-hash-mismatch": s3,
  "clock-skew-s3": s3,
  "presign-expired": s3,
  "headers-not-signed": s3,
  "missing-content-sha256": s3,
  "lambda-url-permission": { request: { host: "abc.lambda-url.us-east-1.on.aws" } },
  "sig-payload-hash-missing": { service: "lambda", request: { method: "PUT", via: "CloudFront" } },
  "scope-needs-sigv4a": { request: { host: "abc.cloudfront-kvs.global.api.aws" } },
  "appsync-iam-denied": { service: "appsync" },
  "appsync-wrong-auth-mode": { service: "appsync" },
  "opensearch-fgac": { service: "es" },
  "aoss-data-access": { service: "aoss" },
  "iot-policy": { service: "iotdata" },
  "iot-token-signed": { service: "iotdevicegateway", request: { path: "/mqtt" } },
  "bedrock-model-access": { service: "bedrock" },
  "bedrock-marketplace": { service: "bedrock" },
  "appsync-resolver-denied": { service: "appsync" },
  "appsync-key-expired": { service: "appsync", request: { headers: { "x-api-key": "da2-example" } } },
  "lambda-web-permission": { request: { host: "abc.lambda-web.us-east-1.on.aws" } },
  "token-refused": { ...api, request: { ...api.request, headers: { authorization: "Bearer example" } } },
  "apigw-method-not-iam": { ...api, request: { ...api.request, signed: true } },
  "presigned-credentials-ended": {
    ...s3,
    request: { url: "https://pets.s3.us-east-1.amazonaws.com/k?X-Amz-Signature=0&X-Amz-Security-Token=t" },
  },
  "ecr-not-logged-in": { service: "ecr" },
  "web-identity-not-trusted": sts,
  "web-identity-token-expired": sts,
};

const user = "User: arn:aws:iam::123456789012:user/local is not authorized to perform:";
const arn = (cause: string) => `arn:aws:execute-api:us-east-1:********9012:local/prod/GET/refusals/${cause}`;
const zero = "00000000-0000-0000-0000-000000000000";
const s3Ids = `<RequestId>0000000000000000</RequestId><HostId>${Buffer.alloc(56).toString("base64")}</HostId>`;

/** S3's XML around these elements. */
export function s3Xml(elements: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${elements}${s3Ids}</Error>`;
}

/** An answer, word by word, of an endpoint whose random bytes are all zero. */
export interface CauseRow {
  readonly cause: RefusedCause;
  readonly status: number;
  readonly type: string | undefined;
  readonly body: string;
}

function row(cause: RefusedCause, status: number, type: string | undefined, body: string | object): CauseRow {
  return { cause, status, type, body: typeof body === "string" ? body : JSON.stringify(body) };
}

/** The answers that are told from others by their very words. */
export const causeRows: readonly CauseRow[] = [
  row("apigw-resource-policy", 403, "AccessDeniedException", {
    Message: `User: anonymous is not authorized to perform: execute-api:Invoke on resource: ${arn("apigw-resource-policy")}`,
  }),
  row("apigw-domain-mapping", 403, "ForbiddenException", { message: "Forbidden" }),
  row("apigw-http-api-iam-forbidden", 403, undefined, { message: "Forbidden" }),
  row("apigw-lambda-authorizer-deny", 403, "AccessDeniedException", {
    Message: "User is not authorized to access this resource with an explicit deny",
  }),
  row("apigw-authorizer-identity-source", 401, "UnauthorizedException", { message: "Unauthorized" }),
  row("iam-scp-deny", 403, "AccessDeniedException", {
    Message: `${user} execute-api:Invoke on resource: ${arn("iam-scp-deny")} with an explicit deny in a service control policy`,
  }),
  row("iam-permissions-boundary", 403, "AccessDeniedException", {
    Message: `${user} execute-api:Invoke on resource: ${arn("iam-permissions-boundary")} because no permissions boundary allows the execute-api:Invoke action`,
  }),
  row(
    "iam-kms",
    403,
    undefined,
    s3Xml(
      `<Code>AccessDenied</Code><Message>${user} kms:Decrypt on resource: arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab because no identity-based policy allows the kms:Decrypt action</Message>`,
    ),
  ),
  row(
    "iam-trust-policy",
    403,
    undefined,
    `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>${user} sts:AssumeRole on resource: arn:aws:iam::123456789012:role/ops</Message></Error><RequestId>${zero}</RequestId></ErrorResponse>`,
  ),
  row(
    "s3-wrong-region",
    400,
    undefined,
    s3Xml(
      "<Code>AuthorizationHeaderMalformed</Code><Message>The authorization header is malformed; the region 'us-east-1' is wrong; expecting 'eu-central-1'</Message><Region>eu-central-1</Region>",
    ),
  ),
  row(
    "clock-skew-s3",
    403,
    undefined,
    s3Xml(
      "<Code>RequestTimeTooSkewed</Code><Message>The difference between the request time and the current time is too large.</Message><RequestTime>20260329T110000Z</RequestTime><ServerTime>2026-03-29T12:00:00Z</ServerTime><MaxAllowedSkewMilliseconds>900000</MaxAllowedSkewMilliseconds>",
    ),
  ),
  row(
    "presign-expired",
    403,
    undefined,
    s3Xml(
      "<Code>AccessDenied</Code><Message>Request has expired</Message><X-Amz-Expires>300</X-Amz-Expires><Expires>2026-03-29T11:59:00Z</Expires><ServerTime>2026-03-29T12:00:00Z</ServerTime>",
    ),
  ),
  row("lambda-url-permission", 403, "AccessDeniedException", {
    Message:
      "Forbidden. For troubleshooting Function URL authorization issues, see: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html",
  }),
  row("appsync-iam-denied", 401, "UnauthorizedException", {
    errors: [{ errorType: "UnauthorizedException", message: "Permission denied" }],
  }),
  row("aoss-data-access", 403, undefined, {
    status: 403,
    "request-id": zero,
    error: {
      reason: "User does not have permissions for the requested resource",
      type: "authorization_exception",
    },
  }),
  row("iot-policy", 403, "ForbiddenException", { message: "Forbidden", traceId: zero }),
  row(
    "bedrock-model-access",
    403,
    "AccessDeniedException:http://internal.amazon.com/coral/com.amazon.bedrock/",
    { message: "You don't have access to the model with the specified model ID." },
  ),
];
