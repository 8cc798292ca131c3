import assert from "node:assert/strict";
import { resolveIdentity } from "../../../src/identity/resolveIdentity.ts";
import { effectsFor, plainOptions, withHome } from "../awsHome.ts";
import { refusal } from "../refusal.ts";

const base = "[profile base]\naws_access_key_id = AKIABASE\naws_secret_access_key = s\n";
const role = "role_arn = arn:aws:iam::111122223333:role/r\n";
const move = " Move the comment to a line of its own: in AWS files everything behind the `=` is the value.";

/** Files in which a comment stands behind a value, as was taken for one here before. */
const files: readonly (readonly [keys: string, code: string])[] = [
  ["role_arn = arn:aws:iam::111122223333:role/r # mine\nsource_profile = base\n", "E_ROLE_ARN"],
  [`${role}source_profile = base ; mine\n`, "E_PROFILE_SOURCE"],
  [`${role}credential_source = Environment # mine\n`, "E_PROFILE_SOURCE"],
  [`${role}source_profile = base\nexternal_id = x1\t# mine\n`, "E_PROFILE_VALUE"],
  [`${role}source_profile = base\nrole_session_name = me # mine\n`, "E_PROFILE_VALUE"],
  [`${role}source_profile = base\nduration_seconds = 900 # mine\n`, "E_PROFILE_VALUE"],
  [`${role}source_profile = base\nmfa_serial = arn:aws:iam::1:mfa/a # mine\n`, "E_PROFILE_VALUE"],
  [`${role}source_profile = base\nregion = eu-west-1 # mine\n`, "E_STS_REGION"],
  [`${role}source_profile = base\nendpoint_url = https://sts.example # mine\n`, "E_STS_ENDPOINT"],
  [`${role}source_profile = base\nservices = local # mine\n`, "E_PROFILE_VALUE"],
  [`${role}web_identity_token_file = /nowhere # mine\n`, "E_WEB_IDENTITY"],
];

describe("a comment behind a value of an AWS file", () => {
  for (const [keys, code] of files) {
    it(`is named as the cause: ${keys.split("\n").find((line) => line.includes("mine"))}`, async () => {
      await withHome({ ".aws/config": `${base}[profile p]\n${keys}` }, async (home) => {
        const error = await refusal(() =>
          resolveIdentity({ ...plainOptions, flagProfile: "p" }, effectsFor(home)),
        );
        assert.equal(error.code, code);
        assert.ok(error.hint?.endsWith(move), error.hint);
      });
    });
  }

  it("is named as the cause in keys, which are not shown", async () => {
    const credentials = "[p]\naws_access_key_id = AKIAP\naws_secret_access_key = canary-secret # mine\n";
    await withHome({ ".aws/credentials": credentials }, async (home) => {
      const error = await refusal(() =>
        resolveIdentity({ ...plainOptions, flagProfile: "p" }, effectsFor(home)),
      );
      assert.equal(error.code, "E_KEY_FORM");
      assert.match(error.message, /credentials:3.* has a comment behind it/);
      assert.doesNotMatch(error.message, /canary/);
    });
  });

  it("is given to a credential process, and the hint says so", async () => {
    const config = `[profile p]\ncredential_process = "${process.execPath}" -e "process.exit(1)" # mine\n`;
    await withHome({ ".aws/config": config }, async (home) => {
      const error = await refusal(() =>
        resolveIdentity({ ...plainOptions, flagProfile: "p" }, effectsFor(home)),
      );
      assert.equal(error.code, "E_PROCESS_EXIT");
      assert.match(error.hint ?? "", /begin no comment there: what follows is arguments\.$/);
    });
  });
});
