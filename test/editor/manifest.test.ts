import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { commandIds, fixCommandIds } from "../../src/editor/commandIds.ts";

const root = resolve(__dirname, "../..");
const read = (name: string) => readFileSync(resolve(root, name), "utf8");
const manifest = JSON.parse(read("package.json"));
const texts: Readonly<Record<string, string>> = JSON.parse(read("package.nls.json"));
const { commands, configuration, keybindings, menus, languages, grammars } = manifest.contributes;
const settings: Readonly<Record<string, { scope: string; default: unknown }>> = configuration.properties;

/** Settings that open a door: a workspace has no say in them. */
const ownSettings = [
  "awsreq.timeout",
  "awsreq.allowPlainHttpHosts",
  "awsreq.allowedProcessEnv",
  "awsreq.protectedProfiles",
  "awsreq.useMachineCredentials",
];

describe("the manifest", () => {
  it("contributes exactly the commands of the list, each with a title", () => {
    assert.deepEqual(
      commands.map(({ command }: { command: string }) => command).sort(),
      Object.values(commandIds).sort(),
    );
    for (const [name, id] of Object.entries(commandIds)) {
      assert.equal(id, `awsreq.${name}`);
      assert.ok(texts[`command.${name}`], name);
    }
  });

  it("contributes no command that only a quick fix can call", () => {
    for (const [name, id] of Object.entries(fixCommandIds)) {
      assert.equal(id, `awsreq.${name}`);
      assert.ok(!read("package.json").includes(id));
    }
  });

  it("has a text for every placeholder, and no text too many", () => {
    const used = [...read("package.json").matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key);
    assert.deepEqual([...new Set(used)].sort(), Object.keys(texts).sort());
  });

  it("uses commands in menus and keys that are there", () => {
    const used: { command: string }[] = [...keybindings, ...Object.values(menus).flat()];
    const known: readonly string[] = Object.values(commandIds);
    for (const { command } of used) assert.ok(known.includes(command), command);
  });

  it("binds one key, in request files only", () => {
    assert.deepEqual(keybindings, [
      {
        command: "awsreq.send",
        key: "ctrl+alt+r",
        mac: "cmd+alt+r",
        when: "editorTextFocus && editorLangId == awsreq",
      },
    ]);
  });

  it("wakes for request files of other extensions, and leaves their menus alone unless the setting says so", () => {
    for (const language of ["awsreq", "http", "rest"])
      assert.ok(manifest.activationEvents.includes(`onLanguage:${language}`), language);
    const whens: { when: string }[] = Object.values(menus).flat() as { when: string }[];
    for (const { when } of [...whens, ...keybindings].filter(({ when }) => when.includes("http")))
      assert.equal(
        when,
        "editorLangId == awsreq || config.awsreq.httpFiles && editorLangId =~ /^(http|rest)$/",
      );
    assert.equal(settings["awsreq.httpFiles"]?.default, false);
    assert.deepEqual(languages[0].extensions, [".awsreq"]);
  });

  it("leaves settings that open a door to the person, and names every setting as restricted", () => {
    for (const [name, { scope }] of Object.entries(settings))
      assert.equal(scope, ownSettings.includes(name) ? "application" : "resource", name);
    const restricted: string[] = manifest.capabilities.untrustedWorkspaces.restrictedConfigurations;
    const all = Object.keys(settings).filter((name) => name !== "awsreq.codeLens.enabled");
    assert.deepEqual([...restricted].sort(), all.sort());
    assert.equal(manifest.capabilities.untrustedWorkspaces.supported, "limited");
  });

  it("is described by the README: every command, every setting with its default", () => {
    const readme = read("README.md");
    for (const name of Object.keys(commandIds))
      assert.ok(readme.includes(`awsreq: ${texts[`command.${name}`]}`), name);
    for (const [name, { default: value, scope }] of Object.entries(settings)) {
      const row = readme.split("\n").find((line) => line.startsWith(`| \`${name}\``));
      assert.ok(row, name);
      assert.ok(row.includes(`| ${scope === "application" ? "user" : "folder"} |`), row);
      if (value !== "") assert.ok(row.includes(`\`${JSON.stringify(value)}\``), row);
    }
  });

  it("names files that are there", () => {
    const [{ configuration: language, icon }] = languages;
    for (const file of [language, icon.light, icon.dark, grammars[0].path, manifest.icon])
      assert.ok(read(file).length > 0);
  });

  it("runs where the workspace is, on the VS Code that the types are of", () => {
    assert.deepEqual(manifest.extensionKind, ["workspace"]);
    assert.equal(manifest.engines.vscode, `^${manifest.devDependencies["@types/vscode"]}`);
    assert.equal(manifest.dependencies, undefined);
  });
});
