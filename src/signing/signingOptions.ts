import { UserError } from "../errors.ts";
import type { RequestBody } from "../requestBody.ts";
import type { AuthMode, ResolvedRequest } from "../stages.ts";
import { refuseNonAscii } from "./asciiHeaders.ts";
import { unsignedPayload } from "./payloadHash.ts";
import { type ServiceDefaults, serviceDefaults } from "./serviceDefaults.ts";
import type { SignOptions } from "./sign.ts";

/** The longest life that AWS gives a presigned URL: seven days, in seconds. */
export const maximumExpires = 604_800;

/**
 * How to sign a request for a service: the service's defaults, overruled by `@auth`, `@payload` and typed headers.
 * @param expiration when the credentials expire; undefined for long-lived ones, and where nobody signs yet
 * @throws UserError `E_HEADER_ASCII`, `E_PAYLOAD_UNSIGNED`, `E_PRESIGN_BODY`, `E_PRESIGN_EXPIRES`
 */
export function signingOptions(
  request: Pick<ResolvedRequest, "headers" | "body" | "settings" | "target">,
  service: string,
  auth: AuthMode,
  expiration: Date | undefined,
  now: Date,
): SignOptions {
  const defaults = serviceDefaults(service);
  const presigning = auth.kind === "presign";
  if (defaults.asciiHeaders) refuseNonAscii(request.headers, service);
  if (presigning) refusePresignedBody(request.body, service, defaults);
  const payload = payloadMode(request, service, defaults, presigning);
  return {
    mode: presigning ? "presign" : "header",
    ...(presigning ? { expires: presignExpires(auth.expires, defaults, expiration, now) } : {}),
    payload,
    contentSha256Header: !presigning,
    normalizePath: defaults.normalizePath,
    doubleEncode: defaults.doubleEncode,
    tokenAfterSigning: defaults.tokenAfterSigning,
  };
}

function payloadMode(
  request: Pick<ResolvedRequest, "headers" | "settings" | "target">,
  service: string,
  defaults: ServiceDefaults,
  presigning: boolean,
): "signed" | "unsigned" {
  const typed = request.headers.some(
    (header) => header.name.toLowerCase() === "x-amz-content-sha256" && header.value === unsignedPayload,
  );
  const asked = request.settings.payload?.value ?? (typed ? "unsigned" : undefined);
  const usual = presigning ? defaults.presignPayload : defaults.payload;
  if (asked === "unsigned") refuseUnsignedPayload(service, defaults);
  // VPC Lattice reads nothing but UNSIGNED-PAYLOAD, so "signed" cannot be asked of it.
  return asked === undefined || service === "vpc-lattice-svcs" ? usual : asked;
}

function refuseUnsignedPayload(service: string, defaults: ServiceDefaults): void {
  if (defaults.unsignedPayloadAllowed) return;
  throw new UserError({
    code: "E_PAYLOAD_UNSIGNED",
    phase: "sign",
    message: `The request asks for an unsigned payload, but ${service} refuses requests whose body is not signed.`,
    hint: "Remove `# @payload unsigned` (or the X-Amz-Content-Sha256: UNSIGNED-PAYLOAD header).",
  });
}

function refusePresignedBody(body: RequestBody, service: string, defaults: ServiceDefaults): void {
  if (body.length === 0 || defaults.presignPayload === "unsigned") return;
  throw new UserError({
    code: "E_PRESIGN_BODY",
    phase: "sign",
    message: `A presigned URL for ${service} cannot carry this request's body: whoever opens the URL would have to send the very same ${body.length} bytes.`,
    hint: "Remove the body, or sign with headers: `# @auth iam`.",
  });
}

function presignExpires(
  asked: number | null,
  defaults: ServiceDefaults,
  expiration: Date | undefined,
  now: Date,
): number {
  const seconds = asked ?? defaults.presignExpires;
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > maximumExpires) {
    throw new UserError({
      code: "E_PRESIGN_EXPIRES",
      phase: "sign",
      message: `A presigned URL cannot live for ${seconds} seconds.`,
      hint: `Give a whole number from 1 to ${maximumExpires} (seven days).`,
    });
  }
  return Math.min(seconds, secondsLeft(expiration, now));
}

/** A URL dies with the credentials that signed it, whatever it says of itself. */
function secondsLeft(expiration: Date | undefined, now: Date): number {
  if (expiration === undefined) return maximumExpires;
  return Math.max(1, Math.floor((expiration.getTime() - now.getTime()) / 1000));
}
