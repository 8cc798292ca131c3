import assert from "node:assert/strict";
import type { Answer } from "../../src/checks/checkEffects.ts";
import { wholeResource } from "../../src/checks/denial.ts";
import { principalOf } from "../../src/checks/principal.ts";
import type { Refused } from "../../src/checks/refused.ts";
import { anna, answer, awsError, caller, refusedFor, resultOf, run, short } from "./refusals.ts";

const who = "sts eu-west-1 GetCallerIdentity";
const simulate = "iam us-east-1 SimulatePrincipalPolicy";
const getRole = "iam us-east-1 GetRole";
const resource = "arn:aws:execute-api:eu-west-1:444455556666:abc/prod/GET/pets/1";

const denied = (changes: Partial<Refused> = {}) =>
  refusedFor(["iam-no-identity-allow", "iam-no-resource-allow"], {
    answer: {
      status: 403,
      headers: [],
      body: `{"message":"User: ${anna} is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:eu-west-1:********6666:abc/prod/GET/pets/1"}`,
    },
    ...changes,
  });

function simulated(decision: string, more = ""): Answer {
  return answer(
    200,
    `<SimulatePrincipalPolicyResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><SimulatePrincipalPolicyResult><IsTruncated>false</IsTruncated><EvaluationResults><member><EvalActionName>execute-api:Invoke</EvalActionName><EvalDecision>${decision}</EvalDecision>${more}</member></EvaluationResults></SimulatePrincipalPolicyResult></SimulatePrincipalPolicyResponse>`,
  );
}

const matched = (name: string, kind: string) =>
  `<MatchedStatements><member><SourcePolicyId>${name}</SourcePolicyId><SourcePolicyType>${kind}</SourcePolicyType><StartPosition><Column>16</Column><Line>4</Line></StartPosition></member></MatchedStatements>`;

