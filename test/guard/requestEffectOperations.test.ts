import assert from "node:assert/strict";
import { judgeEffect } from "../../src/guard/requestEffect.ts";
import { judged, named } from "./judgedRequest.ts";
import { operations } from "./operationsFixture.ts";

const effects = ["reads", "changes", "handsOutCredentials"] as const;

const rows = operations
  .trim()
  .split("\n")
  .map((line) => {
    const [called = [], ...named] = line
      .split("|")
      .map((part) => part.split(" ").filter((each) => each !== ""));
    const [protocol = "", host = "", prefix = ""] = called;
    return {
      protocol,
      host,
      prefix,
      byEffect: effects.map((effect, i) => ({ effect, names: named[i] ?? [] })),
    };
  });

describe("what operations of AWS do", () => {
  for (const { protocol, host, prefix, byEffect } of rows) {
    it(`${host}, by ${protocol}`, () => {
      for (const [effect, operation] of byEffect.flatMap(({ effect, names }) =>
        names.map((name) => [effect, name]),
      )) {
        const judgement = judgeEffect(named(protocol, host, prefix, operation ?? ""));
        assert.equal(judgement.effect, effect, operation);
        assert.equal(judgement.action, operation);
        assert.ok(judgement.reason.includes(operation ?? ""), judgement.reason);
      }
    });
  }

  it("is the same for GET where an operation changes something or hands out credentials", () => {
    for (const { host, byEffect } of rows.filter(({ protocol }) => protocol === "query")) {
      for (const { effect, names } of byEffect) {
        for (const name of names) {
          assert.equal(judgeEffect(judged(`GET https://${host}/?Action=${name}`)).effect, effect, name);
        }
      }
    }
  });

  it("is not known at another host: there every POST changes something, or hands out credentials", () => {
    for (const { protocol, prefix, byEffect } of rows) {
      for (const operation of byEffect.flatMap(({ names }) => names)) {
        for (const host of ["localhost", "api.example.com", "sts.us-east-1.amazonaws.com.evil.example"]) {
          assert.notEqual(judgeEffect(named(protocol, host, prefix, operation)).effect, "reads", operation);
        }
      }
    }
  });

  const rest = `
    GET portal.sso.eu-west-1.amazonaws.com/federation/credentials?role_name=a&account_id=1 GetRoleCredentials
    POST oidc.eu-west-1.amazonaws.com/token CreateToken
    POST codeartifact.eu-west-1.amazonaws.com/v1/authorization-token?domain=a GetAuthorizationToken
    GET b--use1-az4--x-s3.s3express-use1-az4.us-east-1.amazonaws.com/?session CreateSession
    GET 111122223333.s3-control.us-east-1.amazonaws.com/v20180820/accessgrantsinstance/dataaccess?target=a GetDataAccess
    GET abc123.credentials.iot.us-east-1.amazonaws.com/role-aliases/door/credentials AssumeRoleWithCertificate
    POST iot.us-east-1.amazonaws.com/keys-and-certificate?setAsActive=true CreateKeysAndCertificate
    POST rolesanywhere.us-east-1.amazonaws.com/sessions CreateSession
    GET apigateway.us-east-1.amazonaws.com/apikeys?includeValues=true GetApiKeys
    GET apigateway.us-east-1.amazonaws.com/apikeys/abc?includeValue=TRUE GetApiKey
    GET apigateway.us-east-1.amazonaws.com/usageplans/p/keys GetUsagePlanKeys
    POST apigateway.us-east-1.amazonaws.com/apikeys CreateApiKey
    GET appsync.us-east-1.amazonaws.com/v1/apis/a/apikeys ListApiKeys
    GET connect.us-east-1.amazonaws.com/user/federate/i GetFederationToken
    GET datazone.us-east-1.api.aws/v2/domains/d/environments/e/credentials GetEnvironmentCredentials
    GET scheduling.deadline.us-east-1.amazonaws.com/2023-10-12/farms/f/queues/q/user-roles AssumeQueueRoleForUser
    POST lakeformation.us-east-1.amazonaws.com/GetTemporaryGlueTableCredentials GetTemporaryGlueTableCredentials
    POST eks-auth.us-east-1.api.aws/clusters/c/assume-role-for-pod-identity AssumeRoleForPodIdentity
    POST emr-containers.us-east-1.amazonaws.com/virtualclusters/v/endpoints/e/credentials GetManagedEndpointSessionCredentials
    POST env.airflow.us-east-1.amazonaws.com/clitoken/mine CreateCliToken
    POST grafana.us-east-1.amazonaws.com/workspaces/w/apikeys CreateWorkspaceApiKey
    POST us-east-1.signin.aws.amazon.com/v1/token CreateOAuth2Token
    GET signin.aws.amazon.com/federation?Action=getSigninToken&Session=%7B%7D getSigninToken
    GET pca-connector-scep.us-east-1.amazonaws.com/challengePasswords/arn%3Aaws%3Apca%3A1%3Achallenge%2Fa GetChallengePassword
    GET cp.metadata.geo.us-east-1.amazonaws.com/metadata/v0/keys/k DescribeKey
    GET managedblockchain.us-east-1.amazonaws.com/accessors/a GetAccessor
    GET vpce-0a1-b2.portal.sso.us-east-1.vpce.amazonaws.com//federation/./credentials/ GetRoleCredentials
    GET portal.sso.eu-west-1.amazonaws.com/x/../%66ederation/credentials GetRoleCredentials`;

  for (const line of rest.trim().split("\n")) {
    const [method = "", url = "", operation = ""] = line.trim().split(" ");
    it(`${method} ${url} hands out credentials`, () => {
      const { effect, action } = judgeEffect(judged(`${method} https://${url}`));
      assert.deepEqual({ effect, action }, { effect: "handsOutCredentials", action: operation });
    });
  }

  const plainReads = [
    "GET https://apigateway.us-east-1.amazonaws.com/apikeys",
    "GET https://apigateway.us-east-1.amazonaws.com/apikeys?includeValues=false",
    "GET https://apigateway.us-east-1.amazonaws.com/restapis",
    "GET https://portal.sso.eu-west-1.amazonaws.com/assignment/accounts",
    "GET https://bucket.s3.us-east-1.amazonaws.com/session?list-type=2&prefix=a",
    "GET https://lambda.us-east-1.amazonaws.com/2015-03-31/functions",
    "HEAD https://bucket.s3.amazonaws.com/key",
    "GET https://api.example.com/federation/credentials",
    "GET https://api.example.com/service/orders/operation/list",
    "OPTIONS https://api.example.com/pets",
  ];
  for (const line of plainReads) {
    it(`${line} reads`, () => assert.equal(judgeEffect(judged(line)).effect, "reads"));
  }
});
