import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { certificateChain, certificateName, certificateSummary } from "../../src/transport/certificate.ts";
import { certificate } from "./certificates.ts";

describe("a certificate in words", () => {
  it("is nothing while it is not known", () => {
    assert.deepEqual(
      [certificateSummary(null), certificateChain(null), certificateName(null)],
      ["", "", "another host"],
    );
  });

  it("shows hostile names inert", async () => {
    const made = await certificate({ name: "evil\u001b[2J\u202eexe" });
    const shown = certificateSummary(new X509Certificate(made.cert).toLegacyObject());
    assert.match(shown, /subject CN=evil\\u\{1b\}\[2J\\u\{202e\}exe, issuer/);
  });

  it("clips long names", async () => {
    const names = Array.from({ length: 60 }, (_, at) => `host-${at}.example.test`);
    const made = await certificate({ names });
    const shown = certificateName(new X509Certificate(made.cert).toLegacyObject());
    assert.equal(shown.length, 201);
    assert.ok(shown.startsWith("DNS:host-0.example.test, DNS:host-1.example.test") && shown.endsWith("…"));
  });

  it("ends its chain at a certificate that is its own issuer", async () => {
    const made = await certificate({ name: "alone" });
    const legacy = new X509Certificate(made.cert).toLegacyObject();
    assert.equal(
      certificateChain({ ...legacy, issuerCertificate: legacy } as Parameters<typeof certificateChain>[0]),
      ` (chain: CN=alone ← CN=alone; SHA-256 ${legacy.fingerprint256})`,
    );
  });
});
