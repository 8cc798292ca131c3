import type { Answer } from "./answer.ts";
import type { Parameter } from "./canonicalQuery.ts";
import { percentDecode } from "./percentCoding.ts";
import type { PetStore } from "./pets.ts";
import { type RawRequest, toText } from "./rawRequest.ts";
import type { AcceptedSignature } from "./verify.ts";

/** A verified request on its way to a route. */
export interface Call {
  readonly request: RawRequest;
  /** The path's `{name}` parts, decoded. */
  readonly pathParameters: ReadonlyMap<string, string>;
  readonly query: readonly Parameter[];
  readonly signer: AcceptedSignature & { readonly userArn: string };
  readonly pets: PetStore;
}

/** One method of one resource, as a REST API declares it. */
export interface Route {
  /** An HTTP method, or "ANY". */
  readonly method: string;
  /** Path template with `{name}` for one segment and `{proxy+}` for one or more at the end. */
  readonly path: string;
  /** "denied": no policy allows it, whoever signs. */
  readonly answer: ((call: Call) => Answer) | "denied";
  /** Whether it takes an API key, beside the signature. */
  readonly apiKeyRequired?: boolean;
}

/** A route with the path parameters that led to it. */
export interface RouteMatch {
  readonly route: Route;
  readonly pathParameters: ReadonlyMap<string, string>;
}

/** The first route for a method and an undecoded path; null where a REST API has no such method on a resource. */
export function matchRoute(routes: readonly Route[], method: string, path: string): RouteMatch | null {
  for (const route of routes) {
    if (route.method !== method && route.method !== "ANY") continue;
    const pathParameters = matchPath(route.path.split("/"), path.split("/"));
    if (pathParameters !== null) return { route, pathParameters };
  }
  return null;
}

/** The texts given for a query parameter, in order. */
export function queryValues(call: Call, name: string): readonly string[] {
  return call.query.filter((parameter) => parameter[0] === name).map(([, value]) => toText(value));
}

function matchPath(template: readonly string[], segments: readonly string[]): Map<string, string> | null {
  const parameters = new Map<string, string>();
  const greedy = template[template.length - 1] === "{proxy+}";
  if (greedy ? segments.length < template.length : segments.length !== template.length) return null;
  for (const [at, part] of template.entries()) {
    const rest = part === "{proxy+}" ? segments.slice(at).join("/") : (segments[at] ?? "");
    if (!part.startsWith("{")) {
      if (part !== rest) return null;
    } else if (rest === "") return null;
    else parameters.set(part.slice(1, -1), toText(percentDecode(rest)));
  }
  return parameters;
}
