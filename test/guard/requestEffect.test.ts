import assert from "node:assert/strict";
import { judgeEffect } from "../../src/guard/requestEffect.ts";
import { judged, type WrittenRequest } from "./judgedRequest.ts";

type Case = readonly [line: string, written?: WrittenRequest];

function all(effect: string, cases: readonly Case[]): void {
  for (const [line, written] of cases) {
    const shown = JSON.stringify(written ?? {}, (_, value: unknown) =>
      value instanceof Uint8Array ? `${value.length} bytes` : value,
    );
    it(`${line} ${shown.slice(0, 160)}`, () => {
      const judgement = judgeEffect(judged(line, written));
      assert.equal(judgement.effect, effect, judgement.reason);
    });
  }
}

const ec2 = "https://ec2.us-east-1.amazonaws.com/";
const iam = "https://iam.amazonaws.com/";
const dynamodb = "https://dynamodb.us-east-1.amazonaws.com/";
const ssm = "https://ssm.us-east-1.amazonaws.com/";
const target = (value: string): readonly [string, string] => ["X-Amz-Target", value];
const query = target("DynamoDB_20120810.Query");

describe("what reads", () => {
  all("reads", [
    [`GET ${ec2}?Action=DescribeInstances&Version=2016-11-15`],
    [`GET ${ec2}`],
    [`HEAD ${ec2}?Action=DescribeInstances`],
    [`POST ${ec2}?Action=DescribeInstances`],
    [`POST ${ec2}`, { body: "Version=2016-11-15&Action=%44escribeInstances" }],
    [`POST ${ec2}?Action=DescribeInstances`, { body: "Action=DescribeInstances" }],
    [`POST ${iam}`, { body: "Action=SimulatePrincipalPolicy&ActionNames.member.1=iam:DeleteUser" }],
    [
      `POST ${iam}`,
      {
        body: `Action=SimulateCustomPolicy${Array.from({ length: 300 }, (_, i) => `&ActionNames.member.${i}=a`).join("")}`,
      },
    ],
    ["POST https://sts.amazonaws.com", { body: "Action=GetCallerIdentity&Version=2011-06-15" }],
    ["POST https://vpce-0ab-12.sts.us-east-1.vpce.amazonaws.com/", { body: "Action=GetCallerIdentity" }],
    [
      "POST https://sqs.us-east-1.amazonaws.com/111122223333/orders.fifo",
      { body: "Action=GetQueueAttributes" },
    ],
    ["POST https://111122223333.ddb.us-east-1.amazonaws.com/", { headers: [query], body: "{}" }],
    [`POST ${dynamodb}`, { headers: [["x-amz-target", " DynamoDB_20120810.BatchGetItem "]], body: "{}" }],
    [`POST ${dynamodb}`, { headers: [query], body: '{"Name":"Action=DeleteTable"}' }],
    [
      "POST https://ce.us-east-1.amazonaws.com/",
      { headers: [target("AWSInsightsIndexService.GetCostAndUsage")] },
    ],
    [`POST ${ssm}`, { headers: [target("AmazonSSM.GetParameter")], body: '{"Name":"/a"}' }],
    [`POST ${ssm}`, { headers: [target("AmazonSSM.GetParameters")], body: '{"WithDecryption" : false}' }],
    [
      "POST https://global.health.amazonaws.com/",
      { headers: [target("AWSHealth_20160804.DescribeEvents")], body: "{}" },
    ],
    ["GET https://api.example.com/?action=getUser"],
    ["GET https://wiki.example.com/w/api.php?action=query&titles=A"],
    ["GET https://search.example.com/_search", { body: '{"query":{"match_all":{}}}' }],
  ]);
});

