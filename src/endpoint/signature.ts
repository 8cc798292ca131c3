import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { ByteString } from "./rawRequest.ts";

/** The one algorithm that is verified here. */
export const algorithm = "AWS4-HMAC-SHA256";

/** The last element of every credential scope. */
export const terminator = "aws4_request";

/** Stands for the payload hash where the service does not read the body. */
export const unsignedPayload = "UNSIGNED-PAYLOAD";

/** The elements of a credential scope behind the access key id, as the request gives them. */
export interface CredentialScope {
  /** `20150830`. */
  readonly date: string;
  readonly region: string;
  readonly service: string;
  readonly terminator: string;
}

/** `date/region/service/terminator`. */
export function scopeText(scope: CredentialScope): string {
  return `${scope.date}/${scope.region}/${scope.service}/${scope.terminator}`;
}

/** Hex SHA-256 of bytes. */
export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** The string to sign; `date` is the X-Amz-Date, `20150830T123600Z`. */
export function stringToSign(date: string, scope: CredentialScope, canonicalRequest: ByteString): string {
  const hash = sha256(Buffer.from(canonicalRequest, "latin1"));
  return `${algorithm}\n${date}\n${scopeText(scope)}\n${hash}`;
}

/** The hex signature of a string to sign; the key is derived for this scope and forgotten. */
export function signature(secretAccessKey: string, scope: CredentialScope, text: string): string {
  const elements = [scope.date, scope.region, scope.service, scope.terminator];
  const key = elements.reduce(hmac, Buffer.from(`AWS4${secretAccessKey}`, "utf8"));
  return hmac(key, text).toString("hex");
}

/** Compares without telling by its duration where the texts differ. */
export function sameText(left: string, right: string): boolean {
  const [one, other] = [Buffer.from(left, "utf8"), Buffer.from(right, "utf8")];
  return one.length === other.length && timingSafeEqual(one, other);
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text, "utf8").digest();
}
