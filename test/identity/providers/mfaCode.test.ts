import assert from "node:assert/strict";
import type { AssumeRoleStep } from "../../../src/identity/plan/roleStep.ts";
import { assumeRole } from "../../../src/identity/providers/assumeRole.ts";
import type { Answer, Question } from "../../../src/questions.ts";
import { effectsFor } from "../awsHome.ts";
import { assumed, refused, withLocalSts } from "../localSts.ts";
import { assertHoldsNone, refusal } from "../refusal.ts";

const master = { accessKeyId: "AKIACANARYMASTER", secretAccessKey: "canary-secret-master" };
const mfa = { serial: "arn:aws:iam::111122223333:mfa/anna", place: "~/.aws/config:5" };
const known = (id: string) => (id === master.accessKeyId ? master : null);

function stepTo(endpoint: string): AssumeRoleStep {
  return {
    kind: "assumeRole",
    profile: "a",
    place: "~/.aws/config:3",
    roleArn: "arn:aws:iam::111122223333:role/a",
    role: { partition: "aws", account: "111122223333", name: "a" },
    externalId: null,
    sessionName: null,
    durationSeconds: null,
    mfa,
    region: "eu-west-1",
    endpoint,
  };
}

function assume(endpoint: string, answer: Answer, asked: Question[] = []) {
  const ask = async (question: Question) => {
    asked.push(question);
    return answer;
  };
  return assumeRole(stepTo(endpoint), master, "me", effectsFor(null, { ask }));
}

describe("a second factor", () => {
  it("is asked for with profile, role, serial and place, and its code goes to STS signed", async () => {
    await withLocalSts(
      assumed,
      async (sts) => {
        const asked: Question[] = [];
        await assume(sts.url, " 123 456 ", asked);
        assert.deepEqual(asked, [
          { kind: "mfa", profile: "a", role: "arn:aws:iam::111122223333:role/a", ...mfa },
        ]);
        const [call] = sts.calls;
        const { SerialNumber, TokenCode } = call?.fields ?? {};
        assert.deepEqual(
          { serial: SerialNumber, code: TokenCode, signed: call?.signed },
          { serial: mfa.serial, code: "123456", signed: true },
        );
      },
      known,
    );
  });

  const stopped: readonly (readonly [name: string, answer: Answer, code: string])[] = [
    ["cancelled", false, "E_MFA"],
    ["empty", "", "E_MFA"],
    ["blanks", "   ", "E_MFA"],
    ["a yes in place of a code", true, "E_MFA"],
    ["letters", "canary-code", "E_MFA_CODE"],
    ["five digits", "98765", "E_MFA_CODE"],
  ];
  for (const [name, answer, code] of stopped) {
    it(`fault 101: ${name}: STS is not asked`, async () => {
      await withLocalSts(assumed, async (sts) => {
        const error = await refusal(() => assume(sts.url, answer));
        assert.deepEqual([error.code, error.phase, sts.calls.length], [code, "credentials", 0]);
        assertHoldsNone(error, [master.secretAccessKey, ...(code === "E_MFA_CODE" ? [String(answer)] : [])]);
      });
    });
  }

  it("fault 101: a code that is wrong or was used is told as that, not as a denial of the role", async () => {
    const message = `MultiFactorAuthentication failed with invalid MFA one time pass code. ${master.secretAccessKey}`;
    const answer = () => refused(403, "AccessDenied", message);
    await withLocalSts(answer, async (sts) => {
      const error = await refusal(() => assume(sts.url, "424242"));
      assert.deepEqual(
        [error.code, error.message],
        [
          "E_MFA_CODE",
          'The role arn:aws:iam::111122223333:role/a (~/.aws/config:3) was not assumed for profile "a": STS does not take the code of the second factor.',
        ],
      );
      assert.match(error.hint ?? "", /Wait for the next code/);
      assertHoldsNone(error, [master.secretAccessKey, "424242"]);
    });
  });
});
