import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { isBuiltin } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const root = resolve(__dirname, "../../..");

/** Everything that may be in the VSIX. */
const allowed = [
  "[Content_Types].xml",
  "extension.vsixmanifest",
  "extension/LICENSE.txt",
  "extension/changelog.md",
  "extension/dist/THIRD-PARTY-NOTICES.txt",
  "extension/dist/aws.js",
  "extension/dist/checks.js",
  "extension/dist/doctor.js",
  "extension/dist/extension.js",
  "extension/dist/folder.js",
  "extension/dist/language.js",
  "extension/dist/page.css",
  "extension/dist/page.js",
  "extension/dist/preview.js",
  "extension/dist/session.js",
  "extension/dist/trips.js",
  "extension/examples/body.json",
  "extension/examples/hello.awsreq",
  "extension/examples/pets.awsreq",
  "extension/media/awsreq-dark.svg",
  "extension/media/awsreq-light.svg",
  "extension/media/icon.png",
  "extension/package.json",
  "extension/package.nls.json",
  "extension/readme.md",
  "extension/syntaxes/awsreq.tmLanguage.json",
  "extension/syntaxes/language-configuration.json",
];

/** Names in a ZIP file's central directory. */
function namesIn(zip: Buffer): readonly string[] {
  const names: string[] = [];
  for (let at = zip.indexOf("PK\u0001\u0002"); at >= 0; at = zip.indexOf("PK\u0001\u0002", at + 46)) {
    const length = zip.readUInt16LE(at + 28);
    names.push(zip.toString("utf8", at + 46, at + 46 + length));
  }
  return names.sort();
}

describe("the VSIX", function () {
  this.timeout(120_000);
  const folder = mkdtempSync(join(tmpdir(), "awsreq-vsix-test-"));
  const files = [join(folder, "one.vsix"), join(folder, "two.vsix")] as const;

  before(async () => {
    const { packageExtension } = await import(join(root, "scripts/vsix.mjs"));
    for (const file of files) await packageExtension(file);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it("invariant 10: holds what the list has, and nothing else", () => {
    assert.deepEqual(namesIn(readFileSync(files[0])), [...allowed].sort());
  });

  it("has at most 0.7 MB", () => assert.ok(statSync(files[0]).size <= 700_000));

  it("invariant 10: has the same bytes when it is made twice", () => {
    const [one, two] = files.map((file) => createHash("sha256").update(readFileSync(file)).digest("hex"));
    assert.equal(one, two);
  });

  it("brings the licence of every package that is in it", () => {
    const notices = readFileSync(join(root, "dist", "THIRD-PARTY-NOTICES.txt"), "utf8");
    for (const name of [
      "preact",
      "@codemirror/view",
      "@lezer/common",
      "jsonc-parser",
      "@smithy/signature-v4",
      "Codicons",
    ])
      assert.ok(notices.includes(name), name);
    assert.ok(!/undefined|\/node_modules\//.test(notices.slice(0, 2000)));
  });

  it("requires nothing that is not in it", () => {
    // The AWS SDK looks for a native SigV4A signer, and does without.
    const optional = "@aws-sdk/signature-v4-crt";
    const bundles = allowed.flatMap((name) => /^extension\/dist\/((?!page)\w+\.js)$/.exec(name)?.[1] ?? []);
    for (const name of bundles) {
      const text = readFileSync(join(root, "dist", name), "utf8");
      const required = [...text.matchAll(/require\("([^"]+)"\)/g)].map(([, path = ""]) => path);
      const foreign = required.filter(
        (path) => path !== "vscode" && path !== optional && !path.startsWith("./") && !isBuiltin(path),
      );
      assert.deepEqual(foreign, [], name);
      const own = [...text.matchAll(/(?:require|import)\("\.\/(\w+\.js)"\)/g)].map(([, path = ""]) => path);
      for (const path of own) assert.ok(bundles.includes(path), `${name} loads ${path}`);
    }
  });
});
