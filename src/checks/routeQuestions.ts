import type { RouteQuestion } from "./checkEffects.ts";
import type { Refused } from "./refused.ts";

/** The request's own path without a signature; OPTIONS where the request's method may change something. */
export function ownRoute({ request }: Pick<Refused, "request">): RouteQuestion {
  const reads = /^(?:GET|HEAD)$/i.test(request.method);
  return { kind: "route", method: reads ? "GET" : "OPTIONS", path: request.path, signed: false };
}

/** A path of the same stage that no API has, signed. */
export function nonsenseRoute({ request, nonsense }: Pick<Refused, "request" | "nonsense">): RouteQuestion {
  const [stage = ""] = request.path.split("/").slice(1);
  const path = stage === "" ? `/${nonsense}` : `/${stage}/${nonsense}`;
  return { kind: "route", method: "GET", path, signed: true };
}

/** `GET https://host/path, unsigned`: for the list of what will be contacted. */
export function routeInWords({ request }: Pick<Refused, "request">, question: RouteQuestion): string {
  const { method, path, signed } = question;
  return `${method} ${request.scheme}//${request.authority}${path}, ${signed ? "signed" : "unsigned"}`;
}
