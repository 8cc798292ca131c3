import type { PathRules } from "./canonicalPath.ts";

/** What one service demands of a signature. */
export interface ServiceRules extends PathRules {
  /** Whether "UNSIGNED-PAYLOAD" is accepted. */
  readonly unsignedPayloadAllowed: boolean;
  /** Whether header signing must send X-Amz-Content-Sha256. */
  readonly contentSha256Required: boolean;
  /** Whether a presigned URL leaves the body out of the signature. */
  readonly presignedPayloadUnsigned: boolean;
  /** Whether every x-amz-* header that is sent must be signed. */
  readonly amzHeadersSigned: boolean;
  /** Whether the session token stands beside the signature, not under it. */
  readonly tokenAfterSigning: boolean;
}

const common: ServiceRules = {
  normalizePath: true,
  doubleEncode: true,
  unsignedPayloadAllowed: false,
  contentSha256Required: false,
  presignedPayloadUnsigned: false,
  amzHeadersSigned: false,
  tokenAfterSigning: false,
};

const s3Family: ServiceRules = {
  normalizePath: false,
  doubleEncode: false,
  unsignedPayloadAllowed: true,
  contentSha256Required: true,
  presignedPayloadUnsigned: true,
  amzHeadersSigned: true,
  tokenAfterSigning: false,
};

const exceptions: ReadonlyMap<string, ServiceRules> = new Map([
  ["s3", s3Family],
  ["s3-outposts", s3Family],
  ["s3-object-lambda", s3Family],
  ["s3express", s3Family],
  ["glacier", { ...common, contentSha256Required: true }],
  ["vpc-lattice-svcs", { ...common, unsignedPayloadAllowed: true, contentSha256Required: true }],
  ["iotdevicegateway", { ...common, tokenAfterSigning: true }],
]);

/** The rules of a service by its signing name; every service without an entry follows the common ones. */
export function serviceRules(service: string): ServiceRules {
  return exceptions.get(service) ?? common;
}

/** Whether a service answers in S3's words, and gives the clocks S3's fifteen minutes. */
export function isS3Family(service: string): boolean {
  return serviceRules(service) === s3Family;
}
