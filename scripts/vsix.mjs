import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { buildBundles } from "./bundles.mjs";
import { ensurePackages, root } from "./install.mjs";
import { thirdPartyNotices } from "./notices.mjs";

const packageFolder = join(root, "scripts", "package");

/** Bundles that are the extension; the command line is not part of it. */
const extensionBundles = [
  "extension.js",
  "language.js",
  "folder.js",
  "preview.js",
  "session.js",
  "trips.js",
  "aws.js",
  "doctor.js",
  "checks.js",
  "page.js",
];

/**
 * Builds and packages the extension. The same sources give the same bytes: the time in it is the last commit's.
 * @param outfile absolute path of the VSIX
 */
export async function packageExtension(outfile) {
  const metafiles = await buildBundles();
  const notices = thirdPartyNotices(extensionBundles.map((name) => metafiles[name]));
  writeFileSync(join(root, "dist", "THIRD-PARTY-NOTICES.txt"), notices);
  ensurePackages(packageFolder, "Installing the packaging tool (once)…", () => undefined);
  const vsce = createRequire(join(packageFolder, "package.json")).resolve("@vscode/vsce/vsce");
  const args = [vsce, "package", "--no-dependencies", "--skip-license", "--allow-missing-repository"];
  const { status, stdout, stderr } = spawnSync(process.execPath, [...args, "--out", outfile], {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, SOURCE_DATE_EPOCH: lastCommitTime() },
  });
  if (status !== 0) throw new Error(`vsce ended with ${status}:\n${stdout}${stderr}`);
}

/** Seconds since 1970; where there is no repository, the changelog's own beginning of time. */
function lastCommitTime() {
  const { status, stdout } = spawnSync("git", ["log", "-1", "--format=%ct"], { cwd: root, encoding: "utf8" });
  return status === 0 ? stdout.trim() : "1767225600";
}

/** `awsreq-0.1.0.vsix`. */
export function vsixName() {
  const { name, version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  return `${name}-${version}.vsix`;
}
