import type {
  Credentials,
  Header,
  ResolvedRequest,
  SignedRequest,
  SigningScope,
  SigningTrace,
} from "../stages.ts";
import { canonicalPath, type PathRules } from "./canonicalPath.ts";
import { NodeSha256, type Sha256Constructor } from "./nodeSha256.ts";
import { checkTypedContentSha256, emptyPayloadHash, payloadHashOf, unsignedPayload } from "./payloadHash.ts";
import { presignedTarget, withoutPresigning } from "./presignedTarget.ts";
import { signableHeaders } from "./signableHeaders.ts";
import { TracingSigner } from "./tracingSigner.ts";
import { refuseTypedDate } from "./typedDate.ts";

/** How to sign; `signingOptions` makes them from the service and the request's directives. */
export interface SignOptions extends PathRules {
  readonly mode: "header" | "presign";
  /** Seconds; for presigning only. */
  readonly expires?: number;
  readonly payload: "signed" | "unsigned";
  /** Send and sign `X-Amz-Content-Sha256` (header signing only: a presigned URL never has it). */
  readonly contentSha256Header: boolean;
  /** Put the session token beside the signature, not under it (IoT MQTT over WebSocket). */
  readonly tokenAfterSigning: boolean;
  /** SHA-256 to hash with; `node:crypto`'s unless told otherwise. */
  readonly sha256?: Sha256Constructor;
}

/** The part of a resolved request that a signature covers. */
export type SignableRequest = Pick<ResolvedRequest, "method" | "target" | "headers" | "body">;

/** Header or presigned signature as the signer gave it, before the trace is written. */
interface Signature {
  readonly headers: readonly Header[];
  readonly target: SignableRequest["target"];
  readonly authorization: string | null;
  readonly signature: string;
}

/**
 * Signs a request with AWS Signature Version 4 and records what was signed.
 * @param now the time of signing, used to the second
 * @throws UserError `E_DATE_TYPED`, `E_CONTENT_SHA256` when the request's own headers contradict its signature
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html
 */
export async function sign(
  given: SignableRequest,
  credentials: Credentials,
  scope: SigningScope,
  options: SignOptions,
  now: Date,
): Promise<SignedRequest> {
  refuseTypedDate(given.headers);
  const request = options.mode === "presign" ? { ...given, target: withoutPresigning(given.target) } : given;
  const sha256 = options.sha256 ?? NodeSha256;
  const bodyHash = request.body.length === 0 ? emptyPayloadHash : await payloadHashOf(request.body, sha256);
  checkTypedContentSha256(request.headers, bodyHash);
  const payloadHash = options.payload === "unsigned" ? unsignedPayload : bodyHash;
  const signer = new TracingSigner(
    scope,
    options.tokenAfterSigning ? withoutToken(credentials) : credentials,
    sha256,
    { path: canonicalPath(request.target.path, options), wireQuery: request.target.query, payloadHash },
  );
  const headers = headersBeforeSigning(request.headers, payloadHash, options);
  const signature =
    options.mode === "presign"
      ? await presign(signer, request, headers, credentials, options, now)
      : await signHeaders(signer, request, headers, credentials, now);
  return {
    method: request.method,
    target: signature.target,
    headers: signature.headers,
    body: request.body,
    trace: traceOf(signer, signature, scope, options),
  };
}

async function signHeaders(
  signer: TracingSigner,
  request: SignableRequest,
  headers: readonly Header[],
  credentials: Credentials,
  now: Date,
): Promise<Signature> {
  const signed = await signer.sign(signerInput(request, headers), { signingDate: now });
  const authorization = signed.headers["authorization"] ?? "";
  const token = credentials.sessionToken;
  const added: Header[] = [signingHeader("X-Amz-Date", signed.headers["x-amz-date"] ?? "")];
  if (token !== undefined) added.push(signingHeader("X-Amz-Security-Token", token));
  added.push(signingHeader("Authorization", authorization));
  return {
    headers: [...headers, ...added],
    target: request.target,
    authorization,
    signature: authorization.slice(authorization.lastIndexOf("=") + 1),
  };
}

async function presign(
  signer: TracingSigner,
  request: SignableRequest,
  headers: readonly Header[],
  credentials: Credentials,
  options: SignOptions,
  now: Date,
): Promise<Signature> {
  const input = signerInput(request, headers);
  const signed = await signer.presign(input, {
    signingDate: now,
    expiresIn: options.expires ?? 300,
    unhoistableHeaders: new Set(Object.keys(input.headers)),
  });
  const token = options.tokenAfterSigning ? credentials.sessionToken : undefined;
  return {
    headers,
    target: presignedTarget(request.target, signed.query ?? {}, token),
    authorization: null,
    signature: String(signed.query?.["X-Amz-Signature"] ?? ""),
  };
}

/** The body is left out: its hash is already computed and put in by `TracingSigner`. */
function signerInput(
  request: SignableRequest,
  headers: readonly Header[],
): Parameters<TracingSigner["presign"]>[0] {
  const { host, scheme, path } = request.target;
  return {
    method: request.method,
    protocol: scheme,
    hostname: host,
    path,
    query: {},
    headers: signableHeaders(headers),
  };
}

function headersBeforeSigning(
  headers: readonly Header[],
  payloadHash: string,
  options: SignOptions,
): readonly Header[] {
  const kept = headers.filter((header) => header.name.toLowerCase() !== "x-amz-security-token");
  if (options.mode === "presign") return kept.filter((header) => !isContentSha256(header));
  if (!options.contentSha256Header || kept.some(isContentSha256)) return kept;
  return [...kept, signingHeader("X-Amz-Content-Sha256", payloadHash)];
}

function isContentSha256(header: Header): boolean {
  return header.name.toLowerCase() === "x-amz-content-sha256";
}

function signingHeader(name: string, value: string): Header {
  return { name, value, origin: "signing" };
}

function withoutToken(credentials: Credentials): Credentials {
  return { accessKeyId: credentials.accessKeyId, secretAccessKey: credentials.secretAccessKey };
}

function traceOf(
  signer: TracingSigner,
  signature: Signature,
  scope: SigningScope,
  options: SignOptions,
): SigningTrace {
  const { canonicalRequest, stringToSign } = signer.record;
  const [, date = "", credentialScope = "", canonicalRequestHash = ""] = stringToSign.split("\n");
  const lines = canonicalRequest.split("\n");
  return {
    algorithm: "AWS4-HMAC-SHA256",
    mode: options.mode,
    scope,
    date,
    credentialScope,
    signedHeaders: (lines[lines.length - 2] ?? "").split(";"),
    payloadHash: lines[lines.length - 1] ?? "",
    canonicalRequest,
    canonicalRequestHash,
    stringToSign,
    signature: signature.signature,
    authorization: signature.authorization,
    expires: options.mode === "presign" ? (options.expires ?? 300) : null,
  };
}
