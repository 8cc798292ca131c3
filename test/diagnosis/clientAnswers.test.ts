import assert from "node:assert/strict";
import { diagnose } from "../../src/diagnosis/diagnose.ts";
import { readDiagnosisInput } from "../../src/diagnosis/reading/readInput.ts";

function causesOf(input: object): readonly string[] {
  const read = readDiagnosisInput(input);
  assert.ok(read);
  return diagnose(read).map(({ cause }) => cause);
}

/** What clients say where nothing was sent. */
const unsent: readonly (readonly [cause: string, text: string])[] = [
  ["client-no-credentials", "Error when retrieving credentials from custom-process: vault: exit status 2"],
  ["client-no-credentials", "IllegalStateException: Command returned non-zero exit value: 1"],
  [
    "client-no-credentials",
    "ProcessCredentialsProviderFailure: the profile did not include credential process",
  ],
  [
    "client-no-region",
    'Missing required client configuration options: region: (string) A "region" is needed',
  ],
  [
    "client-imds",
    "CredentialsProviderError: 169.254.170.23 is not a valid container metadata service hostname",
  ],
  [
    "client-imds",
    "NoCredentialProviders: no valid providers in chain\nEnvAccessKeyNotFound: not found\nCredentialsEndpointError: invalid endpoint host",
  ],
];

describe("what a client says that sent nothing", () => {
  for (const [cause, body] of unsent) {
    it(`${cause}: ${body.slice(0, 60)}`, () => assert.equal(causesOf({ body })[0], cause));
  }

  it("is read with the status that the machine's metadata answered", () => {
    const body =
      "[ERROR] EC2MetadataClient [1404] Http request to retrieve credentials failed with error code 401";
    assert.equal(causesOf({ status: 401, body })[0], "client-imds");
    const ecs = 'CredentialRetrievalError: Received non 200 response (400) from ECS metadata: {"code": "X"}';
    assert.equal(causesOf({ status: 400, body: ecs })[0], "client-imds");
  });

  it("is nothing where an application speaks of its own process", () => {
    const body = '{"error":"the credential process of this shop failed"}';
    assert.deepEqual(causesOf({ status: 403, body }), []);
  });
});

describe("what services say in several cases alike", () => {
  it("a presigned URL beside an Authorization header of another kind", () => {
    const body = (value: string) =>
      `<Error><Code>InvalidArgument</Code><Message>Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter should be specified</Message><ArgumentName>Authorization</ArgumentName><ArgumentValue>${value}</ArgumentValue></Error>`;
    const found = (value: string) => causesOf({ status: 400, service: "s3", body: body(value) })[0];
    assert.equal(found("Bearer x"), "authorization-not-sigv4");
    assert.equal(found("AWS4-HMAC-SHA256 Credential=x"), "auth-header-malformed");
  });

  it("a connection's path without its stage", () => {
    const url = "https://a1b2c3.execute-api.eu-west-1.amazonaws.com/@connections/x";
    const body = `Client error: \`POST ${url}\` resulted in a \`403 Forbidden\` response:\n{"message":"Forbidden"}...`;
    const request = { method: "POST", url };
    assert.equal(causesOf({ status: 403, service: "execute-api", body, request })[0], "wrong-path-or-method");
    const staged = { ...request, url: url.replace("/@", "/dev/@") };
    const others = causesOf({ status: 403, service: "execute-api", body, request: staged });
    assert.notEqual(others[0], "wrong-path-or-method");
  });

  it("EC2, of an unknown key and of a wrong clock", () => {
    const body =
      "<Response><Errors><Error><Code>AuthFailure</Code><Message>AWS was not able to validate the provided access credentials</Message></Error></Errors></Response>";
    assert.deepEqual(causesOf({ status: 401, service: "ec2", body }).slice(0, 2), [
      "cred-invalid-key",
      "clock-behind",
    ]);
  });

  it("a region of another partition, of a key that it does not know", () => {
    const body = {
      __type: "UnrecognizedClientException",
      message: "The security token included in the request is invalid.",
    };
    const request = { region: "cn-north-1" };
    assert.deepEqual(causesOf({ status: 400, service: "sts", body, request }).slice(0, 2), [
      "cred-wrong-partition",
      "cred-invalid-key",
    ]);
  });

  it("a header that ends behind the key id", () => {
    const body =
      "IncompleteSignatureException: Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter.";
    const found = causesOf({ status: 400, service: "logs", body });
    assert.deepEqual(found.slice(0, 2), ["credential-whitespace", "auth-header-malformed"]);
  });
});
