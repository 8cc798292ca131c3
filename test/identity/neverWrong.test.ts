import assert from "node:assert/strict";
import { join } from "node:path";
import fc from "fast-check";
import { UserError } from "../../src/errors.ts";
import { resolveIdentity } from "../../src/identity/resolveIdentity.ts";
import { effectsFor, plainOptions, withHome } from "./awsHome.ts";
import { assumed, type RunningSts, startLocalSts } from "./localSts.ts";

const role = "role_arn = arn:aws:iam::111122223333:role/x\n";
const printed = JSON.stringify({ Version: 1, AccessKeyId: "AKIAPROCESS", SecretAccessKey: "s" });

/** What the chosen profile `x` may be, and the key that may sign then; null: nobody may. */
const variants: Readonly<Record<string, { readonly config: string; readonly signs: string | null }>> = {
  missing: { config: "", signs: null },
  empty: { config: "[profile x]\nregion = eu-west-1\n", signs: null },
  keys: { config: "[profile x]\naws_access_key_id = AKIAX\naws_secret_access_key = s\n", signs: "AKIAX" },
  half: { config: "[profile x]\naws_access_key_id = AKIAX\n", signs: null },
  pasted: { config: "[profile x]\naws_access_key_id = AKIAX\naws_secret_access_key = a b\n", signs: null },
  withoutSource: { config: `[profile x]\n${role}`, signs: null },
  missingSource: { config: `[profile x]\n${role}source_profile = nobody\n`, signs: null },
  loop: { config: `[profile x]\n${role}source_profile = x\n`, signs: null },
  role: { config: `[profile x]\n${role}source_profile = base\n`, signs: "ASIA-x" },
  secondFactor: {
    config: `[profile x]\n${role}source_profile = base\nmfa_serial = arn:aws:iam::1:mfa/a\n`,
    signs: null,
  },
  sso: { config: "[profile x]\nsso_session = corp\n", signs: null },
  webIdentity: { config: `[profile x]\n${role}web_identity_token_file = /nowhere\n`, signs: null },
  metadata: { config: `[profile x]\n${role}credential_source = Ec2InstanceMetadata\n`, signs: null },
  failing: {
    config: `[profile x]\ncredential_process = "${process.execPath}" -e "process.exit(1)"\n`,
    signs: null,
  },
  process: {
    config: `[profile x]\ncredential_process = "${process.execPath}" -p '${JSON.stringify(printed)}'\n`,
    signs: "AKIAPROCESS",
  },
  nearby: { config: "[x]\naws_access_key_id = AKIANEAR\naws_secret_access_key = s\n", signs: null },
};

/** Others that could stand in for it, and must not. */
const others = [
  "[default]\naws_access_key_id = AKIADEFAULT\naws_secret_access_key = s\n",
  "[profile base]\naws_access_key_id = AKIABASE\naws_secret_access_key = s\n",
  "[profile other]\naws_access_key_id = AKIAOTHER\naws_secret_access_key = s\n",
].join("");

describe("whoever is chosen signs, or nobody", function () {
  this.timeout(60_000);
  let sts: RunningSts;
  before(async () => {
    sts = await startLocalSts(assumed);
  });
  after(() => sts.close());

  const hostile = fc.record(
    {
      AWS_PROFILE: fc.constantFrom("other", "default", "", "nobody"),
      AWS_DEFAULT_PROFILE: fc.constant("other"),
      AWS_ACCESS_KEY_ID: fc.constantFrom("AKIAENV", ""),
      AWS_SECRET_ACCESS_KEY: fc.constantFrom("s", ""),
      AWS_SESSION_TOKEN: fc.constant("t"),
      AWS_WEB_IDENTITY_TOKEN_FILE: fc.constant("/nowhere"),
      AWS_ROLE_ARN: fc.constant("arn:aws:iam::999999999999:role/hostile"),
      AWS_CONTAINER_CREDENTIALS_FULL_URI: fc.constant("http://127.0.0.1:9/"),
      AWS_ENDPOINT_URL: fc.constant("http://127.0.0.1:9/"),
    },
    { requiredKeys: [] },
  );

  it("whatever is in the environment, and whatever else is in the files", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...Object.keys(variants)),
        hostile,
        fc.constantFrom(
          "flagProfile",
          "directiveProfile",
          "pickedProfile",
          "configuredProfile",
          "dotenvProfile",
        ),
        async (name, environment, voice) => {
          const { config = "", signs = null } = variants[name] ?? {};
          const env = { ...environment, AWS_ENDPOINT_URL_STS: sts.url, AWS_EC2_METADATA_DISABLED: "true" };
          const choice = voice === "flagProfile" ? "x" : { value: "x", source: "pets.awsreq:1" };
          await withHome({ ".aws/config": `${config}${others}` }, async (home) => {
            const effects = effectsFor(home, { env, ask: async ({ kind }) => kind !== "mfa" });
            const options = { ...plainOptions, [voice]: choice };
            const end = await resolveIdentity(options, effects).catch((error: unknown) => error);
            if (end instanceof UserError) {
              assert.equal(signs, null, `${name}: ${end.message}`);
              assert.equal(end.phase, "credentials");
              return;
            }
            assert.ok(end !== null && typeof end === "object" && "credentials" in end, String(end));
            const { profile, credentials } = end as Awaited<ReturnType<typeof resolveIdentity>>;
            assert.deepEqual([profile, credentials.accessKeyId], ["x", signs], name);
          });
        },
      ),
      { numRuns: 150 },
    );
  });

  it("each kind at least once, with a calm environment", async () => {
    for (const [name, { config, signs }] of Object.entries(variants)) {
      await withHome({ ".aws/config": `${config}${others}`, ".aws/credentials": "" }, async (home) => {
        const env = { AWS_ENDPOINT_URL_STS: sts.url, PATH: join(home, "nothing") };
        const effects = effectsFor(home, { env, ask: async ({ kind }) => kind !== "mfa", metadata: false });
        const end = await resolveIdentity({ ...plainOptions, flagProfile: "x" }, effects).catch(
          (error: unknown) => error,
        );
        const key =
          end instanceof UserError
            ? null
            : (end as { credentials: { accessKeyId: string } }).credentials.accessKeyId;
        assert.equal(key, signs, `${name}: ${String(end)}`);
      });
    }
  });
});
