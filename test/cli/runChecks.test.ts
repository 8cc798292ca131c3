import assert from "node:assert/strict";
import type { Endpoint } from "../../src/endpoint/startEndpoint.ts";
import { type AwsCall, type AwsServer, startAws } from "../checks/awsServer.ts";
import { calledBy } from "../identity/localSts.ts";
import { assertNoLeak } from "./canary.ts";
import { createMachine, credentialsFile, keys, type Machine, startNotedEndpoint } from "./cliProcess.ts";

const arn = "arn:aws:iam::123456789012:user/local";
const denial = `<SimulatePrincipalPolicyResponse><SimulatePrincipalPolicyResult><EvaluationResults><member><EvalActionName>execute-api:Invoke</EvalActionName><EvalDecision>explicitDeny</EvalDecision><MatchedStatements><member><SourcePolicyId>user_local_NoPets</SourcePolicyId><SourcePolicyType>IAM Policy</SourcePolicyType></member></MatchedStatements></member></EvaluationResults></SimulatePrincipalPolicyResult></SimulatePrincipalPolicyResponse>`;

/** STS knows the caller, and IAM which statement denies. */
function answer({ fields }: AwsCall) {
  return fields["Action"] === "GetCallerIdentity"
    ? calledBy("123456789012", arn)
    : { status: 200, body: denial };
}

describe("awsreq send --run-checks", () => {
  let machine: Machine;
  let endpoint: Endpoint;
  let aws: AwsServer;
  const env = () => ({ AWS_ENDPOINT_URL_STS: aws.url, AWS_ENDPOINT_URL_IAM: aws.url });
  before(async () => {
    machine = await createMachine();
    endpoint = await startNotedEndpoint();
    aws = await startAws(keys, answer);
    await machine.write(".aws/credentials", credentialsFile());
    const head = "# @profile canary\n# @region us-east-1\n# @service execute-api\n";
    await machine.write("work/a.awsreq", `${head}GET ${endpoint.url}/prod/forbidden\n`);
  });
  after(async () => {
    await aws.close();
    await endpoint.close();
    await machine.remove();
  });

  it("lists whom it contacts, asks STS and IAM, and ranks anew", async () => {
    const run = await machine.run(["send", "a.awsreq", "--run-checks"], env());
    const lines = run.stderr.split("\n");
    const listed = lines.findIndex((line) => line.includes("These checks run now:"));
    const told = lines.findIndex((line) => line.startsWith("✓ Do the credentials hold?"));
    assert.ok(listed >= 0 && told > listed, run.stderr);
    assert.match(run.stderr, /What do the caller's policies say\? STS at .*; IAM at /);
    assert.match(run.stderr, /user_local_NoPets/);
    assert.match(run.stderr, /: A policy of the caller denies it \(iam-explicit-deny-identity\)/);
    assert.ok(aws.calls.every(({ signed }) => signed));
    assertNoLeak(run, [keys.secretAccessKey], "send --run-checks");
  });

  it("is told in the document, and nothing is asked without the flag", async () => {
    const run = await machine.run(["send", "a.awsreq", "--run-checks", "--json"], env());
    const [request] = JSON.parse(run.stdout).requests;
    assert.deepEqual(
      request.checked.map(({ id, outcome }: { id: string; outcome: string }) => `${id} ${outcome}`),
      ["caller passed", "policy failed"],
    );
    assert.equal(request.diagnosis[0].cause, "iam-explicit-deny-identity");
    const before = aws.calls.length;
    const plain = await machine.run(["send", "a.awsreq", "--json"], env());
    assert.deepEqual(JSON.parse(plain.stdout).requests[0].checked, []);
    assert.equal(aws.calls.length, before);
  });
});
