import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { root } from "./install.mjs";

/**
 * The licences of every package whose code is inside a bundle, and of the icons.
 * @param metafiles esbuild's metafile of each bundle
 */
export function thirdPartyNotices(metafiles) {
  const inputs = metafiles.flatMap(({ inputs: found }) => Object.keys(found));
  const folders = new Set(inputs.map(packageFolder).filter((folder) => folder !== null));
  const packages = [...folders].map(readPackage).sort((one, other) => (one.title < other.title ? -1 : 1));
  const sections = packages.map(
    ({ title, licence, text }) => `${title}\nLicence: ${licence}\n\n${text.trim()}`,
  );
  return [introduction, ...new Set(sections), codicons].join(`\n\n${"-".repeat(80)}\n\n`).concat("\n");
}

const introduction = "awsreq contains parts of the following works. Their licences are below.";

const codicons = `Codicons, https://github.com/microsoft/vscode-codicons
Licence: CC-BY-4.0

Copyright (c) Microsoft Corporation. Some icons of the response panel are drawn from them, unchanged, under the
Creative Commons Attribution 4.0 International licence: https://creativecommons.org/licenses/by/4.0/legalcode`;

/** `node_modules/@scope/name` of the package that an input belongs to, the innermost one; null for our own code. */
function packageFolder(input) {
  const match = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input);
  return match === null ? null : match[0];
}

function readPackage(folder) {
  const path = join(root, folder);
  const { name, version, license } = JSON.parse(readFileSync(join(path, "package.json"), "utf8"));
  return { title: `${name} ${version}`, licence: license ?? "see below", text: licenceText(path, license) };
}

/** The licence file of a package, or of the nearest folder above it; packages of a scope often share one. */
function licenceText(path, licence) {
  for (let folder = path; folder !== root && folder !== dirname(folder); folder = dirname(folder)) {
    const file = readdirSync(folder).find((name) => /^(?:licen[cs]e|copying)/i.test(name));
    if (file !== undefined && existsSync(join(folder, file))) return readFileSync(join(folder, file), "utf8");
  }
  if (licence === undefined) throw new Error(`${path} names no licence.`);
  return `The package brings no licence text of its own; it is published under ${licence}.`;
}
