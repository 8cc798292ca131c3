import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chown, mkdir, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { keyMoves } from "../../../src/editor/keys/keyMoves.ts";
import { editorWhoAmI } from "../../../src/editor/trips/editorWhoAmI.ts";
import { environmentOf, folderVoicesOf } from "../../../src/editor/trips/folderFiles.ts";
import { git, hostileRepository } from "../../guard/hostileRepository.ts";
import { createTripWorld, effectsOf, inputFor, type TripWorld } from "./tripWorld.ts";

describe("a workspace that nobody vouched for, in the editor", () => {
  let world: TripWorld;
  const env = { PATH: process.env["PATH"] ?? "" };
  beforeEach(async () => {
    world = await createTripWorld(env);
  });
  afterEach(() => world.remove());

  it("gets no program run by a send, an explanation, who-am-I, or a key that is moved", async function () {
    this.timeout(30_000);
    const marker = join(world.home, "marker");
    await hostileRepository(world.folder, marker);
    const api = join(world.folder, "api");
    git(api, "ls-files");
    assert.ok(existsSync(marker));
    await rm(marker);
    const text = `# @profile dev\n# @region us-east-1\n# @service execute-api\nGET ${world.endpoint.url}/prod/pets?{{stage}}\n`;
    for (const until of ["sign", "send"] as const) {
      const { trip, notes } = await world.make(text, { directory: api }, until);
      assert.equal(trip.error, null);
      assert.match(notes.join("\n"), /git tracks api\/http-client\.private\.env\.json/);
    }
    const input = { ...inputFor(text, world.folder), directory: api };
    await editorWhoAmI(input, world.machine, effectsOf(world, AbortSignal.timeout(5000)));
    const path = join(api, "http-client.private.env.json");
    const places = { ...world.machine, folder: world.folder };
    await keyMoves.saveEnvironmentValue(path, { environment: "dev", name: "key" }, "x", places);
    assert.match((await keyMoves.gitWarning(path, world.machine))?.message ?? "", /^git tracks/);
    await keyMoves.addToGitIgnore(path, world.machine);
    assert.ok(!existsSync(marker));
  });

  for (const name of ["http-client.env.json", "http-client.private.env.json", ".env", "samconfig.toml"])
    it(`reads no ${name} that leads out of the folder, waits or does not end, and says so`, async () => {
      await world.write("home/.aws/cli/cache/x.json", '{"Credentials": {"AccessKeyId": "CANARY"}}');
      await world.write("elsewhere/file", '{"Credentials": {"AccessKeyId": "CANARY"}}');
      const path = join(world.folder, name);
      const text = `# @auth none\nGET ${world.endpoint.url}/prod/echo\n`;
      const rows: readonly (readonly [make: () => unknown, code: string])[] = [
        [() => symlink(join(world.home, ".aws/cli/cache/x.json"), path), "E_REFUSED_FOLDER_FILE"],
        [() => symlink("../elsewhere/file", path), "E_REFUSED_FOLDER_FILE"],
        [() => symlink("../elsewhere/missing", path), "E_REFUSED_FOLDER_FILE"],
        [() => symlink("/dev/zero", path), "E_REFUSED_FOLDER_FILE"],
        [() => execFileSync("mkfifo", [path]), "E_REFUSED_FOLDER_FILE_KIND"],
        [() => writeFile(path, "").then(() => truncate(path, 3 * 1024 ** 3)), "E_REFUSED_FOLDER_FILE_SIZE"],
      ];
      for (const [make, code] of rows) {
        await make();
        const { trip } = await world.make(text);
        assert.equal(trip.error?.code, code);
        assert.ok(trip.error.message.includes(path), trip.error.message);
        assert.equal(trip.exchange, null);
        await rm(path);
      }
      // A link inside the folder is a file of the folder.
      await world.write("folder/config/file", name.endsWith("json") ? '{"dev": {}}' : "");
      await symlink("config/file", path);
      assert.equal((await world.make(text)).trip.error, null);
    });

  it("reads what is another user's in the folder no further, and says so", async function () {
    if (process.getuid?.() !== 0) this.skip();
    const sub = join(world.folder, "sub", "mine");
    await mkdir(sub, { recursive: true });
    await world.write("folder/.env", "AWS_PROFILE=dev\n");
    await world.write("folder/http-client.env.json", '{"dev": {"a": "b"}}');
    const place = { directory: sub, folder: world.folder, trusted: true, environment: null };
    assert.equal((await folderVoicesOf(place, world.machine)).dotenvProfile?.value, "dev");
    await chown(dirname(sub), 12345, 12345);
    const voices = await folderVoicesOf(place, world.machine);
    assert.equal(voices.dotenvProfile, undefined);
    assert.match(voices.problems.join("\n"), /sub belongs to another user/);
    assert.deepEqual((await environmentOf(place, world.machine)).names, []);
    // What was opened and trusted counts, whoever owns it: in containers that is often another user.
    await chown(world.folder, 12345, 12345);
    assert.equal((await folderVoicesOf(place, world.machine)).dotenvProfile?.value, "dev");
  });

  it("believes no AWS file in another folder of the window", async () => {
    const marker = join(world.home, "marker");
    await world.write("other/config", `[profile run]\ncredential_process = /usr/bin/touch ${marker}\n`);
    const other = join(dirname(world.folder), "other");
    const machine = { ...world.machine, env: { ...env, AWS_CONFIG_FILE: join(other, "config") } };
    const again = await createTripWorld(machine.env);
    try {
      const text = `# @profile run\n# @region us-east-1\n# @service execute-api\nGET ${again.endpoint.url}/prod/pets\n`;
      const { trip } = await again.make(text, { workspaceFolders: [again.folder, other] });
      assert.equal(trip.error?.code, "E_AWS_FILE_IN_WORKSPACE");
      assert.ok(!existsSync(marker));
    } finally {
      await again.remove();
    }
  });
});
