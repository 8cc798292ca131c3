import assert from "node:assert/strict";
import { processEnvRefusal } from "../../src/guard/processEnvPolicy.ts";

const secrets = [
  "AWS_ACCESS_KEY_ID",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_ACCESS_KEY",
  "AWS_SECRET_KEY",
  "AWS_SESSION_TOKEN",
  "AWS_SECURITY_TOKEN",
  "AWS_CONTAINER_AUTHORIZATION_TOKEN",
  "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
  "AWS_CONTAINER_CREDENTIALS_FULL_URI",
  "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
  "AWS_SHARED_CREDENTIALS_FILE",
  "AWS_WEB_IDENTITY_TOKEN_FILE",
  "AWS_BEARER_TOKEN_BEDROCK",
  "AWS_SECRET_ACCESS_KEY_PROD",
  "PROD_AWS_SECRET_ACCESS_KEY",
  "TF_VAR_aws_secret_access_key",
  "TF_VAR_aws_session_token",
  "NPM_CONFIG_AWSSECRETACCESSKEY",
  "R2_SECRET_ACCESS_KEY",
  "AMAZON_PRIVATE_KEY",
  "aws_secret_access_key",
  "Aws_Session_Token",
];

describe("processEnvRefusal", () => {
  for (const name of secrets) {
    it(`never lets ${name} be read, whatever is allowed`, () => {
      const refusal = processEnvRefusal(name, new Set([name]));
      assert.equal(refusal?.code, "E_PROCESS_ENV_REFUSED");
      assert.match(refusal?.message ?? "", /never put into a request/);
    });
  }

  it("lets what is allowed be read", () => {
    const allowed = new Set(["STAGE", "USER_ID", "AWS_REGION", "AWS_PROFILE", "AWS_ACCOUNT_ID", "API_TOKEN"]);
    for (const name of allowed) assert.equal(processEnvRefusal(name, allowed), null, name);
  });

  it("refuses everything else by name, with the way out", () => {
    const error = processEnvRefusal("user_id", new Set(["USER_ID"]));
    assert.deepEqual(
      [error?.code, error?.phase, error?.message, error?.hint],
      [
        "E_PROCESS_ENV_REFUSED",
        "guard",
        "user_id is not among the environment variables that request files may read.",
        "Add it to AWSREQ_PROCESS_ENV (in VS Code: the user setting awsreq.allowedProcessEnv), or pass --var.",
      ],
    );
    assert.equal(processEnvRefusal("__proto__", new Set())?.code, "E_PROCESS_ENV_REFUSED");
  });
});
