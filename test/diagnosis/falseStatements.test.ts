import assert from "node:assert/strict";
import { diagnose, type Finding } from "../../src/diagnosis/diagnose.ts";
import { readDiagnosisInput } from "../../src/diagnosis/reading/readInput.ts";
import { api, json, xml } from "./caseShapes.ts";

function findingsOf(value: object): readonly Finding[] {
  const input = readDiagnosisInput({ status: 403, ...value });
  assert.ok(input);
  return diagnose(input);
}

/** Everything that a person is told, as one text. */
function toldOf(value: object): string {
  return JSON.stringify(findingsOf(value));
}

const sentence = (user: string, rest: string) => `User: ${user} is not authorized to perform: ${rest}`;
const anna = "arn:aws:iam::111122223333:user/anna";
const bucket = "s3:GetObject on resource: ";

describe("what is not true of a refusal is not said", () => {
  it("a token of an identity provider has nothing to do with external IDs, the caller's policies or AWS credentials", () => {
    for (const body of [
      xml("AccessDenied", "Not authorized to perform sts:AssumeRoleWithWebIdentity"),
      xml(
        "ExpiredTokenException",
        "Token expired: current date/time 2 must be before the expiration date/time 1",
      ),
    ]) {
      const told = toldOf({ service: "sts", body });
      assert.doesNotMatch(
        told,
        /external ID|of the caller|Get new credentials|refreshCredentials|switchProfile/,
      );
    }
  });

  it("a field that its resolver denies needs no statement of IAM", () => {
    const body = json("Not Authorized to access getPet on type Query", { errorType: "Unauthorized" });
    const findings = findingsOf({ status: 200, service: "appsync", body });
    assert.deepEqual(
      findings.map(({ cause, statement }) => [cause, statement]),
      [["appsync-resolver-denied", null]],
    );
  });

  it("model access is not asked for where permissions of AWS Marketplace are missing", () => {
    const body = json(
      "Model access is denied due to IAM user … required AWS Marketplace actions (aws-marketplace:Subscribe)",
    );
    const told = toldOf({ service: "bedrock", body });
    assert.match(told, /aws-marketplace:Subscribe, Unsubscribe and ViewSubscriptions/);
    assert.doesNotMatch(told, /Request access/);
  });

  it("nobody says that a signed request was not signed", () => {
    const body = JSON.stringify({
      Message: sentence(
        "anonymous",
        "execute-api:Invoke on resource: arn:aws:execute-api:eu-west-1:********9012:a/prod/GET/",
      ),
    });
    const causes = (signed: boolean | undefined) =>
      findingsOf({ ...api, body, request: { ...api.request, signed } }).map(({ cause }) => cause);
    assert.equal(causes(true)[0], "apigw-method-not-iam");
    assert.ok(!causes(true).includes("unsigned-request"));
    assert.ok(causes(undefined).includes("apigw-method-not-iam"));
    assert.ok(!causes(false).includes("apigw-method-not-iam"));
  });

  it("a presigned URL is made anew, never sent again; our own is signed anew by sending again", () => {
    const request = {
      method: "GET",
      url: "https://b.s3.amazonaws.com/k?X-Amz-Signature=0&X-Amz-Security-Token=t",
    };
    for (const [code, message] of [
      ["ExpiredToken", "The provided token has expired."],
      ["AccessDenied", "Request has expired"],
    ] as const) {
      const value = { service: "s3", body: xml(code, message), request };
      assert.doesNotMatch(toldOf(value), /refreshCredentials|sendAgain|switchProfile/);
      const own = { ...value, signing: { canonicalRequest: "GET\n/k", stringToSign: "AWS4-HMAC-SHA256" } };
      assert.match(toldOf(own), /refreshCredentials|sendAgain/);
    }
  });

  it("a token that was sent is not said to be missing", () => {
    for (const body of [json("Unauthorized"), ""]) {
      const told = toldOf({
        ...api,
        status: 401,
        body,
        request: { ...api.request, headers: { Authorization: "eyJraWQi" } },
      });
      assert.match(told, /token-refused/);
      assert.doesNotMatch(told, /is missing/);
    }
  });

  it("S3 and databases have no API key, firewall or custom domain of API Gateway", () => {
    for (const [service, body] of [
      ["s3", "An error occurred (403) when calling the HeadObject operation: Forbidden"],
      ["neptune-db", "HTTP/1.1 403 Forbidden"],
    ]) {
      assert.ok(
        findingsOf({ status: null, service, body }).every(({ cause }) => !cause.startsWith("apigw-")),
      );
    }
  });
});

