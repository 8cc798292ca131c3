import { execFileSync } from "node:child_process";
import { chmod, cp, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Runs git as somebody without settings, and gives what it wrote. */
export function git(folder: string, ...args: readonly string[]): string {
  const clean = Object.entries(process.env).filter(([name]) => !name.startsWith("GIT_"));
  const settings = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "init.defaultBranch=main"];
  return execFileSync("git", ["-C", folder, ...settings, ...args], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...Object.fromEntries(clean), GIT_CONFIG_NOSYSTEM: "1", GIT_CONFIG_GLOBAL: "/dev/null" },
  }).trim();
}

/**
 * A repository that is hostile to whoever runs git in its folder `api`: that folder is a bare repository of tracked
 * files, whose sparse index lacks a tree and whose configuration says by which command to fetch it.
 * @param marker the file that the command would make
 */
export async function hostileRepository(folder: string, marker: string): Promise<void> {
  const source = await mkdtemp(join(tmpdir(), "awsreq-sparse-"));
  try {
    git(source, "init", "-q");
    await mkdir(join(source, "keep"));
    await mkdir(join(source, "drop", "deep"), { recursive: true });
    await writeFile(join(source, "keep", "a"), "1");
    await writeFile(join(source, "drop", "deep", "b"), "2");
    git(source, "add", ".");
    git(source, "commit", "-qm", "x");
    git(source, "sparse-checkout", "set", "--cone", "--sparse-index", "keep");
    const tree = git(source, "rev-parse", "HEAD:drop");
    const api = join(folder, "api");
    await mkdir(join(api, "refs", "heads"), { recursive: true });
    await cp(join(source, ".git", "objects"), join(api, "objects"), { recursive: true });
    for (const name of await readdir(join(api, "objects"))) await chmod(join(api, "objects", name), 0o755);
    await rm(join(api, "objects", tree.slice(0, 2), tree.slice(2)));
    await cp(join(source, ".git", "index"), join(api, "index"));
    await writeFile(join(api, "refs", "heads", "main"), `${git(source, "rev-parse", "HEAD")}\n`);
    await writeFile(join(api, "HEAD"), "ref: refs/heads/main\n");
    await writeFile(join(api, "config"), configuration(marker));
    await writeFile(join(api, "pets.awsreq"), "# @auth none\nGET http://127.0.0.1:9/pets?{{stage}}\n");
    await writeFile(
      join(api, "http-client.private.env.json"),
      JSON.stringify({ dev: { stage: "harmless" } }),
    );
    git(folder, "init", "-q");
    git(folder, "add", "-A", "-f", ".");
    git(folder, "commit", "-qm", "pets");
  } finally {
    await rm(source, { recursive: true, force: true });
  }
}

function configuration(marker: string): string {
  return `[core]
\trepositoryformatversion = 1
\tbare = false
\tworktree = .
[extensions]
\tpartialClone = origin
[remote "origin"]
\tpromisor = true
\turl = "ext::sh -c touch% ${marker}"
[protocol "ext"]
\tallow = always
[index]
\tsparse = true
`;
}
