import assert from "node:assert/strict";
import { diagnose } from "../../src/diagnosis/diagnose.ts";
import { statementFor, statementOfDenial } from "../../src/diagnosis/iamStatement.ts";
import { readDiagnosisInput } from "../../src/diagnosis/readInput.ts";

const account = "123456789012";

describe("statementFor", () => {
  const rows: readonly (readonly [
    service: string,
    method: string,
    url: string,
    action: unknown,
    resource: string,
  ])[] = [
    [
      "execute-api",
      "GET",
      "a1.execute-api.eu-west-1.amazonaws.com/prod/pets/a1b2",
      "execute-api:Invoke",
      "arn:aws:execute-api:eu-west-1:123456789012:a1/prod/GET/pets/a1b2",
    ],
    [
      "execute-api",
      "GET",
      "a1.execute-api.eu-west-1.amazonaws.com/prod",
      "execute-api:Invoke",
      "arn:aws:execute-api:eu-west-1:123456789012:a1/prod/GET/",
    ],
    [
      "execute-api",
      "POST",
      "a1.execute-api.eu-west-1.amazonaws.com/prod/@connections/xyz=",
      "execute-api:ManageConnections",
      "arn:aws:execute-api:eu-west-1:123456789012:a1/prod/POST/@connections/*",
    ],
    [
      "lambda",
      "GET",
      "abc.lambda-url.eu-west-1.on.aws/",
      ["lambda:InvokeFunctionUrl", "lambda:InvokeFunction"],
      "arn:aws:lambda:eu-west-1:123456789012:function:FUNCTION_NAME",
    ],
    [
      "appsync",
      "POST",
      "abc.appsync-api.eu-west-1.amazonaws.com/graphql",
      "appsync:GraphQL",
      "arn:aws:appsync:eu-west-1:123456789012:apis/API_ID/*",
    ],
    [
      "es",
      "POST",
      "search-my-logs-abcdefghijklmnopqrstuvwxyz.eu-west-1.es.amazonaws.com/_search",
      "es:ESHttpPost",
      "arn:aws:es:eu-west-1:123456789012:domain/my-logs/*",
    ],
    ["s3", "GET", "bucket.s3.eu-west-1.amazonaws.com/a/b.txt", "s3:GetObject", "arn:aws:s3:::bucket/a/b.txt"],
    ["s3", "GET", "bucket.s3.eu-west-1.amazonaws.com/", "s3:ListBucket", "arn:aws:s3:::bucket"],
    ["s3", "DELETE", "s3.eu-west-1.amazonaws.com/bucket/k", "s3:DeleteObject", "arn:aws:s3:::bucket/k"],
  ];
  for (const [service, method, url, Action, Resource] of rows) {
    it(`${method} ${url}`, () => {
      const slash = url.indexOf("/");
      const request = { method, host: url.slice(0, slash), path: url.slice(slash), region: "eu-west-1" };
      assert.deepEqual(statementFor({ service, request, account }), { Effect: "Allow", Action, Resource });
    });
  }

  it("leaves a place for an account that is not known, and follows the partition", () => {
    const request = {
      method: "GET",
      host: "a1.execute-api.cn-north-1.amazonaws.com.cn",
      path: "/prod/x",
      region: "cn-north-1",
    };
    assert.equal(
      statementFor({ service: "execute-api", request, account: null })?.Resource,
      "arn:aws-cn:execute-api:cn-north-1:ACCOUNT_ID:a1/prod/GET/x",
    );
  });

  it("makes none for what does not tell its action", () => {
    const request = {
      method: "POST",
      host: "dynamodb.eu-west-1.amazonaws.com",
      path: "/",
      region: "eu-west-1",
    };
    assert.equal(statementFor({ service: "dynamodb", request, account }), null);
    assert.equal(statementFor({ service: null, request, account }), null);
  });
});

describe("statementOfDenial", () => {
  it("takes action and resource from IAM's own sentence", () => {
    const text =
      "User: arn:aws:iam::123456789012:user/anna is not authorized to perform: \nkms:Decrypt\n on resource: arn:aws:kms:eu-west-1:123456789012:key/k because no identity-based policy allows";
    assert.deepEqual(statementOfDenial(text), {
      Effect: "Allow",
      Action: "kms:Decrypt",
      Resource: "arn:aws:kms:eu-west-1:123456789012:key/k",
    });
    assert.equal(statementOfDenial("Access Denied"), null);
  });

  it("goes with the findings that it mends, and with no other", () => {
    const input = readDiagnosisInput({
      status: 403,
      body: "User: arn:aws:iam::123456789012:user/anna is not authorized to perform: s3:GetObject on resource: arn:aws:s3:::b/k because no identity-based policy allows the s3:GetObject action",
    });
    assert.ok(input);
    const [first] = diagnose(input);
    assert.equal(first?.statement?.Action, "s3:GetObject");
    const expired = readDiagnosisInput({
      status: 403,
      body: "The security token included in the request is expired",
    });
    assert.ok(expired);
    assert.equal(diagnose(expired)[0]?.statement, null);
  });
});
