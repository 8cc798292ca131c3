import { regionOfHost } from "../reading/calledHost.ts";
import { isFederated, isForeignUrl } from "../reading/calledOperation.ts";
import type { Symptoms } from "../reading/symptoms.ts";
import { quoted, type Rule, saying, type Verdict } from "./rule.ts";

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

/** What a registry says to a container client, which keeps a login of its own. */
const ofRegistry = /no basic auth credentials|\bauthorization token has expired\b/i;

/** With whose keys it was signed. */
export const credentialRules: readonly Rule[] = [
  expired,
  saying(ofRegistry, "ecr-not-logged-in", 93),
  saying(
    /OptInRequired|not subscribed to this service|needs a subscription for the service/i,
    "cred-region-not-enabled",
    60,
  ),
  unknownKey,
  neptuneWithoutToken,
];

const expiredWords =
  /security token included in the request is expired|provided token has expired|ExpiredToken|Token expired: current date|TokenRefreshRequired/i;

/** Whose end it is: of keys, of an identity provider's token, of a URL, of a container client's login. */
function expired(symptoms: Symptoms): readonly Verdict[] {
  const { text } = symptoms;
  const match = expiredWords.exec(text) ?? /\btoken has expired\b/i.exec(text);
  if (match === null || ofRegistry.test(text)) return [];
  const evidence = [quoted(match[0])];
  if (isFederated(symptoms) || /Token expired: current date/i.test(match[0]))
    return [{ cause: "web-identity-token-expired", weight: 95, evidence }];
  const weight = expiredWords.test(text) ? 95 : 76;
  if (isForeignUrl(symptoms))
    return [
      { cause: "presigned-credentials-ended", weight, evidence: [...evidence, "the URL is presigned"] },
    ];
  return [{ cause: "cred-expired-token", weight, evidence }];
}

const unknownWords =
  /security token included in the request is invalid|Access Key I[dD](?: you provided)? does not exist|provided token is malformed or otherwise invalid|No account found for the given parameters|AWS was not able to validate the provided access credentials/i;

function unknownKey(symptoms: Symptoms): readonly Verdict[] {
  const { text, hasCode } = symptoms;
  const match = unknownWords.exec(text);
  const codes = hasCode(
    "UnrecognizedClient",
    "InvalidClientTokenId",
    "InvalidAccessKeyId",
    "InvalidToken",
    "AuthFailure",
  );
  if (match === null && !codes) return [];
  const evidence = [match === null ? "the answer's code names the key" : quoted(match[0])];
  const region = regionOf(symptoms);
  const { kind, token } = keyOf(symptoms);
  const lacksToken = kind === "ASIA" && token === false;
  const isForeign = /malformed or otherwise invalid/.test(text) || token === true;
  return [
    { cause: "cred-invalid-key", weight: keyWeight(kind, token, isForeign), evidence },
    {
      cause: "cred-missing-session-token",
      weight: tokenWeight(kind, token),
      evidence: lacksToken
        ? [...evidence, "the key id begins with ASIA and no session token was sent"]
        : evidence,
    },
    {
      cause: "cred-region-not-enabled",
      weight: regionWeight(region, isForeign, lacksToken),
      evidence: [...evidence, ...(region === null ? [] : [`the region is ${region}`])],
    },
    {
      cause: "cred-wrong-partition",
      weight: isOfOtherPartition(symptoms) ? 85 : partitionWeight(region, isForeign, lacksToken),
      evidence,
    },
    ...clockOfEc2(symptoms),
  ];
}

/** EC2 has one code for keys that it does not know and for times that it does not take. */
function clockOfEc2({ text, hasCode }: Symptoms): readonly Verdict[] {
  if (!hasCode("AuthFailure") && !/AWS was not able to validate/.test(text)) return [];
  const detail = "EC2 says the same of a wrong clock: compare this machine's with the Date of an answer.";
  return [{ cause: "clock-behind", weight: 45, evidence: ["EC2 does not tell a key from a time"], detail }];
}

/** Neptune says of every failure that it is not authorised. */
function neptuneWithoutToken({ service, text, request }: Symptoms): readonly Verdict[] {
  if (
    service !== "neptune-db" ||
    request.sessionToken !== false ||
    !/Not Authorized|AccessDenied/i.test(text)
  )
    return [];
  const evidence = ["no session token was sent"];
  return [{ cause: "cred-missing-session-token", weight: request.keyKind === "ASIA" ? 80 : 50, evidence }];
}

/** The key's kind and its token, from the request or from what the answer shows of it. */
function keyOf({ request, answer }: Symptoms): {
  readonly kind: string | null;
  readonly token: boolean | null;
} {
  const shown = answer.fields.get("AWSAccessKeyId")?.slice(0, 4) ?? null;
  const sent = request.headers.find(([name]) => name.toLowerCase() === "x-amz-security-token")?.[1]?.trim();
  const isNone = sent !== undefined && /^(?:|undefined|null|none|nil|false)$/i.test(sent);
  return {
    kind: request.keyKind ?? (shown === "ASIA" || shown === "AKIA" ? shown : null),
    token: isNone ? false : request.sessionToken,
  };
}

/** A key that is not shown at all may as well be a temporary one without its token. */
function keyWeight(kind: string | null, token: boolean | null, isForeign: boolean): number {
  if (kind === "ASIA" && token === false) return 30;
  if (isForeign && kind !== "AKIA") return 69;
  return kind === "AKIA" || token === true ? 74 : 69;
}

function tokenWeight(kind: string | null, token: boolean | null): number {
  if (kind === "ASIA" && token === false) return 95;
  if (kind === "AKIA" || token === true) return 5;
  if (kind === "ASIA") return 69.8;
  return token === false ? 69.5 : 40;
}

function regionWeight(region: string | null, isForeign: boolean, lacksToken: boolean): number {
  if (lacksToken) return 20;
  if (region !== null && optInRegions.has(region)) return 78;
  // A region that is always there is always enabled.
  return isForeign && region === null ? 35 : 26;
}

/** The credentials are told to be of a partition that neither host nor region is of. */
function isOfOtherPartition({ request }: Symptoms): boolean {
  const words = request.credentials ?? "";
  const told = partitionIn(words) ?? (/commercial|standard/i.test(words) ? "aws" : null);
  const called = partitionIn(`${request.host ?? ""} ${request.region ?? ""}`) ?? "aws";
  return told !== null && told !== called;
}

function partitionIn(text: string): "gov" | "cn" | null {
  if (/us-?gov|govcloud/i.test(text)) return "gov";
  return /china|\bcn\b|\bcn-/i.test(text) ? "cn" : null;
}

function partitionWeight(region: string | null, isForeign: boolean, lacksToken: boolean): number {
  if (lacksToken) return 15;
  if (/^(?:cn|us-gov|us-iso[a-z]?|eu-isoe|eusc)-/.test(region ?? "")) return 69.6;
  return isForeign ? 36 : 27;
}

function regionOf({ request }: Symptoms): string | null {
  return request.region ?? regionOfHost(request.host);
}
