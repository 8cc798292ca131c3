import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

interface Metafile {
  readonly inputs: Readonly<Record<string, unknown>>;
}

describe("the extension's bundles", () => {
  const folder = mkdtempSync(join(tmpdir(), "awsreq-bundles-"));
  let metafiles: Readonly<Record<string, Metafile>> = {};

  before(async () => {
    const { buildBundles } = (await import(resolve(__dirname, "../../scripts/bundles.mjs"))) as {
      buildBundles: (outdir: string) => Promise<Record<string, Metafile>>;
    };
    metafiles = await buildBundles(folder);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const inputs = (bundle: string) => Object.keys(metafiles[bundle]?.inputs ?? {});
  const required = (bundle: string) => {
    const found = readFileSync(join(folder, bundle), "utf8").matchAll(/require\("([^"]+)"\)/g);
    return [...new Set([...found].map(([, name = ""]) => name))].sort();
  };

  for (const bundle of ["extension.js", "language.js", "session.js"]) {
    it(`${bundle} holds no code of the AWS SDK, and nothing that signs or sends`, () => {
      assert.ok(inputs(bundle).length > 0);
      const early = inputs(bundle).filter((path) =>
        /node_modules|src\/(?:pipeline|transport|identity|endpoint|signing\/sign)/.test(path),
      );
      assert.deepEqual(early, []);
    });
  }

  it("activation and the language cannot reach a network, a process or a file", () => {
    assert.deepEqual(required("extension.js"), [
      "./folder.js",
      "./language.js",
      "./preview.js",
      "./session.js",
      "node:os",
      "node:path",
      "vscode",
    ]);
    assert.deepEqual(required("language.js"), []);
  });

  it("what reads the folder's own files can reach files, and nothing that signs, runs or sends", () => {
    assert.deepEqual(
      required("folder.js").filter((name) => !/^node:(?:path|util)$/.test(name)),
      ["node:fs", "node:fs/promises"],
    );
    assert.deepEqual(
      inputs("folder.js").filter((path) =>
        /src\/(?:pipeline|transport|endpoint|signing|guard)|providers/.test(path),
      ),
      ["filePlace", "regularFile", "folderFile", "folderOwner"].map((name) => `src/guard/${name}.ts`),
    );
  });

  it("what tells beforehand who signs can reach no network, process or file, and holds nothing that signs or sends", () => {
    // Of node:net it has what tells an address from a name (scripts/effects.mjs).
    assert.deepEqual(
      required("preview.js").filter((name) => !/^node:(?:path|net|url)$/.test(name)),
      [],
    );
    assert.deepEqual(
      inputs("preview.js").filter((path) =>
        /node_modules|src\/(?:pipeline|transport|endpoint|signing\/sign\.ts)|resolveIdentity|runPlan|stsCall|readInclude/.test(
          path,
        ),
      ),
      [],
    );
  });

  it("of the AWS SDK the signer alone is in what the first send loads", () => {
    const packages = inputs("trips.js").flatMap(
      (path) => /node_modules\/(@(?:aws-sdk|smithy|aws-crypto)\/[^/]+)/.exec(path)?.[1] ?? [],
    );
    assert.deepEqual([...new Set(packages)].sort(), [
      "@aws-sdk/signature-v4",
      "@smithy/core",
      "@smithy/types",
    ]);
    assert.ok(!inputs("trips.js").some((path) => path.endsWith("awsProviders.ts")));
  });

  it("what sends uses the modules that carry the editor's proxy settings", () => {
    for (const bundle of ["trips.js", "aws.js"])
      assert.deepEqual(
        required(bundle).filter((name) => /^node:(?:https?|net|tls)$/.test(name)),
        [],
        bundle,
      );
    assert.ok(required("trips.js").includes("https"));
  });

  it("the page has at most 450 kB", () => assert.ok(statSync(join(folder, "page.js")).size <= 450_000));
});
