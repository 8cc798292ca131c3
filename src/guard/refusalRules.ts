import type { ResolvedRequest, SigningScope } from "../stages.ts";
import { hostOfAuthority, isForbiddenHost } from "./address.ts";
import { plainHttp } from "./plainHttp.ts";
import type { Refusal } from "./refusal.ts";
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
  /** Places (`host` or `host:port`) that may be connected to with credentials over plain http, from the person's own settings. */
  readonly allowPlainHttpHosts: readonly string[];
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

/**
 * A name as typed: clouds of one's own have RegionOne and us_east, AWS has IoTSecuredTunneling. Nothing that ends a part of
 * the credential scope or of a host may stand in one.
 */
const scopeName = /^[A-Za-z0-9](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9])?$/;

function scopeLabels(_request: ResolvedRequest, { scope }: RefusalContext): Refusal | null {
  if (scope === null) return null;
  if (!scopeName.test(scope.service)) return notAName("service", scope.service, "execute-api");
  return scopeName.test(scope.region) ? null : notAName("region", scope.region, "eu-west-1");
}

function notAName(what: string, value: string, example: string): Refusal {
  // What follows ` #` in an AWS file is part of its value.
  const comment = /[ \t][#;]/.test(value)
    ? " In AWS files a comment needs a line of its own: everything behind the `=` is the value."
    : "";
  return {
    message: `${JSON.stringify(value)} cannot be a ${what}: it is at most 63 letters, digits and inner hyphens or underscores.`,
    hint: `Write the ${what} as its cloud does, for example ${example}.${comment}`,
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
