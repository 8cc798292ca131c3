import { api, type CauseCase, echoing, hash, json, likely, mismatch, possible, xml } from "./caseShapes.ts";

/** Causes in how a request was signed, each at least once. */
export const signingCases: readonly CauseCase[] = [
  likely("wrong-path-or-method", {
    ...api,
    body: json("Missing Authentication Token"),
    request: { ...api.request, signed: true },
  }),
  possible("unsigned-request", {
    service: "es",
    body: json("User: anonymous is not authorized to perform: es:ESHttpGet"),
  }),
  possible("unsigned-request", {
    ...api,
    body: json("Missing Authentication Token"),
    request: { method: "OPTIONS", path: "/prod/pets/7", signed: false },
  }),
  likely("authorization-not-sigv4", {
    body: json(
      "'abc' not a valid key=value pair (missing equal-sign) in Authorization header: 'Bearer abc'.",
    ),
  }),
  likely("credential-whitespace", {
    body: json(
      "'AKIA/20300101/eu-west-1/execute-api/aws4_request' not a valid key=value pair (missing equal-sign) in Authorization header: 'AWS4-HMAC-SHA256 Credential= AKIA/20300101/eu-west-1/execute-api/aws4_request, SignedHeaders=host, Signature=x'.",
    ),
  }),
  likely("auth-header-malformed", {
    body: json(
      "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. Authorization=",
    ),
  }),
  likely("missing-date-header", {
    body: json("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header."),
  }),
  likely("host-not-signed", {
    body: json("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization."),
  }),
  likely("signed-header-not-sent", {
    body: json("'x-custom' is named as a SignedHeader, but it does not exist in the HTTP request."),
  }),
  likely("headers-not-signed", {
    service: "s3",
    body: xml(
      "AccessDenied",
      "There were headers present in the request which were not signed",
      "<HeadersNotSigned>x-amz-acl</HeadersNotSigned>",
    ),
  }),
  likely("missing-content-sha256", {
    service: "s3",
    status: 400,
    body: xml("InvalidRequest", "Missing required header for this request: x-amz-content-sha256"),
  }),
  likely("scope-wrong-region", {
    body: json("Credential should be scoped to a valid region, not 'us-east-1'. "),
  }),
  likely("scope-wrong-service", {
    body: json(
      "Credential should be scoped to a valid region, not 'x'. Credential should be scoped to correct service: 'execute-api'. ",
    ),
  }),
  likely("scope-date-mismatch", {
    body: json(
      "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20300101' != '20300102', from '20300102T000000Z'.",
    ),
  }),
  likely("scope-needs-sigv4a", {
    body: json("Credential must be scoped. Credential should be scoped to a valid region."),
    request: { host: "m.mrap.accesspoint.s3-global.amazonaws.com" },
  }),
  likely("s3-wrong-region", {
    status: 400,
    body: xml(
      "AuthorizationHeaderMalformed",
      "The authorization header is malformed; the region 'us-east-1' is wrong; expecting 'eu-west-1'",
      "<Region>eu-west-1</Region>",
    ),
  }),
  likely("s3-permanent-redirect", {
    status: 301,
    body: xml(
      "PermanentRedirect",
      "The bucket you are attempting to access must be addressed using the specified endpoint.",
      "<Endpoint>b.s3.eu-west-1.amazonaws.com</Endpoint>",
    ),
  }),
  possible("clock-behind", {
    body: json(
      "Signature expired: 20300101T000000Z is now earlier than 20300101T010000Z (20300101T010500Z - 5 min.)",
    ),
  }),
  likely("clock-behind", {
    body: json(
      "Signature expired: 20300101T000000Z is now earlier than 20300101T010000Z (20300101T010500Z - 5 min.)",
    ),
    clock: { offsetSeconds: 3900 },
  }),
  likely("stale-signature", {
    body: json(
      "Signature expired: 20300101T000000Z is now earlier than 20300101T010000Z (20300101T010500Z - 5 min.)",
    ),
    clock: { offsetSeconds: -0.4 },
  }),
  likely("stale-signature", {
    body: '{"time":"2030-01-01T01:05:02.000Z","message":"Signature expired: 20300101T000000Z is now earlier than 20300101T010000Z (20300101T010500Z - 5 min.)"}',
  }),
  likely("clock-ahead", {
    body: json(
      "Signature not yet current: 20300101T010000Z is still later than 20300101T000500Z (20300101T000000Z + 5 min.)",
    ),
  }),
  possible("clock-skew-s3", {
    body: xml(
      "RequestTimeTooSkewed",
      "The difference between the request time and the current time is too large.",
      "<RequestTime>20300101T000000Z</RequestTime><ServerTime>2030-01-01T01:00:00Z</ServerTime>",
    ),
  }),
  likely("clock-skew-s3", {
    body: xml(
      "RequestTimeTooSkewed",
      "The difference between the request time and the current time is too large.",
      "<RequestTime>20300101T020000Z</RequestTime><ServerTime>2030-01-01T01:00:00Z</ServerTime>",
    ),
  }),
  likely("presign-expired", {
    body: xml("AccessDenied", "Request has expired", "<X-Amz-Expires>60</X-Amz-Expires>"),
  }),
  echoing("sig-wrong-secret", {}),
  echoing("sig-path-encoding", { path: "/prod/%2540me" }, { path: "/prod/%40me" }),
  echoing("sig-query-encoding", { query: "a=1%202" }, { query: "a=1%2B2" }),
  echoing(
    "sig-query-in-path",
    { path: "/prod/pets", query: "a=1" },
    { path: "/prod/pets%3Fa%3D1", query: "" },
  ),
  echoing("sig-host-mismatch", { host: "api.example.com" }),
  echoing("sig-content-type-changed", { type: "text/plain; charset=utf-8" }),
  echoing(
    "sig-header-mutated",
    { more: "x-forwarded-for:10.0.0.1,10.0.0.2\n" },
    { more: "x-forwarded-for:10.0.0.1\n" },
  ),
  echoing("sig-duplicate-header", { type: "text/plain,text/plain" }),
  echoing("sig-date-changed", { date: "20300101T000001Z" }),
  echoing("sig-body-changed", { hash: "0".repeat(64) }),
  possible("sig-content-length", {
    ...api,
    body: json(mismatch),
    request: { method: "POST", path: "/prod/pets", signedHeaders: "content-length;host;x-amz-date" },
  }),
  possible("sig-payload-hash-missing", {
    service: "lambda",
    body: json(mismatch),
    request: { method: "POST", via: "CloudFront" },
  }),
  likely("s3-payload-hash-mismatch", {
    status: 400,
    body: xml(
      "XAmzContentSHA256Mismatch",
      "The provided 'x-amz-content-sha256' header does not match what was computed.",
      `<ClientComputedContentSHA256>${hash}</ClientComputedContentSHA256>`,
    ),
  }),
  possible("iot-token-signed", {
    service: "iot",
    body: "Forbidden",
    request: { url: "wss://a-ats.iot.eu-west-1.amazonaws.com/mqtt?X-Amz-Algorithm=x" },
  }),
];