describe("the check of the caller's policies", () => {
  const worldOf = (said: Answer, arn = anna) => ({ answers: { [who]: caller(arn), [simulate]: said } });

  it("asks IAM for the action and the whole resource of the denial, as the caller", async () => {
    const { asked } = await run(denied(), worldOf(simulated("implicitDeny")), ["policy"]);
    assert.deepEqual(asked.map(short), [who, simulate]);
    const [, question] = asked;
    assert.deepEqual(question?.kind === "aws" ? question.form : null, {
      Action: "SimulatePrincipalPolicy",
      Version: "2010-05-08",
      PolicySourceArn: anna,
      "ActionNames.member.1": "execute-api:Invoke",
      "ResourceArns.member.1": resource,
    });
  });

  it("reads that no policy allows it", async () => {
    const { outcome, shown, rulesOut, speaksFor } = await resultOf(
      "policy",
      denied(),
      worldOf(simulated("implicitDeny")),
    );
    assert.deepEqual(
      [outcome, shown, rulesOut, speaksFor],
      [
        "failed",
        `execute-api:Invoke on ${resource} is allowed by no policy of the caller.`,
        ["iam-explicit-deny-identity"],
        ["iam-no-identity-allow"],
      ],
    );
  });

  it("does not rule a deny out that hangs on what the simulator was not told", async () => {
    const open = "<MissingContextValues><member>aws:SourceIp</member></MissingContextValues>";
    const { rulesOut, shown } = await resultOf("policy", denied(), worldOf(simulated("implicitDeny", open)));
    assert.deepEqual(rulesOut, []);
    assert.match(shown, /no policy of the caller\. Conditions on aws:SourceIp were not looked at\.$/);
  });

  it("names the statement of an explicit deny", async () => {
    const said = simulated("explicitDeny", matched("user_anna_NoPets", "user"));
    const { shown, speaksFor } = await resultOf("policy", denied(), worldOf(said));
    assert.equal(
      shown,
      `execute-api:Invoke on ${resource} is denied by the statement at line 4 of user_anna_NoPets (user).`,
    );
    assert.deepEqual(speaksFor, ["iam-explicit-deny-identity"]);
  });

  it("tells the organization and the boundary from the caller's policies", async () => {
    const organization = `<OrganizationsDecisionDetail><AllowedByOrganizations>false</AllowedByOrganizations></OrganizationsDecisionDetail>`;
    const boundary = `<PermissionsBoundaryDecisionDetail><AllowedByPermissionsBoundary>false</AllowedByPermissionsBoundary></PermissionsBoundaryDecisionDetail>`;
    const cases = [
      [simulated("explicitDeny", organization), "iam-scp-deny"],
      [simulated("implicitDeny", organization), "iam-scp-deny"],
      [simulated("implicitDeny", boundary), "iam-permissions-boundary"],
    ] as const;
    for (const [said, cause] of cases)
      assert.deepEqual((await resultOf("policy", denied(), worldOf(said))).speaksFor, [cause]);
  });

  it("rules out the caller's policies when they allow it, but not what hangs on conditions", async () => {
    const allowed = simulated("allowed", matched("Invoke", "user-managed"));
    const { outcome, shown, rulesOut, speaksFor } = await resultOf("policy", denied(), worldOf(allowed));
    assert.deepEqual(
      [outcome, shown, rulesOut, speaksFor],
      [
        "passed",
        `The caller's policies allow execute-api:Invoke on ${resource} by the statement at line 4 of Invoke (user-managed).`,
        ["iam-no-identity-allow", "iam-explicit-deny-identity"],
        ["iam-no-resource-allow"],
      ],
    );
    const open = simulated(
      "allowed",
      "<MissingContextValues><member>aws:MultiFactorAuthPresent</member></MissingContextValues>",
    );
    const second = await resultOf("policy", denied(), worldOf(open));
    assert.match(second.shown, /Conditions on aws:MultiFactorAuthPresent were not looked at\.$/);
    assert.deepEqual(second.rulesOut, []);
  });

  it("says what it takes when the caller may not ask, and what else went wrong", async () => {
    const cases = [
      [
        awsError(403, "AccessDenied"),
        "The caller may not simulate policies: that takes iam:SimulatePrincipalPolicy.",
      ],
      [awsError(404, "NoSuchEntity"), `IAM does not know ${anna}: its path may be missing.`],
      [awsError(400, "InvalidInput"), "IAM did not simulate the policies (InvalidInput)."],
      [answer(502, "<html>"), "IAM did not simulate the policies (status 502)."],
      [answer(200, "<html>"), "IAM simulated the policies, but its answer cannot be read."],
    ] as const;
    for (const [said, sentence] of cases) {
      const { outcome, shown, rulesOut, speaksFor } = await resultOf("policy", denied(), worldOf(said));
      assert.deepEqual([outcome, shown, rulesOut, speaksFor], ["unknown", sentence, [], []]);
    }
  });

  it("simulates nothing when STS does not say who, or the account of the resource is hidden", async () => {
    const nobody = await run(denied(), { answers: { [who]: awsError(403, "ExpiredToken") } }, ["policy"]);
    assert.deepEqual(
      nobody.results.map(({ shown }) => shown),
      ["STS did not say whose policies to simulate."],
    );
    const other = { [who]: caller("arn:aws:iam::111122223333:user/bob", "111122223333") };
    const { results, asked } = await run(denied(), { answers: other }, ["policy"]);
    assert.match(results[0]?.shown ?? "", /^The answer hides the account of the resource/);
    assert.deepEqual(asked.map(short), [who]);
  });

  it("asks for the whole ARN of a role whose path is not told, as SSO's roles have one", async () => {
    const session = "arn:aws:sts::444455556666:assumed-role/AWSReservedSSO_Dev_1/anna";
    const whole =
      "arn:aws:iam::444455556666:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Dev_1";
    const role = (said: Answer) => ({
      answers: { ...worldOf(simulated("implicitDeny"), session).answers, [getRole]: said },
    });
    const sourceOf = async (said: Answer) => {
      const { asked } = await run(denied(), role(said), ["policy"]);
      const question = asked.at(-1);
      return question?.kind === "aws" ? question.form["PolicySourceArn"] : null;
    };
    assert.equal(
      await sourceOf(answer(200, `<GetRoleResponse><Arn>${whole}</Arn></GetRoleResponse>`)),
      whole,
    );
    const guessed = "arn:aws:iam::444455556666:role/AWSReservedSSO_Dev_1";
    assert.equal(await sourceOf(awsError(403, "AccessDenied")), guessed);
    assert.equal(await sourceOf(answer(200, `<Arn>${whole}-other</Arn>`)), guessed);
  });
});

describe("the principal of a caller", () => {
  it("is the user, the role of the profile, a role by name, or nobody", () => {
    const session = "arn:aws:sts::444455556666:assumed-role/ops/me";
    const role = "arn:aws:iam::444455556666:role/team/ops";
    assert.deepEqual(principalOf(anna, null), { kind: "simulated", arn: anna });
    assert.deepEqual(principalOf(session, role), { kind: "simulated", arn: role });
    const byName = { kind: "role", name: "ops", withoutPath: "arn:aws:iam::444455556666:role/ops" };
    assert.deepEqual(principalOf(session, null), byName);
    assert.deepEqual(principalOf(session, "arn:aws:iam::444455556666:role/team/devops"), byName);
    assert.deepEqual(principalOf(session, "arn:aws:iam::111122223333:role/ops"), byName);
    for (const arn of ["arn:aws:iam::444455556666:root", "arn:aws:sts::444455556666:federated-user/x", "no"])
      assert.equal(principalOf(arn, null).kind, "none");
  });
});

describe("the resource of a denial", () => {
  it("gets its account where it is the caller's", () => {
    assert.equal(wholeResource("arn:aws:x:r:********6666:y", "444455556666"), "arn:aws:x:r:444455556666:y");
    assert.equal(wholeResource("arn:aws:x:r:ACCOUNT_ID:y", "444455556666"), "arn:aws:x:r:444455556666:y");
    assert.equal(wholeResource("arn:aws:x:r:********1234:y", "444455556666"), null);
    assert.equal(wholeResource("*", "444455556666"), "*");
  });
});
