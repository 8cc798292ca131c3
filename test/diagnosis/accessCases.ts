import type { Cause } from "../../src/diagnosis/causes/causes.ts";
import { api, type CauseCase, client, denied, json, likely, possible, xml } from "./caseShapes.ts";

/** Causes in who signed, what was called, and in the client, each at least once. */
export const accessCases: readonly CauseCase[] = [
  likely("cred-missing-session-token", {
    body: json("The security token included in the request is invalid."),
    request: { accessKeyId: "ASIAEXAMPLE", sessionToken: false },
  }),
  possible("cred-invalid-key", {
    headers: { "x-amzn-ErrorType": "UnrecognizedClientException" },
    body: json("The security token included in the request is invalid."),
  }),
  likely("cred-invalid-key", {
    headers: { "x-amzn-ErrorType": "UnrecognizedClientException" },
    body: json("The security token included in the request is invalid."),
    request: { accessKeyId: "AKIAEXAMPLE" },
  }),
  likely("cred-region-not-enabled", {
    status: 400,
    body: "UnrecognizedClientException: The security token included in the request is invalid",
    request: { region: "me-south-1" },
  }),
  likely("cred-expired-token", { body: json("The security token included in the request is expired") }),
  denied("iam-no-identity-allow", "because no identity-based policy allows the s3:GetObject action"),
  denied("iam-explicit-deny-identity", "with an explicit deny in an identity-based policy"),
  denied("iam-no-resource-allow", "because no resource-based policy allows the s3:GetObject action"),
  denied("iam-explicit-deny-resource", "with an explicit deny in a resource-based policy"),
  denied("iam-scp-deny", "with an explicit deny in a service control policy"),
  denied("iam-rcp-deny", "with an explicit deny in a resource control policy"),
  denied("iam-permissions-boundary", "because no permissions boundary allows the s3:GetObject action"),
  denied("iam-session-policy", "because no session policy allows the s3:GetObject action"),
  denied("iam-vpce-policy", "with an explicit deny in a VPC endpoint policy"),
  denied("iam-trust-policy", "", "sts:AssumeRole on resource: arn:aws:iam::123456789012:role/ops"),
  denied("assume-role-wrong-arn", "", "sts:AssumeRole on resource: arn:aws:iam::123456789012:user/ops"),
  denied("iam-kms", "", "kms:Decrypt on resource: arn:aws:kms:eu-west-1:123456789012:key/k"),
  likely("mfa-code-invalid", {
    service: "sts",
    body: xml("AccessDenied", "MultiFactorAuthentication failed with invalid MFA one time pass code."),
  }),
  likely("mfa-serial-wrong", {
    service: "sts",
    body: xml(
      "AccessDenied",
      "MultiFactorAuthentication failed, unable to validate MFA code. Please verify your MFA serial number is valid and associated with this user.",
    ),
  }),
  possible("apigw-resource-policy", {
    ...api,
    body: JSON.stringify({
      Message:
        "User: anonymous is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:eu-west-1:********9012:a/prod/GET/",
    }),
  }),
  possible("apigw-private-endpoint", {
    service: "execute-api",
    body: JSON.stringify({
      Message:
        "User: anonymous is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:eu-west-1:********9012:a/prod/GET/",
    }),
    request: { host: "vpce-1-2.execute-api.eu-west-1.vpce.amazonaws.com" },
  }),
  possible("apigw-http-api-iam-forbidden", {
    ...api,
    body: json("Forbidden"),
    request: { ...api.request, signed: true },
  }),
  likely("apigw-api-key", { ...api, body: json("Invalid API Key identifier specified") }),
  possible("apigw-waf", {
    ...api,
    body: json("Forbidden"),
    request: { ...api.request, method: "POST", bodyBytes: 20_000 },
  }),
  possible("apigw-domain-mapping", {
    service: "execute-api",
    body: json("Forbidden"),
    request: { host: "api.example.com", signed: false },
  }),
  possible("apigw-endpoint-disabled", { ...api, status: 404, body: json("Not Found") }),
  likely("apigw-lambda-authorizer-deny", {
    ...api,
    body: JSON.stringify({ Message: "User is not authorized to access this resource with an explicit deny" }),
  }),
  likely("lambda-url-permission", {
    status: 403,
    headers: { "x-amzn-ErrorType": "AccessDeniedException" },
    body: JSON.stringify({ Message: "Forbidden" }),
    request: { host: "abc.lambda-url.eu-west-1.on.aws" },
  }),
  likely("appsync-iam-denied", {
    service: "appsync",
    status: 401,
    body: JSON.stringify({
      errors: [{ errorType: "UnauthorizedException", message: "You are not authorized to make this call." }],
    }),
  }),
  likely("appsync-wrong-auth-mode", {
    service: "appsync",
    status: 401,
    body: JSON.stringify({
      errors: [{ errorType: "UnauthorizedException", message: "Valid authorization header not provided." }],
    }),
  }),
  likely("appsync-realtime-auth", {
    service: "appsync",
    status: null,
    body: JSON.stringify({ type: "connection_error", payload: { errors: [{ errorCode: 400 }] } }),
  }),
  likely("opensearch-fgac", {
    service: "es",
    body: JSON.stringify({
      error: {
        reason:
          "no permissions for [indices:data/read/search] and User [name=arn:aws:iam::1:role/r, backend_roles=[]]",
      },
    }),
  }),
  likely("aoss-data-access", {
    service: "aoss",
    body: JSON.stringify({ error: { reason: "User does not have permissions for the requested resource" } }),
  }),
  possible("iot-policy", {
    service: "iotdata",
    headers: { "x-amzn-errortype": "ForbiddenException" },
    body: json("Forbidden", { traceId: "t" }),
  }),
  likely("bedrock-model-access", {
    service: "bedrock",
    body: json("You don't have access to the model with the specified model ID."),
  }),
  client(
    "client-sso-expired",
    "The SSO session associated with this profile has expired or is otherwise invalid.",
  ),
  client("client-login-expired", "Your session has expired. Please reauthenticate using 'aws login'."),
  client(
    "client-no-credentials",
    'Unable to locate credentials. You can configure credentials by running "aws configure".',
  ),
  client("client-profile-missing", "The config profile (prod) could not be found"),
  client(
    "client-no-region",
    'You must specify a region. You can also configure your region by running "aws configure".',
  ),
  client(
    "client-imds",
    "Error when retrieving credentials from container-role: Error retrieving metadata: Received non 200 response 404 from container metadata: ",
  ),
  likely("apigw-get-with-body", {
    headers: { Server: "CloudFront" },
    body: "<!DOCTYPE HTML><HTML><HEAD><TITLE>ERROR: The request could not be satisfied</TITLE></HEAD><BODY>Bad request.</BODY></HTML>",
    request: { method: "GET", bodyBytes: 12 },
  }),
  likely("apigw-authorizer-identity-source", {
    ...api,
    status: 401,
    headers: { "x-amzn-ErrorType": "UnauthorizedException" },
    body: json("Unauthorized"),
  }),
];

/** Causes that the same answer as another's stands for: they are among the first three, never the first by the answer alone. */
export const secondReadings: readonly (readonly [cause: Cause, input: object])[] = [
  [
    "stale-signature",
    {
      status: 403,
      body: json(
        "Signature expired: 20300101T000000Z is now earlier than 20300101T010000Z (20300101T010500Z - 5 min.)",
      ),
    },
  ],
  [
    "cred-wrong-partition",
    {
      status: 403,
      body: json("The security token included in the request is invalid."),
      request: { host: "dynamodb.cn-north-1.amazonaws.com.cn" },
    },
  ],
];
