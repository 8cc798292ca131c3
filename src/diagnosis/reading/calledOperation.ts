import type { Symptoms } from "./symptoms.ts";

/**
 * STS was asked with a token or an assertion of an identity provider: no AWS credentials, no policy of a caller and no
 * external ID play a part in that.
 */
export function isFederated({ text, request }: Symptoms): boolean {
  const asked = `${request.query ?? ""} ${request.bodyText ?? ""}`;
  return /AssumeRoleWith(?:WebIdentity|SAML)/.test(`${text} ${asked}`);
}

/** The URL bears a signature that was not made for this send: sending it again sends the same signature. */
export function isForeignUrl({ request, signing, verification }: Symptoms): boolean {
  const isOurs = signing.canonicalRequest !== null && verification === null;
  return !isOurs && /(?:^|&)(?:X-Amz-Signature|Signature)=/i.test(request.query ?? "");
}
