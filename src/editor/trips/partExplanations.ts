import type { PartExplanation } from "../../page/signingView.ts";
import type { Identity, SigningTrace } from "../../stages.ts";

interface Explained {
  readonly trace: SigningTrace;
  readonly identity: Identity;
  readonly bodyBytes: number;
}

/** What each of the linked values is and where it comes from, in the order in which they arise. */
export function partExplanations({
  trace,
  identity,
  bodyBytes,
}: Explained): readonly Omit<PartExplanation, "appearsIn">[] {
  const { scope, mode } = trace;
  const who = identity.profile === null ? "keys of the environment" : `profile ${identity.profile}`;
  return [
    payloadHash(trace, bodyBytes),
    {
      part: "date",
      name: "Request time",
      meaning: "When the request was signed, in UTC. The service compares it with its own clock.",
      comesFrom: "this machine's clock",
    },
    {
      part: "signedHeaders",
      name: "Signed headers",
      meaning:
        "The names of the headers that the signature covers. A proxy that changes one of them breaks it.",
      comesFrom: "the headers of the request",
    },
    {
      part: "canonicalRequestHash",
      name: "Canonical request hash",
      meaning: "SHA-256 of the whole canonical request. One changed byte up there changes all of it.",
      comesFrom: "SHA-256 of step 1",
    },
    {
      part: "credentialScope",
      name: "Credential scope",
      meaning: "For which day, region and service the signature is good.",
      comesFrom: `region ${scope.region} (${scope.regionSource}), service ${scope.service} (${scope.serviceSource})`,
    },
    {
      part: "accessKeyId",
      name: "Access key id",
      meaning: "Tells the service whose secret key to check the signature with.",
      comesFrom: `${who} (${identity.source}), ${identity.kind}`,
    },
    {
      part: "signature",
      name: "Signature",
      meaning:
        "HMAC-SHA256 of the string to sign with the signing key. The service computes the same and compares.",
      comesFrom: mode === "presign" ? "steps 2 and 3, sent in the URL" : "steps 2 and 3",
    },
  ];
}

function payloadHash({ payloadHash: hash }: SigningTrace, bytes: number): Omit<PartExplanation, "appearsIn"> {
  const isUnsigned = hash === "UNSIGNED-PAYLOAD";
  return {
    part: "payloadHash",
    name: "Payload hash",
    meaning: isUnsigned
      ? "The body is not part of the signature."
      : "SHA-256 of the body, byte for byte as it is sent.",
    comesFrom: isUnsigned ? "# @payload, or the service's own rule" : bodyText(bytes),
  };
}

function bodyText(bytes: number): string {
  return bytes === 0 ? "the empty body" : `the ${bytes} byte${bytes === 1 ? "" : "s"} of the body`;
}
