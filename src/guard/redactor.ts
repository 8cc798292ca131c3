import { cutTexts } from "./cutTexts.ts";
import { knownTexts } from "./knownTexts.ts";
import { describeToken, maskKeyId, privateMask, secretMask } from "./masks.ts";
import { memberPasses, namedPasses } from "./namedSecrets.ts";
import { privateTexts, shortest } from "./privateTexts.ts";
import type { Needle } from "./secretForms.ts";
import { kindOfName, valueOfKind } from "./secretNames.ts";
import { authorizationText, type ShapeOptions, shapePasses } from "./secretShapes.ts";
import { shortValues } from "./shortValues.ts";
import { finish, type Steps } from "./steps.ts";
import { sweep } from "./sweep.ts";

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
  /** A header field's value, by the field's name. */
  field(name: string, value: string): string;
  /** A JSON value, keys included; anything but JSON in it becomes redacted text. */
  json(value: unknown): unknown;
  /** The same for large texts, in steps. */
  readonly steps: RedactingSteps;
}

/** Redacts a large text in steps, so that others get the thread in between. */
export interface RedactingSteps {
  text(text: string): Steps<string>;
  /** Text among bytes that are no text: what only looks like a secret by a common name stays as it is. */
  binary(text: string): Steps<string>;
  /** Whether one of the known secrets stands in a text, in any encoding. */
  holdsKnown(text: string): Steps<boolean>;
}

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
  const known = knownTexts(needles);
  const hideShort = shortValues(secrets.privateValues, privateMask);
  const shapes = { showSignature: options.showSignature === true };
  const shaped = shapePasses(shapes);
  const steps: RedactingSteps = {
    *text(shown) {
      const unknown = yield* hideShort(yield* known.hide(shown));
      return yield* sweep(unknown, [...shaped, ...namedPasses()]);
    },
    *binary(shown) {
      return yield* sweep(yield* known.hide(shown), [...shaped, ...memberPasses()]);
    },
    holdsKnown: (shown) => known.isIn(shown),
  };
  const text = (shown: string): string => finish(steps.text(shown));
  const hideCut = cutTexts(needles);
  return {
    text,
    message: (shown) => text(hideCut(shown)),
    field: (name, value) => text(namedValue(name, value, shapes) ?? value),
    json: (value) => hideInJson(value, text, 0),
    steps,
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
