import assert from "node:assert/strict";
import { diagnose } from "../../src/diagnosis/diagnose.ts";
import { readDiagnosisInput } from "../../src/diagnosis/reading/readInput.ts";
import { statementFor, statementOfDenial } from "../../src/diagnosis/statements/iamStatement.ts";

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

  const named: readonly (readonly [
    service: string,
    target: string,
    more: {
      readonly method?: string;
      readonly body?: string;
      readonly amzTarget?: string;
      readonly query?: string;
      readonly apiType?: string;
    },
    action: unknown,
    resource: unknown,
  ])[] = [
    [
      "dynamodb",
      "dynamodb.eu-west-1.amazonaws.com/",
      { amzTarget: "DynamoDB_20120810.GetItem", body: '{"TableName":"pets"}' },
      "dynamodb:GetItem",
      "arn:aws:dynamodb:eu-west-1:123456789012:table/pets",
    ],
    [
      "sqs",
      "sqs.eu-west-1.amazonaws.com/",
      {
        amzTarget: "AmazonSQS.SendMessage",
        body: '{"QueueUrl":"https://sqs.eu-west-1.amazonaws.com/111122223333/q"}',
      },
      "sqs:SendMessage",
      "arn:aws:sqs:eu-west-1:111122223333:q",
    ],
    [
      "sqs",
      "sqs.eu-west-1.amazonaws.com/111122223333/q",
      { body: "Action=ReceiveMessage&Version=2012-11-05" },
      "sqs:ReceiveMessage",
      "arn:aws:sqs:eu-west-1:111122223333:q",
    ],
    [
      "sts",
      "sts.eu-west-1.amazonaws.com/",
      { query: "Action=AssumeRole&RoleArn=arn%3Aaws%3Aiam%3A%3A111122223333%3Arole%2Fops" },
      "sts:AssumeRole",
      "arn:aws:iam::111122223333:role/ops",
    ],
    ["ec2", "ec2.eu-west-1.amazonaws.com/", { query: "Action=DescribeVpcs" }, "ec2:DescribeVpcs", "*"],
    [
      "monitoring",
      "monitoring.eu-west-1.amazonaws.com/",
      { body: "Action=PutMetricData" },
      "cloudwatch:PutMetricData",
      "*",
    ],
    [
      "secretsmanager",
      "secretsmanager.eu-west-1.amazonaws.com/",
      { amzTarget: "secretsmanager.GetSecretValue", body: '{"SecretId":"db"}' },
      "secretsmanager:GetSecretValue",
      "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-??????",
    ],
    [
      "lambda",
      "lambda.eu-west-1.amazonaws.com/2015-03-31/functions/hello/invocations",
      {},
      "lambda:InvokeFunction",
      "arn:aws:lambda:eu-west-1:123456789012:function:hello",
    ],
    [
      "appsync",
      "abc.appsync-api.eu-west-1.amazonaws.com/graphql",
      { body: '{"query":"mutation M($a: ID) { addPet(id: $a) { name } }"}' },
      "appsync:GraphQL",
      "arn:aws:appsync:eu-west-1:123456789012:apis/API_ID/types/Mutation/fields/addPet",
    ],
    [
      "appsync",
      "abc.appsync-api.eu-west-1.amazonaws.com/graphql",
      { body: '{"query":"{ a: pets { name } owner(id: 1) { pets { name } } }"}' },
      "appsync:GraphQL",
      [
        "arn:aws:appsync:eu-west-1:123456789012:apis/API_ID/types/Query/fields/pets",
        "arn:aws:appsync:eu-west-1:123456789012:apis/API_ID/types/Query/fields/owner",
      ],
    ],
    [
      "iotdata",
      "abc-ats.iot.eu-west-1.amazonaws.com/topics/pets/rex",
      {},
      "iot:Publish",
      "arn:aws:iot:eu-west-1:123456789012:topic/pets/rex",
    ],
    [
      "bedrock",
      "bedrock-runtime.eu-west-1.amazonaws.com/model/anthropic.claude-v2%3A1/invoke",
      {},
      "bedrock:InvokeModel",
      "arn:aws:bedrock:eu-west-1::foundation-model/anthropic.claude-v2:1",
    ],
    [
      "bedrock",
      "bedrock-runtime.eu-west-1.amazonaws.com/model/eu.x.y/converse-stream",
      {},
      "bedrock:InvokeModelWithResponseStream",
      [
        "arn:aws:bedrock:eu-west-1:123456789012:inference-profile/eu.x.y",
        "arn:aws:bedrock:*::foundation-model/x.y",
      ],
    ],
    [
      "vpc-lattice-svcs",
      "x.1.vpc-lattice-svcs.eu-west-1.on.aws/a/b",
      {},
      "vpc-lattice-svcs:Invoke",
      "arn:aws:vpc-lattice:eu-west-1:123456789012:service/SERVICE_ID/a/b",
    ],
    [
      "execute-api",
      "a1.execute-api.eu-west-1.amazonaws.com/pets",
      { method: "GET", apiType: "HTTP" },
      "execute-api:Invoke",
      "arn:aws:execute-api:eu-west-1:123456789012:a1/$default/GET/pets",
    ],
    [
      "execute-api",
      "a1.execute-api.eu-west-1.amazonaws.com/prod",
      { method: "GET", apiType: "WebSocket" },
      "execute-api:Invoke",
      "arn:aws:execute-api:eu-west-1:123456789012:a1/prod/$connect",
    ],
    [
      "execute-api",
      "api.example.com/pets",
      { method: "GET" },
      "execute-api:Invoke",
      "arn:aws:execute-api:eu-west-1:123456789012:API_ID/STAGE/GET/pets",
    ],
    [
      "s3",
      "bucket.s3.eu-west-1.amazonaws.com/k",
      { method: "PUT", query: "tagging" },
      "s3:PutObjectTagging",
      "arn:aws:s3:::bucket/k",
    ],
    [
      "s3",
      "bucket.s3.eu-west-1.amazonaws.com/",
      { method: "GET", query: "location" },
      "s3:GetBucketLocation",
      "arn:aws:s3:::bucket",
    ],
    ["s3", "s3.eu-west-1.amazonaws.com/", { method: "GET" }, "s3:ListAllMyBuckets", "*"],
    [
      "neptune-db",
      "c.cluster-x.eu-west-1.neptune.amazonaws.com/sparql",
      { query: "query=SELECT" },
      "neptune-db:ReadDataViaQuery",
      "arn:aws:neptune-db:eu-west-1:123456789012:CLUSTER_RESOURCE_ID/*",
    ],
  ];
  for (const [index, [service, target, more, Action, Resource]] of named.entries()) {
    it(`${index + 1}: ${service} ${String(Action)}`, () => {
      const slash = target.indexOf("/");
      const request = {
        method: more.method ?? "POST",
        host: target.slice(0, slash),
        path: target.slice(slash),
        region: "eu-west-1",
        query: more.query ?? null,
        headers: more.amzTarget === undefined ? [] : [["X-Amz-Target", more.amzTarget] as const],
        bodyText: more.body ?? null,
        apiType: more.apiType ?? null,
      };
      assert.deepEqual(statementFor({ service, request, account }), { Effect: "Allow", Action, Resource });
    });
  }

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
    const masked =
      "User: x is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:eu-west-1:********9012:a/prod/GET/";
    assert.equal(
      statementOfDenial(masked, account)?.Resource,
      "arn:aws:execute-api:eu-west-1:123456789012:a/prod/GET/",
    );
    assert.match(String(statementOfDenial(masked, "111122223333")?.Resource), /\*{8}9012/);
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