describe("what may change something", () => {
  describe("by its method", () => {
    all("changes", [
      ["POST https://api.example.com/pets"],
      [`POST ${ec2}`, { body: `Action=DescribeInstances&x=${"a".repeat(1024 * 1024)}` }],
      ["GET https://api.example.com/", { body: "a".repeat(1024 * 1024 + 1) }],
      ["PUT https://api.example.com/pets"],
      ["DELETE https://bucket.s3.amazonaws.com/key"],
      ["QUERY https://api.example.com/pets"],
      ["TRACE https://api.example.com/"],
      ["get https://api.example.com/"],
      ["Get https://api.example.com/"],
      ["post https://sts.amazonaws.com/?Action=GetCallerIdentity"],
      ["POST https://bucket.s3.amazonaws.com/key?select&select-type=2"],
      [
        "POST https://abc.appsync-api.us-east-1.amazonaws.com/graphql",
        { body: '{"query":"{ pets { id } }"}' },
      ],
    ]);
  });

  describe("by an action in a GET", () => {
    all("changes", [
      [`GET ${ec2}?Action=TerminateInstances&InstanceId.1=i-1`],
      [`HEAD ${ec2}?Action=TerminateInstances`],
      [`OPTIONS ${ec2}?Action=TerminateInstances`],
      ["GET https://api.example.com/?Action=DeleteUser"],
      ["GET https://localhost/?Action=DeleteUser"],
      ["GET https://sqs.us-east-1.amazonaws.com/111122223333/q?Action=SendMessage"],
      [`GET ${iam}?%41ction=DeleteUser`],
      [`GET ${iam}?Actio%6E=Delete%55ser`],
      [`GET ${iam}?action=DeleteUser`],
      [`GET ${iam}?ACTION=DeleteUser`],
      [`GET ${iam}?%2541ction=DeleteUser`],
      [`GET ${iam}?%u0041ction=DeleteUser`],
      [`GET ${iam}?+Action=DeleteUser`],
      [`GET ${iam}?Action%00=DeleteUser`],
      [`GET ${iam}?%EF%BB%BFAction=DeleteUser`],
      [`GET ${iam}?%EF%BC%A1ction=DeleteUser`],
      [`GET ${iam}?Action[]=DeleteUser`],
      [`GET ${iam}?x=1;Action=DeleteUser`],
      [`GET ${iam}?Action=GetUser;Action=DeleteUser`],
      [`GET ${iam}?Action=GetUser&Action=DeleteUser`],
      [`GET ${iam}?Action=DeleteUser&Action=GetUser`],
      [`GET ${iam}?Action=GetUser&action=DeleteUser`],
      [`GET ${iam}?${"Action=GetUser&".repeat(200)}Action=DeleteUser`],
      [`GET ${iam}?Action=`],
      [`GET ${iam}?Action`],
      [`GET ${iam}?Action=Get%20User`],
      [`GET ${iam}?Action=GetUser%00`],
      [`GET ${iam}?Action=Describe%2549nstances`],
      [`GET ${iam}?Action=getUser`],
      [`GET ${iam}`, { body: "Action=DeleteUser" }],
      [`GET ${iam}?Action=GetUser`, { body: "Action=DeleteUser" }],
      [`GET ${dynamodb}`, { headers: [target("DynamoDB_20120810.DeleteTable")] }],
      ["GET https://localhost/", { headers: [target("DynamoDB_20120810.DeleteTable")] }],
      [`GET ${dynamodb}?X-Amz-Target=DynamoDB_20120810.DeleteTable`],
      [
        "GET https://monitoring.us-east-1.amazonaws.com/service/GraniteServiceVersion20100801/operation/DeleteAlarms",
      ],
    ]);
  });

  describe("by an action that is not whole and known to read", () => {
    const names = [
      "Getaway",
      "ListenToMe",
      "Describer",
      "Queryable",
      "Scanner",
      "Searchlight",
      "Selection",
      "Lookups",
    ];
    const joined = [
      "GetOrCreateUser",
      "DescribeAndUpdate",
      "ListThenDelete",
      "GetAndDelete",
      "BatchDeleteGet",
    ];
    const cased = [
      "GETUser",
      "get",
      "describeInstances",
      "DESCRIBEINSTANCES",
      "Batch",
      "BatchGetaway",
      "Head",
    ];
    all(
      "changes",
      [...names, ...joined, ...cased, "PutUser", "Get-User", "Get_User", "GetUser,DeleteUser", "Unknown"].map(
        (name) => [`POST ${iam}`, { body: `Action=${name}` }],
      ),
    );
  });

  describe("by a header or parameter that replaces the method", () => {
    const names = ["X-HTTP-Method-Override", "x-http-method", "X-Method-Override", "X-Original-HTTP-Method"];
    const more = [
      "X_HTTP_METHOD_OVERRIDE",
      "X-Original-Method",
      "X-HTTP-Verb-Override",
      "X-Original-URL",
      "X-Rewrite-URL",
    ];
    all("changes", [
      ...[...names, ...more].map(
        (name): Case => ["GET https://api.example.com/pets", { headers: [[name, "DELETE"]] }],
      ),
      ["GET https://api.example.com/pets?_method=DELETE"],
      ["GET https://api.example.com/pets?%5Fmethod=DELETE"],
      ["GET https://api.example.com/pets?a=1;_method=DELETE"],
      ["GET https://api.example.com/pets?x-http-method-override=PUT"],
      ["GET https://api.example.com/pets?$httpMethod=PUT"],
      ["GET https://api.example.com/pets?method=delete"],
      ["GET https://api.example.com/pets", { body: "_method=DELETE" }],
      [`POST ${ec2}?Action=DescribeInstances`, { headers: [["X-HTTP-Method-Override", "GET"]] }],
    ]);
  });

  describe("by a POST that does not name one operation where its service reads it", () => {
    const form = "Action=DescribeInstances";
    const utf16 = Buffer.concat([
      Buffer.from([0xff, 0xfe]),
      Buffer.from("Action=DescribeInstances", "utf16le"),
    ]);
    all("changes", [
      [`POST ${ec2}`],
      [`POST ${ec2}`, { body: "action=DescribeInstances" }],
      [`POST ${ec2}`, { body: `\uFEFF${form}` }],
      [`POST ${ec2}v2/x`, { body: form }],
      [`POST ${ec2}%2e`, { body: form }],
      ["POST https://email.us-east-1.amazonaws.com/v2/email/outbound-emails?Action=ListIdentities"],
      [`POST ${ec2}?Action=DescribeInstances`, { body: "Action=TerminateInstances" }],
      [`POST ${ec2}?Action=TerminateInstances`, { body: form }],
      [`POST ${ec2}?Action=DescribeInstances`, { body: "Action=DescribeImages" }],
      [`POST ${ec2}`, { body: form, headers: [target("AmazonEC2.TerminateInstances")] }],
      [`POST ${ec2}`, { body: `${form}&Action=TerminateInstances` }],
      [`POST ${ec2}`, { body: `${form}\r\nAction=TerminateInstances` }],
      [`POST ${ec2}`, { headers: [target("AmazonEC2.DescribeInstances")] }],
      [`POST ${ec2}`, { body: form, headers: [["Content-Encoding", "gzip"]] }],
      [
        `POST ${ec2}?${form}`,
        { body: "x=1", headers: [["Content-Type", "multipart/form-data; boundary=x"]] },
      ],
      [`POST ${ec2}?${form}`, { body: "x=1", headers: [["Content-Type", "text/plain; charset=utf-16"]] }],
      [`POST ${ec2}?${form}`, { body: "x=1", headers: [["Content-Type", 'text/plain; charset="UTF-7"']] }],
      [`POST ${ec2}?${form}`, { body: "x=1", headers: [["Content-Type", "text/plain; charset=ibm037"]] }],
      [`POST ${dynamodb}`, { headers: [query, target("DynamoDB_20120810.DeleteTable")] }],
      [`POST ${dynamodb}`, { headers: [target("A.Query, A.DeleteTable")] }],
      [`POST ${dynamodb}`, { headers: [target("A.Query,A.Query")] }],
      [`POST ${dynamodb}`, { headers: [target("Query")] }],
      [`POST ${dynamodb}`, { headers: [target("A.Query#DeleteTable")] }],
      [`POST ${dynamodb}`, { headers: [["X_Amz_Target", "A.Query"]] }],
      [`POST ${dynamodb}`, { headers: [query], body: "Action=DeleteTable" }],
      [`POST ${dynamodb}?Action=DeleteTable`, { headers: [query] }],
      [`POST ${dynamodb}table`, { headers: [query] }],
      [`POST ${dynamodb}`, { headers: [query], body: utf16 }],
      [`POST ${dynamodb}service/DynamoDB_20120810/operation/DeleteTable`, { headers: [query] }],
      ["POST https://monitoring.us-east-1.amazonaws.com/service/G/operation/GetMetricData/../PutMetricData"],
      ["POST https://dynamodb.us-east-1.s3.amazonaws.com/", { headers: [query] }],
      ["POST https://sts.us-east-1.elb.amazonaws.com/", { body: "Action=GetCallerIdentity" }],
      ["POST https://sts.amazonaws.com.evil.example/", { body: "Action=GetCallerIdentity" }],
      ["POST https://stsamazonaws.com/", { body: "Action=GetCallerIdentity" }],
      ["POST https://x.execute-api.us-east-1.amazonaws.com/", { body: "Action=GetCallerIdentity" }],
      ["POST https://localhost/", { headers: [query] }],
    ]);
  });

  it("says that Bedrock may cost money", () => {
    const { reason } = judgeEffect(
      judged("POST https://bedrock-runtime.us-east-1.amazonaws.com/model/m/invoke"),
    );
    assert.equal(reason, "POST to Bedrock may change something or cost money");
  });
});

