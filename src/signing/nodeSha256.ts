import { createHash, createHmac, type Hash, type Hmac } from "node:crypto";

/** SHA-256, keyed or not, in the shape that the signer asks for; `@aws-crypto/sha256-js` has the same. */
export interface Sha256 {
  update(data: Uint8Array): void;
  digest(): Promise<Uint8Array>;
  reset(): void;
}

export type Sha256Constructor = new (secret?: string | ArrayBuffer | ArrayBufferView) => Sha256;

/** `node:crypto`'s SHA-256: about twenty times as fast as the one in JavaScript. */
export class NodeSha256 implements Sha256 {
  private readonly secret: Buffer | string | undefined;
  private hash: Hash | Hmac;

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.secret = secret === undefined || typeof secret === "string" ? secret : toBuffer(secret);
    this.hash = this.start();
  }

  update(data: Uint8Array): void {
    this.hash.update(data);
  }

  async digest(): Promise<Uint8Array> {
    return this.hash.digest();
  }

  reset(): void {
    this.hash = this.start();
  }

  private start(): Hash | Hmac {
    return this.secret === undefined ? createHash("sha256") : createHmac("sha256", this.secret);
  }
}

function toBuffer(secret: ArrayBuffer | ArrayBufferView): Buffer {
  if (secret instanceof ArrayBuffer) return Buffer.from(secret);
  return Buffer.from(secret.buffer, secret.byteOffset, secret.byteLength);
}
