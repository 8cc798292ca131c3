import type { Problem, TextRange } from "../stages.ts";
import { errorAt, hintAt, warningAt } from "./problem.ts";
import { tokenize } from "./references.ts";

/** Schemes of other tools that stand for a whole exchange with a server, and what to write in their place. */
const foreignSchemes: ReadonlyMap<string, string> = new Map([
  ["digest", "write the `Authorization: Digest …` header that answers the server's challenge, or use Basic"],
  ["ntlm", "use Basic or Bearer, or another tool for this server"],
  ["oauth1", "write the signed `Authorization: OAuth …` header"],
  ["oauth2", "get a token from the provider and write `Authorization: Bearer {{token}}`"],
  ["openid", "get a token from the provider and write `Authorization: Bearer {{token}}`"],
  ["cognito", "get a token with `aws cognito-idp initiate-auth` and write `Authorization: Bearer {{token}}`"],
]);

/**
 * `E_AUTHORIZATION_LATER` for an authorisation that another tool would carry out (`Digest user password`, `openid
 * client_credentials`). Nothing of it is repeated but the scheme.
 */
export function foreignAuthorization(name: string, value: string, range: TextRange): readonly Problem[] {
  if (!isAuthorization(name)) return [];
  const [, scheme = "", rest = ""] = /^[ \t]*([A-Za-z\d]+)[ \t]+([^ \t].*)$/s.exec(value) ?? [];
  const instead = foreignSchemes.get(scheme.toLowerCase());
  if (instead === undefined || isCredentials(scheme.toLowerCase(), rest.trim())) return [];
  const message = `\`${scheme}\` in words is not carried out here: ${instead}.`;
  return [errorAt(range, "E_AUTHORIZATION_LATER", message)];
}

/** What goes on the wire for such a scheme: parameters of Digest, one word of NTLM. */
function isCredentials(scheme: string, rest: string): boolean {
  if (scheme === "digest") return /^[\w-]+[ \t]*=/.test(rest);
  return scheme === "ntlm" && !/[ \t:]/.test(rest);
}

/** A header's value as it is sent, and what there is to say of it. */
export interface AuthorizationReading {
  readonly value: string;
  readonly problems: readonly Problem[];
}

/**
 * `Basic user password` and `Basic user:password` as what they mean: Base64 of `user:password`. What is Base64 already
 * stays, and so does what holds nothing.
 * @param value expanded
 * @param written unexpanded: a colon that stands there parts user and password, whatever blanks their values hold
 */
export function encodedBasic(
  name: string,
  value: string,
  written: string,
  range: TextRange,
): AuthorizationReading {
  const asTyped = { value, problems: [] };
  const [, scheme = "", words = ""] = /^(basic)[ \t]+(.*)$/is.exec(value.trim()) ?? [];
  if (!isAuthorization(name) || /^[\s:"',]*$/.test(words)) return asTyped;
  const pair = isPairWritten(written) ? words : pairOf(words);
  if (pair !== null) {
    const message = "These words are sent as Base64 of `user:password`, as Basic authentication has it.";
    const encoded = Buffer.from(pair, "utf8").toString("base64");
    return { value: `${scheme} ${encoded}`, problems: [hintAt(range, "H_AUTHORIZATION_BASIC", message)] };
  }
  if (isEncodedPair(words)) return asTyped;
  const message =
    "This is neither Base64 of `user:password` nor a user and a password, and is sent as it is; write `Basic user password` or `Basic user:password`.";
  return { value, problems: [warningAt(range, "W_AUTHORIZATION_BASIC", message)] };
}

/** The colon in what is written apart from variables, when nothing there is parted by a blank. */
function isPairWritten(written: string): boolean {
  const start = { line: 0, column: 0 };
  const text = tokenize({ text: written.trim(), range: { start, end: start } })
    .map((token) => (token.kind === "literal" ? token.text : "x"))
    .join("");
  return /^basic[ \t]+[^ \t:]+:[^ \t]*$/i.test(text);
}

/** Null for one word without a colon. A user has no colon: what is behind the first one belongs to the password. */
function pairOf(words: string): string | null {
  const [, user = "", password] = /^([^ \t]+)(?:[ \t]+(.*))?$/s.exec(words) ?? [];
  if (user.includes(":")) return words;
  return password === undefined ? null : `${user}:${password}`;
}

function isEncodedPair(word: string): boolean {
  return /^[A-Za-z\d+/]+={0,2}$/.test(word) && Buffer.from(word, "base64").includes(":");
}

function isAuthorization(name: string): boolean {
  return /^(?:proxy-)?authorization$/i.test(name);
}
