import { X509Certificate } from "node:crypto";
import { join, resolve } from "node:path";
import { UserError } from "../errors.ts";
import { unlessAborted } from "./cancellation.ts";
import type { ProfileChoice } from "./choice/profileChoice.ts";
import { type AwsFiles, type AwsFilesEffects, readAwsFiles, shortPath } from "./files/awsFiles.ts";
import { type ProfileKey, profileKey, variable } from "./files/profile.ts";
import { refuseInWorkspace } from "./files/workspaceFile.ts";

/** A file of certificates that the person trusts beside those that count everywhere. */
export interface CaBundle {
  /** As written. */
  readonly path: string;
  /** `AWS_CA_BUNDLE`, or `~/.aws/config:3`. */
  readonly place: string;
  /** Where a profile names it; null for the variable. */
  readonly key: { readonly profile: string; readonly written: ProfileKey } | null;
  /** The file of NODE_EXTRA_CA_CERTS: Node leaves it out of a store to which a bundle is added. */
  readonly extra: string | null;
}

/** What reading a bundle takes. */
export interface BundleEffects extends Pick<AwsFilesEffects, "readFile" | "home"> {
  readonly signal: AbortSignal;
}

/**
 * The bundle that the AWS CLI would take: AWS_CA_BUNDLE's, else the `ca_bundle` of the profile; without a profile that of
 * `default`, as far as there is one. Nothing of it is read yet.
 * @param files null when nobody needed them so far; a broken file then stands in nobody's way
 */
export async function chosenBundle(
  choice: ProfileChoice | null,
  files: AwsFiles | null,
  effects: AwsFilesEffects,
  untrustedRoots: readonly string[],
): Promise<CaBundle | null> {
  const path = variable(effects.env, "AWS_CA_BUNDLE");
  const extra = variable(effects.env, "NODE_EXTRA_CA_CERTS");
  if (path !== null) return { path, place: "AWS_CA_BUNDLE", key: null, extra };
  const { profiles } = files ?? (await readAwsFiles(effects, untrustedRoots).catch(asNone));
  const name = choice?.kind === "profile" ? choice.name : "default";
  const profile = profiles.get(name);
  const written = profile === undefined ? null : profileKey(profile, "ca_bundle");
  if (written === null) return null;
  return { path: written.value, place: written.place, key: { profile: name, written }, extra };
}

function asNone(error: unknown): Pick<AwsFiles, "profiles"> {
  if (error instanceof UserError) return { profiles: new Map() };
  throw error;
}

/**
 * The certificates of a bundle, PEM; none for null.
 * @throws UserError `E_CA_BUNDLE`, `E_AWS_FILE_IN_WORKSPACE`, `E_CANCELLED`
 */
export async function readCaBundle(
  bundle: CaBundle | null,
  effects: BundleEffects,
): Promise<readonly string[]> {
  if (bundle === null) return [];
  if (bundle.key !== null) refuseInWorkspace(bundle.key.profile, "ca_bundle", bundle.key.written);
  const { home, readFile, signal } = effects;
  const path =
    /^~[/\\]/.test(bundle.path) && home !== null ? join(home, bundle.path.slice(2)) : resolve(bundle.path);
  const fault = (what: string, cause?: unknown) => bundleFault(bundle, shortPath(path, home), what, cause);
  const bytes = await unlessAborted(
    readFile(path).catch((cause: unknown) => {
      throw fault(unreadable(cause), cause);
    }),
    signal,
  );
  const found = certificatesIn(bytes);
  if (found.length === 0) throw fault("holds no certificate");
  return [...found, ...(await extraCertificates(bundle, effects))];
}

/** Of a file that cannot be read Node itself has warned. */
async function extraCertificates(
  { extra }: CaBundle,
  { readFile, signal }: BundleEffects,
): Promise<readonly string[]> {
  if (extra === null) return [];
  return certificatesIn(
    await unlessAborted(
      readFile(extra).catch(() => new Uint8Array()),
      signal,
    ),
  );
}

const failures: ReadonlyMap<string, string> = new Map([
  ["ENOENT", "does not exist"],
  ["EISDIR", "is a directory, not a file"],
  ["EACCES", "cannot be read: permission is denied"],
  ["EPERM", "cannot be read: permission is denied"],
  ["EFBIG", "is larger than 10 MB"],
]);

function unreadable(cause: unknown): string {
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "an unknown error";
  return failures.get(code) ?? `cannot be read (${code})`;
}

const begin = "-----BEGIN CERTIFICATE-----";
const end = "-----END CERTIFICATE-----";

/** Those that can be read: bundles of whole systems hold some that a library of TLS does not take. */
function certificatesIn(bytes: Uint8Array): readonly string[] {
  return new TextDecoder("latin1")
    .decode(bytes)
    .split(begin)
    .slice(1)
    .flatMap((part) => {
      const length = part.indexOf(end);
      return length === -1 ? [] : readable(`${begin}${part.slice(0, length)}${end}\n`);
    });
}

function readable(pem: string): readonly string[] {
  try {
    return [new X509Certificate(pem).toString()];
  } catch {
    return [];
  }
}

function bundleFault({ place }: CaBundle, path: string, what: string, cause: unknown): UserError {
  return new UserError({
    code: "E_CA_BUNDLE",
    phase: "credentials",
    message: `The CA bundle ${path} (${place}) ${what}; nothing was sent.`,
    hint: `Give a file of certificates in PEM form, or take ${place === "AWS_CA_BUNDLE" ? place : "ca_bundle"} away.`,
    cause,
  });
}
