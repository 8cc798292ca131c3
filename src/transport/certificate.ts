import type { DetailedPeerCertificate, PeerCertificate } from "node:tls";
import { inertText } from "./excerpt.ts";

type Certificate = PeerCertificate | DetailedPeerCertificate;

const longestName = 200;
const longestChain = 10;

/** " (subject …, issuer …, SHA-256 …)", or nothing when the certificate is not known. */
export function certificateSummary(certificate: Certificate | null): string {
  if (certificate === null) return "";
  const { subject, issuer, fingerprint256 } = certificate;
  return ` (subject ${distinguishedName(subject)}, issuer ${distinguishedName(issuer)}, SHA-256 ${fingerprint256})`;
}

/** " (chain: … ← …; SHA-256 …)", the server's own certificate first, as far as the server sent it. */
export function certificateChain(certificate: Certificate | null): string {
  if (certificate === null) return "";
  const names = [distinguishedName(certificate.subject)];
  let at: Certificate = certificate;
  for (let depth = 0; depth < longestChain; depth += 1) {
    names.push(distinguishedName(at.issuer));
    const above: Certificate | undefined = "issuerCertificate" in at ? at.issuerCertificate : undefined;
    if (above === undefined || above.fingerprint256 === at.fingerprint256) break;
    at = above;
    if (distinguishedName(at.subject) === distinguishedName(at.issuer)) break;
  }
  return ` (chain: ${names.join(" ← ")}; SHA-256 ${certificate.fingerprint256})`;
}

/** The names a certificate is for: "DNS:a.example, IP Address:127.0.0.1". */
export function certificateName(certificate: Certificate | null): string {
  if (certificate === null) return "another host";
  return printable(certificate.subjectaltname ?? distinguishedName(certificate.subject));
}

/** "CN=x, O=y" of what Node gives as an object; names come from the server, so they are escaped and clipped. */
function distinguishedName(name: PeerCertificate["subject"]): string {
  const parts = Object.entries(name ?? {}).map(([key, value]) => `${key}=${String(value)}`);
  return parts.length === 0 ? "(empty)" : printable(parts.join(", "));
}

function printable(text: string): string {
  return inertText(text, longestName);
}
