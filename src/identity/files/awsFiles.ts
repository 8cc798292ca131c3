import { isAbsolute, join, relative, resolve, sep } from "node:path";
import { UserError } from "../../errors.ts";
import { decodeConfiguration } from "./decodeConfiguration.ts";
import { parseIni } from "./iniFile.ts";
import { type Environment, type ProfileKeys, variable } from "./profile.ts";
import {
  type LoadedFile,
  mergedSections,
  noSections,
  type ProfileSections,
  sectionsOfConfig,
  sectionsOfCredentials,
} from "./profileSections.ts";

/** What reading the shared files takes. */
export interface AwsFilesEffects {
  readonly env: Environment;
  /** The home directory; null when there is none. */
  readonly home: string | null;
  /** Bytes of a file; rejects with `code: "ENOENT"` when there is none. */
  readonly readFile: (path: string) => Promise<Uint8Array>;
  /** The path with every link resolved. */
  readonly realPath: (path: string) => Promise<string>;
}

/** One of the two shared files. */
export interface AwsFile {
  readonly kind: "config" | "credentials";
  /** The variable that moves it. */
  readonly variable: "AWS_CONFIG_FILE" | "AWS_SHARED_CREDENTIALS_FILE";
  /** `~/.aws/config`; null when neither the variable nor a home directory is set. */
  readonly path: string | null;
  readonly found: boolean;
}

/** Everything that the two shared files say. */
export interface AwsFiles extends ProfileSections {
  readonly files: readonly AwsFile[];
}

const variables = { config: "AWS_CONFIG_FILE", credentials: "AWS_SHARED_CREDENTIALS_FILE" } as const;

/**
 * Reads the config and credentials files and merges them into profiles; a missing file is an empty one.
 * @param untrustedRoots absolute paths of workspace folders: keys of files in them are marked untrusted
 * @throws UserError `E_AWS_FILE` (cannot be read), `E_AWS_CONFIG` (cannot be understood)
 */
export async function readAwsFiles(
  effects: AwsFilesEffects,
  untrustedRoots: readonly string[],
): Promise<AwsFiles> {
  const [config, credentials] = await Promise.all([
    readAwsFile("config", effects, untrustedRoots),
    readAwsFile("credentials", effects, untrustedRoots),
  ]);
  const sections = mergedSections(
    config.loaded === null ? noSections : sectionsOfConfig(config.loaded),
    credentials.loaded === null ? noSections : sectionsOfCredentials(credentials.loaded),
  );
  return { files: [config.file, credentials.file], ...sections };
}

/**
 * What the config file alone says: names, regions and kinds, with nothing in the place of what is secret. The credentials
 * file is not opened, even where both variables name one file.
 * @throws UserError `E_AWS_FILE`, `E_AWS_CONFIG`
 */
export async function readAwsConfig(
  effects: AwsFilesEffects,
  untrustedRoots: readonly string[],
): Promise<AwsFiles> {
  if (await isOneFile(effects)) return { files: [], ...noSections };
  const { file, loaded } = await readAwsFile("config", effects, untrustedRoots);
  const sections = loaded === null ? noSections : sectionsOfConfig(loaded);
  const profiles = new Map(
    [...sections.profiles].map(([name, profile]) => [
      name,
      { ...profile, config: withoutSecrets(profile.config) },
    ]),
  );
  return { files: [file], ...sections, profiles };
}

async function isOneFile(effects: AwsFilesEffects): Promise<boolean> {
  const real = async (kind: AwsFile["kind"]) => {
    const path = awsFilePath(kind, effects);
    return path === null ? null : effects.realPath(path).catch(() => path);
  };
  const [config, credentials] = await Promise.all([real("config"), real("credentials")]);
  return config !== null && config === credentials;
}

const secretKeys: ReadonlySet<string> = new Set([
  "aws_access_key_id",
  "aws_secret_access_key",
  "aws_session_token",
  "aws_security_token",
  "credential_process",
]);

/** That they are there says of which kind a profile is. */
function withoutSecrets(keys: ProfileKeys): ProfileKeys {
  return new Map(
    [...keys].map(([name, key]) => [name, secretKeys.has(name) ? { ...key, value: "(not kept)" } : key]),
  );
}

async function readAwsFile(
  kind: AwsFile["kind"],
  effects: AwsFilesEffects,
  untrustedRoots: readonly string[],
): Promise<{ file: AwsFile; loaded: LoadedFile | null }> {
  const path = awsFilePath(kind, effects);
  const file = { kind, variable: variables[kind], path: null, found: false };
  if (path === null) return { file, loaded: null };
  const shown = shortPath(path, effects.home);
  const bytes = await bytesOf(path, shown, effects);
  if (bytes === null) return { file: { ...file, path: shown }, loaded: null };
  const ini = parseIni(decodeConfiguration(bytes, shown), shown);
  const untrusted = await isInside(path, untrustedRoots, effects);
  return { file: { ...file, path: shown, found: true }, loaded: { ini, untrusted } };
}

/** Where one of the two files is, `~/` and `$NAME` filled in as by the AWS CLI; null when neither its variable nor a home directory is set. */
export function awsFilePath(
  kind: AwsFile["kind"],
  { env, home }: Pick<AwsFilesEffects, "env" | "home">,
): string | null {
  const given = variable(env, variables[kind]);
  if (given === null) return home === null ? null : join(home, ".aws", kind);
  const expanded = given.replace(
    /\$(?:([A-Za-z0-9_]+)|\{([^}]*)\})/g,
    (whole, bare?: string, braced?: string) => env[bare ?? braced ?? ""] ?? whole,
  );
  return /^~[/\\]/.test(expanded) && home !== null ? join(home, expanded.slice(2)) : resolve(expanded);
}

/** A path as a person knows it: `~/.aws/config`. */
export function shortPath(path: string, home: string | null): string {
  if (home === null || !contains(home, path)) return path;
  return `~/${relative(home, path).split(sep).join("/")}`;
}

const readFailures: ReadonlyMap<string, string> = new Map([
  ["EISDIR", "it is a directory, not a file"],
  ["EACCES", "permission is denied"],
  ["EPERM", "permission is denied"],
  ["ENOTDIR", "a part of its path is not a directory"],
  ["ELOOP", "its links go in a circle"],
]);

async function bytesOf(path: string, shown: string, effects: AwsFilesEffects): Promise<Uint8Array | null> {
  try {
    return await effects.readFile(path);
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : "an unknown error";
    if (code === "ENOENT") return null;
    throw new UserError({
      code: "E_AWS_FILE",
      phase: "credentials",
      message: `The AWS file ${shown} cannot be read: ${readFailures.get(code) ?? `the system says ${code}`}.`,
      hint: `Look at it with \`ls -ld\`; ${variables.config} and ${variables.credentials} choose other files.`,
      cause,
    });
  }
}

/**
 * By name and by real path: no link carries a workspace's file past the check. When the workspace is the home directory
 * or holds it, `~/.aws` is still the person's own.
 */
async function isInside(
  path: string,
  roots: readonly string[],
  { home, realPath }: AwsFilesEffects,
): Promise<boolean> {
  const both = async (place: string) => [place, await realPath(place).catch(() => place)];
  const homes = home !== null && contains(join(home, ".aws"), path) ? await both(home) : [];
  const folders = (await Promise.all(roots.map(both))).flat();
  const foreign = folders.filter((folder) => !homes.some((own) => own === folder || contains(folder, own)));
  const paths = await both(path);
  return paths.some((inner) => foreign.some((outer) => contains(outer, inner)));
}

function contains(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== "" && way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
