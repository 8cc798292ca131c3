import { type Answer, type AnswerHeaders, jsonAnswer } from "./answer.ts";
import { authorize } from "./authorize.ts";
import { readQuery, splitTarget } from "./canonicalQuery.ts";
import { petRoutes } from "./petStore.ts";
import type { PetStore } from "./pets.ts";
import { type Denial, denialClause, type Policies } from "./policies.ts";
import { showRefusal } from "./refusalRoutes.ts";
import { type Refusal, type RefusalKind, refusalAnswer } from "./refusals.ts";
import { matchRoute, type Route } from "./route.ts";
import { s3Refusal } from "./s3Refusals.ts";
import { gatewayHeaders, invoke, localAccount, localUserArn, methodArn, type Scene } from "./scene.ts";
import { isS3Family } from "./serviceRules.ts";
import { sameText } from "./signature.ts";
import type { Verdict } from "./verify.ts";
import { wireRoutes } from "./wireRoutes.ts";

/** What one endpoint serves. */
export interface Api {
  /** The signing name of the service that it answers as. */
  readonly service: string;
  /** Null: everything is allowed to whoever signs. */
  readonly policies: Policies | null;
  readonly apiKey: string;
  readonly pets: PetStore;
}

/** What is answered to one request. */
export interface Decision {
  readonly answer: Answer;
  /** Those that go before the answer's own. */
  readonly headers: AnswerHeaders;
  /** Why it is refused, where that is not the signature's fault. */
  readonly note?: string;
}

const routes = [...petRoutes, ...wireRoutes];

/** These are told before a REST API looks for the method: an unknown path with a Bearer token shows them too. */
const toldFirst: ReadonlySet<RefusalKind> = new Set([
  "missingEqualSign",
  "missingAuthorizationParts",
  "missingQueryParts",
  "unsupportedAlgorithm",
  "malformedCredential",
]);

/** Decides a request whose signature has been looked at. */
export function decide(api: Api, scene: Scene, verdict: Verdict): Decision {
  const shown = showRefusal(scene);
  if (shown !== null) return { headers: [], ...shown };
  if (!verdict.ok && toldFirst.has(verdict.refusal.kind)) return refuse(api, scene, verdict.refusal);
  const match = matchRoute(routes, scene.request.method, scene.path);
  if (match === null) return refuse(api, scene, { kind: "missingAuthenticationToken" });
  if (!verdict.ok) return refuse(api, scene, verdict.refusal);
  const { route, pathParameters } = match;
  const barred = barredFrom(api, scene, route);
  if (barred !== null) return barred;
  if (route.answer === "denied") return refuse(api, scene, denied(scene, null));
  const answer = route.answer({
    request: scene.request,
    pathParameters,
    query: readQuery(splitTarget(scene.request.target).query),
    signer: { ...verdict, userArn: localUserArn },
    pets: api.pets,
  });
  return { answer, headers: gatewayHeaders(scene) };
}

/** The answer to what is not served, in the words of API Gateway. */
export function refuseAsGateway(scene: Pick<Scene, "now" | "ids">, refusal: Refusal): Decision {
  const { status, errorType, body } = refusalAnswer(refusal);
  return { answer: jsonAnswer(status, body), headers: gatewayHeaders(scene, errorType) };
}

function refuse({ service }: Api, scene: Scene, refusal: Refusal): Decision {
  const answer = isS3Family(service) ? s3Refusal(scene, refusal) : null;
  return answer === null ? refuseAsGateway(scene, refusal) : { answer, headers: [] };
}

/** What a good signature does not help against. API Gateway looks at policies first, and then at the key. */
function barredFrom(api: Api, scene: Scene, route: Route): Decision | null {
  const denial = denialOf(api, scene);
  if (denial !== null) {
    return { ...refuse(api, scene, denied(scene, denial)), note: denialClause(denial, invoke) };
  }
  if (route.apiKeyRequired !== true || hasApiKey(api, scene)) return null;
  return { ...refuse(api, scene, { kind: "apiKeyInvalid" }), note: "no valid API key" };
}

function denialOf({ policies }: Api, scene: Scene): Denial | null {
  if (policies === null) return null;
  const resource = methodArn(scene, "whole");
  return authorize(policies, { userArn: localUserArn, account: localAccount, action: invoke, resource });
}

function hasApiKey({ apiKey }: Api, { request }: Scene): boolean {
  const sent = request.headers
    .filter(([name]) => name.toLowerCase() === "x-api-key")
    .map(([, value]) => value);
  return sent.length === 1 && sameText(sent[0] ?? "", apiKey);
}

function denied(scene: Scene, denial: Denial | null): Refusal {
  const resource = methodArn(scene, "masked");
  return { kind: "accessDenied", userArn: localUserArn, action: invoke, resource, denial };
}
