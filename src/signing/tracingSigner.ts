import { SignatureV4 } from "@aws-sdk/signature-v4";
import type { Credentials, SigningScope } from "../stages.ts";
import { canonicalQuery } from "./canonicalQuery.ts";
import type { Sha256Constructor } from "./nodeSha256.ts";

type SignerRequest = Parameters<SignatureV4["presign"]>[0];

/** The parts of the canonical request that are computed here, from the bytes that go on the wire. */
export interface CanonicalParts {
  readonly path: string;
  /** The query as sent, without "?"; null when there is none. */
  readonly wireQuery: string | null;
  readonly payloadHash: string;
}

/** What the signer was seen to sign. */
export interface SigningRecord {
  canonicalRequest: string;
  stringToSign: string;
}

/**
 * `@smithy/signature-v4` with the canonical path, query and payload hash put in: the class alone cannot express a
 * `%E9`, a query key `__proto__`, or S3 presigning without a body hash. It records what it signs, so that the breakdown
 * shows the very strings and not a second computation.
 */
export class TracingSigner extends SignatureV4 {
  readonly record: SigningRecord = { canonicalRequest: "", stringToSign: "" };
  private readonly parts: CanonicalParts;

  constructor(
    scope: SigningScope,
    credentials: Credentials,
    sha256: Sha256Constructor,
    parts: CanonicalParts,
  ) {
    super({
      credentials,
      region: scope.region,
      service: scope.service,
      sha256,
      uriEscapePath: false,
      applyChecksum: false,
    });
    this.parts = parts;
  }

  protected override createCanonicalRequest(request: SignerRequest, headers: Record<string, string>): string {
    const names = Object.keys(headers).sort();
    this.record.canonicalRequest = [
      request.method,
      this.parts.path,
      canonicalQuery(this.parts.wireQuery, presignParameters(request.query)),
      ...names.map((name) => `${name}:${headers[name]}`),
      "",
      names.join(";"),
      this.parts.payloadHash,
    ].join("\n");
    return this.record.canonicalRequest;
  }

  protected override async createStringToSign(
    date: string,
    credentialScope: string,
    canonicalRequest: string,
    algorithm: string,
  ): Promise<string> {
    this.record.stringToSign = await super.createStringToSign(
      date,
      credentialScope,
      canonicalRequest,
      algorithm,
    );
    return this.record.stringToSign;
  }
}

function presignParameters(query: SignerRequest["query"]): Map<string, string> {
  const parameters = new Map<string, string>();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (typeof value === "string") parameters.set(name, value);
  }
  return parameters;
}
