import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { mkdir, readdir, readFile, realpath, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { awsFilePath } from "../../../src/identity/files/awsFiles.ts";
import { addProfile, profileNameFault, profileSection } from "../../../src/identity/files/credentialsFile.ts";
import { parseIni } from "../../../src/identity/files/iniFile.ts";
import { changePrivateFile } from "../../../src/identity/files/privateFile.ts";
import { withHome } from "../awsHome.ts";
import { assertHoldsNone, refusal } from "../refusal.ts";

const keys = {
  accessKeyId: "AKIAIOSFODNN7EXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
};
const section = `[pets]\naws_access_key_id = ${keys.accessKeyId}\naws_secret_access_key = ${keys.secretAccessKey}\n`;
const shown = "~/.aws/credentials";
const modeOf = async (path: string): Promise<number> => (await stat(path)).mode & 0o777;
const onPosix = process.platform === "win32" ? it.skip : it;

describe("profileSection", () => {
  const rows: readonly (readonly [what: string, before: string, gap: string])[] = [
    ["nothing", "", ""],
    ["a byte order mark", "\ufeff", ""],
    ["a section", "[a]\nb = c\n", "\n"],
    ["a section without its last line end", "[a]\nb = c", "\n\n"],
    ["a section and an empty line", "[a]\nb = c\n\n", ""],
    ["a comment", "# mine\n", "\n"],
  ];
  for (const [what, before, gap] of rows) {
    it(`follows ${what}`, () => {
      const added = profileSection(before, shown, "pets", keys);
      assert.equal(added, gap + section);
      const { sections } = parseIni(before + added, shown);
      assert.equal(sections.get("pets")?.keys.get("aws_secret_access_key")?.value, keys.secretAccessKey);
    });
  }

  it("keeps CRLF", () => {
    const added = profileSection("[a]\r\nb = c", shown, "pets", keys);
    assert.equal(added, `\r\n\r\n${section.replaceAll("\n", "\r\n")}`);
  });

  it("holds the session token", () => {
    const added = profileSection("", shown, "pets", { ...keys, sessionToken: "IQoJ/+==" });
    assert.equal(added, `${section}aws_session_token = IQoJ/+==\n`);
  });

  it("never overwrites a profile", async () => {
    const error = await refusal(() => profileSection("[a]\n[ pets ]\n", shown, "pets", keys));
    assert.equal(error.code, "E_PROFILE_EXISTS");
    assert.match(error.message, /~\/\.aws\/credentials:2/);
    assertHoldsNone(error, [keys.secretAccessKey]);
  });

  it("takes no key that could be more than one value", async () => {
    for (const bad of ["", "a b", "a\nb = c", "a #", "{{secret}}"]) {
      const error = await refusal(() => profileSection("", shown, "pets", { ...keys, secretAccessKey: bad }));
      assert.equal(error.code, "E_KEY_FORM");
    }
  });
});

describe("profileNameFault", () => {
  it("accepts what AWS accepts", () => {
    for (const name of ["a", "default", "pets-prod_1.x", "ann@example.com", "0"])
      assert.equal(profileNameFault(name), null);
  });

  it("refuses what would be another section, another line, or is taken", () => {
    const names = [
      "",
      "DEFAULT",
      "a b",
      "profile a",
      "a]",
      "[a",
      "a\nb",
      "a#",
      "#a",
      ";a",
      "-a",
      "{{a}}",
      "é",
      "awsreq-local",
    ];
    for (const name of [...names, "a".repeat(65)]) assert.notEqual(profileNameFault(name), null, name);
  });
});

describe("addProfile", () => {
  it("makes the file and its folder for the person alone", () =>
    withHome({}, async (home) => {
      const path = awsFilePath("credentials", { env: {}, home }) ?? "";
      await addProfile(path, shown, "pets", keys);
      assert.equal(await readFile(path, "utf8"), section);
      assert.deepEqual(await readdir(join(home, ".aws")), ["credentials"]);
      if (process.platform === "win32") return;
      assert.equal(await modeOf(path), 0o600);
      assert.equal(await modeOf(join(home, ".aws")), 0o700);
    }));

  it("keeps every byte that was there", () =>
    withHome({ credentials: "\ufeff# Käse\r\n[a]\r\nb = c" }, async (home) => {
      const path = awsFilePath("credentials", {
        env: { AWS_SHARED_CREDENTIALS_FILE: join(home, "credentials") },
        home,
      });
      await addProfile(path ?? "", shown, "pets", keys);
      const text = await readFile(join(home, "credentials"), "utf8");
      assert.equal(text, `\ufeff# Käse\r\n[a]\r\nb = c\r\n\r\n${section.replaceAll("\n", "\r\n")}`);
    }));

  onPosix("takes from others the right to read it", () =>
    withHome({ credentials: "[a]\n" }, async (home) => {
      await addProfile(join(home, "credentials"), shown, "pets", keys);
      assert.equal(await modeOf(join(home, "credentials")), 0o600);
    }),
  );

  onPosix("writes through a link, and leaves the link", () =>
    withHome({ "dotfiles/credentials": "[a]\n" }, async (home) => {
      const link = join(home, "credentials");
      await symlink(join("dotfiles", "credentials"), link);
      await addProfile(link, shown, "pets", keys);
      assert.equal(await realpath(link), join(home, "dotfiles", "credentials"));
      assert.equal(await readFile(join(home, "dotfiles", "credentials"), "utf8"), `[a]\n\n${section}`);
      assert.deepEqual(await readdir(join(home, "dotfiles")), ["credentials"]);
    }),
  );

  onPosix("refuses a link that leads nowhere", () =>
    withHome({}, async (home) => {
      await symlink("gone", join(home, "credentials"));
      const error = await refusal(() => addProfile(join(home, "credentials"), shown, "pets", keys));
      assert.equal(error.code, "E_FILE_WRITE");
    }),
  );

  it("leaves a file that it does not understand, and no other file beside it", () =>
    withHome(
      { credentials: "not = in a section\n", dos: new Uint8Array([0xff, 0xfe, 0x5b, 0]) },
      async (home) => {
        for (const name of ["credentials", "dos"]) {
          const before = await readFile(join(home, name));
          const error = await refusal(() => addProfile(join(home, name), shown, "pets", keys));
          assert.equal(error.code, "E_AWS_CONFIG");
          assert.deepEqual(await readFile(join(home, name)), before);
        }
        assert.deepEqual((await readdir(home)).sort(), ["credentials", "dos"]);
      },
    ));

  it("says so when the file is a folder", () =>
    withHome({}, async (home) => {
      await mkdir(join(home, "credentials"));
      const error = await refusal(() => addProfile(join(home, "credentials"), shown, "pets", keys));
      assert.equal(error.code, "E_FILE_WRITE");
      assert.deepEqual(await readdir(home), ["credentials"]);
    }));
});

describe("changePrivateFile", () => {
  it("does not undo what another program wrote meanwhile", () =>
    withHome({ file: "a" }, async (home) => {
      const path = join(home, "file");
      const error = await refusal(() =>
        changePrivateFile(path, () => {
          writeFileSync(path, "theirs");
          return "ours";
        }),
      );
      assert.equal(error.code, "E_FILE_WRITE");
      assert.match(error.message, /changed meanwhile/);
      assert.equal(await readFile(path, "utf8"), "theirs");
      assert.deepEqual(await readdir(home), ["file"]);
    }));

  it("changes nothing when it is told not to", () =>
    withHome({}, async (home) => {
      await writeFile(join(home, "file"), "a");
      const stop = new Error("no");
      await assert.rejects(
        changePrivateFile(join(home, "file"), () => {
          throw stop;
        }),
        stop,
      );
      assert.equal(await readFile(join(home, "file"), "utf8"), "a");
    }));
});
