import { type CertificateFault, certificateFault, trustIssuer } from "../../net/certificateFaults.ts";

/** What is wrong with a certificate, and the one thing to do. */
interface CertificateCause {
  readonly says: string;
  readonly hint: string;
}

const clock = "Check the clock of this machine; if it is right, the server needs another certificate.";

const causes: Readonly<Record<CertificateFault, CertificateCause>> = {
  selfSigned: { says: "its certificate is self-signed, and nobody vouches for it", hint: trustIssuer },
  unknownIssuer: {
    says: "its certificate comes from an issuer that is not trusted here",
    hint: `${trustIssuer} A network that inspects TLS has such an issuer too.`,
  },
  expired: { says: "its certificate has expired", hint: clock },
  notYetValid: { says: "its certificate is not yet valid", hint: clock },
  wrongName: {
    says: "its certificate is for another host",
    hint: "Check the host of the endpoint, and the proxy.",
  },
};

/** What an error's code says of the certificate of a service that gives credentials; null when it is about something else. */
export function certificateCause(code: string): CertificateCause | null {
  const fault = certificateFault(code);
  return fault === null ? null : causes[fault];
}
