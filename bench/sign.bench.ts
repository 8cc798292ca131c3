import { SignatureV4 } from "@aws-sdk/signature-v4";
import aws4 from "aws4";
import { NodeSha256 } from "../src/signing/nodeSha256.ts";
import { payloadHashOf } from "../src/signing/payloadHash.ts";
import { type SignOptions, sign } from "../src/signing/sign.ts";
import { TracingSigner } from "../src/signing/tracingSigner.ts";
import type { Header, SigningScope } from "../src/stages.ts";
import { measure, report } from "./measure.ts";

const credentials = {
  accessKeyId: "AKIDEXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
};
const host = "abc123.execute-api.eu-west-1.amazonaws.com";
const body = Buffer.alloc(1000, "a");
const now = new Date();
const scope: SigningScope = {
  region: "eu-west-1",
  regionSource: "",
  service: "execute-api",
  serviceSource: "",
};
const typed = { accept: "application/json", "content-type": "application/json" };
const target = {
  typed: "",
  scheme: "https:",
  host,
  port: 443,
  authority: host,
  path: "/prod/pets",
  query: "type=dog&limit=10",
};
const headers: Header[] = [
  { name: "Host", value: host, origin: "default" },
  ...Object.entries(typed).map(([name, value]): Header => ({ name, value, origin: "typed" })),
];
const options: SignOptions = {
  mode: "header",
  payload: "signed",
  contentSha256Header: true,
  normalizePath: true,
  doubleEncode: true,
  tokenAfterSigning: false,
};
const plainRequest = {
  method: "POST",
  protocol: "https:",
  hostname: host,
  path: "/prod/pets",
  query: { type: "dog", limit: "10" },
  headers: { host, ...typed },
  body,
};
const plainInput = { credentials, region: "eu-west-1", service: "execute-api", sha256: NodeSha256 };

const contenders = [
  {
    name: "@smithy/signature-v4",
    run: () => new SignatureV4(plainInput).sign(plainRequest, { signingDate: now }),
  },
  { name: "the same, traced", run: signTraced },
  {
    name: "awsreq sign()",
    run: () => sign({ method: "POST", target, headers, body }, credentials, scope, options, now),
  },
  {
    name: "aws4",
    run: async () =>
      aws4.sign(
        {
          host,
          method: "POST",
          path: "/prod/pets?type=dog&limit=10",
          headers: { ...typed },
          body: body.toString(),
          service: "execute-api",
          region: "eu-west-1",
        },
        credentials,
      ),
  },
];

/** The signer with its recording alone: canonical path and query are given as they come out for this request. */
async function signTraced(): Promise<unknown> {
  const payloadHash = await payloadHashOf(body, NodeSha256);
  const signer = new TracingSigner(scope, credentials, NodeSha256, {
    path: "/prod/pets",
    wireQuery: "type=dog&limit=10",
    payloadHash,
  });
  return signer.sign(
    {
      ...plainRequest,
      query: {},
      body: undefined,
      headers: { ...plainRequest.headers, "x-amz-content-sha256": payloadHash },
    },
    { signingDate: now },
  );
}

void (async () => {
  const holds = report("Signing a POST of 1 kB", await measure(contenders, 40, 400), [
    { subject: "the same, traced", against: "@smithy/signature-v4", limit: 1.1 },
    { subject: "awsreq sign()", against: "@smithy/signature-v4", limit: 1.35 },
  ]);
  if (!holds) process.exitCode = 1;
})();
