import { randomBytes } from "node:crypto";
import { mkdir, open, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname, posix, win32 } from "node:path";
import { parseApprovals, serialiseApprovals } from "./approvalDocument.ts";
import { type Approval, type ApprovalStore, subjectKey } from "./approvalStore.ts";

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

/**
 * Approvals in a file (0600, its folder 0700), replaced atomically. What cannot be understood counts as no approval.
 * @param warn gets a sentence when the file cannot be used as it is, or cannot be written
 */
export function approvalFile(path: string, warn: (sentence: string) => void): ApprovalStore {
  let writing: Promise<void> = Promise.resolve();
  return {
    load: () => load(path, warn),
    save: (approval) => {
      writing = writing.then(() => save(path, approval, warn));
      return writing;
    },
  };
}

/** Takes every approval back. */
export async function revokeApprovals(path: string): Promise<void> {
  await rm(path, { force: true });
}

async function load(path: string, warn: (sentence: string) => void): Promise<readonly Approval[]> {
  const text = await textOf(path, warn);
  if (text === null) return [];
  const approvals = parseApprovals(text);
  if (approvals === null)
    warn(`${path} is not a file of approvals; it counts as empty and will be replaced.`);
  return approvals ?? [];
}

async function textOf(path: string, warn: (sentence: string) => void): Promise<string | null> {
  try {
    const { mode } = await stat(path);
    if (process.platform !== "win32" && (mode & 0o022) !== 0) {
      warn(`${path} can be written by others, so its approvals do not count; take that away with chmod 600.`);
      return null;
    }
    return await readFile(path, "utf8");
  } catch (cause) {
    const code = codeOf(cause);
    if (code !== "ENOENT") warn(`${path} could not be read (${code}); its approvals do not count.`);
    return null;
  }
}

/** Reads again just before it writes, so that what another process approved meanwhile stays. */
async function save(path: string, approval: Approval, warn: (sentence: string) => void): Promise<void> {
  const temporary = `${path}.${randomBytes(6).toString("hex")}.tmp`;
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const key = subjectKey(approval.subject);
    const others = (await load(path, () => undefined)).filter(({ subject }) => subjectKey(subject) !== key);
    const file = await open(temporary, "wx", 0o600);
    try {
      await file.writeFile(serialiseApprovals([...others, approval]));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (cause) {
    // The person has said yes: a home that cannot be written to (CI) only means being asked again.
    warn(`The approval could not be written to ${path} (${codeOf(cause)}); it holds for this run only.`);
    await rm(temporary, { force: true }).catch(() => undefined);
  }
}

function codeOf(cause: unknown): string {
  return cause instanceof Error && "code" in cause ? String(cause.code) : "unknown error";
}
