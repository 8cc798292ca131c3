import type { ResolvedRequest, SigningScope } from "../stages.ts";
import { hostOfAuthority, isForbiddenHost, isLoopbackHost } from "./address.ts";
import { controlIn, hiddenIn, textsOf, typedAuthority } from "./requestTexts.ts";

/** Stable codes of what is refused outright. */
export type RefusalCode =
  | "E_REFUSED_UNTRUSTED"
  | "E_REFUSED_CONTROL_CHARACTER"
  | "E_REFUSED_HIDDEN_CHARACTER"
  | "E_REFUSED_USERINFO"
  | "E_REFUSED_AUTHORITY"
  | "E_REFUSED_DUPLICATE_HEADER"
  | "E_REFUSED_HOST_HEADER"
  | "E_REFUSED_SCOPE"
  | "E_REFUSED_ADDRESS"
  | "E_REFUSED_PLAIN_HTTP";

/** What the guard must know beside the request itself. */
export interface RefusalContext {
  /** Whether the workspace is trusted. In a terminal, naming a file is trust. */
  readonly trusted: boolean;
  /** For what the request will be signed; null when it is not signed. */
  readonly scope: Pick<SigningScope, "region" | "service"> | null;
  /** Hosts (`host` or `host:port`) that may get credentials over plain http, from the person's own settings. */
  readonly allowPlainHttpHosts: readonly string[];
}

/** Why a rule refuses: one sentence, and the one thing to do. */
export interface Refusal {
  readonly message: string;
  readonly hint: string;
}

/** Why nothing happens in a workspace that is not trusted. */
export const untrusted: Refusal = {
  message: "Nothing is sent from a workspace that is not trusted.",
  hint: "Read the request file, then trust the workspace (Workspaces: Manage Workspace Trust).",
};

type Rule = (request: ResolvedRequest, context: RefusalContext) => Refusal | null;

/** One rule a line of the policy; the order is the order in which a person is told. */
export const refusalRules: Readonly<Record<RefusalCode, Rule>> = {
  E_REFUSED_UNTRUSTED: (_request, { trusted }) => (trusted ? null : untrusted),
  E_REFUSED_CONTROL_CHARACTER: controlCharacter,
  E_REFUSED_HIDDEN_CHARACTER: hiddenCharacter,
  E_REFUSED_USERINFO: (request) =>
    typedAuthority(request.target.typed).includes("@")
      ? {
          message: `The URL on line ${request.line + 1} has a user name or password before its host; the host is ${request.target.host}.`,
          hint: "Delete everything up to the `@`; for Basic authentication type an Authorization header.",
        }
      : null,
  E_REFUSED_AUTHORITY: oddAuthority,
  E_REFUSED_DUPLICATE_HEADER: duplicateHeader,
  E_REFUSED_HOST_HEADER: hostHeader,
  E_REFUSED_SCOPE: scopeLabels,
  E_REFUSED_ADDRESS: forbiddenHost,
  E_REFUSED_PLAIN_HTTP: plainHttp,
};

function controlCharacter(request: ResolvedRequest): Refusal | null {
  for (const { text, where } of textsOf(request, "control")) {
    const found = controlIn(text);
    if (found === null) continue;
    return {
      message: `${where} holds ${found}, which would end the line on the wire and begin another.`,
      hint: "Look at the variables in it: a value ends in a line break, or holds one. {{%name}} percent-encodes a variable.",
    };
  }
  return null;
}

function hiddenCharacter(request: ResolvedRequest): Refusal | null {
  for (const { text, where } of textsOf(request, "hidden")) {
    const found = hiddenIn(text);
    if (found === null) continue;
    return {
      message: `${where} holds the invisible character ${found}: it does not read as what it is.`,
      hint: "Delete the character and type the text anew; where it is meant, percent-encode it.",
    };
  }
  return null;
}

