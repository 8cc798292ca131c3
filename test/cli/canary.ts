import assert from "node:assert/strict";
import type { Finished } from "./cliProcess.ts";

/**
 * A secret in the forms in which it might come out: as it is, percent-, base64-, hex-, JSON- and HTML-encoded, UTF-16.
 */
export function writtenForms(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  const hex = bytes.toString("hex");
  const every = (write: (code: number) => string) =>
    secret.replace(/[^A-Za-z0-9]/g, (character) => write(character.charCodeAt(0)));
  return [
    secret,
    encodeURIComponent(secret),
    encodeURIComponent(secret).replace(/%../g, (octet) => octet.toLowerCase()),
    encodeURIComponent(encodeURIComponent(secret)),
    ...base64Cores(bytes),
    hex,
    hex.toUpperCase(),
    JSON.stringify(secret).slice(1, -1).replaceAll("/", "\\/"),
    every((code) => `\\u${code.toString(16).padStart(4, "0")}`),
    every((code) => `&#${code};`),
    every((code) => `&#x${code.toString(16)};`),
    ...[0, 1].flatMap((offset) => base64Cores(Buffer.from(secret, "utf16le").subarray(offset))),
    [...secret].join("\0"),
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

/** Fails when a form of a canary stands in a sink; tells which canary, in which sink. */
export function assertInNoSink(
  sinks: Readonly<Record<string, string>>,
  canaries: Readonly<Record<string, string>>,
  what: string,
): void {
  const leaks = Object.entries(sinks).flatMap(([sink, text]) =>
    Object.entries(canaries).flatMap(([name, canary]) => {
      const form = formIn(text, canary);
      if (form === undefined) return [];
      const at = text.indexOf(form);
      return [`${name} in ${sink}: …${text.slice(Math.max(0, at - 60), at + form.length + 10)}…`];
    }),
  );
  assert.deepEqual(leaks, [], what);
}

/** A short canary is looked for as it is, by itself: its encoded forms stand in everything. */
function formIn(text: string, canary: string): string | undefined {
  if (canary.length < 8) return new RegExp(`(?<![0-9A-Za-z])${canary}(?![0-9A-Za-z])`).exec(text)?.[0];
  return writtenForms(canary).find((written) => text.includes(written));
}

/** Fails when a form of one of the secrets stands in what a process wrote. */
export function assertNoLeak(
  { stdout, stderr }: Pick<Finished, "stdout" | "stderr">,
  secrets: readonly string[],
  what: string,
): void {
  assertInNoSink({ stdout, stderr }, Object.fromEntries(secrets.map((secret) => [secret, secret])), what);
}
