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
    for (const env of [
      { AWS_ACCESS_KEY_ID: "A" },
      { AWS_SECRET_ACCESS_KEY: "s" },
      { AWS_ACCESS_KEY_ID: "", AWS_SECRET_ACCESS_KEY: "s" },
    ]) {
      assert.equal(chooseProfile({ env }).kind, "environmentKeys");
    }
    assert.equal(chooseProfile({ env: { AWS_SESSION_TOKEN: "t" } }).kind, "profile");
  });

  it("variables that are empty are not set", () => {
    const empty = { AWS_ACCESS_KEY_ID: "", AWS_SECRET_ACCESS_KEY: "", AWS_SESSION_TOKEN: "" };
    const web = { AWS_WEB_IDENTITY_TOKEN_FILE: "/token", AWS_ROLE_ARN: "arn:aws:iam::111122223333:role/r" };
    const envs = [{ AWS_ACCESS_KEY_ID: "" }, { AWS_SECRET_ACCESS_KEY: "" }, empty, { ...empty, ...web }];
    assert.deepEqual(
      envs.map((env) => chooseProfile({ env }).source),
      ["default", "default", "default", "AWS_WEB_IDENTITY_TOKEN_FILE"],
    );
    assert.equal(chooseProfile({ env: { ...web, AWS_WEB_IDENTITY_TOKEN_FILE: "" } }).source, "default");
  });

  it("AWS_DEFAULT_PROFILE chooses where AWS_PROFILE is not set, before keys of the environment", () => {
    const sources = [
      { AWS_DEFAULT_PROFILE: "dev", ...keys },
      { AWS_DEFAULT_PROFILE: "dev", AWS_PROFILE: "", AWS_WEB_IDENTITY_TOKEN_FILE: "/token" },
      { AWS_DEFAULT_PROFILE: "dev", AWS_PROFILE: "c" },
      { AWS_DEFAULT_PROFILE: "" },
    ].map((env) => chooseProfile({ env, samconfig: { value: "sam", source: "samconfig.toml" } }));
    assert.deepEqual(sources, [
      { kind: "profile", name: "dev", source: "AWS_DEFAULT_PROFILE" },
      { kind: "profile", name: "dev", source: "AWS_DEFAULT_PROFILE" },
      { kind: "profile", name: "c", source: "AWS_PROFILE" },
      { kind: "profile", name: "sam", source: "samconfig.toml" },
    ]);
  });
});

describe("environmentKeys", () => {
  it("say when they end", () => {
    const at = (written: string) =>
      environmentKeys({ ...keys, AWS_CREDENTIAL_EXPIRATION: written }).expiration?.toISOString();
    assert.deepEqual(
      [
        "2001-01-01T00:00:00Z",
        "2030-05-17T12:00:00+02:00",
        "2030-05-17T12:00:00.123456Z",
        "2030-05-17 12:00:00",
        "2030-05-17T12:00:00+0000",
        "",
      ].map(at),
      [
        "2001-01-01T00:00:00.000Z",
        "2030-05-17T10:00:00.000Z",
        "2030-05-17T12:00:00.123Z",
        "2030-05-17T12:00:00.000Z",
        "2030-05-17T12:00:00.000Z",
        undefined,
      ],
    );
  });

  it("do not sign with an end that is no time", async () => {
    for (const written of ["soon", "1589711999", "2030-13-01T00:00:00Z", "2030-05-17T12:00:00 Berlin"]) {
      assert.deepEqual(await told(() => environmentKeys({ ...keys, AWS_CREDENTIAL_EXPIRATION: written })), {
        code: "E_ENV_KEYS",
        message:
          "The value of AWS_CREDENTIAL_EXPIRATION is not a time, so nobody can say whether the keys in the environment still hold.",
        hint: "Unset AWS_CREDENTIAL_EXPIRATION, or give it a time like 2030-05-17T12:00:00Z.",
      });
    }
  });

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
