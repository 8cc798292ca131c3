import { describeToken, maskKeyId, maskSource, secretMask, signatureMask } from "./masks.ts";

/** How far shapes are hidden. */
export interface ShapeOptions {
  /** Leave SigV4 signatures as they are: for the signing breakdown, `explain` and `--json`. */
  readonly showSignature: boolean;
}

/**
 * Something that is a secret by its form or by the name before it. `replace` gets what stands before the value and the value.
 * Patterns hold no nested repetition: each is linear.
 */
interface Shape {
  readonly pattern: RegExp;
  readonly replace: (before: string, value: string, options: ShapeOptions) => string;
}

const hideSecret = unlessEmpty(() => secretMask);
const hideToken = unlessEmpty(describeToken);
const hideKeyId = unlessEmpty(maskKeyId);

/** Between a name and the quotation mark of its value, or its value: `: `, `=`, `": `, `\": `, and `": [` as JSON lists headers. */
const colon = String.raw`(?:\\{0,3}["'])?[ \t]{0,8}[:=][ \t]{0,8}(?:\[\s{0,40})?`;
/** A separator between a name and its value, in JSON, INI, headers and queries. */
const separator = String.raw`${colon}(?:\\{0,3}["'])?`;
const value = String.raw`(?:${maskSource}|[^\s"'\\&<>,;])`;

const secretNames = "(?:SecretAccessKey|aws_secret_access_key|aws_secret_key|SecretKey)";
const tokenNames = "(?:SessionToken|aws_session_token|aws_security_token|X-Amz-Security-Token)";
const keyIdNames = "(?:AccessKeyId|aws_access_key_id)";

const shapes: readonly Shape[] = [
  named(secretNames, `(?:${value}|\\\\/|\\\\u[0-9a-f]{4})*`, hideSecret),
  named(tokenNames, `(?:${value}|\\\\/|\\\\u[0-9a-f]{4})*`, hideToken),
  named(keyIdNames, `${value}*`, hideKeyId),
  element(secretNames, hideSecret),
  element(tokenNames, hideToken),
  element(keyIdNames, hideKeyId),
  // X-Amz-Credential=AKIA…/20150830/…, with its slashes encoded or not; and the Authorization header's Credential=.
  {
    pattern: /(\bCredential=)([\w+]{12,128})(?=%2F|\/)/gi,
    replace: hideKeyId,
  },
  {
    pattern: /(\bSignature=)([0-9a-f]{16,256})(?![0-9a-z])/gi,
    replace: (before, signature, { showSignature }) =>
      `${before}${showSignature ? signature : signatureMask}`,
  },
  authorization(`${colon}"`, String.raw`(?:[^"\\\r\n]|\\[^\r\n])+`),
  authorization(`${colon}'`, String.raw`(?:[^'\\\r\n]|\\[^\r\n])+`),
  // JSON in JSON: what is escaped in its strings has three backslashes.
  authorization(String.raw`${colon}\\"`, String.raw`(?:[^"\\\r\n]|\\\\(?:\\"|[^"\r\n]))+`),
  authorization(String.raw`[ \t]{0,8}[:=][ \t]{0,8}`, String.raw`[^\r\n"'\\]+`),
  {
    pattern: /(\bauthorization\\{0,3}["']\s{0,8}:\s{0,8})((?!null\b|true\b|false\b)[\w.+-]+)/gi,
    replace: (before) => `${before}"${secretMask}"`,
  },
  {
    pattern: /(\bauthorization["']\s{0,8}:\s{0,8}\[)([^\]]*)/gi,
    replace: (before, list, options) =>
      before +
      list.replace(/"((?:[^"\\]|\\[\s\S])*)"/g, (_all, text) => `"${authorizationText(text, options)}"`),
  },
  { pattern: /()\b((?:AKIA|ASIA)[A-Z0-9]{12,124})\b/g, replace: hideKeyId },
];

/** Hides what is a secret by its shape, whoever's it is. */
export function hideShapes(text: string, options: ShapeOptions): string {
  return shapes.reduce(
    (hidden, { pattern, replace }) =>
      hidden.replace(pattern, (_all, before: string, found: string) => replace(before, found, options)),
    text,
  );
}

/** An Authorization header's value as it may be shown: SigV4's parts, of any other scheme the scheme's name alone. */
export function authorizationText(text: string, options: ShapeOptions): string {
  if (/^AWS4-/i.test(text)) {
    return text
      .replace(/(\bCredential=)([^/,\s]{1,128})/i, (_all, before: string, id: string) =>
        hideKeyId(before, id, options),
      )
      .replace(/(\bSignature=)([0-9a-f]+)/i, (_all, before: string, signature: string) =>
        options.showSignature ? `${before}${signature}` : `${before}${signatureMask}`,
      );
  }
  const scheme = /^[A-Za-z][\w-]{0,30}(?=\s+\S)/.exec(text)?.[0];
  return scheme === undefined ? secretMask : `${scheme} ${secretMask}`;
}

/** A header's value, which ends where its line or its quotation does. */
function authorization(before: string, values: string): Shape {
  return {
    pattern: new RegExp(String.raw`(\bauthorization${before})(${values})`, "gi"),
    replace: (found, text, options) => `${found}${authorizationText(text, options)}`,
  };
}

/** Leaves what holds no secret: nothing, and JSON's words, which a mask would make no JSON. */
function unlessEmpty(hide: (value: string) => string): Shape["replace"] {
  return (before, value) =>
    value === "" || (/^(?:null|true|false)[\]}]*$/.test(value) && /["']\s*:[\s[]*$/.test(before))
      ? `${before}${value}`
      : `${before}${hide(value)}`;
}

function named(names: string, values: string, replace: Shape["replace"]): Shape {
  return { pattern: new RegExp(`(${names}${separator})(${values})`, "gi"), replace };
}

function element(names: string, replace: Shape["replace"]): Shape {
  return { pattern: new RegExp(`(<${names}>|&lt;${names}&gt;)([^<>&]*)`, "gi"), replace };
}
