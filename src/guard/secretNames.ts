import { describeToken, maskKeyId, secretMask } from "./masks.ts";

/** What a name says of the value behind it. */
export type NameKind = "secret" | "token" | "keyId" | "authorization" | "cookie" | "setCookie";

/** Names of header fields, JSON members, XML elements and parameters, without `-`, `_`, `.` and case. */
const exact: ReadonlyMap<string, NameKind> = new Map<string, NameKind>([
  ["authorization", "authorization"],
  ["proxyauthorization", "authorization"],
  ["cookie", "cookie"],
  ["cookie2", "cookie"],
  ["setcookie", "setCookie"],
  ["setcookie2", "setCookie"],
  ["accesskeyid", "keyId"],
  ["awsaccesskeyid", "keyId"],
  ["sessiontoken", "token"],
  ["securitytoken", "token"],
  ["awssessiontoken", "token"],
  ["awssecuritytoken", "token"],
  ["xamzsecuritytoken", "token"],
  ["accesstoken", "token"],
  ["refreshtoken", "token"],
  ["idtoken", "token"],
  ["authtoken", "token"],
  ["authorizationtoken", "token"],
  ["bearertoken", "token"],
  ["apitoken", "token"],
  // KMS hands out data keys and what it decrypts under this name.
  ["plaintext", "secret"],
  ["keymaterial", "secret"],
  ["passwd", "secret"],
  ["xamzmfa", "secret"],
  ["dpop", "secret"],
]);

/** Endings that say it of any name: `x-vault-token`, `clientSecret`, `MasterUserPassword`, `Ocp-Apim-Subscription-Key`. */
const endings: readonly (readonly [ending: RegExp, kind: NameKind])[] = [
  [/(?:password|passphrase|passcode)$/, "secret"],
  [/secret(?:accesskey|key|string|binary|code|hash|block|value)?$/, "secret"],
  [/(?:api|private|subscription|functions|encryptioncustomer)key(?:pem)?$/, "secret"],
  [/(?:access|refresh|id|auth|authorization|bearer|session|security|csrf|xsrf)token$/, "token"],
  [/authorization$/, "authorization"],
];

/** Tokens that open nothing: they say how far a list was read, or that a request is the same as before. */
const harmless =
  /(?:next|continuation|page|paging|pagination|client|clientrequest|idempotency|sync|sequence|starting|cancel(?:lation)?|clientidempotency)token$/;

/** Names are few and come again and again. */
const known = new Map<string, NameKind | null>();
const mostKnown = 2000;

/** What a name says of its value; null for a name that says nothing. */
export function kindOfName(name: string): NameKind | null {
  const before = known.get(name);
  if (before !== undefined) return before;
  const kind = readName(name);
  if (known.size < mostKnown) known.set(name, kind);
  return kind;
}

function readName(name: string): NameKind | null {
  const plain = name.toLowerCase().replace(/[-_.]/g, "");
  const kind = exact.get(plain);
  if (kind !== undefined) return kind;
  if (harmless.test(plain)) return null;
  // A token by a word of its own: `x-plex-token`. `token` alone is as often a word, a page or a parser's.
  if (/[-_.]token$/i.test(name)) return "token";
  return endings.find(([ending]) => ending.test(plain))?.[1] ?? null;
}

/** A value as it may be shown below its name. Authorization has forms of its own and is not for here. */
export function valueOfKind(kind: Exclude<NameKind, "authorization">, value: string): string {
  if (value === "") return value;
  switch (kind) {
    case "secret":
      return secretMask;
    case "token":
      return describeToken(value);
    case "keyId":
      return maskKeyId(value);
    case "cookie":
      return value
        .split(";")
        .map((pair) => cookiePair(pair))
        .join(";");
    case "setCookie": {
      const end = value.indexOf(";");
      return end < 0 ? cookiePair(value) : `${cookiePair(value.slice(0, end))}${value.slice(end)}`;
    }
  }
}

/** A cookie's name says which one it is; its value may be the whole session. */
function cookiePair(pair: string): string {
  const blanks = /^\s*/.exec(pair)?.[0] ?? "";
  const equals = pair.indexOf("=");
  const value = equals < 0 ? pair.trim() : pair.slice(equals + 1).trim();
  if (value === "") return pair;
  return equals < 0 ? `${blanks}${secretMask}` : `${pair.slice(0, equals + 1)}${secretMask}`;
}
