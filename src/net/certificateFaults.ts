/** Why a certificate was not accepted. */
export type CertificateFault = "selfSigned" | "unknownIssuer" | "expired" | "notYetValid" | "wrongName";

/** Node's codes. https://nodejs.org/api/tls.html#x509-certificate-error-codes */
const faults: ReadonlyMap<string, CertificateFault> = new Map([
  ["DEPTH_ZERO_SELF_SIGNED_CERT", "selfSigned"],
  ["SELF_SIGNED_CERT_IN_CHAIN", "unknownIssuer"],
  ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "unknownIssuer"],
  ["UNABLE_TO_GET_ISSUER_CERT", "unknownIssuer"],
  ["UNABLE_TO_GET_ISSUER_CERT_LOCALLY", "unknownIssuer"],
  ["CERT_UNTRUSTED", "unknownIssuer"],
  ["CERT_HAS_EXPIRED", "expired"],
  ["CERT_NOT_YET_VALID", "notYetValid"],
  ["ERR_TLS_CERT_ALTNAME_INVALID", "wrongName"],
  ["HOSTNAME_MISMATCH", "wrongName"],
]);

/** What an error's code says of a certificate; null when it is about something else. */
export function certificateFault(code: string): CertificateFault | null {
  return faults.get(code) ?? null;
}

/** What to do about an issuer that is not trusted. */
export const trustIssuer =
  "If you trust its issuer, save the issuer's certificate as PEM and name the file in AWS_CA_BUNDLE or NODE_EXTRA_CA_CERTS.";
