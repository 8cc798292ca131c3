import { keys, noon, signedRequest, type ToSign, type WireRequest, withHeader } from "./signedRequest.ts";

/** Keys with a session token. */
export const temporary = {
  accessKeyId: "ASIATEMPORARYEXAMPLE",
  secretAccessKey: "x".repeat(40),
  sessionToken: "t/+=",
};
/** Keys whose session token is refused as expired. */
export const expired = {
  accessKeyId: "ASIAEXPIREDEXAMPLE00",
  secretAccessKey: "y".repeat(40),
  sessionToken: "old",
};

/** A request that is refused, and the answer's very text. */
export interface RefusalRow {
  readonly name: string;
  readonly request: (authority: string) => WireRequest;
  readonly type: string;
  readonly body: object;
}

function signing(request: ToSign): (host: string) => WireRequest {
  return (host) => signedRequest({ host, ...request });
}

function authorized(authorization: string, ...more: readonly (readonly [string, string])[]) {
  return (host: string): WireRequest => ({
    method: "GET",
    path: "/prod/pets",
    headers: [["Host", host], ["Authorization", authorization], ...more],
    body: "",
  });
}

function credential(change: (value: string) => string): (host: string) => WireRequest {
  return (host) => withHeader(signedRequest({ host }), "authorization", change);
}

/** A time before or after noon. */
export const minutesFromNoon = (minutes: number) => new Date(noon.getTime() + minutes * 60_000);
const complete = `AWS4-HMAC-SHA256 Credential=${keys.accessKeyId}/20260329/us-east-1/execute-api/aws4_request, SignedHeaders=host, Signature=00`;