describe("statements that IAM takes", () => {
  const statementsOf = (value: object) =>
    new Map(findingsOf(value).map(({ cause, statement }) => [cause, statement] as const));

  it("name whom a resource's policy allows, and the caller's own policy names nobody", () => {
    const text = sentence(anna, `${bucket}arn:aws:s3:::b/k`);
    const statements = statementsOf({ service: "s3", body: json(text) });
    const [Effect, Action, Resource] = ["Allow", "s3:GetObject", "arn:aws:s3:::b/k"];
    assert.deepEqual(statements.get("iam-no-identity-allow"), { Effect, Action, Resource });
    assert.deepEqual(statements.get("iam-no-resource-allow"), {
      Effect,
      Principal: { AWS: anna },
      Action,
      Resource,
    });
  });

  it("allow nothing to everybody where anybody was denied", () => {
    const body = JSON.stringify({
      Message: sentence(
        "anonymous",
        "execute-api:Invoke on resource: arn:aws:execute-api:eu-west-1:********9012:a/prod/GET/",
      ),
    });
    for (const signed of [true, false, undefined]) {
      const statements = statementsOf({ ...api, body, request: { ...api.request, signed } });
      assert.equal(statements.get("apigw-resource-policy"), null);
    }
  });

  const written: readonly (readonly [resource: string, expected: string | null])[] = [
    ["arn:aws:s3:::b/k", "arn:aws:s3:::b/k"],
    ["'arn:aws:s3:::b/k'", "arn:aws:s3:::b/k"],
    ['"arn:aws:s3:::b/a b.txt" because no identity-based policy allows it', "arn:aws:s3:::b/a b.txt"],
    ["`arn:aws:s3:::b/k`.", "arn:aws:s3:::b/k"],
    ["arn:aws:s3:::b/k.", "arn:aws:s3:::b/k"],
    ["arn:aws:s3:::b/k)", "arn:aws:s3:::b/k"],
    ["arn:aws:s3:::b/k(1)", "arn:aws:s3:::b/k(1)"],
    ["arn:aws:s3:::b/it's", "arn:aws:s3:::b/it's"],
    ["arn:aws:s3:::b/k' }", "arn:aws:s3:::b/k"],
    ["arn:aws:s3:::b/long/ke...", null],
    ["arn:aws:s3:::b/long/ke…", null],
    ["arn:aws:s3", null],
    ["arn:aws:s3:::", null],
    ["arn:aws:dynamodb:eu-west-1:1234", null],
    ["arn:aws:dynamodb:eu-west-1:123456789012:", null],
  ];
  for (const [resource, expected] of written) {
    it(`of ${resource}: ${expected ?? "none"}`, () => {
      const text = `${sentence(anna, bucket)}${resource}`;
      const statement = statementsOf({ status: null, body: text }).get("iam-no-identity-allow");
      assert.equal(statement?.Resource ?? null, expected);
    });
  }

  it("have a place for an account that the answer masks", () => {
    const masked = sentence(
      anna,
      "execute-api:Invoke on resource: arn:aws:execute-api:eu-west-1:********3333:a/prod/GET/",
    );
    const resource = (account: string | undefined) =>
      statementsOf({ ...api, account, body: JSON.stringify({ Message: masked }) }).get(
        "iam-no-identity-allow",
      )?.Resource;
    assert.equal(resource(undefined), "arn:aws:execute-api:eu-west-1:ACCOUNT_ID:a/prod/GET/");
    assert.equal(resource("111122223333"), "arn:aws:execute-api:eu-west-1:111122223333:a/prod/GET/");
  });

  it("are not made of what was called where something else was denied", () => {
    const request = { method: "GET", url: "https://b.s3.eu-west-1.amazonaws.com/k", region: "eu-west-1" };
    const body = xml("AccessDenied", sentence(anna, "kms:Decrypt on resource: arn:aws:kms:eu-west-1:1111…"));
    assert.equal(statementsOf({ service: "s3", body, request }).get("iam-kms"), null);
  });

  it("are offered for a resource's policy only where resources have policies", () => {
    const causesOf = (rest: string) => [...statementsOf({ body: json(sentence(anna, rest)) }).keys()];
    assert.ok(
      causesOf("sqs:SendMessage on resource: arn:aws:sqs:eu-west-1:111122223333:q").includes(
        "iam-no-resource-allow",
      ),
    );
    for (const rest of [
      "ec2:RunInstances on resource: arn:aws:ec2:eu-west-1:111122223333:instance/*",
      "ecs:RunTask on resource: arn:aws:ecs:eu-west-1:444455556666:task-definition/a:1",
      "athena:StartQueryExecution on resource: arn:aws:athena:eu-west-1:111122223333:workgroup/w",
    ])
      assert.ok(!causesOf(rest).includes("iam-no-resource-allow"), rest);
    const said =
      "ec2:X on resource: arn:aws:ec2:eu-west-1:111122223333:y/z because no resource-based policy allows the ec2:X action";
    assert.equal(causesOf(said)[0], "iam-no-resource-allow");
  });
});
