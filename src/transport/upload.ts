import type { ClientRequest } from "node:http";
import { heldBackPieces } from "./heldBack.ts";
import type { Transfer } from "./transfer.ts";

const pieceSize = 64 * 1024;

/**
 * Writes the request, its body in pieces whose progress counts against idleness, then goes on to wait for the head.
 * With `Expect: 100-continue` the body waits for the server's word; a final answer in its place keeps it back.
 * A failing write is not reported here: the request's "error" event tells it.
 */
export async function upload(request: ClientRequest, transfer: Transfer): Promise<void> {
  const { body, headers } = transfer.request;
  transfer.enter("send");
  const expects = headers.some(({ name, value }) => /^expect$/i.test(name) && /^100-continue$/i.test(value));
  if (expects && body.length > 0) {
    request.flushHeaders();
    if (!(await mayContinue(request, transfer))) return;
  }
  const pieces = body instanceof Uint8Array ? [body] : heldBackPieces(body, pieceSize);
  for await (const piece of pieces) if (!(await writeAll(piece, request, transfer))) return;
  request.end(() => {
    if (transfer.phase() === "send") transfer.enter("head");
  });
}

/** False when not all of it could be written. */
async function writeAll(bytes: Uint8Array, request: ClientRequest, transfer: Transfer): Promise<boolean> {
  for (let at = 0; at < bytes.length; at += pieceSize) {
    if (transfer.ended.aborted || !(await written(request, bytes.subarray(at, at + pieceSize)))) return false;
    transfer.moved();
  }
  return true;
}

/** True when the body may go; false when the final answer came first. */
function mayContinue(request: ClientRequest, transfer: Transfer): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(true), transfer.options.limits.expectContinue);
    const settle = (may: boolean) => () => {
      clearTimeout(timer);
      resolve(may);
    };
    request.once("continue", settle(true));
    request.once("response", settle(false));
    request.once("close", settle(false));
  });
}

/**
 * True when the piece is written, false when it could not be. The turn of the event loop in between lets an early
 * answer be read before the next write meets a closed connection and drops it.
 */
function written(request: ClientRequest, piece: Uint8Array): Promise<boolean> {
  return new Promise((resolve) => {
    const onClose = () => resolve(false);
    request.once("close", onClose);
    request.write(piece, (error) => {
      request.removeListener("close", onClose);
      if (error) resolve(false);
      else setImmediate(() => resolve(true));
    });
  });
}
