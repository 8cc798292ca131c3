/** Environment variables, as given to the process or made for a test. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** One key of a profile and where it is written. */
export interface ProfileKey {
  readonly value: string;
  /** `~/.aws/config:12`. */
  readonly place: string;
  /** Written in a file inside the workspace: it may name keys and roles, never a command, an endpoint or a token file. */
  readonly untrusted: boolean;
}

/** Keys of one section of one file. */
export type ProfileKeys = ReadonlyMap<string, ProfileKey>;

/** A profile as the two files have it; a key pair is always taken from one of them. */
export interface Profile {
  readonly name: string;
  /** Where its section begins, `~/.aws/config:10`. */
  readonly place: string;
  readonly config: ProfileKeys;
  readonly credentials: ProfileKeys;
}

/** The value of a key, the credentials file before the config file; null when absent or empty. */
export function profileKey(profile: Profile, name: string): ProfileKey | null {
  const key = profile.credentials.get(name);
  if (key !== undefined && key.value !== "") return key;
  const fallback = profile.config.get(name);
  return fallback !== undefined && fallback.value !== "" ? fallback : null;
}

/** The value of a key that is there, even to say nothing: the credentials file's hides the config file's. */
export function writtenKey(profile: Profile, name: string): ProfileKey | null {
  return profile.credentials.get(name) ?? profile.config.get(name) ?? null;
}

/** A sentence, with a blank before it, for a value in which a comment was probably meant; else nothing. */
export function commentHint(value: string): string {
  return /[ \t][#;]/.test(value)
    ? " Move the comment to a line of its own: in AWS files everything behind the `=` is the value."
    : "";
}

/** An environment variable's value; null when unset or empty. */
export function variable(env: Environment, name: string): string | null {
  const value = env[name];
  return value === undefined || value === "" ? null : value;
}
