import assert from "node:assert/strict";
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decideInclude } from "../../src/guard/includePath.ts";

describe("decideInclude", () => {
  let root = "";
  let home = "";
  let folder = "";

  before(async () => {
    root = await realpath(await mkdtemp(join(tmpdir(), "awsreq-include-")));
    home = join(root, "home");
    folder = join(root, "workspace");
    for (const path of [
      join(home, ".aws"),
      join(home, ".ssh"),
      join(folder, "sub"),
      join(root, "workspace2"),
    ]) {
      await mkdir(path, { recursive: true });
    }
    for (const path of [
      join(home, ".aws/credentials"),
      join(folder, "sub/pet.json"),
      join(folder, "..pet.json"),
      join(root, "workspace2/pet.json"),
    ]) {
      await writeFile(path, "{}");
    }
    await symlink(join(home, ".aws/credentials"), join(folder, "innocent.json"));
    await symlink(join(root, "workspace2"), join(folder, "link"));
    await symlink("loop", join(folder, "loop"));
    await symlink(folder, join(root, "linkedWorkspace"));
  });

  after(() => rm(root, { recursive: true }));

  const decide = (path: string, platform: NodeJS.Platform = "linux", at = folder) =>
    decideInclude(path, { folder: at, home, platform }, realpath);

  async function refusal(path: string, platform?: NodeJS.Platform): Promise<readonly unknown[]> {
    const decision = await decide(path, platform);
    return decision.kind === "refuse" ? [decision.error.code, decision.error.message] : [decision.kind];
  }

  it("allows files of the folder", async () => {
    const realPath = join(folder, "sub/pet.json");
    assert.deepEqual(await decide(realPath), { kind: "allow", realPath });
    assert.deepEqual(await decide(join(folder, "sub/../sub/pet.json")), { kind: "allow", realPath });
    assert.equal((await decide(join(folder, "..pet.json"))).kind, "allow");
    assert.equal((await decide(join(root, "linkedWorkspace/sub/pet.json"))).kind, "allow");
    assert.equal((await decide(realPath, "linux", join(root, "linkedWorkspace"))).kind, "allow");
  });

  it("asks about what is outside, by its real path", async () => {
    const outside = join(root, "workspace2/pet.json");
    assert.deepEqual(await decide(outside), {
      kind: "ask",
      realPath: outside,
      reason: `${outside} is outside ${folder}`,
    });
    assert.deepEqual(await decide(join(folder, "link/pet.json")), {
      kind: "ask",
      realPath: outside,
      reason: `${join(folder, "link/pet.json")} leads to ${outside}, outside ${folder}`,
    });
    assert.equal((await decide(join(folder, "../workspace2/pet.json"))).kind, "ask");
  });

  it("refuses ~/.aws and ~/.ssh, by name and by link, there or not", async () => {
    const place = "below ~/.aws, where keys are kept; files there are never put into a request.";
    const direct = join(home, ".aws/credentials");
    const linked = join(folder, "innocent.json");
    assert.deepEqual(await refusal(direct), ["E_REFUSED_INCLUDE", `${direct} is ${place}`]);
    assert.deepEqual(await refusal(linked), ["E_REFUSED_INCLUDE", `${linked} is ${place}`]);
    assert.equal((await refusal(join(home, ".ssh/id_ed25519")))[0], "E_REFUSED_INCLUDE");
    assert.equal((await refusal(join(home, ".ssh")))[0], "E_REFUSED_INCLUDE");
    for (const kept of [".netrc", ".npmrc", ".docker/config.json", ".kube/config", ".config/gh/hosts.yml"])
      assert.match(String((await refusal(join(home, kept)))[1]), /where keys are kept/, kept);
    for (const kept of [
      "/run/secrets/token",
      "/var/run/secrets/kubernetes.io/serviceaccount/token",
      "/etc/shadow",
    ])
      assert.match(String((await refusal(kept))[1]), /where keys are kept/, kept);
    for (const plain of [".npmrc2", ".config/ghost", "Downloads/.netrc"])
      assert.equal((await refusal(join(home, plain)))[0], "E_INCLUDE_UNREADABLE", plain);
    assert.equal((await refusal(join(home, ".AWS/credentials"), "darwin"))[0], "E_REFUSED_INCLUDE");
  });

  it("refuses the system's own folders and network paths", async () => {
    for (const path of ["/proc/self/environ", "/dev/stdin", "/sys/kernel/x", "/tmp/../proc/1/environ"]) {
      assert.equal((await refusal(path))[0], "E_REFUSED_INCLUDE", path);
    }
    for (const path of ["\\\\server\\share\\x", "//server/share/x", "\\\\?\\C:\\x", "\\\\.\\pipe\\x"]) {
      assert.deepEqual(await refusal(path), [
        "E_REFUSED_INCLUDE",
        `${path} is a network or device path (UNC); files there are never put into a request.`,
      ]);
    }
  });

  it("compares Windows paths as Windows does", async () => {
    const places = { folder: "C:\\Work", home: "C:\\Users\\Ann", platform: "win32" } as const;
    const asIs = (path: string) => Promise.resolve(path);
    const kinds = await Promise.all(
      ["c:\\work\\pet.json", "C:\\Workshop\\pet.json", "D:\\pet.json", "c:\\users\\ANN\\.aws\\config"].map(
        async (path) => (await decideInclude(path, places, asIs)).kind,
      ),
    );
    assert.deepEqual(kinds, ["allow", "ask", "ask", "refuse"]);
    const toShare = await decideInclude("Z:\\pet.json", places, () =>
      Promise.resolve("\\\\server\\share\\pet.json"),
    );
    assert.equal(toShare.kind, "refuse");
  });

  it("fault 86: names what is missing or leads in a circle", async () => {
    const missing = join(folder, "missing.json");
    assert.deepEqual(await refusal(missing), [
      "E_INCLUDE_UNREADABLE",
      `The included file ${missing} does not exist.`,
    ]);
    const loop = join(folder, "loop");
    assert.deepEqual(await refusal(loop), [
      "E_INCLUDE_UNREADABLE",
      `The included file ${loop} is a loop of links.`,
    ]);
  });
});