function oddAuthority({ target, line }: ResolvedRequest): Refusal | null {
  // `%` and `\` too: `new URL()` decodes the one and takes the other for `/`, so that another host is called than is read.
  const odd = /[\s\p{Cc}\\%<>^`{|}]/u.exec(typedAuthority(target.typed))?.[0];
  if (odd === undefined) return null;
  const name = /[\s\p{Cc}]/u.test(odd) ? "white space or a control character" : `\`${odd}\``;
  return {
    message: `The host of the URL on line ${line + 1} holds ${name}.`,
    hint: "Write the host as plain letters, digits, dots and hyphens.",
  };
}

/** Two of these make two readers of one request see two different requests. */
const singleHeaders = ["Host", "Content-Length", "Transfer-Encoding"] as const;

function duplicateHeader({ headers }: ResolvedRequest): Refusal | null {
  const twice = singleHeaders.find(
    (single) => headers.filter(({ name }) => name.toLowerCase() === single.toLowerCase()).length > 1,
  );
  if (twice === undefined) return null;
  return {
    message: `The request has two ${twice} headers; servers disagree on which one counts.`,
    hint: `Keep one ${twice} header.`,
  };
}

function hostHeader({ headers, target, line }: ResolvedRequest): Refusal | null {
  const header = headers.find(({ name }) => name.toLowerCase() === "host");
  const value = header?.value ?? target.authority;
  const sameHost = hostOfAuthority(target.authority) === target.host;
  if (value.toLowerCase() === target.authority.toLowerCase() && sameHost) return null;
  return {
    message: `The Host header${header?.range === undefined ? "" : ` on line ${header.range.start.line + 1}`} says ${JSON.stringify(value)}, but the URL on line ${line + 1} is for ${target.authority}: it would be signed for one and sent to the other.`,
    hint: "Put the host that you want to speak to into the URL; to connect elsewhere add `# @connect-to HOST[:PORT]`.",
  };
}

const dnsLabel = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

function scopeLabels(_request: ResolvedRequest, { scope }: RefusalContext): Refusal | null {
  if (scope === null) return null;
  // DNS labels have no case, and some signing names have capitals (IoTSecuredTunneling).
  if (!dnsLabel.test(scope.service.toLowerCase())) return notALabel("service", scope.service, "execute-api");
  return dnsLabel.test(scope.region) ? null : notALabel("region", scope.region, "eu-west-1");
}

function notALabel(what: string, value: string, example: string): Refusal {
  return {
    message: `${JSON.stringify(value)} cannot be a ${what}: only letters, digits and inner hyphens may stand in one.`,
    hint: `Write the ${what} as AWS does, for example ${example}.`,
  };
}

function forbiddenHost({ target, settings }: ResolvedRequest): Refusal | null {
  const hosts = [target.host, ...(settings.connectTo === undefined ? [] : [settings.connectTo.value.host])];
  const host = hosts.find(isForbiddenHost);
  if (host === undefined) return null;
  return {
    message: `${host} is a link-local or metadata address, where credentials are handed out; nothing was sent.`,
    hint: "Send to the service's own host name; metadata services cannot be called with awsreq.",
  };
}

function plainHttp(request: ResolvedRequest, { scope, allowPlainHttpHosts }: RefusalContext): Refusal | null {
  const { scheme, host, authority } = request.target;
  if (scheme !== "http:" && scheme !== "ws:") return null;
  if (scope === null && !bringsCredentials(request)) return null;
  const connected = request.settings.connectTo?.value.host ?? host;
  const allowed = allowPlainHttpHosts.map((entry) => entry.toLowerCase());
  if (isLoopbackHost(connected) || allowed.includes(connected) || allowed.includes(authority)) return null;
  return {
    message: `The request to ${authority} carries credentials over plain ${scheme.slice(0, -1)}, where anyone on the way can read them.`,
    hint: `Write ${scheme === "http:" ? "https" : "wss"}://, or, for a machine of your own, allow it: AWSREQ_PLAIN_HTTP_HOSTS=${hostOfAuthority(connected)} in the environment of a terminal, or the user setting awsreq.allowPlainHttpHosts in the editor.`,
  };
}

function bringsCredentials({ headers, target }: ResolvedRequest): boolean {
  const credentialHeader = /^(?:authorization|proxy-authorization|x-amz-security-token)$/i;
  return headers.some(({ name }) => credentialHeader.test(name)) || bearsSignature(target.query ?? "");
}

/** Whoever reads such a URL on the way can use it too: signed by Version 4, by Version 2, or for CloudFront. */
function bearsSignature(query: string): boolean {
  const names = new Set(query.split("&").map(parameterName));
  const isSigned = names.has("signature") && (names.has("awsaccesskeyid") || names.has("key-pair-id"));
  return isSigned || names.has("x-amz-signature") || names.has("x-amz-security-token");
}

/** As the server reads it: percent-decoded, in lower case. */
function parameterName(part: string): string {
  const [name = ""] = part.split("=", 1);
  const decoded = name.replace(/%([2-7][0-9a-f])/gi, (_escape, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return decoded.toLowerCase();
}
