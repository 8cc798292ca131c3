import { createHash, randomUUID } from "node:crypto";
import { lstatSync, readdirSync, readlinkSync, rmSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";

/** Files and folders that last as long as their process, and those that it kept for the person. */
const owned = /^\.?awsreq-([0-9a-f]{8})-(\d+)-[0-9a-f-]{36}(?:\.part)?$/;
const kept = /^awsreq-kept-[0-9a-f-]{36}$/;

/** Milliseconds for which a kept body stays: a day. */
const keptFor = 24 * 60 * 60 * 1000;

/** A name of its own for a file or folder of this process; who finds it later can tell whether the process still runs. */
export function temporaryName(): string {
  return `awsreq-${processSpace()}-${process.pid}-${randomUUID()}`;
}

/** A name of its own for what outlives this process by a day. */
export function keptName(): string {
  return `awsreq-kept-${randomUUID()}`;
}

/**
 * Removes from a folder what processes of this user left behind that were killed, and what was kept a day ago. What another
 * machine or container made stays: whether its process runs cannot be told from here.
 */
export function clearLeftovers(folder: string, uid: number | null): void {
  for (const name of namesIn(folder)) {
    const path = join(folder, name);
    if (isAbandoned(name) || (kept.test(name) && isOld(path))) removeOwn(path, uid);
  }
}

/** Removes the folders of a folder that are named after processes which have ended. */
export function clearOfEnded(folder: string): void {
  for (const name of namesIn(folder)) {
    if (/^\d+$/.test(name) && hasEnded(Number(name))) removeOwn(join(folder, name), null);
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function isAbandoned(name: string): boolean {
  const [, space, pid] = owned.exec(name) ?? [];
  return space === processSpace() && hasEnded(Number(pid));
}

function hasEnded(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "ESRCH";
  }
}

function isOld(path: string): boolean {
  try {
    return Date.now() - lstatSync(path).mtimeMs > keptFor;
  } catch {
    return false;
  }
}

/** In a folder of all users anybody can make such names. */
function removeOwn(path: string, uid: number | null): void {
  try {
    const stats = lstatSync(path);
    if (stats.isSymbolicLink() || (uid !== null && stats.uid !== uid)) return;
    rmSync(path, { recursive: true, force: true });
  } catch {
    // Somebody else removes it just now, or it cannot be removed: it is tried again next time.
  }
}

/** Numbers of processes mean something on one machine alone, and in one container of it. */
function processSpace(): string {
  let space = "";
  try {
    space = process.platform === "linux" ? readlinkSync("/proc/self/ns/pid") : "";
  } catch {
    // There is no /proc.
  }
  return createHash("sha256").update(`${hostname()}\n${space}`).digest("hex").slice(0, 8);
}
