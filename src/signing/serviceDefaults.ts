/** How one service wants its requests signed. */
export interface ServiceDefaults {
  readonly normalizePath: boolean;
  readonly doubleEncode: boolean;
  /** What header signing says of the body. */
  readonly payload: "signed" | "unsigned";
  /** Whether "UNSIGNED-PAYLOAD" is accepted at all. */
  readonly unsignedPayloadAllowed: boolean;
  /** What presigning says of the body. */
  readonly presignPayload: "signed" | "unsigned";
  /** Seconds a presigned URL lives unless told otherwise. Short: whoever has the URL is the signer. */
  readonly presignExpires: number;
  /** Header values outside of ASCII have another signature at the service than here. */
  readonly asciiHeaders: boolean;
  /** The session token is put beside the signature, not under it. */
  readonly tokenAfterSigning: boolean;
}

const common: ServiceDefaults = {
  normalizePath: true,
  doubleEncode: true,
  payload: "signed",
  unsignedPayloadAllowed: false,
  presignPayload: "signed",
  presignExpires: 300,
  asciiHeaders: false,
  tokenAfterSigning: false,
};

const s3Family: ServiceDefaults = {
  ...common,
  normalizePath: false,
  doubleEncode: false,
  unsignedPayloadAllowed: true,
  presignPayload: "unsigned",
  presignExpires: 900,
  asciiHeaders: true,
};

/** By signing name; every other service is signed the common way. */
const exceptions: ReadonlyMap<string, ServiceDefaults> = new Map([
  ["s3", s3Family],
  ["s3-outposts", s3Family],
  ["s3-object-lambda", s3Family],
  ["s3express", s3Family],
  ["vpc-lattice-svcs", { ...common, payload: "unsigned", unsignedPayloadAllowed: true }],
  ["iotdevicegateway", { ...common, tokenAfterSigning: true }],
]);

/** The signing rules of a service, by its signing name. */
export function serviceDefaults(service: string): ServiceDefaults {
  return exceptions.get(service) ?? common;
}