describe("what hands out credentials", () => {
  const parameter = [target("AmazonSSM.GetParameter")];
  all("handsOutCredentials", [
    ["GET https://sts.amazonaws.com/?Action=AssumeRole&RoleArn=a"],
    ["GET https://sts.amazonaws.com/?action=AssumeRole"],
    ["GET https://sts.amazonaws.com/?Action=%2541ssumeRole"],
    ["POST https://sts.amazonaws.com/?Action=GetCallerIdentity", { body: "Action=AssumeRole" }],
    [
      "POST https://sts.amazonaws.com/",
      { body: "Action=GetSessionToken", headers: [["X-HTTP-Method", "GET"]] },
    ],
    [`GET https://apigateway.us-east-1.amazonaws.com/apikeys?${"a&".repeat(3000)}includeValues=true`],
    [`GET https://sts.amazonaws.com/?${"Action=GetCallerIdentity&".repeat(200)}Action=AssumeRole`],
    ["POST https://localhost/", { body: "Action=AssumeRole" }],
    ["POST https://localhost/", { headers: [target("secretsmanager.GetSecretValue")] }],
    ["POST https://secretsmanager.us-east-1.amazonaws.com/service/s/operation/GetSecretValue"],
    [
      "POST https://secretsmanager.us-east-1.amazonaws.com/",
      { headers: [target("A.GetNewKindOfCredentials")] },
    ],
    ["POST https://sts.amazonaws.com/", { body: `x=${"a".repeat(1024 * 1024)}&Action=AssumeRole` }],
    [
      "POST https://sts.amazonaws.com/?Action=GetCallerIdentity",
      { body: Buffer.from("Action=AssumeRole", "utf16le") },
    ],
    [`POST ${ssm}`, { headers: parameter, body: '{"Name":"/a","WithDecryption":true}' }],
    [`POST ${ssm}`, { headers: parameter, body: '{"WithDecryption":"true"}' }],
    [`POST ${ssm}`, { headers: parameter, body: '{"WithDecryption":true,"WithDecryption":false}' }],
    [`POST ${ssm}`, { headers: parameter, body: '{"With\\u0044ecryption":true}' }],
    [`POST ${ssm}`, { headers: parameter, body: `{"a":"${"a".repeat(1024 * 1024)}","WithDecryption":true}` }],
    [`GET ${ssm}?Action=GetParameter&WithDecryption=true`],
  ]);

  it("is said of a compressed question to Parameter Store, whose parameters cannot be read", () => {
    const headers = [...parameter, ["Content-Encoding", "gzip"] as const];
    assert.equal(judgeEffect(judged(`POST ${ssm}`, { headers, body: "x" })).effect, "handsOutCredentials");
  });
});

