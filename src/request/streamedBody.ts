import type { IncludedFile, OpenedInclude, RunningHash, StreamedBody } from "../requestBody.ts";

type Part = Uint8Array | IncludedFile;
type OpenedPart = Uint8Array | OpenedInclude;

/** Bytes that are looked at before a body is sent. */
const headSize = 1024 * 1024;

/** A body of text and files, in order. Nothing is opened before it is read. */
export function streamedBody(parts: readonly Part[]): StreamedBody {
  let opened: readonly OpenedPart[] | null = null;
  let sha256: string | null = null;
  const close = async () => {
    const closing = opened ?? [];
    opened = null;
    for (const part of closing) if (!(part instanceof Uint8Array)) await part.close();
  };
  return {
    length: parts.reduce((sum, part) => sum + sizeOf(part), 0),
    head: headOf(parts),
    parts,
    get sha256() {
      return sha256;
    },
    async open(hash, signal) {
      await close();
      try {
        opened = await openAll(parts);
        sha256 = await hashOf(opened, hash, signal);
      } catch (error) {
        await close();
        throw error;
      }
    },
    async *pieces() {
      const own = opened === null ? await openAll(parts) : null;
      try {
        for (const part of own ?? opened ?? []) yield* piecesOf(part);
      } finally {
        for (const part of own ?? []) if (!(part instanceof Uint8Array)) await part.close();
      }
    },
    close,
  };
}

async function openAll(parts: readonly Part[]): Promise<readonly OpenedPart[]> {
  const opened: OpenedPart[] = [];
  try {
    for (const part of parts) opened.push(part instanceof Uint8Array ? part : await part.open());
    return opened;
  } catch (error) {
    for (const part of opened) if (!(part instanceof Uint8Array)) await part.close();
    throw error;
  }
}

async function hashOf(parts: readonly OpenedPart[], hash: RunningHash, signal: AbortSignal): Promise<string> {
  for (const part of parts) {
    for await (const piece of piecesOf(part)) {
      signal.throwIfAborted();
      hash.update(piece);
    }
    // Also tells a file that has become shorter.
    if (!(part instanceof Uint8Array)) await part.check();
  }
  return hash.digest("hex");
}

async function* piecesOf(part: OpenedPart): AsyncGenerator<Uint8Array, void> {
  if (part instanceof Uint8Array) yield part;
  else yield* part.pieces();
}

function sizeOf(part: Part): number {
  return part instanceof Uint8Array ? part.length : part.size;
}

function headOf(parts: readonly Part[]): Uint8Array {
  const heads: Uint8Array[] = [];
  let size = 0;
  for (const part of parts) {
    const head = part instanceof Uint8Array ? part : part.head;
    heads.push(head);
    size += head.length;
    if (size >= headSize || head.length < sizeOf(part)) break;
  }
  return Buffer.concat(heads).subarray(0, headSize);
}
