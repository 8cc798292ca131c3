import assert from "node:assert/strict";
import { diagnose } from "../../src/diagnosis/diagnose.ts";
import { regionOfHost, serviceOfHost, signedRegionOfHost } from "../../src/diagnosis/reading/calledHost.ts";
import { readDiagnosisInput } from "../../src/diagnosis/reading/readInput.ts";

function findingsFor(value: object) {
  const input = readDiagnosisInput(value);
  assert.ok(input);
  return diagnose(input);
}

describe("what a host tells the diagnosis", () => {
  const regions: readonly (readonly [host: string, named: string | null, signed: string | null])[] = [
    ["data-me-south-1.s3.us-east-1.amazonaws.com", "us-east-1", "us-east-1"],
    ["eu-west-1.s3.amazonaws.com", null, "us-east-1"],
    ["logs.af-south-1.s3.eu-west-1.amazonaws.com", "eu-west-1", "eu-west-1"],
    ["search-pets-eu-south-1-abc.us-west-2.es.amazonaws.com", "us-west-2", "us-west-2"],
    ["c.cluster-x.eu-west-1.neptune.amazonaws.com:8182", "eu-west-1", "eu-west-1"],
    ["iam.amazonaws.com", null, "us-east-1"],
    ["iam.us-gov.amazonaws.com", null, "us-gov-west-1"],
    ["sqs.eusc-de-east-1.amazonaws.eu", "eusc-de-east-1", "eusc-de-east-1"],
    ["abc.lambda-url.us-iso-east-1.on.aws", "us-iso-east-1", "us-iso-east-1"],
    ["dynamodb.us-isob-east-1.sc2s.sgov.gov", "us-isob-east-1", "us-isob-east-1"],
    ["eu-west-1.example.com", null, null],
  ];
  for (const [host, named, signed] of regions) {
    it(`${host}: ${named ?? "names no region"}, signed for ${signed ?? "none"}`, () => {
      assert.deepEqual([regionOfHost(host), signedRegionOfHost(host)], [named, signed]);
    });
  }

  it("the service is that of the host, and not a word of a bucket's name", () => {
    const hosts = [
      "bedrock-docs.s3.amazonaws.com",
      "sts.logs.s3.eu-west-1.amazonaws.com",
      "a.es.example.com",
    ];
    assert.deepEqual(hosts.map(serviceOfHost), ["s3", "s3", null]);
  });

  it("a bucket that is named after a region does not make it the region", () => {
    const body =
      "<Error><Code>InvalidAccessKeyId</Code><Message>The AWS Access Key Id you provided does not exist in our records.</Message></Error>";
    const causesAt = (host: string) =>
      findingsFor({ status: 403, body, request: { host } }).map(({ cause, certainty }) => [cause, certainty]);
    assert.deepEqual(
      causesAt("data-me-south-1.s3.us-east-1.amazonaws.com"),
      causesAt("data.s3.us-east-1.amazonaws.com"),
    );
    assert.deepEqual(causesAt("data.s3.me-south-1.amazonaws.com")[0], ["cred-region-not-enabled", "likely"]);
  });

  const wrongRegion = { status: 403, body: '{"message":"Credential should be scoped to a valid region."}' };
  for (const [host, region] of [
    ["sqs.eusc-de-east-1.amazonaws.eu", "eusc-de-east-1"],
    ["pets-eu-west-1.s3.ap-south-1.amazonaws.com", "ap-south-1"],
    ["iam.amazonaws.com", "us-east-1"],
    ["global.health.amazonaws.com", "us-east-1"],
  ] as const) {
    it(`${host}: the fix is to sign for ${region}`, () => {
      const [first] = findingsFor({ ...wrongRegion, request: { host, region: "eu-north-1" } });
      const [fix] = first?.fixes ?? [];
      assert.equal(fix?.title, `Sign for ${region}: # @region ${region}`);
    });
  }

  for (const [region, partition, suffix] of [
    ["us-iso-east-1", "aws-iso", "c2s.ic.gov"],
    ["us-isob-east-1", "aws-iso-b", "sc2s.sgov.gov"],
    ["us-isof-south-1", "aws-iso-f", "csp.hci.ic.gov"],
    ["eu-isoe-west-1", "aws-iso-e", "cloud.adc-e.uk"],
    ["eusc-de-east-1", "aws-eusc", "amazonaws.eu"],
    ["cn-north-1", "aws-cn", "amazonaws.com.cn"],
  ] as const) {
    it(`a policy for ${region} is of the partition ${partition}`, () => {
      const request = {
        method: "GET",
        host: `a1.execute-api.${region}.${suffix}`,
        path: "/prod/x",
        signed: true,
      };
      const statements = findingsFor({ status: 403, body: '{"message":"Forbidden"}', request }).flatMap(
        ({ statement }) => (statement === null ? [] : [statement.Resource]),
      );
      assert.deepEqual(statements[0], `arn:${partition}:execute-api:${region}:ACCOUNT_ID:a1/prod/GET/x`);
    });
  }
});
