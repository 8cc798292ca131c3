/** What a refusal of STS means, and the one thing to do. */
export interface StsCause {
  readonly says: string;
  readonly hint: string;
}

const expired: StsCause = {
  says: "the credentials that asked for the role have expired",
  hint: "Renew the credentials of the source profile.",
};

const throttled: StsCause = { says: "STS is being asked too often", hint: "Wait a little and send again." };

const unreadable: StsCause = {
  says: "the answer was not one that STS gives",
  hint: "Check the endpoint that the profile or AWS_ENDPOINT_URL_STS gives for STS, and the proxy.",
};

/** What STS's error codes mean here. Its own text is not shown: it may echo what was sent. */
const causes: ReadonlyMap<string, StsCause> = new Map([
  [
    "AccessDenied",
    {
      says: "the credentials that asked may not assume the role",
      hint: "Check the role's trust policy (principal, external ID, second factor) and that the caller is allowed sts:AssumeRole on it.",
    },
  ],
  [
    "InvalidIdentityToken",
    {
      says: "STS does not take the web identity token",
      hint: "Check that IAM has an identity provider for the token's issuer, with its audience.",
    },
  ],
  [
    "IDPCommunicationError",
    { says: "STS could not reach the token's issuer", hint: "Wait a little and send again." },
  ],
  ["ExpiredToken", expired],
  ["ExpiredTokenException", expired],
  [
    "InvalidClientTokenId",
    {
      says: "STS does not know the access key id that asked",
      hint: "The key may be deleted or of another partition, or its session token is missing.",
    },
  ],
  [
    "SignatureDoesNotMatch",
    {
      says: "the secret access key that asked does not belong to its key id, or this machine's clock is wrong",
      hint: "Check the source profile's secret access key, and the clock.",
    },
  ],
  [
    "RegionDisabledException",
    {
      says: "STS is not activated in that region for the account",
      hint: "Give the profile another region, or activate STS there in the IAM account settings.",
    },
  ],
  [
    "ValidationError",
    {
      says: "STS does not take one of the values",
      hint: "Check duration_seconds (the role's maximum, and 3600 for a role assumed by a role), role_session_name and external_id.",
    },
  ],
  ["Throttling", throttled],
  ["ThrottlingException", throttled],
  ["TooManyRequestsException", throttled],
]);

/** What to do when STS cannot be reached. */
export const unreachableHint =
  "Check the network, the proxy, and the region or endpoint that the profile gives for STS.";

/** Error code and status of a refusal, for logs and JSON. */
export interface CauseOfSts {
  readonly code: string;
  readonly status: number | null;
}

/** What a code of STS means; what is not known goes by the status. */
export function stsCause(code: string, status: number | null): StsCause {
  // The SDK adds "Exception" to the codes that it has classes for.
  const known = causes.get(code) ?? causes.get(code.replace(/Exception$/, ""));
  return known ?? (status === null ? unreadable : byStatus(status));
}

function byStatus(status: number): StsCause {
  if (status < 400) return unreadable;
  if (status === 429) return throttled;
  return status >= 500
    ? { says: "STS failed", hint: "Send again; if it lasts, look at the AWS Health Dashboard." }
    : { says: "STS refused", hint: "Look the code up in the API reference of AssumeRole." };
}
