import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

interface Metafile {
  readonly inputs: Readonly<Record<string, unknown>>;
}

describe("the bundles", () => {
  const folder = mkdtempSync(join(tmpdir(), "awsreq-bundles-"));
  let metafiles: Readonly<Record<string, Metafile>> = {};

  before(async () => {
    const script = resolve(__dirname, "../../scripts/bundles.mjs");
    const { buildBundles } = (await import(script)) as {
      buildBundles: (outdir: string) => Promise<Record<string, Metafile>>;
    };
    metafiles = await buildBundles(folder);
  });

  after(() => rmSync(folder, { recursive: true, force: true }));

  const inputs = (bundle: string) => Object.keys(metafiles[bundle]?.inputs ?? {});

  it("keep the AWS SDK out of the command line: of it the signer alone is there", () => {
    const packages = inputs("main.js").flatMap(
      (path) => /node_modules\/(@(?:aws-sdk|smithy|aws-crypto)\/[^/]+)/.exec(path)?.[1] ?? [],
    );
    assert.deepEqual([...new Set(packages)].sort(), [
      "@aws-sdk/signature-v4",
      "@smithy/core",
      "@smithy/types",
    ]);
    assert.ok(!inputs("main.js").some((path) => /credential-provider|client-sts|nested-clients/.test(path)));
    assert.ok(inputs("aws.js").some((path) => path.includes("@aws-sdk/credential-providers")));
  });

  it("tell help and the version without the program", () => {
    const alone = mkdtempSync(join(tmpdir(), "awsreq-alone-"));
    copyFileSync(join(folder, "cli.js"), join(alone, "cli.js"));
    const run = (...args: string[]) => spawnSync(process.execPath, [join(alone, "cli.js"), ...args]);
    assert.match(run("--version").stdout.toString(), /^awsreq \d+\.\d+\.\d+\n$/);
    for (const args of [[], ["--help"], ["-h"], ["help"]])
      assert.match(run(...args).stdout.toString(), /^awsreq: send AWS-signed requests[\s\S]*\n$/);
    assert.match(run("list", "a.awsreq").stderr.toString(), /main\.js/);
    rmSync(alone, { recursive: true, force: true });
  });

  it("run without the AWS SDK's part until a role is assumed", () => {
    rmSync(join(folder, "aws.js"));
    const env = {
      PATH: process.env["PATH"],
      HOME: folder,
      AWS_ACCESS_KEY_ID: "AKIABUNDLEBUNDLEBUND",
      AWS_SECRET_ACCESS_KEY: "b".repeat(40),
    };
    const run = (text: string, ...args: string[]) =>
      spawnSync(process.execPath, [join(folder, "cli.js"), "explain", "-", ...args], {
        input: text,
        env,
        encoding: "utf8",
      });
    const request = "# @region us-east-1\n# @service execute-api\nGET http://localhost:1/\n";
    assert.equal(run(request).status, 0);
    const role = run(request, "--role", "arn:aws:iam::111122223333:role/ops");
    assert.equal(role.status, 70);
  });
});
