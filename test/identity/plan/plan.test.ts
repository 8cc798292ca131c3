import assert from "node:assert/strict";
import type { ProfileChoice } from "../../../src/identity/choice/profileChoice.ts";
import { planCredentials } from "../../../src/identity/plan/plan.ts";
import { contextOf, filesOf } from "../filesOf.ts";
import { told } from "../refusal.ts";

const base = "[base]\naws_access_key_id = AKIABASE\naws_secret_access_key = secret-of-base\n";
const arn = (name: string) => `arn:aws:iam::111122223333:role/${name}`;
const chosen = (name: string): ProfileChoice => ({ kind: "profile", name, source: "--profile" });

const plan = (name: string, config: string, credentials = base, env: Record<string, string> = {}) =>
  planCredentials(chosen(name), contextOf(config, credentials, { env }));

/** A chain as one line: `static base → role a → role b`. */
function chain(name: string, config: string, credentials = base): string {
  const { first, roles } = plan(name, config, credentials);
  const begin = "profile" in first ? `${first.kind} ${first.profile}` : first.kind;
  return [begin, ...roles.map((step) => step.roleArn.replace(/^.*:role\//, "role "))].join(" → ");
}

describe("planCredentials", () => {
  it("takes static keys as they are written", () => {
    assert.deepEqual(plan("base", "", `${base}aws_session_token = token\naws_account_id = 444455556666\n`), {
      profile: "base",
      source: "--profile",
      first: {
        kind: "static",
        profile: "base",
        place: "~/.aws/credentials:2",
        credentials: {
          accessKeyId: "AKIABASE",
          secretAccessKey: "secret-of-base",
          sessionToken: "token",
          accountId: "444455556666",
        },
      },
      roles: [],
    });
  });

  it("gives an assumed role all that its profile says", () => {
    const config = `[profile a]\nrole_arn = ${arn("path/a")}\nsource_profile = base\nexternal_id = ext:1\nrole_session_name = me@home\nduration_seconds = 900\nregion = eu-west-1\n`;
    assert.deepEqual(plan("a", config).roles, [
      {
        kind: "assumeRole",
        profile: "a",
        place: "~/.aws/config:2",
        roleArn: arn("path/a"),
        role: { partition: "aws", account: "111122223333", name: "a" },
        externalId: "ext:1",
        sessionName: "me@home",
        durationSeconds: 900,
        mfa: null,
        region: "eu-west-1",
        endpoint: "https://sts.eu-west-1.amazonaws.com",
      },
    ]);
  });

  it("takes the environment's keys without looking at a file", () => {
    const env = { AWS_ACCESS_KEY_ID: "AKIAENV", AWS_SECRET_ACCESS_KEY: "s" };
    const choice: ProfileChoice = { kind: "environmentKeys", source: "AWS_ACCESS_KEY_ID" };
    assert.deepEqual(planCredentials(choice, contextOf("", "", { env })), {
      profile: null,
      source: "AWS_ACCESS_KEY_ID",
      first: {
        kind: "environment",
        place: "AWS_ACCESS_KEY_ID",
        credentials: { accessKeyId: "AKIAENV", secretAccessKey: "s" },
      },
      roles: [],
    });
  });

  it("puts a role on top of whatever the profile gives, with its external ID and session name", () => {
    const config = `[profile a]\nrole_arn = ${arn("a")}\nsource_profile = base\nregion = eu-west-1\nexternal_id = not-this\n`;
    const onTop = {
      arn: { value: arn("top"), source: "pets.awsreq:2" },
      externalId: { value: "ext-2", source: "pets.awsreq:3" },
      sessionName: { value: "pets", source: "pets.awsreq:4" },
    };
    const { roles } = planCredentials(chosen("a"), contextOf(config, base), onTop);
    assert.deepEqual(
      roles.map((step) => step.profile),
      ["a", "a"],
    );
    assert.deepEqual(roles[1], {
      kind: "assumeRole",
      profile: "a",
      place: "pets.awsreq:2",
      roleArn: arn("top"),
      role: { partition: "aws", account: "111122223333", name: "top" },
      externalId: "ext-2",
      sessionName: "pets",
      durationSeconds: null,
      mfa: null,
      region: "eu-west-1",
      endpoint: "https://sts.eu-west-1.amazonaws.com",
    });
  });

  describe("kinds within one profile", () => {
    const roleA = `role_arn = ${arn("a")}\nsource_profile = base\n`;
    const keys = "aws_access_key_id = K\naws_secret_access_key = s\n";

    it("a role comes before the profile's own keys", () => {
      assert.equal(chain("a", `[profile a]\n${roleA}`, `${base}[a]\n${keys}`), "static base → role a");
    });

    it("keys of the credentials file come before a process, a process before keys of the config file", () => {
      const config = `[profile a]\ncredential_process = get\n${keys}`;
      assert.equal(chain("a", config, `[a]\n${keys}`), "static a");
      assert.equal(chain("a", config), "process a");
      assert.equal(chain("a", `[profile a]\n${keys}`), "static a");
    });

    it("never takes half a pair from each file", async () => {
      const config = "[profile a]\naws_secret_access_key = s\n";
      assert.deepEqual(await told(() => plan("a", config, "[a]\naws_access_key_id = K\n")), {
        code: "E_PROFILE_KEYS",
        message: 'Profile "a" has half a key pair at ~/.aws/credentials:2: aws_secret_access_key is missing.',
        hint: "Write aws_secret_access_key beside aws_access_key_id, in the same section of the same file.",
      });
    });

    it("fault 104: names the empty half of a pair", async () => {
      const credentials = "[a]\naws_access_key_id =\naws_secret_access_key = s\n";
      assert.equal(
        (await told(() => plan("a", "", credentials))).message,
        'Profile "a" has half a key pair at ~/.aws/credentials:3: aws_access_key_id is empty.',
      );
    });

    it("fault 104: names a key that was pasted with something around it", async () => {
      const credentials = '[a]\naws_access_key_id = K\naws_secret_access_key = "s"\n';
      assert.deepEqual(await told(() => plan("a", "", credentials)), {
        code: "E_KEY_FORM",
        message:
          'The value of aws_secret_access_key (~/.aws/credentials:3, profile "a") is written in quotes, which AWS reads as part of the key.',
        hint: "Write the key again, without anything around it.",
      });
    });
  });

  describe("chains", () => {
    const link = (name: string, source: string) =>
      `[profile ${name}]\nrole_arn = ${arn(name)}\nsource_profile = ${source}\n`;

    it("fault 98: a chain five deep is five steps in order", () => {
      const config = ["e d", "d c", "c b", "b a", "a base"].map((pair) => link(...two(pair))).join("");
      assert.equal(chain("e", config), "static base → role a → role b → role c → role d → role e");
    });

    it("fault 98: a chain of thousands ends", () => {
      const config = Array.from({ length: 5000 }, (_, i) =>
        link(`p${i}`, i === 0 ? "base" : `p${i - 1}`),
      ).join("");
      assert.equal(plan("p4999", config).roles.length, 5000);
    });

    it("fault 98: a circle is drawn", async () => {
      assert.deepEqual(await told(() => plan("x", link("x", "a") + link("a", "b") + link("b", "a"))), {
        code: "E_PROFILE_LOOP",
        message: "The source_profile at ~/.aws/config:9 closes a circle: a → b → a.",
        hint: "Let one of them take its credentials from a profile with keys or a credential process.",
      });
    });

    it("fault 98: a profile that names itself needs keys of its own", async () => {
      const self = link("a", "a");
      assert.equal(
        (await told(() => plan("a", self))).message,
        "The source_profile at ~/.aws/config:3 closes a circle: a → a.",
      );
      assert.equal(
        chain("a", self, "[a]\naws_access_key_id = K\naws_secret_access_key = s\n"),
        "static a → role a",
      );
    });

    it("a source with a role and keys gives its keys, as in the AWS CLI", () => {
      const credentials = `${base}[b]\naws_access_key_id = K\naws_secret_access_key = s\n`;
      assert.equal(chain("a", link("a", "b") + link("b", "base"), credentials), "static b → role a");
    });

    it("a process may be at the bottom of a chain", () => {
      assert.equal(
        chain("a", `${link("a", "p")}[profile p]\ncredential_process = get\n`),
        "process p → role a",
      );
    });

    it("fault 98: a source that does not exist is named, with its nearest", async () => {
      assert.deepEqual(await told(() => plan("a", link("a", "bsae"))), {
        code: "E_PROFILE_SOURCE",
        message: 'Profile "a" has source_profile "bsae", which does not exist (~/.aws/config:3).',
        hint: "Did you mean base?",
      });
    });

    it("fault 98: a role without a source is named", async () => {
      assert.deepEqual(await told(() => plan("a", `[profile a]\nrole_arn = ${arn("a")}\n`)), {
        code: "E_PROFILE_SOURCE",
        message: 'Profile "a" has role_arn but no source_profile (~/.aws/config:2).',
        hint: "Add `source_profile = NAME`: the profile whose credentials ask for the role.",
      });
    });

    it("fault 98: source_profile and credential_source exclude one another", async () => {
      assert.deepEqual(await told(() => plan("a", `${link("a", "base")}credential_source = Environment\n`)), {
        code: "E_PROFILE_SOURCE",
        message: 'Profile "a" has both source_profile and credential_source (~/.aws/config:4).',
        hint: "Keep one of the two.",
      });
    });
  });

  describe("kinds that are not supported yet", () => {
    const kinds: readonly (readonly [config: string, kind: string, line: number])[] = [
      [
        "sso_session = corp\nsso_account_id = 1\n",
        "IAM Identity Center sign-in (sso_session, sso_start_url)",
        3,
      ],
      ["sso_start_url = https://x\n", "IAM Identity Center sign-in (sso_session, sso_start_url)", 2],
      ["login_session = arn:aws:iam::111122223333:user/me\n", "console sign-in (login_session)", 2],
    ];
    for (const [keys, kind, line] of kinds) {
      it(`fault 98: ${kind}, also as a source, never falls back`, async () => {
        const config = `[profile a]\n${keys}[profile top]\nrole_arn = ${arn("top")}\nsource_profile = a\n[default]\naws_access_key_id = K\naws_secret_access_key = s\n`;
        for (const name of ["a", "top"]) {
          const { code, message, hint } = await told(() => plan(name, config));
          assert.deepEqual(
            [code, message],
            [
              "E_PROFILE_KIND",
              `Profile "a" is of a kind that is not supported yet: ${kind}, at ~/.aws/config:${line}.`,
            ],
          );
          assert.match(hint ?? "", /aws configure export-credentials --profile a`/);
        }
      });
    }
  });

  describe("profiles that give nothing", () => {
    it("fault 96: an unknown profile names its chooser, the files and the nearest names", async () => {
      const config = "[profile prod-eu]\n[profile prod-us]\n[profile staging]\n";
      assert.deepEqual(await told(() => plan("prod-ue", config)), {
        code: "E_PROFILE_UNKNOWN",
        message:
          'Profile "prod-ue" (chosen by --profile) does not exist: ~/.aws/config was read, ~/.aws/credentials was read.',
        hint: "Did you mean prod-us or prod-eu?",
      });
    });

    it("fault 96: an unknown profile never becomes the default one", async () => {
      const env = { AWS_ACCESS_KEY_ID: "K", AWS_SECRET_ACCESS_KEY: "s" };
      const credentials = base.replace("base", "default");
      assert.equal((await told(() => plan("nobody", "", credentials, env))).code, "E_PROFILE_UNKNOWN");
    });

    it("fault 96: a profile written in the wrong form is pointed at", async () => {
      assert.equal(
        (await told(() => plan("dev", "[dev]\nregion = x\n"))).hint,
        "There is [dev] at ~/.aws/config:1; in that file it is written [profile dev].",
      );
    });

    it("fault 96: no profile at all", async () => {
      const files = { ...filesOf(""), files: filesOf("").files.map((file) => ({ ...file, found: false })) };
      const choice = { kind: "profile", name: "default", source: "default" } as const;
      assert.deepEqual(
        await told(() => planCredentials(choice, { files, env: {}, region: null, metadata: false })),
        {
          code: "E_NO_CREDENTIALS",
          message:
            "No profile was chosen, the environment has no keys, and there is no default profile: there is no ~/.aws/config, there is no ~/.aws/credentials.",
          hint: "Run `aws configure`, or start `awsreq endpoint` and use the profile awsreq-local.",
        },
      );
    });

    it("fault 96: a profile with nothing but a region", async () => {
      assert.deepEqual(await told(() => plan("a", "[profile a]\nregion = eu-west-1\n")), {
        code: "E_PROFILE_EMPTY",
        message:
          'Profile "a" (~/.aws/config:1) has nothing that gives credentials; ~/.aws/config was read, ~/.aws/credentials was read.',
        hint: "Give it aws_access_key_id and aws_secret_access_key, role_arn and source_profile, or credential_process.",
      });
    });
  });
});

function two(pair: string): [string, string] {
  const [name = "", source = ""] = pair.split(" ");
  return [name, source];
}
