import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { UserError } from "../../src/errors.ts";
import type { CredentialPlan } from "../../src/identity/plan/plan.ts";
import { expiredCredentials } from "../../src/identity/plannedIdentity.ts";
import { splitCommandLine } from "../../src/identity/providers/commandLine.ts";
import { planIdentity } from "../../src/identity/resolveIdentity.ts";
import { effectsFor, noon, plainOptions, withHome } from "./awsHome.ts";

/** One way to lay out files and environment, and who signs there by botocore 1.43. */
interface Layout {
  readonly name: string;
  readonly config?: string;
  readonly credentials?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** `--profile`. */
  readonly profile?: string;
  /** The key id, or where it would come from; each role that is assumed and where STS is. Null: nobody signs. */
  readonly signs: string | null;
  /** The provider of botocore that gives the credentials. */
  readonly method: string | null;
}

/** Where awsreq differs on purpose (docs/profiles.md says why): who signs here, null for an error. */
const differences: Readonly<Record<string, string | null>> = {
  // AWS_PROFILE before AWS_DEFAULT_PROFILE, as everybody else has it; a note says so.
  "AWS_DEFAULT_PROFILE and AWS_PROFILE differ": "AKIA3",
  // A variable that is empty is not set.
  "AWS_DEFAULT_PROFILE empty": "AKIA1",
  // A profile that somebody named is never replaced by what else there is.
  "AWS_DEFAULT_PROFILE and keys": "AKIA2",
  "AWS_PROFILE and keys": "AKIA2",
  "AWS_DEFAULT_PROFILE and web identity": "AKIA2",
  "--profile default with a region only": null,
  "--profile with a region only": null,
  "AWS_PROFILE=default with a region only": null,
  "keys indented below a key": null,
  "role indented below the profile's output": null,
  "web identity of default, and a role in the environment":
    "web /t > d @ https://sts.us-east-1.amazonaws.com",
  // Half a pair is an error, whichever half.
  "secret only": null,
  // What cannot be a key is named before AWS is asked.
  "secret with a comment": null,
  // More tolerant in writing.
  "section with blanks inside the brackets": "AKIABLANK",
};

describe("who signs is who signs with the AWS CLI", () => {
  let layouts: readonly Layout[];
  before(async () => {
    layouts = JSON.parse(await readFile(new URL("./recorded/signers.json", import.meta.url), "utf8"));
  });

  it("in every layout but those that differ on purpose", async () => {
    assert.ok(layouts.length > 100);
    for (const layout of layouts) {
      const expected = differences[layout.name];
      const [signs, method] = await signerOf(layout);
      assert.equal(signs, expected === undefined ? layout.signs : expected, layout.name);
      if (expected === undefined) assert.equal(method, layout.method, layout.name);
    }
  });

  it("and no difference is written down that is none", () => {
    for (const [name, signs] of Object.entries(differences)) {
      const layout = layouts.find((one) => one.name === name);
      assert.ok(layout !== undefined && layout.signs !== signs, name);
    }
  });
});

async function signerOf({
  config,
  credentials,
  env,
  profile,
}: Layout): Promise<[string | null, string | null]> {
  const files = {
    ...(config !== undefined && { ".aws/config": config }),
    ...(credentials !== undefined && { ".aws/credentials": credentials }),
  };
  return withHome(files, async (home) => {
    const effects = effectsFor(home, { env: { AWS_DEFAULT_REGION: "us-east-1", ...env } });
    try {
      const { way } = await planIdentity({ ...plainOptions, flagProfile: profile }, effects);
      assert.ok(way.kind === "aws");
      return [wordsOf(way.plan), methodOf(way.plan)];
    } catch (error) {
      assert.ok(error instanceof UserError, String(error));
      return [null, null];
    }
  });
}

function wordsOf(plan: CredentialPlan): string {
  const roles = plan.roles.map(({ role, endpoint }) => ` > ${role.name} @ ${endpoint}`);
  return `${firstOf(plan)}${roles.join("")}`;
}

function firstOf(plan: CredentialPlan): string {
  const { first } = plan;
  switch (first.kind) {
    case "static":
    case "request":
    case "environment": {
      const { accessKeyId, expiration } = first.credentials;
      if (expiration !== undefined && expiration < noon) throw expiredCredentials(plan, expiration);
      return accessKeyId;
    }
    case "process":
      return `process ${JSON.stringify(splitCommandLine(first.command, "linux"))?.replaceAll('","', '", "')}`;
    case "webIdentity":
      return `web ${first.tokenFile} > ${first.role.name} @ ${first.endpoint}`;
    case "container":
      return `container ${first.url}`;
    case "instanceMetadata":
      return "instance";
  }
}

function methodOf({ first, roles }: CredentialPlan): string {
  if (roles.length > 0) return "assume-role";
  if (first.kind !== "static") return methods[first.kind];
  return first.place.includes("credentials") ? "shared-credentials-file" : "config-file";
}

const methods = {
  environment: "env",
  request: "none of the AWS CLI's",
  process: "custom-process",
  webIdentity: "assume-role-with-web-identity",
  container: "container-role",
  instanceMetadata: "iam-role",
} as const;
