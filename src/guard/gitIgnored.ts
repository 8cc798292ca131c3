import { spawn } from "node:child_process";
import { lstat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/** What git makes of a file; `noRepository` also where there is no git, or it does not answer in time. */
export type GitState = "ignored" | "tracked" | "notIgnored" | "noRepository";

/** What asking git takes. */
export interface GitSettings {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Milliseconds for each of the two questions. */
  readonly timeout: number;
}

/** How long git may take. */
export const gitTimeout = 2000;

/**
 * Whether git would take a file along. The repository is not ours: nothing that its configuration names is run (of what
 * `ls-files` and `check-ignore` do, only the file system monitor would be a program).
 * @param path absolute
 */
export async function gitState(path: string, settings: GitSettings): Promise<GitState> {
  // `check-ignore` knows no literal names: `./` keeps one from being a pattern of git's own (`:(glob)…`).
  const name = `./${basename(path)}`;
  const ask = (args: readonly string[]): Promise<number | null> =>
    exitCodeOfGit([...safely, "-C", dirname(path), ...args, "--", name], settings);
  const listed = await ask(["--literal-pathspecs", "ls-files", "--error-unmatch"]);
  if (listed === 0) return "tracked";
  if (listed !== 1) return "noRepository";
  const ignored = await ask(["check-ignore", "-q"]);
  if (ignored === 0) return "ignored";
  return ignored === 1 ? "notIgnored" : "noRepository";
}

const safely = ["--no-optional-locks", "-c", "core.fsmonitor=false"];

/** Null when git did not end by itself. */
function exitCodeOfGit(args: readonly string[], { env, timeout }: GitSettings): Promise<number | null> {
  // GIT_DIR and its like would answer for another repository.
  const clean = Object.fromEntries(Object.entries(env).filter(([name]) => !/^GIT_/i.test(name)));
  return new Promise((resolve) => {
    const child = spawn("git", args, {
      // Windows looks for programs in the working directory first; this one is not the workspace's.
      cwd: dirname(process.execPath),
      env: clean,
      stdio: "ignore",
      shell: false,
      windowsHide: true,
      timeout,
      killSignal: "SIGKILL",
    });
    child.on("error", () => resolve(null));
    child.on("close", (code) => resolve(code));
  });
}

/**
 * The `.gitignore` that a line for a file belongs in: the nearest above it, else one beside the repository's `.git`.
 * Null outside of repositories.
 * @param path absolute
 */
export async function gitIgnorePath(path: string): Promise<string | null> {
  let nearest: string | null = null;
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const candidate = join(folder, ".gitignore");
    if (nearest === null && (await isThere(candidate))) nearest = candidate;
    if (await isThere(join(folder, ".git"))) return nearest ?? candidate;
    if (folder === dirname(folder)) return null;
  }
}

async function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

/**
 * A `.gitignore` with one more line, at its end, because the last match counts. The text as it is when that line is
 * there already and nothing after it takes it back.
 * @param name a file's name, of letters, digits, points and hyphens
 */
export function withIgnored(text: string, name: string): string {
  const lines = text.split(/\r?\n/).map((line) => line.trimEnd());
  const after = lines.slice(lines.lastIndexOf(name) + 1);
  if (lines.includes(name) && !after.some((line) => line.startsWith("!"))) return text;
  const lineEnd = text.includes("\r\n") ? "\r\n" : "\n";
  const gap = text === "" || text.endsWith("\n") ? "" : lineEnd;
  return `${text}${gap}${name}${lineEnd}`;
}
