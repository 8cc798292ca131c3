import { describeToken, maskKeyId, secretMask, signatureMask } from "./masks.ts";
import { markKinds } from "./nameMarks.ts";
import {
  accessKeyIdNames,
  isTextAt,
  type Name,
  nameAt,
  secretKeyNames,
  sessionTokenNames,
} from "./shapeNames.ts";
import type { Found, Pass } from "./sweep.ts";
import { lineEnd, listEnd, quotedEnd, stopsOf, stringEnd, wordValueEnd } from "./valueEnds.ts";

/** How far shapes are hidden. */
export interface ShapeOptions {
  /** Leave SigV4 signatures as they are: for the signing breakdown, `explain` and `--json`. */
  readonly showSignature: boolean;
}

/** Names behind which a value is secret by its shape alone, and where they end. */
interface Names {
  readonly kind: number;
  /** Each ends with the word that is marked. */
  readonly names: readonly Name[];
  readonly mask: (value: string) => string;
  /** Whether `\/` and `\u002f` belong to the value. */
  readonly hasEscapes: boolean;
}

const secretKeys: Names = {
  kind: markKinds.secretKey,
  names: secretKeyNames,
  mask: (value) => (value === "" ? value : secretMask),
  hasEscapes: true,
};
const tokens: Names = {
  kind: markKinds.sessionToken,
  names: sessionTokenNames,
  mask: (value) => (value === "" ? value : describeToken(value)),
  hasEscapes: true,
};
const keyIds: Names = {
  kind: markKinds.accessKeyId,
  names: accessKeyIdNames,
  mask: (value) => (value === "" ? value : maskKeyId(value)),
  hasEscapes: false,
};

/** What hides what is a secret by its shape, whoever's it is. */
export function shapePasses(options: ShapeOptions): readonly Pass[] {
  return [
    named(secretKeys),
    named(tokens),
    named(keyIds),
    element(secretKeys),
    element(tokens),
    element(keyIds),
    // X-Amz-Credential=AKIA…/20150830/…, with its slashes encoded or not; and the Authorization header's Credential=.
    shape(markKinds.credential, /\b(Credential=)([\w+]{12,128})(?=%2F|\/)/iy, maskKeyId),
    ...(options.showSignature
      ? []
      : [shape(markKinds.signature, /\b(Signature=)([0-9a-f]{16,256})(?![0-9a-z])/iy, () => signatureMask)]),
    authorization((value) => authorizationText(value, options)),
    shape(markKinds.keyId, /\b()((?:AKIA|ASIA)[A-Z0-9]{12,124})\b/y, maskKeyId),
  ];
}

/** An Authorization header's value as it may be shown: SigV4's parts, of any other scheme the scheme's name alone. */
export function authorizationText(text: string, options: ShapeOptions): string {
  if (/^AWS4-/i.test(text)) {
    return text
      .replace(
        /(\bCredential=)([^/,\s]{1,128})/i,
        (_all, before: string, id: string) => before + maskKeyId(id),
      )
      .replace(/(\bSignature=)([0-9a-f]+)/i, (_all, before: string, signature: string) =>
        options.showSignature ? `${before}${signature}` : `${before}${signatureMask}`,
      );
  }
  const scheme = /^[A-Za-z][\w-]{0,30}(?=\s+\S)/.exec(text)?.[0];
  return scheme === undefined ? secretMask : `${scheme} ${secretMask}`;
}

