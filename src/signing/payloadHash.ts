import { UserError } from "../errors.ts";
import type { RequestBody } from "../requestBody.ts";
import type { Header } from "../stages.ts";
import type { Sha256Constructor } from "./nodeSha256.ts";

/** Stands for the payload hash where the service does not check the body. */
export const unsignedPayload = "UNSIGNED-PAYLOAD";

/** SHA-256 of no bytes: an absent and an empty body are the same. */
export const emptyPayloadHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/** Hex SHA-256 of the body's bytes as they are sent. */
export async function payloadHashOf(body: RequestBody, sha256: Sha256Constructor): Promise<string> {
  if (!(body instanceof Uint8Array) && body.sha256 !== null) return body.sha256;
  const hash = new sha256();
  if (body instanceof Uint8Array) hash.update(body);
  else for await (const piece of body.pieces()) hash.update(piece);
  return Buffer.from(await hash.digest()).toString("hex");
}

/**
 * A typed X-Amz-Content-Sha256 must say what is true of the body.
 * @throws UserError `E_CONTENT_SHA256`
 */
export function checkTypedContentSha256(headers: readonly Header[], bodyHash: string): void {
  const typed = headers.find((header) => header.name.toLowerCase() === "x-amz-content-sha256");
  if (typed === undefined || typed.value === unsignedPayload || typed.value === bodyHash) return;
  throw new UserError({
    code: "E_CONTENT_SHA256",
    phase: "sign",
    message: "The X-Amz-Content-Sha256 header in the request is not the SHA-256 of the body that is sent.",
    hint: `Remove the header (it is added by itself), or write ${unsignedPayload}, or ${bodyHash}.`,
  });
}
