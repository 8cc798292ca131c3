import { generate } from "selfsigned";

const day = 86_400_000;

/** A key and its certificate, PEM. */
export interface KeyPair {
  readonly key: string;
  readonly cert: string;
}

export interface CertificateWish {
  readonly name?: string;
  /** DNS names it is for; `localhost` and 127.0.0.1 when left out. */
  readonly names?: readonly string[];
  /** Days from now. */
  readonly from?: number;
  readonly until?: number;
  readonly issuer?: KeyPair;
  readonly authority?: boolean;
}

/** A certificate made for a test. */
export async function certificate(wish: CertificateWish = {}): Promise<KeyPair> {
  const now = Date.now();
  const names = wish.names ?? ["localhost"];
  const made = await generate([{ name: "commonName", value: wish.name ?? "localhost" }], {
    keyType: "ec",
    algorithm: "sha256",
    notBeforeDate: new Date(now + (wish.from ?? -2) * day),
    notAfterDate: new Date(now + (wish.until ?? 30) * day),
    extensions: [
      { name: "basicConstraints", cA: wish.authority === true, critical: true },
      {
        name: "subjectAltName",
        altNames: [
          ...names.map((value) => ({ type: 2 as const, value })),
          ...(wish.names === undefined ? [{ type: 7 as const, ip: "127.0.0.1" }] : []),
        ],
      },
    ],
    ...(wish.issuer === undefined ? {} : { ca: wish.issuer }),
  });
  return { key: made.private, cert: made.cert };
}
