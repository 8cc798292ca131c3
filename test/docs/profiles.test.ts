import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { planCredentials } from "../../src/identity/plan/plan.ts";
import { filesOf } from "../identity/filesOf.ts";

const root = resolve(__dirname, "../..");
const page = readFileSync(resolve(root, "docs/profiles.md"), "utf8");

/** Every source file's text under a folder. */
function sources(folder: string): string {
  return readdirSync(resolve(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => readFileSync(resolve(entry.parentPath, entry.name), "utf8"))
    .join("\n");
}

describe("docs/profiles.md", () => {
  const blocks = [...page.matchAll(/```ini\n([\s\S]*?)```/g)].map(([, text = ""]) => text);

  it("shows set-ups that work as they stand", () => {
    assert.ok(blocks.length >= 6);
    const env = { AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: "/creds" };
    for (const config of blocks) {
      const files = filesOf(config);
      for (const name of files.profiles.keys()) {
        const choice = { kind: "profile", name, source: "docs" } as const;
        const plan = planCredentials(choice, { files, env, region: null, metadata: true });
        assert.equal(plan.profile, name);
      }
    }
  });

  it("names codes that exist, and every code of the identity room", () => {
    const text = sources("src");
    const named = [...page.matchAll(/`(E_[A-Z_]+)`/g)].map(([, code = ""]) => code);
    for (const code of named) assert.ok(text.includes(`"${code}"`), code);
    const thrown = [...sources("src/identity").matchAll(/"(E_[A-Z_]+)"/g)].map(([, code = ""]) => code);
    const elsewhere = new Set(["E_CANCELLED", "E_LOCAL_PROFILE", "E_PROFILE_NAME", "E_FILE_WRITE"]);
    const missing = [...new Set(thrown)].filter(
      (code) => !named.includes(code) && !elsewhere.has(code) && !code.startsWith("E_PROCESS_"),
    );
    assert.deepEqual(missing, []);
  });

  it("leads to files that are there", () => {
    for (const [, target = ""] of page.matchAll(/\]\((?!https?:)([^)#]+)/g))
      assert.ok(existsSync(resolve(root, "docs", target)), target);
  });
});
