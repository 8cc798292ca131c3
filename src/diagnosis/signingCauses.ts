/** Causes in how the request was signed. */
export const signingCauses = {
  "wrong-path-or-method": {
    title: "The API has no such method at that path",
    fix: "Check stage, path and method against the deployed API, and redeploy it if the route is new.",
  },
  "unsigned-request": {
    title: "The request was not signed",
    fix: "Sign it: name a profile, and `# @service` where the host is not an AWS one.",
  },
  "authorization-not-sigv4": {
    title: "The Authorization header is no AWS signature",
    fix: "Send an AWS signature here, or call the route that takes this kind of token.",
  },
  "credential-whitespace": {
    title: "There is a blank beside the access key id",
    fix: "Write the access key id again, without a blank or a line break around it.",
  },
  "auth-header-malformed": {
    title: "The Authorization header is malformed",
    fix: "Send only the value `AWS4-HMAC-SHA256 Credential=…, SignedHeaders=…, Signature=…`.",
  },
  "missing-date-header": {
    title: "The request has no date",
    fix: "Send the X-Amz-Date header that was signed.",
  },
  "host-not-signed": {
    title: "The Host header is not signed",
    fix: "Put host into SignedHeaders.",
  },
  "signed-header-not-sent": {
    title: "A signed header did not arrive",
    fix: "Send the header as it was signed; look for a proxy that takes it out.",
  },
  "headers-not-signed": {
    title: "An x-amz-* header was sent and not signed",
    fix: "Sign every x-amz-* header that is sent, or leave it out.",
  },
  "missing-content-sha256": {
    title: "The service wants the hash of the body",
    fix: "Send and sign X-Amz-Content-Sha256 (UNSIGNED-PAYLOAD for VPC Lattice).",
  },
  "scope-wrong-region": {
    title: "Signed for another region",
    fix: "Sign for the region of the endpoint: `# @region`.",
  },
  "scope-wrong-service": {
    title: "Signed for another service",
    fix: "Sign for the service that the answer names: `# @service`.",
  },
  "scope-date-mismatch": {
    title: "The date of the scope is not that of the request",
    fix: "Use one time for X-Amz-Date and the credential scope.",
  },
  "scope-needs-sigv4a": {
    title: "The endpoint takes SigV4A signatures only",
    fix: "Sign with AWS4-ECDSA-P256-SHA256 and a region set, or call the endpoint of one region.",
  },
  "s3-wrong-region": {
    title: "The bucket is in another region",
    fix: "Sign for, and call, the region that the answer names.",
  },
  "s3-permanent-redirect": {
    title: "The bucket has another endpoint",
    fix: "Call the endpoint that the answer names.",
  },
  "clock-behind": {
    title: "The clock of this machine is slow",
    fix: "Set the clock, or sign with the offset that the answer shows.",
  },
  "clock-ahead": {
    title: "The clock of this machine is fast",
    fix: "Set the clock, or sign with the offset that the answer shows.",
  },
  "clock-skew-s3": {
    title: "The clock differs from S3's by more than it allows",
    fix: "Set the clock; the answer has both times.",
  },
  "stale-signature": {
    title: "The signature was made long before the request was sent",
    fix: "Sign just before sending: look for retries, queues and slow uploads.",
  },
  "presign-expired": {
    title: "The presigned URL has expired",
    fix: "Make a new URL.",
  },
  "sig-wrong-secret": {
    title: "The secret access key does not belong to the key id",
    fix: "Enter the secret access key again: look for a blank, a lost character, another key's secret.",
  },
  "sig-path-encoding": {
    title: "The path was signed in another encoding than it was sent",
    fix: "Sign the path exactly as it is sent, each segment encoded once more (not for S3).",
  },
  "sig-query-encoding": {
    title: "The query was signed in another form than it was sent",
    fix: "Encode the query by RFC 3986 (a blank is %20) before it is signed and sent.",
  },
  "sig-query-in-path": {
    title: "The query was signed as a part of the path",
    fix: "Split the URL at its question mark before signing.",
  },
  "sig-host-mismatch": {
    title: "Another Host arrived than was signed",
    fix: "Sign the host that the server sees; look at proxies, ports and custom domains.",
  },
  "sig-content-type-changed": {
    title: "The Content-Type changed after signing",
    fix: "Set the final Content-Type, charset included, before signing.",
  },
  "sig-content-length": {
    title: "The Content-Length was signed and differs",
    fix: "Count bytes, not characters, or do not sign Content-Length.",
  },
  "sig-header-mutated": {
    title: "A signed header was changed on the way",
    fix: "Do not sign headers that proxies set or change.",
  },
  "sig-duplicate-header": {
    title: "A header was sent twice",
    fix: "Send each header once; names that differ in case only are the same header.",
  },
  "sig-date-changed": {
    title: "The date changed after signing",
    fix: "Set X-Amz-Date (YYYYMMDDTHHMMSSZ) before signing and leave it.",
  },
  "sig-payload-hash-missing": {
    title: "The body's hash is missing behind CloudFront",
    fix: "Let the client send X-Amz-Content-Sha256 with the hash of the body.",
  },
  "sig-body-changed": {
    title: "Another body arrived than was signed",
    fix: "Sign the very bytes that are sent.",
  },
  "s3-payload-hash-mismatch": {
    title: "The body is not the one that was hashed",
    fix: "Hash the bytes that are sent.",
  },
  "iot-token-signed": {
    title: "The session token was signed",
    fix: "For MQTT over WebSocket add the session token after signing.",
  },
} as const;
