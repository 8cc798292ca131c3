import type { Credentials } from "../stages.ts";
import type { Expansion } from "./expansion.ts";

/** AWS keys of an `Authorization` header, and for what it says to sign. */
export interface HeaderKeys {
  readonly credentials: Credentials;
  readonly region: string | undefined;
  readonly service: string | undefined;
}

/** A word of a header's value and where it begins. */
interface Word {
  readonly text: string;
  readonly start: number;
}

/**
 * The keys of `AWS <id> <secret> [token:T] [region:R] [service:S]` when the private environment holds every character of
 * id, secret and token; null for any other value. What stands in a shared file is no secret, whatever it is put together from.
 */
export function privateHeaderKeys(expansion: Expansion): HeaderKeys | null {
  const [scheme, id, secret, ...options] = wordsOf(expansion.text);
  if (scheme === undefined || id === undefined || secret === undefined) return null;
  if (!/^AWS$/i.test(scheme.text)) return null;
  const [token, region, service] = ["token", "region", "service"].map((name) => optionOf(options, name));
  const known = [token, region, service].filter((option) => option !== undefined);
  if (known.length !== options.length) return null;
  const secrets = [id, secret, ...(token === undefined ? [] : [token])];
  if (!secrets.every((word) => word.text !== "" && isPrivate(word, expansion))) return null;
  const keys = { accessKeyId: id.text, secretAccessKey: secret.text };
  return {
    credentials: token === undefined ? keys : { ...keys, sessionToken: token.text },
    region: region?.text,
    service: service?.text,
  };
}

function wordsOf(text: string): readonly Word[] {
  return [...text.matchAll(/[^ \t]+/g)].map((found) => ({ text: found[0], start: found.index }));
}

/** What stands behind `name:`; undefined when it is not there. */
function optionOf(options: readonly Word[], name: string): Word | undefined {
  const found = options.find(({ text }) => text.toLowerCase().startsWith(`${name}:`));
  const length = name.length + 1;
  return found && { text: found.text.slice(length), start: found.start + length };
}

function isPrivate({ text, start }: Word, { pieces }: Expansion): boolean {
  let at = 0;
  for (const piece of pieces) {
    const end = at + piece.text.length;
    const touches = end > start && at < start + text.length;
    if (touches && piece.isPrivate !== true) return false;
    at = end;
  }
  return true;
}