describe("a reason", () => {
  const reasons: readonly (readonly [string, WrittenRequest, string | null, string])[] = [
    [`GET ${ec2}`, {}, null, "GET reads"],
    [`GET ${ec2}?Action=DescribeInstances`, {}, "DescribeInstances", "the action DescribeInstances reads"],
    ["POST https://a.example/", {}, null, "POST may change something"],
    [`GET ${ec2}?Action=StopInstances`, {}, "StopInstances", "the action StopInstances may change something"],
    ["GET https://a.example/", { headers: [["X-HTTP-Method", "PUT"]] }, null, "a method override header"],
    [`GET ${ec2}?Action=A&Action=B`, {}, null, "two actions that differ"],
    [
      "GET https://sts.amazonaws.com/?Action=AssumeRole",
      {},
      "AssumeRole",
      "AssumeRole hands out credentials",
    ],
    [`GET ${ec2}?Action=a%0Ab`, {}, null, "an action whose name cannot be read for certain"],
  ];
  for (const [line, written, action, reason] of reasons) {
    it(reason, () => {
      const judgement = judgeEffect(judged(line, written));
      assert.deepEqual([judgement.action, judgement.reason], [action, reason]);
    });
  }

  it("repeats nothing of the request but a plain method and a plain name", () => {
    for (const text of ["\u001b[31m", "a\nb", "x".repeat(5000)]) {
      const byMethod = judgeEffect({ ...judged("GET https://a.example/"), method: text });
      const byAction = judgeEffect(judged(`GET ${ec2}`, { body: `Action=${text}`, headers: [target(text)] }));
      for (const { reason, effect } of [byMethod, byAction]) {
        assert.match(reason, /^[\w ,]+$/);
        assert.ok(reason.length < 200);
        assert.equal(effect, "changes");
      }
    }
  });
});
