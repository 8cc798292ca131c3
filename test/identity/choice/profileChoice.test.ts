import assert from "node:assert/strict";
import { environmentKeys } from "../../../src/identity/choice/environmentKeys.ts";
import { chooseProfile } from "../../../src/identity/choice/profileChoice.ts";
import { told } from "../refusal.ts";

const keys = { AWS_ACCESS_KEY_ID: "AKIAENVIRONMENT", AWS_SECRET_ACCESS_KEY: "secret" };
const directive = { value: "of-file", source: "pets.awsreq:1" };

describe("chooseProfile", () => {
  it("asks flag, directive, AWS_PROFILE, keys of the environment, default, in this order", () => {
    const all = { AWS_PROFILE: "of-env", ...keys };
    assert.deepEqual(
      [
        chooseProfile({ flag: "of-flag", directive, env: all }),
        chooseProfile({ directive, env: all }),
        chooseProfile({ env: all }),
        chooseProfile({ env: keys }),
        chooseProfile({ env: {} }),
      ],
      [
        { kind: "profile", name: "of-flag", source: "--profile" },
        { kind: "profile", name: "of-file", source: "pets.awsreq:1" },
        { kind: "profile", name: "of-env", source: "AWS_PROFILE" },
        { kind: "environmentKeys", source: "AWS_ACCESS_KEY_ID" },
        { kind: "profile", name: "default", source: "default" },
      ],
    );
  });

  it("puts what was picked before the file, what is configured after it, and .env before the environment", () => {
    const [picked, configured, dotenv, samconfig] = ["pick", "setting", ".env:1", "samconfig.toml"].map(
      (source) => ({ value: `of ${source}`, source }),
    );
    const all = { AWS_PROFILE: "of-env", ...keys };
    const sources = [
      chooseProfile({ picked, directive, configured, dotenv, samconfig, env: all }),
      chooseProfile({ directive, configured, dotenv, samconfig, env: all }),
      chooseProfile({ configured, dotenv, samconfig, env: all }),
      chooseProfile({ dotenv, samconfig, env: all }),
      chooseProfile({ samconfig, env: all }),
      chooseProfile({ samconfig, env: keys }),
      chooseProfile({ samconfig, env: { AWS_WEB_IDENTITY_TOKEN_FILE: "/token" } }),
      chooseProfile({ samconfig, env: {} }),
    ].map(({ source }) => source);
    assert.deepEqual(sources, [
      "pick",
      "pets.awsreq:1",
      "setting",
      ".env:1",
      "AWS_PROFILE",
      "AWS_ACCESS_KEY_ID",
      "AWS_WEB_IDENTITY_TOKEN_FILE",
      "samconfig.toml",
    ]);
  });

  it("an empty AWS_PROFILE chooses nothing", () => {
    assert.deepEqual(chooseProfile({ env: { AWS_PROFILE: "" } }).source, "default");
  });

  it("an empty flag or directive is an error, never another profile", async () => {
    const hint = "Write the name of a profile, or leave the choice out altogether.";
    assert.deepEqual(await told(() => chooseProfile({ flag: "", directive, env: keys })), {
      code: "E_PROFILE_NAME",
      message: "The profile named by --profile is empty.",
      hint,
    });
    assert.deepEqual(await told(() => chooseProfile({ directive: { ...directive, value: "" }, env: keys })), {
      code: "E_PROFILE_NAME",
      message: "The profile named by pets.awsreq:1 is empty.",
      hint,
    });
  });

  it("half a pair still means the environment, so that nobody else signs in its place", () => {
    for (const env of [{ AWS_ACCESS_KEY_ID: "" }, { AWS_SECRET_ACCESS_KEY: "s" }]) {
      assert.equal(chooseProfile({ env }).kind, "environmentKeys");
    }
    assert.equal(chooseProfile({ env: { AWS_SESSION_TOKEN: "t" } }).kind, "profile");
  });
});

describe("environmentKeys", () => {
  it("takes pair, token and account", () => {
    assert.deepEqual(
      environmentKeys({ ...keys, AWS_SESSION_TOKEN: "token", AWS_ACCOUNT_ID: "123456789012" }),
      {
        accessKeyId: "AKIAENVIRONMENT",
        secretAccessKey: "secret",
        sessionToken: "token",
        accountId: "123456789012",
      },
    );
    assert.deepEqual(environmentKeys({ ...keys, AWS_SESSION_TOKEN: "", AWS_SECURITY_TOKEN: "old" }), {
      accessKeyId: "AKIAENVIRONMENT",
      secretAccessKey: "secret",
      sessionToken: "old",
    });
  });

  const halves: readonly (readonly [env: Record<string, string>, says: string])[] = [
    [{ AWS_ACCESS_KEY_ID: "A" }, "AWS_SECRET_ACCESS_KEY is not set"],
    [{ AWS_SECRET_ACCESS_KEY: "s" }, "AWS_ACCESS_KEY_ID is not set"],
    [{ AWS_ACCESS_KEY_ID: "A", AWS_SECRET_ACCESS_KEY: "" }, "AWS_SECRET_ACCESS_KEY is empty"],
    [
      { AWS_ACCESS_KEY_ID: "", AWS_SECRET_ACCESS_KEY: "" },
      "AWS_ACCESS_KEY_ID is empty and AWS_SECRET_ACCESS_KEY is empty",
    ],
  ];
  for (const [env, says] of halves) {
    it(`fault 104: ${says}`, async () => {
      assert.deepEqual(await told(() => environmentKeys(env)), {
        code: "E_ENV_KEYS",
        message: `The keys in the environment are not whole: ${says}.`,
        hint: "Set both variables, or unset both, or choose a profile with --profile.",
      });
    });
  }

  const pasted: readonly (readonly [env: Record<string, string>, says: string])[] = [
    [{ AWS_SECRET_ACCESS_KEY: "canary-1\n" }, "AWS_SECRET_ACCESS_KEY ends with a line break"],
    [{ AWS_SECRET_ACCESS_KEY: " canary-1" }, "AWS_SECRET_ACCESS_KEY begins or ends with a blank"],
    [{ AWS_ACCESS_KEY_ID: "canary-1\u00a0" }, "AWS_ACCESS_KEY_ID begins or ends with a blank"],
    [{ AWS_ACCESS_KEY_ID: "\u200bcanary-1" }, "AWS_ACCESS_KEY_ID begins or ends with a blank"],
    [{ AWS_SESSION_TOKEN: "canary-1\ncanary-2" }, "AWS_SESSION_TOKEN has a blank or a line break inside"],
    [
      { AWS_ACCESS_KEY_ID: '"canary-1"' },
      "AWS_ACCESS_KEY_ID is written in quotes, which AWS reads as part of the key",
    ],
    [{ AWS_ACCESS_KEY_ID: "canary-é" }, "AWS_ACCESS_KEY_ID holds a character that no key has"],
  ];
  for (const [env, says] of pasted) {
    it(`fault 104: ${says}`, async () => {
      const error = await told(() => environmentKeys({ ...keys, ...env }));
      assert.deepEqual(error, {
        code: "E_KEY_FORM",
        message: `The value of ${says}.`,
        hint: "Write the key again, without anything around it.",
      });
    });
  }
});
