import assert from "node:assert/strict";
import { processEnvRefusal } from "../../src/guard/processEnvPolicy.ts";

const secrets = [
  "AWS_ACCESS_KEY_ID",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SESSION_TOKEN",
  "AWS_SECURITY_TOKEN",
  "AWS_CONTAINER_AUTHORIZATION_TOKEN",
  "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
  "AWS_WEB_IDENTITY_TOKEN_FILE",
  "AWS_BEARER_TOKEN_BEDROCK",
  "aws_secret_access_key",
  "Aws_Session_Token",
];

describe("processEnvRefusal", () => {
  for (const name of secrets) {
    it(`never lets ${name} be read, whatever is allowed`, () => {
      assert.equal(processEnvRefusal(name, [name])?.code, "E_REFUSED_AWS_SECRET");
    });
  }

  it("lets what is allowed be read", () => {
    assert.equal(processEnvRefusal("USER_ID", ["STAGE", "USER_ID"]), null);
    assert.equal(processEnvRefusal("AWS_REGION", ["AWS_REGION"]), null);
  });

  it("refuses everything else by name, with the way out", () => {
    const error = processEnvRefusal("user_id", ["USER_ID"]);
    assert.deepEqual(
      [error?.code, error?.phase, error?.message, error?.hint],
      [
        "E_REFUSED_PROCESS_ENV",
        "guard",
        "{{$processEnv user_id}} is not on the list of environment variables that request files may read.",
        "Add user_id to the list in your own settings, or give the value with --var.",
      ],
    );
    assert.equal(processEnvRefusal("__proto__", [])?.code, "E_REFUSED_PROCESS_ENV");
  });
});
