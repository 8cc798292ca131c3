import { kindOfName } from "../guard/secretNames.ts";
import type { ResolvedRequest } from "../stages.ts";

/** Cookies hold words such as `accepted`, too; a session is longer. */
const shortestCookie = 10;

/**
 * What a request sends under a name that says it is secret: API keys, tokens, passwords, cookies. A server that says it
 * again, under another name or none, gives nothing away then.
 */
export function sentSecrets({
  headers,
  target,
}: Pick<ResolvedRequest, "headers" | "target">): readonly string[] {
  const parameters = new URLSearchParams(target.query ?? "");
  const fields = [...headers.map(({ name, value }) => [name, value] as const), ...parameters];
  return fields.flatMap(([name, value]) => secretsOf(name, value));
}

function secretsOf(name: string, value: string): readonly string[] {
  switch (kindOfName(name)) {
    case "secret":
    case "token":
      return [value];
    case "cookie":
      return value
        .split(";")
        .map((pair) => pair.slice(pair.indexOf("=") + 1).trim())
        .filter((text) => text.length >= shortestCookie);
    case "authorization":
      return authorizationSecrets(value);
    default:
      return [];
  }
}

/** Of a scheme that sends the secret itself; a signature is not one. */
function authorizationSecrets(value: string): readonly string[] {
  const [, scheme = "", rest = ""] = /^(\S+)\s+(.+)$/s.exec(value) ?? [];
  if (/^AWS4-/i.test(scheme)) return [];
  if (scheme === "") return [value];
  if (scheme.toLowerCase() !== "basic") return [rest];
  const pair = Buffer.from(rest, "base64").toString();
  // Also with user and password as two words, as other tools write it.
  return [rest, rest.replace(/^\S+\s+/, ""), pair.slice(pair.indexOf(":") + 1)];
}
