import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { generate } from "selfsigned";

/**
 * A key and a certificate for a host, and the environment in which Node trusts it from its start.
 * @param folder where the two files go
 */
export async function certificateEnvironment(host, folder) {
  const altNames = [{ type: 2, value: host }];
  const made = await generate([{ name: "commonName", value: host }], {
    extensions: [{ name: "subjectAltName", altNames }],
  });
  const [key, cert] = ["tls-key.pem", "tls-cert.pem"].map((name) => join(folder, name));
  writeFileSync(key, made.private, { mode: 0o600 });
  writeFileSync(cert, made.cert);
  return { NODE_EXTRA_CA_CERTS: cert, AWSREQ_TEST_TLS_KEY: key, AWSREQ_TEST_TLS_CERT: cert };
}
