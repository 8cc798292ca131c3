import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { git, hostileRepository } from "../guard/hostileRepository.ts";
import { createMachine, finished, type Machine } from "./cliProcess.ts";

describe("a folder that nobody vouched for, on the command line", () => {
  let machine: Machine;
  let server: Server;
  let received: string[] = [];
  const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  before(async () => {
    server = createServer((request, response) => {
      received.push(request.url ?? "");
      response.end("{}");
    }).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
  });
  after(() => server.close());
  beforeEach(async () => {
    received = [];
    machine = await createMachine();
  });
  afterEach(() => machine.remove());

  it("gets no program run, whatever its repository says", async function () {
    this.timeout(30_000);
    const marker = join(machine.home, "marker");
    await hostileRepository(machine.work, marker);
    // Git of today falls for it. Should it learn better, the rest holds all the same.
    git(join(machine.work, "api"), "ls-files");
    assert.ok(existsSync(marker));
    await rm(marker);
    for (const args of [["explain"], ["send"], ["whoami"], ["list"], ["send", "--json"]]) {
      const [command = "", ...rest] = args;
      await machine.run([command, "api/pets.awsreq", ...rest]);
      assert.ok(!existsSync(marker), args.join(" "));
    }
    const { stderr } = await machine.run(["explain", "api/pets.awsreq"]);
    assert.match(stderr, /git tracks api\/http-client\.private\.env\.json/);
  });

  const linked: readonly (readonly [name: string, target: string, text: string])[] = [
    [
      "http-client.env.json",
      ".aws/cli/cache/x.json",
      '{"Credentials": {"AccessKeyId": "ASIACANARY", "SecretAccessKey": "CANARYSECRET"}}',
    ],
    ["http-client.env.json", ".composer/auth.json", '{"Credentials": {"AccessKeyId": "ghp_CANARY"}}'],
    ["http-client.private.env.json", "elsewhere.json", '{"Credentials": {"AccessKeyId": "CANARY"}}'],
    [".env", "other/.env", "AWS_PROFILE=CANARY\n"],
    ["samconfig.toml", "other/samconfig.toml", '[default.global.parameters]\nprofile = "CANARY"\n'],
  ];
  for (const [name, target, text] of linked)
    for (const way of ["file", "folder"] as const)
      it(`reads no ${name} that a link of a ${way} leads to ${target}`, async () => {
        git(machine.work, "init", "-q");
        await machine.write(target, text);
        await mkdir(join(machine.work, "api"));
        const request = `# @auth none\nGET ${url()}/{{AccessKeyId}}/{{%SecretAccessKey}}\n\n###\n# @name plain\n# @auth none\nGET ${url()}/plain\n`;
        if (way === "file") {
          await symlink(join(machine.home, target), join(machine.work, name));
        } else {
          const folder = join(machine.home, "linked");
          await mkdir(folder);
          await writeFile(join(folder, name), text);
          await symlink(folder, join(machine.work, "api", "deep"));
        }
        const at = way === "file" ? "api" : "api/deep";
        await writeFile(join(machine.work, at, "a.awsreq"), request);
        const { code, stderr, stdout } = await machine.run(["send", `${at}/a.awsreq`, "--all"]);
        assert.deepEqual(received, []);
        assert.equal(code, 3);
        assert.match(stderr, new RegExp(`${name.replaceAll(".", "\\.")} (?:leads to|is below)`));
        assert.ok(!`${stdout}${stderr}`.includes("CANARY"));
      });

  it("waits for no FIFO, device or endless file in its folder, and says so", async function () {
    this.timeout(60_000);
    git(machine.work, "init", "-q");
    await machine.write("work/a.awsreq", `# @auth none\nGET ${url()}/plain\n`);
    const kinds: readonly (readonly [kind: string, make: (path: string) => unknown, says: RegExp])[] = [
      ["FIFO", (path) => execFileSync("mkfifo", [path]), /is a FIFO/],
      ["device", (path) => symlink("/dev/zero", path), /below \/dev/],
      [
        "standard input",
        (path) => symlink("/dev/stdin", path),
        /below \/(?:dev|proc)|is a link to \/dev\/stdin, which is no file/,
      ],
      ["descriptor", (path) => symlink("/proc/self/environ", path), /below \/proc/],
      [
        "large",
        async (path) => writeFile(path, "").then(() => truncate(path, 3 * 1024 ** 3)),
        /the limit is/,
      ],
    ];
    for (const name of [".env", "samconfig.toml", "http-client.env.json", "http-client.private.env.json"])
      for (const [kind, make, says] of kinds) {
        const path = join(machine.work, name);
        await make(path);
        const child = machine.start(["send", "a.awsreq"], {}, null);
        const stop = setTimeout(() => child.kill("SIGKILL"), 10_000);
        const { code, stderr } = await finished(child);
        clearTimeout(stop);
        child.stdin?.end();
        await rm(path);
        assert.equal(code, 3, `${name} ${kind}: ${stderr}`);
        assert.match(stderr, says);
        assert.ok(stderr.includes(name), stderr);
      }
    assert.deepEqual(received, []);
  });
});
