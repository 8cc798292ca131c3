import assert from "node:assert/strict";
import { diagnose } from "../../src/diagnosis/diagnose.ts";
import { readDiagnosisInput } from "../../src/diagnosis/reading/readInput.ts";

/** What a service says, and why. */
const said: readonly (readonly [cause: string, code: string, message: string, service: string])[] = [
  [
    "cred-expired-token",
    "ExpiredTokenException",
    "The security token included in the request is expired",
    "sqs",
  ],
  [
    "cred-invalid-key",
    "UnrecognizedClientException",
    "The security token included in the request is invalid.",
    "dynamodb",
  ],
  [
    "scope-wrong-service",
    "InvalidSignatureException",
    "Credential should be scoped to correct service: 'es'. ",
    "es",
  ],
  [
    "scope-wrong-region",
    "InvalidSignatureException",
    "Credential should be scoped to a valid region, not 'eu-west-9'. ",
    "lambda",
  ],
  [
    "clock-behind",
    "InvalidSignatureException",
    "Signature expired: 20250101T100000Z is now earlier than 20250101T101500Z (20250101T102000Z - 5 min.)",
    "lambda",
  ],
  [
    "iam-scp-deny",
    "AccessDeniedException",
    "User: arn:aws:iam::111122223333:user/rex is not authorized to perform: ssm:GetParameter on resource: arn:aws:ssm:eu-west-1:111122223333:parameter/a with an explicit deny in a service control policy",
    "ssm",
  ],
  [
    "iam-no-identity-allow",
    "AccessDenied",
    "User: arn:aws:iam::111122223333:user/rex is not authorized to perform: sqs:SendMessage on resource: arn:aws:sqs:eu-west-1:111122223333:q because no identity-based policy allows the sqs:SendMessage action",
    "sqs",
  ],
  [
    "host-not-signed",
    "SignatureDoesNotMatch",
    "'Host' must be a 'SignedHeader' in the AWS Authorization.",
    "sts",
  ],
  ["presign-expired", "AccessDenied", "Request has expired", "s3"],
];

/** How clients, logs and people pass it on. */
const wrappers: Readonly<Record<string, (code: string, message: string) => string>> = {
  "as JSON": (code, message) => JSON.stringify({ __type: `com.amazon.coral.service#${code}`, message }),
  "as JSON in a string of JSON": (code, message) =>
    JSON.stringify({ level: "error", body: JSON.stringify({ code, message }) }),
  "as XML": (code, message) =>
    `<?xml version="1.0"?>\n<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message.replaceAll("'", "&apos;")}</Message></Error></ErrorResponse>`,
  "as XML in a log": (code, message) =>
    `2025-01-01 ERROR 403 - "<Error><Code>${code}</Code><Message>${message}</Message></Error>"`,
  "by the AWS CLI": (code, message) => `An error occurred (${code}) when calling the X operation: ${message}`,
  "by a Go program": (code, message) =>
    `2025/01/01 10:00:00 main: ${code}: ${message}\n\tstatus code: 403, request id: 0f1e2d3c`,
  "by the second Go SDK": (code, message) =>
    `operation error X: Y, https response error StatusCode: 403, RequestID: 0f1e, api error ${code}: ${message}`,
  "by a Java program": (code, message) =>
    `com.amazonaws.AmazonServiceException: ${message} (Service: X; Status Code: 403; Error Code: ${code}; Request ID: 0f1e)`,
  "by Python's repr": (code, message) =>
    `ClientError({'Error': {'Code': '${code}', 'Message': "${message}"}, 'ResponseMetadata': {}})`,
  "by Terraform": (code, message) =>
    `╷\n│ Error: reading X\n│ \n│   api error ${code}:\n│   ${message.split(" ").join("\n│   ")}\n╵`,
};

describe("what AWS says, however it is passed on", () => {
  for (const [name, wrap] of Object.entries(wrappers)) {
    it(`is read ${name}`, () => {
      for (const [cause, code, message, service] of said) {
        const input = readDiagnosisInput({ status: 403, service, body: wrap(code, message) });
        assert.ok(input);
        assert.equal(diagnose(input)[0]?.cause, cause, wrap(code, message));
      }
    });
  }
});

const quoted: readonly (readonly [cause: string, request: object, lines: readonly string[]])[] = [
  [
    "sig-content-length",
    {},
    ["PUT", "/a", "", "content-length:", "host:a.example", "", "content-length;host", "00"],
  ],
  [
    "sig-body-changed",
    {},
    ["PUT", "/a", "", `x-amz-content-sha256:${"a".repeat(64)}`, "", "h", "b".repeat(64)],
  ],
  ["sig-duplicate-header", {}, ["GET", "/a", "", "accept:x,x", "host:a", "", "accept;host", "00"]],
  ["sig-header-mutated", {}, ["GET", "/a", "", "host:a", "x-forwarded-for:1.2.3.4", "", "host", "00"]],
  ["sig-header-mutated", {}, ["GET", "/a", "", "host:a", "x-retry-count:1", "", "host;x-retry-count", "00"]],
  ["sig-host-mismatch", { host: "a.example" }, ["GET", "/a", "", "host:b.example", "", "host", "00"]],
  ["sig-path-encoding", {}, ["GET", "/a%253Ab", "", "host:a", "", "host", "00"]],
];

describe("what the service's own canonical string tells", () => {
  for (const [cause, request, lines] of quoted) {
    it(`${cause}: ${lines.join(" ").slice(0, 60)}`, () => {
      const message = `The request signature we calculated does not match the signature you provided.\n\nThe Canonical String for this request should have been\n'${lines.join("\n")}'\n\nThe String-to-Sign should have been\n'x'\n`;
      const input = readDiagnosisInput({ status: 403, service: "execute-api", body: { message }, request });
      assert.ok(input);
      const [first] = diagnose(input);
      assert.equal(first?.cause, cause);
      assert.notEqual(first?.certainty, "proved");
    });
  }

  const canonical = ["PUT", "/a", "", "content-length:", "host:a.example", "user-agent:a b", ""];
  const signedPart = ["content-length;host;user-agent", "0".repeat(64)];

  it("when it is all that somebody kept of the answer", () => {
    const input = readDiagnosisInput({ status: 403, body: [...canonical, ...signedPart].join("\n") });
    assert.ok(input);
    assert.equal(diagnose(input)[0]?.cause, "sig-content-length");
  });

  it("when its line breaks became blanks", () => {
    const line = [...canonical, ...signedPart].filter(Boolean).join(" ");
    const body = `<Error><Code>SignatureDoesNotMatch</Code><CanonicalRequest>${line}</CanonicalRequest></Error>`;
    const input = readDiagnosisInput({ status: 403, service: "s3", body });
    assert.ok(input);
    const [first] = diagnose(input);
    assert.equal(first?.cause, "sig-content-length");
    assert.notEqual(first?.certainty, "proved");
  });
});
