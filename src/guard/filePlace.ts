import { posix, win32 } from "node:path";

/** Where the request file lives and whose machine this is. */
export interface FilePlaces {
  /** Absolute path of the workspace folder (terminal: of the request file's repository or own folder). */
  readonly folder: string;
  /** Absolute path of the person's home; null when there is none. */
  readonly home: string | null;
  readonly platform: NodeJS.Platform;
}

/** Folders below the root that hold no files of the person's: what is read there is the system itself. */
const systemFolders = ["/proc", "/dev", "/sys"] as const;

/** Places below the root that hold keys: those of containers and services, and of the system. */
const systemSecrets = [
  "/run/secrets",
  "/var/run/secrets",
  "/run/credentials",
  "/etc/shadow",
  "/etc/gshadow",
  "/etc/ssl/private",
  "/etc/kubernetes",
] as const;

/** Places below home, folders and files, that hold keys. */
const homeSecrets = [
  ".aws",
  ".ssh",
  ".gnupg",
  ".kube",
  ".azure",
  ".docker",
  ".dockercfg",
  ".composer",
  ".password-store",
  ".terraform.d",
  ".terraformrc",
  ".vault-token",
  ".netrc",
  "_netrc",
  ".npmrc",
  ".yarnrc",
  ".yarnrc.yml",
  ".pypirc",
  ".pgpass",
  ".my.cnf",
  ".boto",
  ".s3cfg",
  ".git-credentials",
  ".cargo/credentials",
  ".cargo/credentials.toml",
  ".gem/credentials",
  ".m2/settings.xml",
  ".m2/settings-security.xml",
  ".gradle/gradle.properties",
  ".nuget/NuGet/NuGet.Config",
  ".config/gcloud",
  ".config/gh",
  ".config/glab-cli",
  ".config/hub",
  ".config/git/credentials",
  ".config/composer",
  ".config/containers/auth.json",
  ".config/doctl",
  ".config/op",
  ".config/rclone",
  ".config/sops",
  ".local/share/keyrings",
  "Library/Keychains",
  "Library/Application Support/gcloud",
  "Library/Application Support/sops",
  "AppData/Roaming/gcloud",
  "AppData/Roaming/GitHub CLI",
  "AppData/Roaming/Composer",
  "AppData/Roaming/NuGet",
  "AppData/Roaming/sops",
  "AppData/Roaming/Microsoft/Credentials",
  "AppData/Local/Microsoft/Credentials",
] as const;

/** In words, the place of a path from which nothing is ever read for a request; null when it is in none. */
export function forbiddenPlace(
  path: string,
  { home, platform }: Pick<FilePlaces, "home" | "platform">,
): string | null {
  if (isNetworkPath(path)) return "a network or device path (UNC)";
  const below = (places: readonly string[]): string | undefined =>
    platform === "win32" ? undefined : places.find((at) => isInside(path, at, platform));
  const system = below(systemFolders);
  if (system !== undefined) return `below ${system}`;
  const kept = below(systemSecrets);
  if (kept !== undefined) return keyPlace(path, kept, kept, platform);
  const secret = homeSecrets.find((name) => home !== null && isInside(path, `${home}/${name}`, platform));
  return secret === undefined ? null : keyPlace(path, `${home}/${secret}`, `~/${secret}`, platform);
}

function keyPlace(path: string, place: string, shown: string, platform: NodeJS.Platform): string {
  const isThere = relativePath(path, place, platform) === "";
  return isThere ? `${shown}, where keys are kept` : `below ${shown}, where keys are kept`;
}

/** A path that leads to another machine, or to a device by Windows' name for it. */
export function isNetworkPath(path: string): boolean {
  return /^(?:\\\\|\/\/)/.test(path);
}

/** The real path of a home or folder; one that is not there has none, and the written path is what is left to compare with. */
export async function realOrSame(path: string, realpath: (path: string) => Promise<string>): Promise<string> {
  return realpath(path).catch(() => path);
}

/** Linux file names have case; macOS and Windows find `~/.AWS` too. */
export function isInside(path: string, folder: string, platform: NodeJS.Platform): boolean {
  const relative = relativePath(path, folder, platform);
  const { sep, isAbsolute } = platform === "win32" ? win32 : posix;
  return relative !== ".." && !relative.startsWith(`..${sep}`) && !isAbsolute(relative);
}

function relativePath(path: string, folder: string, platform: NodeJS.Platform): string {
  const rules = platform === "win32" ? win32 : posix;
  const fold = (text: string): string => (platform === "linux" ? text : text.toLowerCase());
  return rules.relative(fold(rules.resolve(folder)), fold(rules.resolve(path)));
}
