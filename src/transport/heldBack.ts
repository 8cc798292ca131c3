import { createHash } from "node:crypto";
import { UserError } from "../errors.ts";
import type { StreamedBody } from "../requestBody.ts";

/**
 * The bytes of a body in files. Its last `held` bytes come only when all of it is, the second time that it is read, what
 * it was when it was hashed: a server never gets the whole of a body that is not the one that was signed.
 * @throws UserError `E_BODY_CHANGED`
 */
export async function* heldBackPieces(body: StreamedBody, held: number): AsyncGenerator<Uint8Array, void> {
  const expected = body.sha256 ?? (await hashOf(body));
  const hash = createHash("sha256");
  let kept: Uint8Array = new Uint8Array();
  for await (const piece of body.pieces()) {
    hash.update(piece);
    const all = kept.length === 0 ? piece : Buffer.concat([kept, piece]);
    const cut = Math.max(0, all.length - held);
    if (cut > 0) yield all.subarray(0, cut);
    kept = all.subarray(cut);
  }
  if (hash.digest("hex") !== expected) throw changed(body);
  yield kept;
}

async function hashOf(body: StreamedBody): Promise<string> {
  const hash = createHash("sha256");
  for await (const piece of body.pieces()) hash.update(piece);
  return hash.digest("hex");
}

function changed({ parts }: StreamedBody): UserError {
  const files = parts.flatMap((part) => (part instanceof Uint8Array ? [] : [part.path]));
  return new UserError({
    code: "E_BODY_CHANGED",
    phase: "send",
    message: `The body changed while it was sent (${files.join(", ")}), so the end of it was not sent and the request is incomplete.`,
    hint: "Send again when nothing writes to the file any more.",
  });
}
