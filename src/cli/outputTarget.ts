import { constants, fstatSync, type Stats } from "node:fs";
import { lstat, readlink, realpath, stat } from "node:fs/promises";
import { basename, dirname, isAbsolute } from "node:path";

/** Where a path of `--output` leads, links followed. Nothing is opened to find out. */
export interface OutputTarget {
  /** No link itself, but for a descriptor. */
  readonly path: string;
  /** Of what stands there; null when nothing does. */
  readonly stats: Stats | null;
  /** It is one of the descriptors of a process, under a name such as /dev/stdout or /dev/fd/3. */
  readonly isDescriptor: boolean;
  /** The descriptor of this process to write to, where another one would have a place of its own in the file and overwrite. */
  readonly descriptor: number | null;
}

/** As many as Linux follows. */
const mostLinks = 40;

/** Finds it. Throws the system's own errors, as for a link into a folder that is not there. */
export async function outputTarget(named: string): Promise<OutputTarget> {
  let path = named;
  for (let links = 0; links <= mostLinks; links++) {
    const there = await lstat(path).catch(nullIfMissing);
    if (there === null || !there.isSymbolicLink())
      return { path, stats: there, isDescriptor: false, descriptor: there && standardTo(there) };
    const folder = await realpath(dirname(path));
    if (/^\/(?:proc\/|dev\/fd(?:\/|$))/.test(folder)) {
      const stats = await stat(path);
      const own = standardTo(stats) ?? (stats.isFile() ? ownDescriptor(folder, path) : null);
      return { path, stats, isDescriptor: true, descriptor: own };
    }
    const next = await readlink(path);
    // Not `join`: the system reads `..` behind a link otherwise than the text does.
    path = isAbsolute(next) ? next : `${folder}/${next}`;
  }
  throw Object.assign(new Error("too many links"), { code: "ELOOP" });
}

function nullIfMissing(error: NodeJS.ErrnoException): null {
  if (error.code === "ENOENT") return null;
  throw error;
}

function ownDescriptor(folder: string, path: string): number | null {
  const isOurs = folder === `/proc/${process.pid}/fd` || folder === "/dev/fd";
  return isOurs ? Number(basename(path)) : null;
}

/** Standard output or standard error, when one of them goes to this file. */
function standardTo({ dev, ino }: Stats): number | null {
  for (const descriptor of [1, 2]) {
    try {
      const own = fstatSync(descriptor);
      if (own.dev === dev && own.ino === ino) return descriptor;
    } catch {
      // It is closed.
    }
  }
  return null;
}

/** How what stands there is opened: without waiting for a reader, and without becoming the terminal of this process. */
export function writingFlags({ stats, isDescriptor }: OutputTarget): number {
  // Windows has none of these.
  const { O_WRONLY, O_APPEND, O_NONBLOCK = 0, O_NOCTTY = 0, O_NOFOLLOW = 0 } = constants;
  const common = O_WRONLY | O_NONBLOCK | O_NOCTTY;
  if (!isDescriptor) return common | O_NOFOLLOW;
  return stats?.isFile() === true ? common | O_APPEND : common;
}
