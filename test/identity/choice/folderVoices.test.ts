import assert from "node:assert/strict";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { noFolderVoices, readFolderVoices } from "../../../src/identity/choice/folderVoices.ts";

/** What a folder with these files says to a request file in `directory`. */
async function voicesOf(files: Readonly<Record<string, string>>, directory = ".") {
  const root = await mkdtemp(join(tmpdir(), "awsreq-folder-"));
  try {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), text);
    }
    await mkdir(join(root, directory), { recursive: true });
    return await readFolderVoices({
      directory: join(root, directory),
      root,
      readFile: (path) => readFile(path, "utf8").catch(() => null),
    });
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

describe("readFolderVoices", () => {
  it("says nothing where there is nothing", async () => {
    assert.deepEqual(await voicesOf({}), noFolderVoices);
  });

  it("takes the names of profile and region from .env, with their lines, and no key", async () => {
    const dotenv = [
      "# who",
      "AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE",
      "AWS_SECRET_ACCESS_KEY=canary",
      'export AWS_PROFILE="team dev" # mine',
      "AWS_REGION=eu-west-1",
      "",
    ].join("\n");
    assert.deepEqual(await voicesOf({ ".env": dotenv }), {
      ...noFolderVoices,
      dotenvProfile: { value: "team dev", source: ".env:4" },
      dotenvRegion: { value: "eu-west-1", source: ".env:5" },
    });
  });

  it("takes the last assignment, CRLF or not, and AWS_DEFAULT_REGION when there is no AWS_REGION", async () => {
    const dotenv = "AWS_PROFILE=one\r\nAWS_PROFILE=two\r\nAWS_DEFAULT_REGION=us-east-1\r\nAWS_REGION=\r\n";
    const { dotenvProfile, dotenvRegion } = await voicesOf({ ".env": dotenv });
    assert.deepEqual(dotenvProfile, { value: "two", source: ".env:2" });
    assert.deepEqual(dotenvRegion, { value: "us-east-1", source: ".env:3" });
  });

  it("takes AWS_DEFAULT_PROFILE when there is no AWS_PROFILE", async () => {
    const found = async (dotenv: string) => (await voicesOf({ ".env": dotenv })).dotenvProfile;
    assert.deepEqual(await found("AWS_DEFAULT_PROFILE=dev\n"), { value: "dev", source: ".env:1" });
    assert.deepEqual(await found("AWS_DEFAULT_PROFILE=dev\nAWS_PROFILE=\n"), {
      value: "dev",
      source: ".env:1",
    });
    assert.deepEqual(await found("AWS_DEFAULT_PROFILE=dev\nAWS_PROFILE=c\n"), {
      value: "c",
      source: ".env:2",
    });
    assert.deepEqual((await voicesOf({ ".env": "AWS_DEFAULT_PROFILE=dev\nAWS_PROFILE=c\n" })).problems, [
      '.env:2: AWS_PROFILE "c" holds, not AWS_DEFAULT_PROFILE "dev" (.env:1).',
    ]);
  });

  it("takes the nearest file up to the workspace folder, and none outside it", async () => {
    const files = { ".env": "AWS_PROFILE=far\n", "api/.env": "AWS_PROFILE=near\n", "web/x": "" };
    assert.equal((await voicesOf(files, "api/v1")).dotenvProfile?.source, "api/.env:1");
    assert.equal((await voicesOf(files, "web")).dotenvProfile?.value, "far");
  });

  it("reads samconfig.toml: the parameters of all commands, else those of deploy", async () => {
    const toml = `version = 0.1
[default.global.parameters]
region = "eu-central-1"
[default.deploy.parameters]
profile = "sam-dev"
region = "us-east-1"
`;
    const { samProfile, samRegion } = await voicesOf({ "samconfig.toml": toml });
    assert.deepEqual(samProfile, {
      value: "sam-dev",
      source: "samconfig.toml [default.deploy.parameters]",
    });
    assert.deepEqual(samRegion, {
      value: "eu-central-1",
      source: "samconfig.toml [default.global.parameters]",
    });
  });

  it("says where a samconfig.toml is no TOML, and takes nothing from it", async () => {
    const voices = await voicesOf({ "samconfig.toml": '[default.global.parameters]\nprofile = "x\n' });
    assert.deepEqual({ ...voices, problems: [] }, noFolderVoices);
    assert.match(voices.problems[0] ?? "", /^samconfig\.toml:2:\d+ is not TOML/);
  });

  it("takes hostile keys as data", async () => {
    const toml =
      '[__proto__.global.parameters]\nprofile = "evil"\n[default.global.parameters]\nprofile = 7\n';
    const dotenv = "__proto__=x\nconstructor=y\nAWS_PROFILE_X=z\n#AWS_PROFILE=no\n";
    assert.deepEqual(await voicesOf({ "samconfig.toml": toml, ".env": dotenv }), noFolderVoices);
  });
});
