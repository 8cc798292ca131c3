/** What git's index says of a path; `unknown` where it is not understood, or the answer is in another file. */
export type IndexState = "listed" | "notListed" | "unknown";

/** The answer of an index. */
export interface IndexAnswer {
  readonly state: IndexState;
  /** Paths that are listed but left out of the working tree (sparse checkout), among those that were asked about. */
  readonly leftOut: ReadonlySet<string>;
}

const unknown: IndexAnswer = { state: "unknown", leftOut: new Set() };

/** Lengths of SHA-1 and SHA-256: which one it is stands in the repository's configuration, which is not read. */
const hashLengths = [20, 32] as const;

/**
 * Whether an index (versions 2, 3 and 4) lists a path. Split and sparse indexes give an answer only where they hold it.
 * @param path relative to the repository's root, with "/"
 * @param others further paths: which of them are listed but left out of the working tree
 */
export function indexAnswer(bytes: Uint8Array, path: string, others: readonly string[]): IndexAnswer {
  for (const hashLength of hashLengths) {
    const answer = answerOf(
      Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length),
      hashLength,
      path,
      others,
    );
    if (answer !== null) return answer;
  }
  return unknown;
}

interface Entry {
  readonly name: Buffer;
  readonly mode: number;
  readonly isLeftOut: boolean;
  /** Where the next one begins. */
  readonly end: number;
}

/** Null when the bytes are no index with hashes of that length. */
function answerOf(
  bytes: Buffer,
  hashLength: number,
  path: string,
  others: readonly string[],
): IndexAnswer | null {
  const end = bytes.length - hashLength;
  if (end < headerLength || bytes.toString("latin1", 0, 4) !== "DIRC") return null;
  const version = bytes.readUInt32BE(4);
  if (version < 2 || version > 4) return null;
  const seen = lookout(path, others);
  let entry: Entry = { name: Buffer.alloc(0), mode: 0, isLeftOut: false, end: headerLength };
  for (let left = bytes.readUInt32BE(8); left > 0; left--) {
    const next = entryAt(bytes, entry, { end, version, hashLength });
    if (next === null) return null;
    entry = next;
    seen.pass(entry);
  }
  const extensions = extensionsFrom(bytes, entry.end, end);
  if (extensions === null) return null;
  return extensions.every(isKnown) ? seen.answer() : unknown;
}

/** Notes what the entries that pass say of some paths. */
function lookout(
  path: string,
  others: readonly string[],
): { readonly pass: (entry: Entry) => void; readonly answer: () => IndexAnswer } {
  const target = Buffer.from(path);
  const names = others.map((other) => ({ other, name: Buffer.from(other) }));
  const leftOut = new Set<string>();
  let state: IndexState = "notListed";
  return {
    pass(entry) {
      if (entry.name.equals(target)) state = "listed";
      else if (state === "notListed" && hides(entry, target)) state = "unknown";
      if (!entry.isLeftOut) return;
      for (const { other, name } of names) if (entry.name.equals(name)) leftOut.add(other);
    },
    answer: () => ({ state, leftOut }),
  };
}

const headerLength = 12;
/** Times, device, inode, mode, owner and size. */
const statLength = 40;
const modeOffset = 24;
const flags = { extended: 0x4000, leftOut: 0x4000 } as const;

interface Layout {
  /** Where the index's own hash begins. */
  readonly end: number;
  readonly version: number;
  readonly hashLength: number;
}

/** The entry after another one; null when there is none. */
function entryAt(bytes: Buffer, before: Entry, { end, version, hashLength }: Layout): Entry | null {
  const start = before.end;
  let at = start + statLength + hashLength + 2;
  if (at + 2 > end) return null;
  const isExtended = (bytes.readUInt16BE(at - 2) & flags.extended) !== 0;
  if (isExtended && version < 3) return null;
  const isLeftOut = isExtended && (bytes.readUInt16BE(at) & flags.leftOut) !== 0;
  if (isExtended) at += 2;
  const prefix = version === 4 ? prefixAt(bytes, at, before.name) : { kept: before.name.subarray(0, 0), at };
  if (prefix === null) return null;
  const zero = bytes.indexOf(0, prefix.at);
  if (zero === -1 || zero >= end) return null;
  const rest = bytes.subarray(prefix.at, zero);
  const name = prefix.kept.length === 0 ? rest : Buffer.concat([prefix.kept, rest]);
  // Entries are sorted; only those of a conflict, and those of a split index without a name, come twice.
  if (Buffer.compare(before.name, name) > 0) return null;
  // Up to version 3 an entry fills a multiple of eight bytes, with one zero at least.
  const next = version === 4 ? zero + 1 : start + Math.ceil((zero + 1 - start) / 8) * 8;
  if (next > end || !isZero(bytes, zero, next)) return null;
  return { name, mode: bytes.readUInt32BE(start + modeOffset), isLeftOut, end: next };
}

function isZero(bytes: Buffer, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (bytes[at] !== 0) return false;
  return true;
}

/** In version 4 a number says how many bytes of the name before are dropped. */
function prefixAt(
  bytes: Buffer,
  from: number,
  before: Buffer,
): { readonly kept: Buffer; readonly at: number } | null {
  let at = from;
  let byte = bytes[at++] ?? 0;
  let dropped = byte & 0x7f;
  while (byte & 0x80) {
    byte = bytes[at++] ?? 0;
    dropped = (dropped + 1) * 128 + (byte & 0x7f);
    if (dropped > before.length) return null;
  }
  return dropped > before.length ? null : { kept: before.subarray(0, before.length - dropped), at };
}

/** A folder of a sparse index, or a repository of its own: what lies below it is not listed here. */
function hides({ name, mode }: Entry, path: Buffer): boolean {
  const type = mode & 0o170000;
  if (type !== 0o040000 && type !== 0o160000) return false;
  const folder = name.at(-1) === slash ? name : Buffer.concat([name, Buffer.from("/")]);
  return path.length > folder.length && path.subarray(0, folder.length).equals(folder);
}

const slash = 0x2f;

/** Names of the extensions; null when they do not end where the index does. */
function extensionsFrom(bytes: Buffer, from: number, end: number): readonly string[] | null {
  const names: string[] = [];
  let at = from;
  while (at < end) {
    if (at + 8 > end) return null;
    names.push(bytes.toString("latin1", at, at + 4));
    at += 8 + bytes.readUInt32BE(at + 4);
  }
  return at === end ? names : null;
}

/** A capital letter says that an extension may be passed over. `sdir` says that there are folders among the entries. */
function isKnown(extension: string): boolean {
  return /^[A-Z]/.test(extension) || extension === "sdir";
}
