import type { Header, RequestTarget, ResolvedRequest, SignedRequest } from "../stages.ts";
import type { AwsQuestion, Question, RouteQuestion } from "./checkEffects.ts";

type RefusedRequest = Pick<SignedRequest, "target" | "headers">;

/** A question as a request that is still to be signed. Of the refused request it has the host, and no word of the person's. */
export function questionRequest(question: Question, refused: RefusedRequest | null): ResolvedRequest {
  if (question.kind === "aws") return awsRequest(question);
  if (refused === null) throw new Error("without a request there is no route to ask for");
  return routeRequest(question, refused);
}

function awsRequest({ at, form }: AwsQuestion): ResolvedRequest {
  const url = new URL(at.endpoint);
  const usualPort = url.protocol === "https:" ? 443 : 80;
  const target = {
    typed: at.endpoint,
    scheme: url.protocol,
    host: url.hostname,
    port: url.port === "" ? usualPort : Number(url.port),
    authority: url.host,
    path: url.pathname,
    query: null,
  };
  const body = new TextEncoder().encode(new URLSearchParams(form).toString());
  return requestOf("POST", target, body, [
    // As if it were typed, so that it is signed: AWS wants that of a content type.
    { name: "Content-Type", value: "application/x-www-form-urlencoded", origin: "typed" },
    { name: "Content-Length", value: String(body.length), origin: "default" },
  ]);
}

/** To the host that refused. Of the headers only our own defaults go along: a firewall may refuse a request without them. */
function routeRequest({ method, path }: RouteQuestion, refused: RefusedRequest): ResolvedRequest {
  const { scheme, authority } = refused.target;
  const target = { ...refused.target, typed: `${scheme}//${authority}${path}`, path, query: null };
  const own = refused.headers.filter(
    ({ name, origin }) => origin === "default" && /^(?:User-Agent|Accept|Connection)$/i.test(name),
  );
  return requestOf(method, target, new Uint8Array(), own);
}

function requestOf(
  method: string,
  target: RequestTarget,
  body: Uint8Array,
  headers: readonly Header[],
): ResolvedRequest {
  const host: Header = { name: "Host", value: target.authority, origin: "default" };
  return {
    name: null,
    title: "",
    line: 0,
    method,
    target,
    headers: [host, ...headers],
    body,
    settings: {},
    outsideValues: [],
    privateValues: [],
  };
}
