import assert from "node:assert/strict";
import { mkdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { type AwsFiles, readAwsFiles } from "../../../src/identity/files/awsFiles.ts";
import { effectsFor, withHome } from "../awsHome.ts";
import { told } from "../refusal.ts";

/** Profiles as `name@place: key = value @place`. */
function profilesOf({ profiles }: AwsFiles) {
  const keys = (map: ReadonlyMap<string, { value: string; place: string }>) =>
    [...map].map(([key, { value, place }]) => `${key} = ${value} @ ${place}`);
  return [...profiles.values()].map(({ name, place, config, credentials }) => ({
    name,
    place,
    keys: [...keys(config), ...keys(credentials)],
  }));
}

const read = (home: string | null, env: Record<string, string> = {}, roots: string[] = []) =>
  readAwsFiles(effectsFor(home, { env }), roots);

describe("readAwsFiles", () => {
  it("merges both files into profiles with places", async () => {
    const files = {
      ".aws/config":
        "[default]\nregion = a\n[profile x]\nregion = b\n[profile only]\n[sso-session s]\n[services v]\nsts =\n  endpoint_url = https://e\n",
      ".aws/credentials": "[x]\naws_access_key_id = K\n[y]\n",
    };
    await withHome(files, async (home) => {
      const result = await read(home);
      assert.deepEqual(profilesOf(result), [
        { name: "default", place: "~/.aws/config:1", keys: ["region = a @ ~/.aws/config:2"] },
        {
          name: "x",
          place: "~/.aws/config:3",
          keys: ["region = b @ ~/.aws/config:4", "aws_access_key_id = K @ ~/.aws/credentials:2"],
        },
        { name: "only", place: "~/.aws/config:5", keys: [] },
        { name: "y", place: "~/.aws/credentials:3", keys: [] },
      ]);
      assert.deepEqual([...result.services.keys()], ["v"]);
      assert.deepEqual(result.files, [
        { kind: "config", variable: "AWS_CONFIG_FILE", path: "~/.aws/config", found: true },
        {
          kind: "credentials",
          variable: "AWS_SHARED_CREDENTIALS_FILE",
          path: "~/.aws/credentials",
          found: true,
        },
      ]);
    });
  });

  const plain = "[default]\nregion = plain\noutput = json\n";
  const named = "[profile default]\nregion = named\n";
  for (const [first, second, keys] of [
    [plain, named, ["region = named"]],
    [named, plain, ["region = plain", "output = json"]],
  ] as const) {
    it(`fault 97: of [default] and [profile default] the later hides the other as a whole: ${second.slice(0, 10)}`, async () => {
      await withHome({ ".aws/config": `${first}${second}` }, async (home) => {
        const [profile, ...others] = profilesOf(await read(home));
        assert.deepEqual(others, []);
        assert.deepEqual(
          profile?.keys.map((key) => key.split(" @ ")[0]),
          keys,
        );
      });
    });
  }

  it("profile names may be quoted, hold blanks, or be called __proto__", async () => {
    const config = "[profile \"my team\"]\n[profile\t'b']\n[profile __proto__]\nregion = r\n";
    await withHome({ ".aws/config": config }, async (home) => {
      const names = [...(await read(home)).profiles.keys()];
      assert.deepEqual(names, ["my team", "b", "__proto__"]);
    });
  });

  it("says of sections in the wrong form how they are written", async () => {
    const files = { ".aws/config": "[dev]\nregion = a\n", ".aws/credentials": "[profile prod]\n" };
    await withHome(files, async (home) => {
      assert.deepEqual(
        [...(await read(home)).misplaced],
        [
          ["dev", "There is [dev] at ~/.aws/config:1; in that file it is written [profile dev]."],
          ["prod", "There is [profile prod] at ~/.aws/credentials:1; in that file it is written [prod]."],
        ],
      );
    });
  });

  it("fault 96: no ~/.aws, an empty file and no HOME are no error yet", async () => {
    await withHome({ ".aws/credentials": "" }, async (home) => {
      const found = (files: AwsFiles) => files.files.map(({ path, found: is }) => [path, is]);
      assert.deepEqual(found(await read(home)), [
        ["~/.aws/config", false],
        ["~/.aws/credentials", true],
      ]);
      assert.deepEqual(found(await read(join(home, "nobody"))), [
        ["~/.aws/config", false],
        ["~/.aws/credentials", false],
      ]);
      assert.deepEqual(found(await read(null)), [
        [null, false],
        [null, false],
      ]);
    });
  });

  it("AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE move the files, `~/` too", async () => {
    await withHome(
      { "c/one": "[profile a]\n", "c/two": "[b]\n", ".aws/config": "[profile not]\n" },
      async (home) => {
        const env = { AWS_CONFIG_FILE: join(home, "c/one"), AWS_SHARED_CREDENTIALS_FILE: "~/c/two" };
        assert.deepEqual([...(await read(home, env)).profiles.keys()], ["a", "b"]);
        const withoutHome = await read(null, { AWS_CONFIG_FILE: join(home, "c/one") });
        assert.deepEqual([...withoutHome.profiles.keys()], ["a"]);
      },
    );
  });

  it("variables in a path are filled in, unknown ones left", async () => {
    await withHome({ "c/one": "[profile a]\n", "c/$NO": "[b]\n" }, async (home) => {
      const env = {
        H: home,
        AWS_CONFIG_FILE: "$H/c/one",
        AWS_SHARED_CREDENTIALS_FILE: ["$", "{H}/c/$NO"].join(""),
      };
      assert.deepEqual([...(await read(home, env)).profiles.keys()], ["a", "b"]);
    });
  });

  it("an empty variable is as if unset", async () => {
    await withHome({ ".aws/config": "[profile a]\n" }, async (home) => {
      assert.deepEqual([...(await read(home, { AWS_CONFIG_FILE: "" })).profiles.keys()], ["a"]);
    });
  });

  const hint =
    "Look at it with `ls -ld`; AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE choose other files.";

  it("fault 97: a directory in the file's place is named", async () => {
    await withHome({}, async (home) => {
      await mkdir(join(home, ".aws/config"), { recursive: true });
      assert.deepEqual(await told(() => read(home)), {
        code: "E_AWS_FILE",
        message: "The AWS file ~/.aws/config cannot be read: it is a directory, not a file.",
        hint,
      });
    });
  });

  it("fault 97: a file without permission is named", async () => {
    await withHome({ ".aws/credentials": "[a]\n" }, async (home) => {
      const denied = Object.assign(new Error("EACCES"), { code: "EACCES" });
      // Root reads everything: the refusal itself is given.
      const readFile = () => Promise.reject(denied);
      assert.deepEqual(await told(() => readAwsFiles(effectsFor(home, { env: {}, readFile }), [])), {
        code: "E_AWS_FILE",
        message: "The AWS file ~/.aws/config cannot be read: permission is denied.",
        hint,
      });
    });
  });

  it("fault 97: bytes that are not UTF-8 are named by their line", async () => {
    const bytes = Buffer.concat([Buffer.from("[a]\nregion = é\nx = "), Buffer.from([0xe9, 0x0a, 0x61])]);
    await withHome({ ".aws/credentials": bytes }, async (home) => {
      assert.deepEqual(await told(() => read(home)), {
        code: "E_AWS_CONFIG",
        message: "The AWS configuration at ~/.aws/credentials:3 cannot be read: it is not UTF-8.",
        hint: "Save the file as UTF-8.",
      });
    });
  });

  it("fault 97: UTF-16, as Windows writes it, is named", async () => {
    await withHome({ ".aws/config": Buffer.from("\uFEFF[default]", "utf16le") }, async (home) => {
      assert.equal(
        (await told(() => read(home))).message,
        "The AWS configuration at ~/.aws/config cannot be read: it is UTF-16.",
      );
    });
  });

  it("fault 97: more than 5 MB are refused, 5 MB are read", async () => {
    const full = Buffer.alloc(5 * 1024 * 1024, "\n");
    await withHome({ ".aws/config": full }, async (home) =>
      assert.equal((await read(home)).profiles.size, 0),
    );
    await withHome({ ".aws/config": Buffer.concat([full, Buffer.from("\n")]) }, async (home) => {
      assert.equal(
        (await told(() => read(home))).message,
        "The AWS configuration at ~/.aws/config cannot be read: it is larger than 5 MB.",
      );
    });
  });

  describe("files inside a workspace", () => {
    const untrusted = async (home: string, env: Record<string, string>) => {
      const { profiles } = await read(home, env, [join(home, "ws")]);
      return profiles.get("a")?.config.get("region")?.untrusted;
    };

    it("are marked, whether named directly or through links", async () => {
      const content = "[profile a]\nregion = r\n";
      await withHome({ "ws/aws/config": content, "ws-other/config": content }, async (home) => {
        await symlink(join(home, "ws/aws/config"), join(home, "link"));
        await symlink(join(home, "ws-other/config"), join(home, "ws/inward"));
        assert.deepEqual(
          await Promise.all(
            ["ws/aws/config", "ws-other/../ws/aws/config", "link", "ws/inward", "ws-other/config"].map(
              (path) => untrusted(home, { AWS_CONFIG_FILE: `${home}/${path}` }),
            ),
          ),
          [true, true, true, true, false],
        );
      });
    });

    it("~/.aws is the person's own even when the workspace is the home directory or above it", async () => {
      const content = "[profile a]\nregion = r\n";
      await withHome({ ".aws/config": content, "aws/config": content }, async (home) => {
        const marked = async (roots: string[], env: Record<string, string> = {}) =>
          (await read(home, env, roots)).profiles.get("a")?.config.get("region")?.untrusted;
        const elsewhere = { AWS_CONFIG_FILE: join(home, "aws/config") };
        assert.deepEqual(
          [
            await marked([home]),
            await marked(["/"]),
            await marked([join(home, ".aws")]),
            await marked([home], elsewhere),
          ],
          [false, false, true, true],
        );
      });
    });

    it("~/.aws that leads into a workspace is the workspace's", async () => {
      await withHome({ "dotfiles/aws/config": "[profile a]\nregion = r\n" }, async (home) => {
        await symlink(join(home, "dotfiles/aws"), join(home, ".aws"));
        const { profiles } = await read(home, {}, [join(home, "dotfiles")]);
        assert.equal(profiles.get("a")?.config.get("region")?.untrusted, true);
      });
    });
  });
});
