import { SignatureV4 } from "@aws-sdk/signature-v4";
import { verifySignature } from "../src/endpoint/verify.ts";
import { NodeSha256 } from "../src/signing/nodeSha256.ts";
import { keys, noon, signedRequest } from "../test/endpoint/signedRequest.ts";
import { wire } from "../test/endpoint/vectors.ts";
import { options } from "../test/endpoint/verifying.ts";
import { measure, report } from "./measure.ts";

const { method, path, headers } = signedRequest({ path: "/prod/pets?type=dog&limit=10" });
const received = wire(method, path, headers, new Uint8Array());
const signer = new SignatureV4({
  credentials: keys,
  region: "us-east-1",
  service: "execute-api",
  sha256: NodeSha256,
});
const plainRequest = {
  method,
  protocol: "https:",
  hostname: "api.example.com",
  path: "/prod/pets",
  query: { type: "dog", limit: "10" },
  headers: { host: "api.example.com" },
};

const contenders = [
  { name: "@smithy/signature-v4", run: () => signer.sign(plainRequest, { signingDate: noon }) },
  { name: "verifySignature()", run: async () => verifySignature(received, options) },
];

void (async () => {
  const holds = report("Verifying a GET, beside signing one", await measure(contenders, 40, 400), [
    { subject: "verifySignature()", against: "@smithy/signature-v4", limit: 4 },
  ]);
  if (!holds) process.exitCode = 1;
})();
