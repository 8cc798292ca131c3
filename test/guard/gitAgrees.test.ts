import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { type GitMachine, type GitState, gitState } from "../../src/guard/gitIgnored.ts";
import { git } from "./hostileRepository.ts";

const fileName = "http-client.private.env.json";
const folders = ["", "a", "a/b", "a/b/c d", "[x]", "!y", "a\\b", "ab*", "é"];
const asked = folders.flatMap((folder) =>
  [fileName, "x.json", "#x"].map((name) => (folder === "" ? name : `${folder}/${name}`)),
);

/** Patterns as people write them, and as nobody should. */
const piece = fc.constantFrom(
  ...[
    "*",
    "**",
    "?",
    "a",
    "b",
    "c d",
    "ab*",
    "x",
    "*.json",
    "*.env.json",
    fileName,
    "http-client",
    "[ax]",
    "[!a]",
  ],
  ...[
    "[[:alpha:]]",
    "[x]",
    "\\[x\\]",
    "\\!y",
    "!y",
    "#z",
    "\\#z",
    "\\*",
    "a\\\\b",
    "é",
    " ",
    "x ",
    "\\ ",
    "[",
    "]",
  ],
  ...["\\", ".", "private", "-", "[a-z]*", "[^.]", "{a,b}", "(a|b)", "+", "$", "\u00a0", "\t", "\r", "***"],
);
const pattern = fc
  .tuple(
    fc.constantFrom("", "", "", "!", "\\!", "#", " "),
    fc.constantFrom("", "", "/", "**/", "*/", "//"),
    fc.array(
      fc.array(piece, { minLength: 1, maxLength: 2 }).map((parts) => parts.join("")),
      { minLength: 1, maxLength: 3 },
    ),
    fc.constantFrom("", "", "/", "/**", "/*", " ", "  ", "\\ "),
  )
  .map(([mark, anchor, parts, end]) => `${mark}${anchor}${parts.join("/")}${end}`);
/** Whole folders and files by their names, so that many rules hit. */
const aimed = fc
  .tuple(
    fc.constantFrom("", "!"),
    fc.constantFrom("", "/", "**/"),
    fc.constantFrom(...folders.slice(1), ...asked),
    fc.constantFrom("", "/", "/*"),
  )
  .map((parts) => parts.join(""));
const rules = fc
  .tuple(
    fc.array(fc.oneof(pattern, aimed, aimed), { maxLength: 5 }),
    fc.constantFrom("\n", "\r\n"),
    fc.boolean(),
    fc.boolean(),
  )
  .map(
    ([lines, end, isClosed, hasMark]) => `${hasMark ? "\ufeff" : ""}${lines.join(end)}${isClosed ? end : ""}`,
  );
const layout = fc.record({
  version: fc.constantFrom("2", "3", "4"),
  format: fc.constantFrom("sha1", "sha256"),
  listed: fc.uniqueArray(fc.constantFrom(...asked), { maxLength: 12 }),
  intended: fc.uniqueArray(fc.constantFrom(...asked), { maxLength: 2 }),
  exclude: rules,
  personal: rules,
  rules: fc.dictionary(fc.constantFrom(...folders), rules, { maxKeys: 4 }),
});

describe("what git makes of a file", () => {
  let home = "";
  let machine: GitMachine;

  beforeEach(async () => {
    home = await realpath(await mkdtemp(join(tmpdir(), "awsreq-agrees-")));
    machine = { env: {}, home, platform: process.platform, uid: process.getuid?.() ?? null };
  });
  afterEach(() => rm(home, { recursive: true, force: true }));

  const put = async (path: string, text: string): Promise<void> => {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  };

  /** Git's own answers, all at once. */
  const answers = (root: string): ReadonlyMap<string, GitState> => {
    const env = { PATH: process.env["PATH"], HOME: home, GIT_CONFIG_NOSYSTEM: "1" };
    const ask = (...args: readonly string[]): readonly string[] => {
      const { stdout, status, stderr } = spawnSync("git", ["-C", root, ...args], {
        env,
        input: asked.join("\0"),
        encoding: "utf8",
      });
      assert.ok(status === 0 || status === 1, stderr);
      return stdout.split("\0");
    };
    const tracked = new Set(ask("ls-files", "-z"));
    const ignored = new Set(ask("check-ignore", "--stdin", "-z"));
    const stateOf = (path: string): GitState => {
      if (tracked.has(path)) return "tracked";
      return ignored.has(path) ? "ignored" : "notIgnored";
    };
    return new Map(asked.map((path) => [path, stateOf(path)]));
  };

  it("is told without it as git itself tells it", async function () {
    this.timeout(120_000);
    let round = 0;
    await fc.assert(
      fc.asyncProperty(layout, async (made) => {
        const root = join(home, `r${round++}`);
        await mkdir(root);
        git(root, "init", "-q", "--template=", `--object-format=${made.format}`);
        git(root, "config", "index.version", made.version);
        for (const path of asked) await put(join(root, path), path);
        const add = (...args: readonly string[]) => git(root, "--literal-pathspecs", "add", "-f", ...args);
        if (made.listed.length > 0) add("--", ...made.listed);
        if (made.intended.length > 0) add("-N", "--", ...made.intended);
        git(root, "update-index", "--index-version", made.version);
        for (const [folder, text] of Object.entries(made.rules))
          await put(join(root, folder, ".gitignore"), text);
        await put(join(root, ".git/info/exclude"), made.exclude);
        await put(join(home, ".config/git/ignore"), made.personal);
        const told = new Map<string, GitState>();
        for (const path of asked) told.set(path, await gitState(join(root, path), machine));
        assert.deepEqual(told, answers(root));
        await rm(root, { recursive: true });
      }),
      { numRuns: 25 },
    );
  });
});
