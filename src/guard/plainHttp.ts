import { isIPv6 } from "node:net";
import type { OutsideValue, ResolvedRequest } from "../stages.ts";
import { isLoopbackHost } from "./address.ts";
import type { Refusal } from "./refusal.ts";

/** What the rule must know beside the request. */
interface PlainHttpContext {
  /** Null for a request that is not signed. */
  readonly scope: object | null;
  readonly allowPlainHttpHosts: readonly string[];
}

/**
 * What nobody on the way may read goes over plain http to this machine, and to where the person's own settings allow it.
 * Both are judged by where the connection goes, whatever host the URL names.
 */
export function plainHttp(request: ResolvedRequest, context: PlainHttpContext): Refusal | null {
  const { scheme, authority } = request.target;
  if (scheme !== "http:" && scheme !== "ws:") return null;
  const carried = carriedSecret(request, context.scope !== null);
  if (carried === null) return null;
  const place = connectedPlace(request);
  if (isLoopbackHost(place.host) || isAllowed(place, context.allowPlainHttpHosts)) return null;
  const way = request.settings.connectTo === undefined ? "" : `, which connects to ${textOf(place)},`;
  return {
    message: `The request to ${authority}${way} carries ${carried} over plain ${scheme.slice(0, -1)}, where anyone on the way can read them.`,
    hint: `Write ${scheme === "http:" ? "https" : "wss"}://, or, for a machine of your own, allow it: AWSREQ_PLAIN_HTTP_HOSTS=${place.host} in the environment of a terminal, or the user setting awsreq.allowPlainHttpHosts in the editor.`,
  };
}

interface Place {
  /** An IPv6 address has its brackets. */
  readonly host: string;
  readonly port: number;
}

function connectedPlace({ target, settings }: ResolvedRequest): Place {
  const { host = target.host, port = null } = settings.connectTo?.value ?? {};
  const typedPort = /:(\d+)$/.exec(target.authority)?.[1];
  return { host: plainHost(host), port: port ?? Number(typedPort ?? 80) };
}

function textOf({ host, port }: Place): string {
  return `${host}:${port}`;
}

function isAllowed(place: Place, allowed: readonly string[]): boolean {
  return allowed.some((entry) => {
    const [, host = entry, port] = isIPv6(entry) ? [] : (/^(.*):(\d+)$/.exec(entry) ?? []);
    return plainHost(host) === place.host && (port === undefined || Number(port) === place.port);
  });
}

function plainHost(host: string): string {
  const name = host.toLowerCase().replace(/\.$/, "");
  return isIPv6(name) ? `[${name}]` : name;
}

/** Headers that let somebody in, by what their names say. */
const secretHeader =
  /authori[sz]ation|authentication|cookie|token|secret|passw(?:or)?d|passphrase|credential|signature|bearer|\bjwt\b|\bsession|\bpwd\b|\bauth\b|(?:api|access|account|private|auth|license|subscription|functions?|master|security|customer)[-_]?key/i;

/** Query parameters that do: the signatures of presigned URLs (AWS, CloudFront, Google, Azure, others), tokens, keys. */
const secretParameter =
  /^(?:(?:x-[a-z]+-|q-)?signature|sig|x-[a-z]+-(?:security-)?token|(?:access|id|refresh|auth|bearer|session)[-_]?token|token|(?:api|access|subscription)[-_]?key|(?:client[-_]?)?secret|passw(?:or)?d)$/i;

const outsideWords: Readonly<Record<Exclude<OutsideValue, "include">, string>> = {
  privateEnvironment: "values of the private environment",
  processEnv: "values of this machine's environment",
};

/** What of a request must not be read on its way, in words; null when there is nothing. An included file is the folder's own. */
function carriedSecret({ headers, target, outsideValues }: ResolvedRequest, signs: boolean): string | null {
  if (signs) return "credentials (its signature)";
  const header = headers.find(({ name, value }) => value !== "" && secretHeader.test(name));
  if (header !== undefined) return `credentials (the header ${JSON.stringify(header.name)})`;
  const parameter = parameterNames(target.query ?? "").find((name) => secretParameter.test(name));
  if (parameter !== undefined) return `credentials (the query parameter ${JSON.stringify(parameter)})`;
  const outside = outsideValues.find((kind) => kind !== "include");
  return outside === undefined ? null : outsideWords[outside];
}

/** Names of the query's parameters that have a value. */
function parameterNames(query: string): readonly string[] {
  return [...new URLSearchParams(query)].filter(([, value]) => value !== "").map(([name]) => name);
}