/** A separator between a name and its value: `: `, `=`, `": "`, `\": \"`, `": ["`, in JSON, INI, headers and queries. */
const separator = /(?:\\{0,3}["'])?[ \t]{0,8}[:=][ \t]{0,8}(?:\[\s{0,40})?(?:\\{0,3}["'])?/y;
/** One behind which JSON has a value that is no string. */
const bareSeparator = /^\\{0,3}["'][ \t]*:[\s[]*$/;
/** JSON's words: they hold no secret, and a mask in their place would be no JSON. */
const word = /^(?:null|true|false)[\]}]*$/;

const valueStops = stopsOf("\"'\\&<>,;");
const escapedSlash = /\\(?:\/|u[0-9a-f]{4})/iy;

function named({ kind, names, mask, hasEscapes }: Names): Pass {
  return {
    kinds: kind,
    find(text, start, wordEnd, from) {
      const name = nameAt(text, start, wordEnd, names);
      if (name === null || name.start < from) return null;
      separator.lastIndex = name.end;
      if (!separator.test(text)) return null;
      const valueStart = separator.lastIndex;
      const isBare = bareSeparator.test(text.slice(name.end, valueStart));
      const end = valueEndAt(text, valueStart, hasEscapes);
      return foundAt(text, valueStart, end, (value) => (isBare && word.test(value) ? value : mask(value)));
    },
  };
}

function valueEndAt(text: string, start: number, hasEscapes: boolean): number {
  let end = wordValueEnd(text, start, valueStops);
  for (escapedSlash.lastIndex = end; hasEscapes && escapedSlash.test(text); escapedSlash.lastIndex = end)
    end = wordValueEnd(text, escapedSlash.lastIndex, valueStops);
  return end;
}

/** `<Name>value`, and the same with its brackets encoded. */
function element({ kind, names, mask }: Names): Pass {
  return {
    kinds: kind,
    find(text, start, end, from) {
      const name = nameAt(text, start, end, names);
      if (name === null) return null;
      const [open, close] = text.startsWith(">", name.end) ? ["<", ">"] : ["&lt;", "&gt;"];
      const begin = name.start - open.length;
      if (begin < from || !isTextAt(text, begin, open) || !isTextAt(text, name.end, close)) return null;
      const valueStart = name.end + close.length;
      return foundAt(text, valueStart, elementEnd(text, valueStart), mask);
    },
  };
}

function elementEnd(text: string, start: number): number {
  for (let at = start; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === 0x3c || unit === 0x3e || unit === 0x26) return at;
  }
  return text.length;
}

/** A name up to its value: a member of JSON, whose value may be a list, or anything else. */
const header =
  /\bauthorization(?:(\\{0,3}["'])[ \t]{0,8}:[ \t]{0,8}(\[\s{0,40})?|(?:\\{0,3}["'])?[ \t]{0,8}[:=][ \t]{0,8})(?:(\\{0,3})(["']))?/iy;
const bareValue = /[\w.+-]+/y;

/** An Authorization header's value, which ends where its line or its quotation does. */
function authorization(mask: (value: string) => string): Pass {
  return {
    kinds: markKinds.authorization,
    find(text, start, _end, from) {
      header.lastIndex = start;
      const found = start < from ? null : header.exec(text);
      if (found === null) return null;
      const [, member, list, backslashes, quote] = found;
      const at = header.lastIndex;
      if (quote === '"' && backslashes === "" && list !== undefined)
        return foundAt(text, at - 1, listEnd(text, at - 1), (value) => maskedStrings(value, mask));
      if (quote !== undefined) return foundIn(text, at, quotedEnd(text, at, quote, backslashes ?? ""), mask);
      return member === undefined ? foundIn(text, at, lineEnd(text, at), mask) : bareMember(text, at);
    },
  };
}

/** A value of JSON that is no string: in its place stands a string. */
function bareMember(text: string, at: number): Found | null {
  bareValue.lastIndex = at;
  const [value] = bareValue.exec(text) ?? [];
  if (value === undefined || word.test(value)) return null;
  return foundAt(text, at, at + value.length, () => `"${secretMask}"`);
}

function maskedStrings(list: string, mask: (value: string) => string): string {
  let shown = "";
  for (let at = 0; at < list.length; ) {
    const open = list.indexOf('"', at);
    if (open < 0) return shown + list.slice(at);
    const end = stringEnd(list, open + 1);
    const value = list.slice(open + 1, end);
    shown += `${list.slice(at, open + 1)}${value === "" ? "" : mask(value)}${list.slice(end, end + 1)}`;
    at = end + 1;
  }
  return shown;
}

function shape(kinds: number, pattern: RegExp, mask: (value: string) => string): Pass {
  return {
    kinds,
    find(text, start, _end, from) {
      pattern.lastIndex = start;
      const value = start < from ? undefined : pattern.exec(text)?.[2];
      if (value === undefined) return null;
      const end = pattern.lastIndex;
      return foundAt(text, end - value.length, end, mask);
    },
  };
}

/** The same for a value that is no value when it is empty. */
function foundIn(text: string, start: number, end: number, mask: (value: string) => string): Found | null {
  return end === start ? null : foundAt(text, start, end, mask);
}

function foundAt(text: string, valueStart: number, end: number, mask: (value: string) => string): Found {
  const value = text.slice(valueStart, end);
  const shown = mask(value);
  return { end, valueStart, shown: shown === value ? null : shown };
}
