import type { S3Error } from "./serviceAnswers.ts";
import { isoSeconds } from "./signatureTime.ts";
import type { XmlElement } from "./xml.ts";

/** S3's `AccessDenied`, with the sentence that says why where S3 has one. */
export function s3Denied(message = "Access Denied", elements: readonly XmlElement[] = []): S3Error {
  return { status: 403, code: "AccessDenied", message, elements };
}

/** One of S3's errors about the request itself. */
export function s3BadRequest(code: string, message: string, elements: readonly XmlElement[] = []): S3Error {
  return { status: 400, code, message, elements };
}

/** A request whose time is too far from the server's. */
export function s3TimeTooSkewed(requestTime: string, now: Date, windowMs: number): S3Error {
  return {
    status: 403,
    code: "RequestTimeTooSkewed",
    message: "The difference between the request time and the current time is too large.",
    elements: [
      ["RequestTime", requestTime],
      ["ServerTime", isoSeconds(now.getTime())],
      ["MaxAllowedSkewMilliseconds", String(windowMs)],
    ],
  };
}

/** A presigned URL whose time is over; `end` in milliseconds since 1970. */
export function s3UrlExpired(seconds: number, end: number, now: Date): S3Error {
  return s3Denied("Request has expired", [
    ["X-Amz-Expires", String(seconds)],
    ["Expires", isoSeconds(end)],
    ["ServerTime", isoSeconds(now.getTime())],
  ]);
}

/** Headers that must be signed and are not. */
export function s3HeadersNotSigned(names: readonly string[]): S3Error {
  return s3Denied("There were headers present in the request which were not signed", [
    ["HeadersNotSigned", names.join(", ")],
  ]);
}

/** A credential that is not for this bucket; `what` says how. */
export function s3Malformed(presigned: boolean, what: string, elements: readonly XmlElement[] = []): S3Error {
  return presigned
    ? s3BadRequest(
        "AuthorizationQueryParametersError",
        `Error parsing the X-Amz-Credential parameter; ${what}`,
        elements,
      )
    : s3BadRequest(
        "AuthorizationHeaderMalformed",
        `The authorization header is malformed; ${what}`,
        elements,
      );
}

/** A signature for another region than the bucket's. */
export function s3WrongRegion(presigned: boolean, given: string, right: string): S3Error {
  const what = `the region '${given}' is wrong; expecting '${right}'`;
  return { ...s3Malformed(presigned, what, [["Region", right]]), headers: [["x-amz-bucket-region", right]] };
}

/** A payload hash that is not the body's. */
export function s3HashMismatch(told: string, computed: string): S3Error {
  return s3BadRequest(
    "XAmzContentSHA256Mismatch",
    "The provided 'x-amz-content-sha256' header does not match what was computed.",
    [
      ["ClientComputedContentSHA256", told],
      ["S3ComputedContentSHA256", computed],
    ],
  );
}

/** No payload hash at all. */
export function s3HashMissing(): S3Error {
  return s3BadRequest("InvalidRequest", "Missing required header for this request: x-amz-content-sha256");
}

/** A key that S3 does not know, or a temporary one without its token. */
export function s3UnknownKey(accessKeyId: string): S3Error {
  return {
    status: 403,
    code: "InvalidAccessKeyId",
    message: "The AWS Access Key Id you provided does not exist in our records.",
    elements: [["AWSAccessKeyId", accessKeyId]],
  };
}
