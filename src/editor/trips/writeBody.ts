import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { BodyStore } from "../../stages.ts";
import { bodyPieces } from "../../transport/bodyPieces.ts";
import { clearLeftovers, temporaryName } from "../../transport/temporary.ts";

/**
 * Writes a body into a file, piece by piece, readable for its owner alone. What stood there is replaced when all is
 * written, and stays when that fails.
 */
export async function writeBody(body: BodyStore, path: string): Promise<void> {
  clearLeftovers(dirname(path), process.getuid?.() ?? null);
  const temporary = join(dirname(path), `.${temporaryName()}.part`);
  try {
    const file = createWriteStream(temporary, { flags: "wx", mode: 0o600 });
    await pipeline(Readable.from(bodyPieces(body), { objectMode: false }), file);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
