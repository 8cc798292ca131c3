import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdir, readFile, stat, symlink } from "node:fs/promises";
import { join } from "node:path";
import { keyMoves } from "../../../src/editor/keys/keyMoves.ts";
import { type Machine, thisMachine } from "../../../src/machine.ts";
import { loadEnvironment } from "../../../src/request/environments.ts";
import { withHome } from "../../identity/awsHome.ts";
import { refusal } from "../../identity/refusal.ts";

const privateName = "http-client.private.env.json";
const place = { environment: "dev", name: "secret" };
const secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
const machineAt = (home: string | null, env: Machine["env"] = {}): Machine => ({
  ...thisMachine(),
  env,
  home,
});
const machine = thisMachine();
const at = (folder: string) => ({ ...machine, folder });
const init = (folder: string) => execFileSync("git", ["init", folder], { stdio: "ignore" });

describe("moving keys out of a file", () => {
  it("writes to the person's credentials file, wherever it is", async () => {
    const home = join("/", "home", "ann");
    assert.deepEqual(keyMoves.credentialsTarget(machineAt(home)), {
      path: join(home, ".aws", "credentials"),
      shown: "~/.aws/credentials",
    });
    const elsewhere = join("/", "keys", "aws");
    assert.deepEqual(
      keyMoves.credentialsTarget(machineAt(home, { AWS_SHARED_CREDENTIALS_FILE: elsewhere })),
      {
        path: elsewhere,
        shown: elsewhere,
      },
    );
    assert.equal((await refusal(() => keyMoves.credentialsTarget(machineAt(null)))).code, "E_AWS_FILE");
  });

  it("shows an access key id by its ends", () => {
    const credentials = { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: secret };
    assert.equal(keyMoves.shownKeyId({ credentials, edits: [] }), "AKIA…MPLE");
  });

  it("writes beside the environment files that hold", () => {
    const shared = join("/", "w", "http-client.env.json");
    assert.equal(keyMoves.privateEnvironmentPath([shared], join("/", "w", "a")), join("/", "w", privateName));
    assert.equal(keyMoves.privateEnvironmentPath([], join("/", "w", "a")), join("/", "w", "a", privateName));
  });

  it("makes a private environment that a request finds", () =>
    withHome({ "http-client.env.json": '{"dev": {}, "prod": {}}' }, async (home) => {
      const path = keyMoves.privateEnvironmentPath([join(home, "http-client.env.json")], home);
      await keyMoves.saveEnvironmentValue(path, place, secret, at(home));
      const { environment } = await loadEnvironment({
        directory: home,
        root: home,
        selected: "dev",
        readFile: (file) => readFile(file, "utf8").catch(() => null),
      });
      assert.deepEqual(environment.values.get("secret"), { text: secret, isPrivate: true });
      if (process.platform !== "win32") assert.equal((await stat(path)).mode & 0o777, 0o600);
    }));

  it("leaves a file alone that it does not understand", () =>
    withHome({ [privateName]: new Uint8Array([0x7b, 0xff, 0x7d]), "other.json": "{" }, async (home) => {
      for (const name of [privateName, "other.json"]) {
        const before = await readFile(join(home, name));
        const error = await refusal(() =>
          keyMoves.saveEnvironmentValue(join(home, name), place, secret, at(home)),
        );
        assert.equal(error.code, "E_ENVIRONMENT_JSON");
        assert.deepEqual(await readFile(join(home, name)), before);
      }
      assert.equal((await readdir(home)).length, 2);
    }));

  it("follows no link that a repository may hold", async function () {
    if (process.platform === "win32") this.skip();
    await withHome({ "target.json": "{}", "repo/.git/HEAD": "" }, async (home) => {
      const path = join(home, "repo", privateName);
      await symlink("../target.json", path);
      await symlink("../target.json", join(home, "repo", ".gitignore"));
      for (const act of [
        () => keyMoves.saveEnvironmentValue(path, place, secret, at(home)),
        () => keyMoves.addToGitIgnore(path, machine),
      ])
        assert.equal((await refusal(act)).code, "E_FILE_WRITE");
      assert.equal(await readFile(join(home, "target.json"), "utf8"), "{}");
    });
  });

  it("warns until git ignores the file", () =>
    withHome({}, async (home) => {
      const path = join(home, privateName);
      await keyMoves.saveEnvironmentValue(path, place, secret, at(home));
      assert.equal(await keyMoves.gitWarning(path, machine), null);
      await keyMoves.addToGitIgnore(path, machine);
      assert.ok(!(await readdir(home)).includes(".gitignore"));
      init(home);
      assert.equal((await keyMoves.gitWarning(path, machine))?.code, "W_PRIVATE_ENVIRONMENT");
      await keyMoves.addToGitIgnore(path, machine);
      assert.equal(await keyMoves.gitWarning(path, machine), null);
      assert.equal(await readFile(join(home, ".gitignore"), "utf8"), `${privateName}\n`);
    }));
});
