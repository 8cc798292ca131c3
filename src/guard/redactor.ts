import { hideCut } from "./cutTexts.ts";
import { describeToken, maskEnd, maskKeyId, privateMask, secretMask } from "./masks.ts";
import { hideMembers, hideNamed } from "./namedSecrets.ts";
import { privateTexts, shortest, shortValues } from "./privateTexts.ts";
import { type FormMatcher, formMatchers, type Needle } from "./secretForms.ts";
import { kindOfName, valueOfKind } from "./secretNames.ts";
import { authorizationText, hideShapes, type ShapeOptions } from "./secretShapes.ts";

/** What must not be shown; each list may be empty. */
export interface KnownSecrets {
  readonly accessKeyIds: readonly string[];
  /** Secret access keys, passwords, MFA codes: never shown, not even their length. */
  readonly secrets: readonly string[];
  readonly sessionTokens: readonly string[];
  /** Values of private environments and of environment variables. */
  readonly privateValues: readonly string[];
}

/** The one redactor of every sink. Redacting twice gives what redacting once gives. */
export interface Redactor {
  text(text: string): string;
  /** A sentence of ours, which may quote a value and break off in it with "…". */
  message(text: string): string;
  /** Text among bytes that are no text: what only looks like a secret by a common name stays as it is. */
  binary(text: string): string;
  /** Whether one of the known secrets stands in a text, in any encoding. */
  holdsKnown(text: string): boolean;
  /** A header field's value, by the field's name. */
  field(name: string, value: string): string;
  /** A JSON value, keys included; anything but JSON in it becomes redacted text. */
  json(value: unknown): unknown;
}

/** "‹" begins every mask that stands for a whole value. */
const maskLead = 0x2039;

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
  const needles = needlesOf(secrets);
  const matcherFor = formMatchers(needles);
  const hideShort = shortValues(secrets.privateValues, privateMask);
  const shapes = { showSignature: options.showSignature === true };
  const binary = (shown: string): string =>
    hideMembers(hideShapes(hideKnown(shown, matcherFor(shown)), shapes));
  const text = (shown: string): string =>
    hideNamed(hideShapes(hideShort(hideKnown(shown, matcherFor(shown))), shapes));
  return {
    text,
    binary,
    holdsKnown: (shown) => hideKnown(shown, matcherFor(shown)) !== shown,
    message: (shown) => text(hideCut(shown, needles)),
    field: (name, value) => text(namedValue(name, value, shapes) ?? value),
    json: (value) => hideInJson(value, text, 0),
  };
}

/** A value below a name that says it is secret; null below any other. */
function namedValue(name: string, value: string, shapes: ShapeOptions): string | null {
  const kind = kindOfName(name);
  if (kind === null || value === "") return null;
  return kind === "authorization" ? authorizationText(value, shapes) : valueOfKind(kind, value);
}

function needlesOf(secrets: KnownSecrets): readonly Needle[] {
  const needles: Needle[] = [
    ...secrets.secrets.map((text) => ({ text, mask: secretMask })),
    ...secrets.sessionTokens.map((text) => ({ text, mask: describeToken(text) })),
    ...secrets.accessKeyIds.map((text) => ({ text, mask: maskKeyId(text) })),
    ...secrets.privateValues.flatMap(privateTexts).map((text) => ({ text, mask: privateMask })),
  ];
  return needles.filter(({ text }) => text.length >= shortest);
}

function hideKnown(text: string, matcher: FormMatcher): string {
  let hidden = "";
  let copied = 0;
  let at = 0;
  while (at < text.length) {
    const unit = text.charCodeAt(at);
    const found = matcher.mayBegin(unit, text.charCodeAt(at + 1)) ? matcher.matchAt(text, at) : null;
    const skipped = found === null && unit === maskLead ? maskEnd(text, at) : -1;
    if (found !== null) {
      hidden += text.slice(copied, at) + found.mask;
      copied = found.end;
    }
    at = found?.end ?? (skipped === -1 ? at + 1 : skipped);
  }
  return copied === 0 ? text : hidden + text.slice(copied);
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
      hideInJson(
        typeof entry === "string" ? (namedValue(key, entry, shown) ?? entry) : entry,
        text,
        depth + 1,
      ),
    ]),
  );
}

const shown: ShapeOptions = { showSignature: true };

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
