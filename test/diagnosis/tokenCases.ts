import { api, type CauseCase, json, likely, possible, xml } from "./caseShapes.ts";

const anonymous =
  "User: anonymous is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:eu-west-1:********9012:a/prod/GET/pets";
const appsync = { service: "appsync", request: { host: "abc.appsync-api.eu-west-1.amazonaws.com" } };
const url = "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Expires=604800&X-Amz-Security-Token=x&X-Amz-Signature=00";

/** Causes that others were taken for: tokens of identity providers, resolvers, API keys, URLs, logins of other programs. */
export const tokenCases: readonly CauseCase[] = [
  likely("web-identity-not-trusted", {
    service: "sts",
    body: xml("AccessDenied", "Not authorized to perform sts:AssumeRoleWithWebIdentity"),
  }),
  likely("web-identity-not-trusted", {
    service: "sts",
    body: xml("AccessDenied", "Not authorized to perform sts:AssumeRoleWithSAML"),
  }),
  likely("web-identity-not-trusted", {
    service: "sts",
    status: 400,
    body: xml(
      "InvalidIdentityToken",
      "No OpenIDConnect provider found in your account for https://oidc.example.com",
    ),
  }),
  likely("web-identity-not-trusted", {
    body: "User: arn:aws:sts::111122223333:assumed-role/ci/x is not authorized to perform: sts:AssumeRoleWithWebIdentity on resource: arn:aws:iam::111122223333:role/deploy",
  }),
  likely("web-identity-token-expired", {
    service: "sts",
    status: 400,
    body: xml(
      "ExpiredTokenException",
      "Token expired: current date/time 1700000000 must be before the expiration date/time 1699990000",
    ),
  }),
  likely("web-identity-token-expired", {
    service: "sts",
    status: 400,
    body: xml("ExpiredTokenException", "The token has expired"),
    request: {
      method: "POST",
      url: "https://sts.amazonaws.com/?Action=AssumeRoleWithWebIdentity&Version=2011-06-15",
    },
  }),
  likely("cred-expired-token", {
    service: "sts",
    status: 403,
    body: xml("ExpiredToken", "The security token included in the request is expired"),
    request: { method: "POST", url: "https://sts.amazonaws.com/?Action=AssumeRole&Version=2011-06-15" },
  }),
  likely("presigned-credentials-ended", {
    service: "s3",
    body: xml("ExpiredToken", "The provided token has expired."),
    request: { method: "GET", url: `https://b.s3.eu-west-1.amazonaws.com/k?${url}` },
  }),
  likely("presigned-credentials-ended", {
    service: "s3",
    body: xml("ExpiredToken", "The provided token has expired."),
    request: {
      url: "https://b.s3.amazonaws.com/k?AWSAccessKeyId=ASIAEXAMPLE&Signature=x&Expires=1&x-amz-security-token=y",
    },
  }),
  likely("ecr-not-logged-in", {
    status: null,
    body: "denied: Your authorization token has expired. Reauthenticate and try again.",
  }),
  likely("ecr-not-logged-in", {
    status: null,
    service: "ecr",
    body: "pull access denied: no basic auth credentials",
  }),
  likely("apigw-method-not-iam", {
    ...api,
    body: JSON.stringify({ Message: anonymous }),
    request: { ...api.request, signed: true },
  }),
  likely("lambda-web-permission", {
    body: json("Forbidden"),
    headers: { "x-amzn-ErrorType": "AccessDeniedException" },
    request: { host: "abc.lambda-web.eu-west-1.on.aws" },
  }),
  likely("appsync-resolver-denied", {
    ...appsync,
    status: 200,
    body: JSON.stringify({
      data: { getPet: null },
      errors: [
        {
          path: ["getPet"],
          errorType: "Unauthorized",
          message: "Not Authorized to access getPet on type Query",
        },
      ],
    }),
  }),
  likely("appsync-resolver-denied", {
    ...appsync,
    status: null,
    body: "GraphQL error: Not Authorized to access owner on type Pet",
  }),
  likely("appsync-key-expired", {
    service: "appsync",
    status: 401,
    body: JSON.stringify({
      errors: [{ errorType: "UnauthorizedException", message: "You are not authorized to make this call." }],
    }),
    request: { ...appsync.request, headers: { "X-Api-Key": "da2-x" } },
  }),
  likely("bedrock-marketplace", {
    service: "bedrock",
    body: json(
      "Model access is denied due to IAM user or service role is not authorized to perform the required AWS Marketplace actions (aws-marketplace:ViewSubscriptions, aws-marketplace:Subscribe) to enable access to this model.",
    ),
  }),
  possible("token-refused", {
    ...api,
    status: 401,
    body: json("Unauthorized"),
    request: { ...api.request, headers: { authorization: "Bearer x" } },
  }),
  likely("token-refused", {
    ...api,
    status: 403,
    headers: { "www-authenticate": 'Bearer scope="a" error="insufficient_scope"', "apigw-requestid": "r" },
    body: json("Forbidden"),
  }),
];
