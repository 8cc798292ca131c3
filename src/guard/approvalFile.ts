import { randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { mkdir, open, rename, rm } from "node:fs/promises";
import { dirname, posix, win32 } from "node:path";
import { parseApprovals, serialiseApprovals } from "./approvalDocument.ts";
import { type Approval, type ApprovalStore, createTurns, subjectKey } from "./approvalStore.ts";
import { whoElseWrites, whoElseWritesAbove } from "./ownFile.ts";

/** Where the terminal keeps approvals: `$XDG_CONFIG_HOME/awsreq/approvals.json`, else below `~/.config`; `%APPDATA%` on Windows. */
export function approvalsPath(
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
  home: string,
): string {
  if (platform === "win32") {
    return win32.join(env["APPDATA"] || win32.join(home, "AppData", "Roaming"), "awsreq", "approvals.json");
  }
  const xdg = env["XDG_CONFIG_HOME"] ?? "";
  // The XDG specification: a relative path there is invalid and to be ignored.
  return posix.join(posix.isAbsolute(xdg) ? xdg : posix.join(home, ".config"), "awsreq", "approvals.json");
}

/** A file of approvals and what is known of it while the program runs. */
interface ApprovalsFile {
  readonly path: string;
  /** Of the person; null where the system has no user ids. */
  readonly uid: number | null;
  /** Says a sentence, once. */
  readonly warn: (sentence: string) => void;
}

/**
 * Approvals in a file (0600, its folder 0700), replaced atomically. What cannot be understood counts as no approval, and
 * neither does a file that somebody else could have written. What was approved holds for this run in any case.
 * @param uid of the person, null where the system has no user ids
 * @param warn gets a sentence when the file cannot be used as it is, or cannot be written
 */
export function approvalFile(
  path: string,
  uid: number | null,
  warn: (sentence: string) => void,
): ApprovalStore {
  const said = new Set<string>();
  const file: ApprovalsFile = {
    path,
    uid,
    warn(sentence) {
      if (!said.has(sentence)) warn(sentence);
      said.add(sentence);
    },
  };
  const thisRun = new Map<string, Approval>();
  const writes = createTurns();
  return {
    async load() {
      const kept = (await load(file)).filter(({ subject }) => !thisRun.has(subjectKey(subject)));
      return [...kept, ...thisRun.values()];
    },
    save(approval) {
      const key = subjectKey(approval.subject);
      return writes(async () => {
        const others = (await load(file)).filter(({ subject }) => subjectKey(subject) !== key);
        // A home that cannot be written to (CI) only means being asked again by the next run.
        if (await write(file, [...others, approval])) thisRun.delete(key);
        else thisRun.set(key, approval);
      });
    },
    forget: (keys) =>
      writes(async () => {
        for (const key of keys) thisRun.delete(key);
        const known = await load(file);
        const left = known.filter(({ subject }) => !keys.has(subjectKey(subject)));
        if (left.length < known.length) await write(file, left);
        return known.length - left.length;
      }),
    inTurn: createTurns(),
  };
}

async function load(file: ApprovalsFile): Promise<readonly Approval[]> {
  const { path, warn } = file;
  const text = await textOf(file);
  if (text === null) return [];
  const read = parseApprovals(text);
  if (read === null) {
    warn(`${path} is not a file of approvals; it counts as empty and will be replaced.`);
    return [];
  }
  if (read.outdated > 0) {
    warn(
      `${read.outdated} earlier approvals in ${path} did not say whether the host is reached by https, so they are dropped and asked for again.`,
    );
    await write(file, read.approvals);
  }
  return read.approvals;
}

async function textOf({ path, uid, warn }: ApprovalsFile): Promise<string | null> {
  try {
    // Never waiting for a FIFO's writer.
    const handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const stats = await handle.stat();
      const why = stats.isFile()
        ? (whoElseWrites(path, stats, uid) ?? (await whoElseWritesAbove(path, uid)))
        : `${path} is not a regular file`;
      if (why !== null) warn(`${why}, so the approvals in ${path} do not count.`);
      return why === null ? await handle.readFile("utf8") : null;
    } finally {
      await handle.close();
    }
  } catch (cause) {
    const code = codeOf(cause);
    if (code !== "ENOENT") warn(`${path} could not be read (${code}); its approvals do not count.`);
    return null;
  }
}

/** Writes all approvals anew; false, with a word, where that is not possible. */
async function write({ path, warn }: ApprovalsFile, approvals: readonly Approval[]): Promise<boolean> {
  const temporary = `${path}.${randomBytes(6).toString("hex")}.tmp`;
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const handle = await open(temporary, "wx", 0o600);
    try {
      await handle.writeFile(serialiseApprovals(approvals));
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, path);
    return true;
  } catch (cause) {
    warn(`The approval could not be written to ${path} (${codeOf(cause)}); it holds for this run only.`);
    await rm(temporary, { force: true }).catch(() => undefined);
    return false;
  }
}

function codeOf(cause: unknown): string {
  return cause instanceof Error && "code" in cause ? String(cause.code) : "unknown error";
}
