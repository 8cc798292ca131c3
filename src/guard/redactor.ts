import { describeToken, maskEnd, maskKeyId, privateMask, secretMask } from "./masks.ts";
import { type FormMatcher, formMatchers, type Needle } from "./secretForms.ts";
import { authorizationText, hideByName, hideShapes } from "./secretShapes.ts";

/** What must not be shown; each list may be empty. */
export interface KnownSecrets {
  readonly accessKeyIds: readonly string[];
  /** Secret access keys, passwords, MFA codes: never shown, not even their length. */
  readonly secrets: readonly string[];
  readonly sessionTokens: readonly string[];
  /** Values of private environments. */
  readonly privateValues: readonly string[];
}

/** The one redactor of every sink. Redacting twice gives what redacting once gives. */
export interface Redactor {
  text(text: string): string;
  /** A header field's value, by the field's name. */
  field(name: string, value: string): string;
  /** A JSON value, keys included; anything but JSON in it becomes redacted text. */
  json(value: unknown): unknown;
}

/** Known texts shorter than this are not looked for: they would be found in everything. */
const shortest = 6;

/** Deeper than any document of ours; what lies below is not shown. */
const deepest = 500;

/**
 * Makes the redactor of some secrets.
 * @param options `showSignature` leaves SigV4 signatures readable (breakdown, explain, `--json`); they are hidden otherwise
 */
export function createRedactor(
  secrets: KnownSecrets,
  options: { readonly showSignature?: boolean } = {},
): Redactor {
  const matcherFor = formMatchers(needlesOf(secrets));
  const shapes = { showSignature: options.showSignature === true };
  const text = (shown: string): string => hideShapes(hideKnown(shown, matcherFor(shown)), shapes);
  const field = (name: string, value: string): string => {
    const lower = name.toLowerCase();
    if (lower === "authorization" || lower === "proxy-authorization") {
      return text(value === "" ? "" : authorizationText(value, shapes));
    }
    return hideByName(lower, value) ?? text(value);
  };
  return { text, field, json: (value) => hideInJson(value, text, 0) };
}

function needlesOf(secrets: KnownSecrets): readonly Needle[] {
  const needles: Needle[] = [
    ...secrets.secrets.map((text) => ({ text, mask: secretMask })),
    ...secrets.sessionTokens.map((text) => ({ text, mask: describeToken(text) })),
    ...secrets.accessKeyIds.map((text) => ({ text, mask: maskKeyId(text) })),
    ...secrets.privateValues.map((text) => ({ text, mask: privateMask })),
  ];
  return needles.filter(({ text }) => text.length >= shortest);
}

function hideKnown(text: string, match: FormMatcher): string {
  let hidden = "";
  let copied = 0;
  let at = 0;
  while (at < text.length) {
    const found = match(text, at);
    const skipped = found === null ? maskEnd(text, at) : -1;
    if (found !== null) {
      hidden += text.slice(copied, at) + found.mask;
      copied = found.end;
    }
    at = found?.end ?? (skipped === -1 ? at + 1 : skipped);
  }
  return hidden + text.slice(copied);
}

function hideInJson(value: unknown, text: (shown: string) => string, depth: number): unknown {
  if (typeof value === "string") return text(value);
  if (value === null || typeof value === "number" || typeof value === "boolean" || value === undefined)
    return value;
  if (depth >= deepest) return "‹nested too deep to be shown›";
  if (Array.isArray(value)) return value.map((entry: unknown) => hideInJson(entry, text, depth + 1));
  if (typeof value !== "object" || !isPlain(value)) return text(String(value));
  // fromEntries defines its keys, so that `__proto__` stays a key.
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]: [string, unknown]) => [
      text(key),
      (typeof entry === "string" ? hideByName(key, entry) : null) ?? hideInJson(entry, text, depth + 1),
    ]),
  );
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
