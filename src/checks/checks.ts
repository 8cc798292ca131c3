import type { Cause } from "../diagnosis/causes/causes.ts";
import { probeAddress } from "./addressProbe.ts";
import { probeCaller } from "./callerProbe.ts";
import { hostOf } from "./callerQuestion.ts";
import type { CheckId, Verdict } from "./check.ts";
import type { ProbeEffects } from "./checkEffects.ts";
import { probeClock } from "./clockProbe.ts";
import { probeMessage } from "./decodeProbe.ts";
import { denialOf, encodedMessage } from "./denial.ts";
import { probePolicy } from "./policyProbe.ts";
import type { AwsPlace, Refused } from "./refused.ts";
import { probeRegion } from "./regionProbe.ts";
import { probeRoute } from "./routeProbe.ts";
import { nonsenseRoute, ownRoute, routeInWords } from "./routeQuestions.ts";

/** A check that makes sense for a refusal: whom it contacts, and how it goes. */
export interface PreparedCheck {
  readonly contacts: string;
  readonly probe: (effects: ProbeEffects) => Promise<Verdict>;
}

/** One kind of check. */
export interface Check {
  readonly id: CheckId;
  readonly title: string;
  /** Null when it would tell nothing of this refusal. */
  readonly prepare: (refused: Refused) => PreparedCheck | null;
}

/** Every check, in the order in which they run: the later ones use what the earlier ones asked. */
export const checks: readonly Check[] = [
  { id: "caller", title: "Do the credentials hold?", prepare: caller },
  { id: "region", title: "Is the region enabled for the account?", prepare: region },
  { id: "clock", title: "Is this machine's clock right?", prepare: clock },
  { id: "address", title: "Where does the host's name lead?", prepare: address },
  { id: "route", title: "Is it the route, or the whole API?", prepare: route },
  { id: "decode", title: "What does the encoded message say?", prepare: decode },
  { id: "policy", title: "What do the caller's policies say?", prepare: policy },
];

function caller(refused: Refused): PreparedCheck | null {
  const { places } = refused;
  const asksWho = refused.causes.some((cause) => cause.startsWith("iam-") || aboutCaller.has(cause));
  if (places === null || !asksWho) return null;
  // A region that is not enabled would say the same of good credentials.
  const at = refused.causes.includes("cred-region-not-enabled") ? places.stsFirst : places.sts;
  return { contacts: stsAt(at), probe: (effects) => probeCaller(refused, at, effects) };
}

function region(refused: Refused): PreparedCheck | null {
  const { places } = refused;
  if (places === null || !refused.causes.includes("cred-region-not-enabled")) return null;
  const { stsThere, stsFirst } = places;
  // The first region is always enabled.
  if (stsThere.region === stsFirst.region) return null;
  return {
    contacts: both(`STS at ${hostOf(stsThere)}`, `STS at ${hostOf(stsFirst)}`),
    probe: (effects) => probeRegion(refused, places, effects),
  };
}

function clock(refused: Refused): PreparedCheck | null {
  if (!has(refused, aboutTime)) return null;
  const own = routeInWords(refused, ownRoute(refused));
  return {
    contacts: refused.places === null ? own : `${stsAt(refused.places.sts)}; if it does not answer, ${own}`,
    probe: (effects) => probeClock(refused, effects),
  };
}

function address(refused: Refused): PreparedCheck | null {
  const { connectedHost: host } = refused.request;
  const isName = !/^\[|^[\d.]+$|(?:^|\.)localhost\.?$/.test(host);
  if (!isName || !has(refused, aboutWay)) return null;
  return { contacts: `DNS for ${host}`, probe: (effects) => probeAddress(refused, effects) };
}

function route(refused: Refused): PreparedCheck | null {
  const isApis = refused.signedFor?.service === "execute-api";
  if (!isApis || !has(refused, aboutRoute)) return null;
  const [nonsense, own] = [nonsenseRoute(refused), ownRoute(refused)];
  return {
    contacts: both(routeInWords(refused, nonsense), routeInWords(refused, own)),
    probe: (effects) => probeRoute(refused, effects),
  };
}

function decode(refused: Refused): PreparedCheck | null {
  const { places } = refused;
  const message = encodedMessage(refused);
  if (places === null || message === null) return null;
  return {
    contacts: stsAt(places.sts),
    probe: (effects) => probeMessage(message, refused, places, effects),
  };
}

function policy(refused: Refused): PreparedCheck | null {
  const { places } = refused;
  const denial = places !== null && has(refused, aboutPolicies) ? denialOf(refused) : null;
  if (places === null || denial === null) return null;
  return {
    contacts: both(stsAt(places.sts), `IAM at ${hostOf(places.iam)}`),
    probe: (effects) => probePolicy(denial, refused, places, effects),
  };
}

function stsAt(place: AwsPlace): string {
  return `STS at ${hostOf(place)}`;
}

function both(one: string, other: string): string {
  return one === other ? one : `${one}; ${other}`;
}

function has({ causes }: Refused, wanted: ReadonlySet<Cause>): boolean {
  return causes.some((cause) => wanted.has(cause));
}

const aboutCaller: ReadonlySet<Cause> = new Set<Cause>([
  "cred-missing-session-token",
  "cred-invalid-key",
  "cred-region-not-enabled",
  "cred-wrong-partition",
  "cred-expired-token",
  "sig-wrong-secret",
  "apigw-resource-policy",
  "apigw-http-api-iam-forbidden",
  "lambda-url-permission",
  "lambda-web-permission",
  "appsync-iam-denied",
  "opensearch-fgac",
  "aoss-data-access",
  "iot-policy",
]);

const aboutTime: ReadonlySet<Cause> = new Set<Cause>([
  "clock-behind",
  "clock-ahead",
  "clock-skew-s3",
  "stale-signature",
  "presign-expired",
]);

const aboutWay: ReadonlySet<Cause> = new Set<Cause>([
  "apigw-private-endpoint",
  "apigw-domain-mapping",
  "iam-vpce-policy",
]);

const aboutRoute: ReadonlySet<Cause> = new Set<Cause>([
  "wrong-path-or-method",
  "apigw-private-endpoint",
  "apigw-waf",
  "apigw-domain-mapping",
  "apigw-api-key",
  "apigw-http-api-iam-forbidden",
  "apigw-endpoint-disabled",
]);

const aboutPolicies: ReadonlySet<Cause> = new Set<Cause>([
  "iam-no-identity-allow",
  "iam-no-resource-allow",
  "iam-explicit-deny-identity",
  "iam-explicit-deny-resource",
  "iam-scp-deny",
  "iam-permissions-boundary",
  "iam-kms",
  "apigw-resource-policy",
  "apigw-http-api-iam-forbidden",
  "appsync-iam-denied",
]);
