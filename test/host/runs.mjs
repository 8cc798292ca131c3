/**
 * The runs in a real VS Code, each in a fresh one: the tests of `suite/<name>/`, user settings, and environment.
 * @type {readonly { readonly name: string, readonly settings: object, readonly environment: Record<string, string>, readonly certificateFor?: string }[]}
 */
export const runs = [
  { name: "trusted", settings: {}, environment: {} },
  { name: "soak", settings: {}, environment: {} },
  {
    name: "untrusted",
    // Trust is on and nobody answers: the folder stays as it is, not trusted.
    settings: {
      "security.workspace.trust.enabled": true,
      "security.workspace.trust.startupPrompt": "never",
      "security.workspace.trust.banner": "never",
      "security.workspace.trust.untrustedFiles": "newWindow",
    },
    environment: {},
  },
  {
    name: "environment",
    settings: {},
    environment: { AWS_PROFILE: "awsreq-local", AWS_REGION: "us-east-1" },
  },
  {
    name: "proxy",
    // With the system's certificates added, VS Code makes stores of its own, without those of NODE_EXTRA_CA_CERTS.
    settings: { "http.systemCertificates": false },
    environment: {},
    // Made before the run and trusted from its start.
    certificateFor: "api.pets.example",
  },
  {
    name: "certificates",
    settings: { "http.proxyStrictSSL": false },
    environment: { NODE_TLS_REJECT_UNAUTHORIZED: "0" },
    // The system's certificates are added, so that this one counts where a bundle names it.
    certificateFor: "api.pets.example",
  },
];