/** Every refusal whose answer is known before the request is sent. */
export const refusalRows: readonly RefusalRow[] = [
  {
    name: "an unsigned request",
    request: (host) => ({ method: "GET", path: "/prod/pets", headers: [["Host", host]], body: "" }),
    type: "MissingAuthenticationTokenException",
    body: { message: "Missing Authentication Token" },
  },
  {
    name: "a signed request for a path that is not there",
    request: signing({ path: "/prod/nothing" }),
    type: "MissingAuthenticationTokenException",
    body: { message: "Missing Authentication Token" },
  },
  {
    name: "a signed request with a method that is not there",
    request: signing({ method: "PUT" }),
    type: "MissingAuthenticationTokenException",
    body: { message: "Missing Authentication Token" },
  },
  {
    name: "an unsigned preflight",
    request: (host) => ({ method: "OPTIONS", path: "/prod/pets", headers: [["Host", host]], body: "" }),
    type: "MissingAuthenticationTokenException",
    body: { message: "Missing Authentication Token" },
  },
  {
    name: "a bearer token",
    request: authorized("Bearer SomeKey"),
    type: "IncompleteSignatureException",
    body: {
      message:
        "'SomeKey' not a valid key=value pair (missing equal-sign) in Authorization header: 'Bearer SomeKey'.",
    },
  },
  {
    name: "a bearer token for a path that is not there",
    request: (host) => ({ ...authorized("Bearer SomeKey")(host), path: "/prod/nothing" }),
    type: "IncompleteSignatureException",
    body: {
      message:
        "'SomeKey' not a valid key=value pair (missing equal-sign) in Authorization header: 'Bearer SomeKey'.",
    },
  },
  {
    name: "an opaque token",
    request: authorized("sometoken"),
    type: "IncompleteSignatureException",
    body: {
      message:
        "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter. Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. Authorization=sometoken",
    },
  },
  {
    name: "no date",
    request: authorized(complete),
    type: "IncompleteSignatureException",
    body: {
      message: `Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. Authorization=${complete}`,
    },
  },
  {
    name: "a date in another format",
    request: authorized(complete, ["X-Amz-Date", "noon"]),
    type: "IncompleteSignatureException",
    body: {
      message:
        "Date must be in ISO-8601 'basic format'. Got 'noon'. See http://en.wikipedia.org/wiki/ISO_8601",
    },
  },
  {
    name: "another algorithm",
    request: authorized(complete.replace("HMAC", "ECDSA-P256"), ["X-Amz-Date", "20260329T120000Z"]),
    type: "IncompleteSignatureException",
    body: { message: "Unsupported AWS 'algorithm': 'AWS4-ECDSA-P256-SHA256'." },
  },
  {
    name: "a short credential",
    request: credential((value) => value.replace("/us-east-1", "")),
    type: "IncompleteSignatureException",
    body: {
      message: `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${keys.accessKeyId}/20260329/execute-api/aws4_request'.`,
    },
  },
  {
    name: "half a presigned query",
    request: (host) => ({
      method: "GET",
      path: "/prod/pets?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=20260329T120000Z",
      headers: [["Host", host]],
      body: "",
    }),
    type: "IncompleteSignatureException",
    body: {
      message:
        "AWS query-string parameters must include 'X-Amz-Credential'. AWS query-string parameters must include 'X-Amz-Signature'. AWS query-string parameters must include 'X-Amz-SignedHeaders'. Re-examine the query-string parameters.",
    },
  },
  {
    name: "a presigned URL that lives too long",
    request: signing({ expires: 604_801 }),
    type: "IncompleteSignatureException",
    body: { message: "X-Amz-Expires must be a whole number of seconds from 1 to 604800, got '604801'." },
  },
  {
    name: "two signatures",
    request: (host) => ({ ...signedRequest({ host }), path: signedRequest({ host, expires: 60 }).path }),
    type: "InvalidSignatureException",
    body: {
      message: "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.",
    },
  },
  {
    name: "host not signed",
    request: credential((value) => value.replace("SignedHeaders=host;", "SignedHeaders=")),
    type: "InvalidSignatureException",
    body: { message: "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization." },
  },
  {
    name: "a signed header that is not sent",
    request: (host) => withHeader(signedRequest({ host, headers: { "X-Test": "1" } }), "x-test", () => null),
    type: "InvalidSignatureException",
    body: { message: "'x-test' is named as a SignedHeader, but it does not exist in the HTTP request." },
  },
  {
    name: "another region",
    request: signing({ region: "eu-west-1" }),
    type: "InvalidSignatureException",
    body: { message: "Credential should be scoped to a valid region, not 'eu-west-1'. " },
  },
  {
    name: "another service",
    request: signing({ service: "lambda" }),
    type: "InvalidSignatureException",
    body: { message: "Credential should be scoped to correct service: 'execute-api'. " },
  },
  {
    name: "another region and service",
    request: signing({ region: "eu-west-1", service: "lambda" }),
    type: "InvalidSignatureException",
    body: {
      message:
        "Credential should be scoped to a valid region, not 'eu-west-1'. Credential should be scoped to correct service: 'execute-api'. ",
    },
  },
  {
    name: "another terminator",
    request: credential((value) => value.replace("aws4_request", "aws5_request")),
    type: "InvalidSignatureException",
    body: {
      message: "Credential should be scoped with a valid terminator: 'aws4_request', not 'aws5_request'. ",
    },
  },
  {
    name: "another date in the scope",
    request: credential((value) => value.replace("/20260329/", "/20260328/")),
    type: "InvalidSignatureException",
    body: {
      message:
        "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20260328' != '20260329', from '20260329T120000Z'.",
    },
  },
  {
    name: "a clock that is behind",
    request: signing({ date: minutesFromNoon(-6) }),
    type: "InvalidSignatureException",
    body: {
      message:
        "Signature expired: 20260329T115400Z is now earlier than 20260329T115500Z (20260329T120000Z - 5 min.)",
    },
  },
  {
    name: "a clock that is ahead",
    request: signing({ date: minutesFromNoon(6) }),
    type: "InvalidSignatureException",
    body: {
      message:
        "Signature not yet current: 20260329T120600Z is still later than 20260329T120500Z (20260329T120000Z + 5 min.)",
    },
  },
  {
    name: "an expired presigned URL",
    request: signing({ date: minutesFromNoon(-11), expires: 600 }),
    type: "InvalidSignatureException",
    body: {
      message:
        "Signature expired: 20260329T114900Z is now earlier than 20260329T115000Z (20260329T120000Z - 10 min.)",
    },
  },
  {
    name: "an unknown key",
    request: signing({ credentials: { ...keys, accessKeyId: "AKIAUNKNOWN" } }),
    type: "UnrecognizedClientException",
    body: { message: "The security token included in the request is invalid." },
  },
  {
    name: "a temporary key without its token",
    request: signing({ credentials: { ...keys, accessKeyId: temporary.accessKeyId } }),
    type: "UnrecognizedClientException",
    body: { message: "The security token included in the request is invalid." },
  },
  {
    name: "an expired token",
    request: signing({ credentials: expired }),
    type: "ExpiredTokenException",
    body: { message: "The security token included in the request is expired" },
  },
  {
    name: "a token that is not signed",
    request: (host) => {
      const { sessionToken, ...pair } = temporary;
      const bare = signedRequest({ host, credentials: pair });
      return { ...bare, headers: [...bare.headers, ["X-Amz-Security-Token", sessionToken]] };
    },
    type: "AccessDeniedException",
    body: {
      message: "There were headers present in the request which were not signed: x-amz-security-token",
    },
  },
  {
    name: "a path that no policy allows",
    request: signing({ path: "/prod/forbidden" }),
    type: "AccessDeniedException",
    body: {
      Message:
        "User: arn:aws:iam::123456789012:user/local is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:us-east-1:********9012:local/prod/GET/forbidden",
    },
  },
];
