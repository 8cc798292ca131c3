/** Causes in how the request was signed. */
export const signingCauses = {
  "wrong-path-or-method": {
    title: "The API has no such method at that path",
    signs:
      '403 "Missing Authentication Token" (MissingAuthenticationTokenException) to a signed request; unsigned, a path without stage or resource. HTTP APIs say 404 "Not Found".',
    fix: "Check stage, path and method against the deployed API, and redeploy it if the route is new.",
    page: "https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html",
  },
  "unsigned-request": {
    title: "The request was not signed",
    signs:
      'The same words to a request without Authorization or X-Amz-Signature, a CORS preflight among them; "User: anonymous is not authorized …".',
    fix: "Sign it: name a profile, and `# @service` where the host is not an AWS one.",
    page: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html",
  },
  "authorization-not-sigv4": {
    title: "The Authorization header is no AWS signature",
    signs: `"not a valid key=value pair (missing equal-sign) in Authorization header" or "requires 'Credential' parameter", with an echoed value that does not begin with AWS4-.`,
    fix: "Send an AWS signature here, or call the route that takes this kind of token.",
    page: "https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html",
  },
  "credential-whitespace": {
    title: "There is a blank beside the access key id",
    signs: "The same words with an echoed AWS4- value that has a blank after Credential= or before the date.",
    fix: "Write the access key id again, without a blank or a line break around it.",
    page: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html",
  },
  "auth-header-malformed": {
    title: "The Authorization header is malformed",
    signs:
      'The same words with an empty value, with "Authorization:" inside the value, or with a scope of too few parts; IncompleteSignature.',
    fix: "Send only the value `AWS4-HMAC-SHA256 Credential=…, SignedHeaders=…, Signature=…`.",
    page: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html",
  },
  "missing-date-header": {
    title: "The request has no date",
    signs: `"requires existence of either a 'X-Amz-Date' or a 'Date' header", and no other part of the signature is missed.`,
    fix: "Send the X-Amz-Date header that was signed.",
    page: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html",
  },
  "host-not-signed": {
    title: "The Host header is not signed",
    signs: `"'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization."`,
    fix: "Put host into SignedHeaders.",
    page: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html",
  },
  "signed-header-not-sent": {
    title: "A signed header did not arrive",
    signs: `"'…' is named as a SignedHeader, but it does not exist in the HTTP request."`,
    fix: "Send the header as it was signed; look for a proxy that takes it out.",
    page: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html",
  },
  "headers-not-signed": {
    title: "An x-amz-* header was sent and not signed",
    signs: '"There were headers present in the request which were not signed" with HeadersNotSigned.',
    fix: "Sign every x-amz-* header that is sent, or leave it out.",
    page: "https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-authenticating-requests.html",
  },
  "missing-content-sha256": {
    title: "The service wants the hash of the body",
    signs: `"Missing the 'x-amz-content-sha256' …"; X-Aoss-Response-Hint: gw-helper-deny to a request with a body.`,
    fix: "Send and sign X-Amz-Content-Sha256 (UNSIGNED-PAYLOAD for VPC Lattice).",
    page: "https://docs.aws.amazon.com/vpc-lattice/latest/ug/sigv4-authenticated-requests.html",
  },
  "scope-wrong-region": {
    title: "Signed for another region",
    signs: '"Credential should be scoped to a valid region."',
    fix: "Sign for the region of the endpoint: `# @region`.",
    page: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html",
  },
  "scope-wrong-service": {
    title: "Signed for another service",
    signs: `"Credential should be scoped to correct service: '…'."; the service is in the answer.`,
    fix: "Sign for the service that the answer names: `# @service`.",
    page: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html",
  },
  "scope-date-mismatch": {
    title: "The date of the scope is not that of the request",
    signs: '"Date in Credential scope does not match …"; S3: "Invalid credential date".',
    fix: "Use one time for X-Amz-Date and the credential scope.",
    page: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html",
  },
  "scope-needs-sigv4a": {
    title: "The endpoint takes SigV4A signatures only",
    signs:
      '"Credential should be scoped to a valid region" from a host that answers for several regions: S3 Multi-Region Access Points, CloudFront KeyValueStore, EventBridge global endpoints.',
    fix: "Sign with AWS4-ECDSA-P256-SHA256 and a region set, or call the endpoint of one region.",
    page: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html",
  },
  "s3-wrong-region": {
    title: "The bucket is in another region",
    signs: `400 AuthorizationHeaderMalformed: "the region 'A' is wrong; expecting 'B'".`,
    fix: "Sign for, and call, the region that the answer names.",
    page: "https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html",
  },
  "s3-permanent-redirect": {
    title: "The bucket has another endpoint",
    signs: "301 PermanentRedirect or 307 TemporaryRedirect with an Endpoint.",
    fix: "Call the endpoint that the answer names.",
    page: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/Redirects.html",
  },
  "clock-behind": {
    title: "The clock of this machine is slow",
    signs: `"Signature expired: A is now earlier than B (C - n min.)": C is the server's time, A the request's.`,
    fix: "Set the clock, or sign with the offset that the answer shows.",
    page: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html",
  },
  "clock-ahead": {
    title: "The clock of this machine is fast",
    signs: '"Signature not yet current: A is still later than B (C + n min.)".',
    fix: "Set the clock, or sign with the offset that the answer shows.",
    page: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html",
  },
  "clock-skew-s3": {
    title: "The clock differs from S3's by more than it allows",
    signs: "RequestTimeTooSkewed with RequestTime, ServerTime and MaxAllowedSkewMilliseconds.",
    fix: "Set the clock; the answer has both times.",
    page: "https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html",
  },
  "stale-signature": {
    title: "The signature was made long before the request was sent",
    signs:
      "The words of a wrong clock, while this machine's clock agrees with the answer's Date: the signature was used late.",
    fix: "Sign just before sending: look for retries, queues and slow uploads.",
    page: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html",
  },
  "presign-expired": {
    title: "The presigned URL has expired",
    signs: '"Request has expired" with X-Amz-Expires, Expires and ServerTime.',
    fix: "Make a new URL.",
    page: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-presigned-url.html",
  },
  "sig-wrong-secret": {
    title: "The secret access key does not belong to the key id",
    signs: "A signature mismatch; canonical request and string to sign are the same on both sides.",
    fix: "Enter the secret access key again: look for a blank, a lost character, another key's secret.",
    page: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html",
  },
  "sig-path-encoding": {
    title: "The path was signed in another encoding than it was sent",
    signs: "A signature mismatch; the canonical path differs (%253A and %3A, %40 and @).",
    fix: "Sign the path exactly as it is sent, each segment encoded once more (not for S3).",
    page: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html",
  },
  "sig-query-encoding": {
    title: "The query was signed in another form than it was sent",
    signs: "A signature mismatch; the canonical query differs (+ and %20, order, unencoded characters).",
    fix: "Encode the query by RFC 3986 (a blank is %20) before it is signed and sent.",
    page: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html",
  },
  "sig-query-in-path": {
    title: "The query was signed as a part of the path",
    signs: "A signature mismatch; our canonical query is empty and %3F stands in our path.",
    fix: "Split the URL at its question mark before signing.",
    page: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html",
  },
  "sig-host-mismatch": {
    title: "Another Host arrived than was signed",
    signs: "A signature mismatch; the host line differs.",
    fix: "Sign the host that the server sees; look at proxies, ports and custom domains.",
    page: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html",
  },
  "sig-content-type-changed": {
    title: "The Content-Type changed after signing",
    signs: "A signature mismatch; the content-type line differs.",
    fix: "Set the final Content-Type, charset included, before signing.",
    page: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html",
  },
  "sig-content-length": {
    title: "The Content-Length was signed and differs",
    signs: "A signature mismatch; the content-length line differs.",
    fix: "Count bytes, not characters, or do not sign Content-Length.",
    page: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html",
  },
  "sig-header-mutated": {
    title: "A signed header was changed on the way",
    signs: "A signature mismatch; another header differs, above all one that proxies set.",
    fix: "Do not sign headers that proxies set or change.",
    page: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html",
  },
  "sig-duplicate-header": {
    title: "A header was sent twice",
    signs: "A signature mismatch; a value arrived joined by commas, or SignedHeaders names a header twice.",
    fix: "Send each header once; names that differ in case only are the same header.",
    page: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html",
  },
  "sig-date-changed": {
    title: "The date changed after signing",
    signs: "A signature mismatch; the x-amz-date line, or the date of the string to sign, differs.",
    fix: "Set X-Amz-Date (YYYYMMDDTHHMMSSZ) before signing and leave it.",
    page: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html",
  },
  "sig-payload-hash-missing": {
    title: "The body's hash is missing behind CloudFront",
    signs:
      "InvalidSignatureException to a PUT or POST with a body through CloudFront to a function URL, and to no GET.",
    fix: "Let the client send X-Amz-Content-Sha256 with the hash of the body.",
    page: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-lambda.html",
  },
  "sig-body-changed": {
    title: "Another body arrived than was signed",
    signs: "A signature mismatch; the payload hash differs.",
    fix: "Sign the very bytes that are sent.",
    page: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html",
  },
  "s3-payload-hash-mismatch": {
    title: "The body is not the one that was hashed",
    signs:
      "400 XAmzContentSHA256Mismatch with both hashes; e3b0c442… means that the body was hashed as if it were empty.",
    fix: "Hash the bytes that are sent.",
    page: "https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-authenticating-requests.html",
  },
  "iot-token-signed": {
    title: "The session token was signed",
    signs: "403 to wss …/mqtt with temporary credentials only.",
    fix: "For MQTT over WebSocket add the session token after signing.",
    page: "https://docs.aws.amazon.com/iot/latest/developerguide/protocols.html",
  },
} as const;
