import { quoted, type Rule, saying, type Verdict } from "../rule.ts";
import type { Symptoms } from "../symptoms.ts";

/** Regions that an account has to enable; tokens of the global STS endpoint are not taken there. */
const optInRegions: ReadonlySet<string> = new Set([
  "af-south-1",
  "ap-east-1",
  "ap-east-2",
  "ap-south-2",
  "ap-southeast-3",
  "ap-southeast-4",
  "ap-southeast-5",
  "ap-southeast-6",
  "ap-southeast-7",
  "ca-west-1",
  "eu-central-2",
  "eu-south-1",
  "eu-south-2",
  "il-central-1",
  "me-central-1",
  "me-south-1",
  "mx-central-1",
]);

/** With whose keys it was signed. */
export const credentialRules: readonly Rule[] = [
  saying(
    /security token included in the request is expired|provided token has expired|ExpiredToken/i,
    "cred-expired-token",
    95,
  ),
  saying(/\btoken has expired\b/i, "cred-expired-token", 76),
  unknownKey,
];

const unknownWords =
  /security token included in the request is invalid|Access Key Id you provided does not exist|provided token is malformed or otherwise invalid|No account found for the given parameters/i;

function unknownKey(symptoms: Symptoms): readonly Verdict[] {
  const { text, hasCode, request } = symptoms;
  const match = unknownWords.exec(text);
  const codes = hasCode("UnrecognizedClient", "InvalidClientTokenId", "InvalidAccessKeyId", "InvalidToken");
  if (match === null && !codes) return [];
  const evidence = [match === null ? "the answer's code names the key" : quoted(match[0])];
  const region = regionOf(symptoms);
  const isTemporary = request.keyKind === "ASIA";
  const lacksToken = isTemporary && request.sessionToken === false;
  return [
    {
      cause: "cred-invalid-key",
      weight: lacksToken ? 30 : 72,
      evidence,
    },
    {
      cause: "cred-missing-session-token",
      weight: tokenWeight(request.keyKind, request.sessionToken),
      evidence: lacksToken
        ? [...evidence, "the key id begins with ASIA and no session token was sent"]
        : evidence,
    },
    {
      cause: "cred-region-not-enabled",
      weight: region !== null && optInRegions.has(region) && !lacksToken ? 78 : 20,
      evidence: [...evidence, ...(region === null ? [] : [`the region is ${region}`])],
    },
    {
      cause: "cred-wrong-partition",
      weight: /^(?:cn|us-gov|us-iso|eusc)-/.test(region ?? "") && !lacksToken ? 65 : 15,
      evidence,
    },
  ];
}

function tokenWeight(keyKind: string | null, sessionToken: boolean | null): number {
  if (keyKind === "ASIA" && sessionToken === false) return 95;
  if (keyKind === "AKIA" || sessionToken === true) return 5;
  return 40;
}

function regionOf({ request }: Symptoms): string | null {
  const inHost = /\.((?:[a-z]{2}|us-gov|us-iso[a-z]?)-[a-z]+-\d)\./.exec(request.host ?? "")?.[1];
  return request.region ?? inHost ?? null;
}
