import assert from "node:assert/strict";
import type { Finished } from "./cliProcess.ts";

/** A secret in the forms in which it might come out: as it is, percent-, base64-, hex-, JSON- and HTML-encoded. */
export function writtenForms(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  const hex = bytes.toString("hex");
  const every = (write: (code: number) => string) =>
    secret.replace(/[^A-Za-z0-9]/g, (character) => write(character.charCodeAt(0)));
  return [
    secret,
    encodeURIComponent(secret),
    encodeURIComponent(secret).replace(/%../g, (octet) => octet.toLowerCase()),
    ...base64Cores(bytes),
    hex,
    hex.toUpperCase(),
    JSON.stringify(secret).slice(1, -1).replaceAll("/", "\\/"),
    every((code) => `\\u${code.toString(16).padStart(4, "0")}`),
    every((code) => `&#${code};`),
    every((code) => `&#x${code.toString(16)};`),
  ];
}

/** What base64 of the secret has in common wherever it stands in a longer text: one form for each of the three places in a group. */
function base64Cores(bytes: Uint8Array): readonly string[] {
  return [0, 1, 2].flatMap((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString("base64");
    const core = text.slice(Math.ceil((offset * 4) / 3), Math.floor(((offset + bytes.length) * 4) / 3));
    return [core, core.replaceAll("+", "-").replaceAll("/", "_")];
  });
}

/** Fails when a form of one of the secrets stands in what a process wrote. */
export function assertNoLeak(
  { stdout, stderr }: Pick<Finished, "stdout" | "stderr">,
  secrets: readonly string[],
  what: string,
): void {
  for (const [sink, text] of Object.entries({ stdout, stderr })) {
    const leaked = secrets.flatMap((secret) => writtenForms(secret).filter((form) => text.includes(form)));
    assert.deepEqual(leaked, [], `${what}: on ${sink}`);
  }
}
