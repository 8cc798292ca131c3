import type { IniFile, IniSection } from "./iniFile.ts";
import type { Profile, ProfileKey, ProfileKeys } from "./profile.ts";

/** A parsed file with what all of its keys share. */
export interface LoadedFile {
  readonly ini: IniFile;
  /** The file lies inside a workspace. */
  readonly untrusted: boolean;
}

/** The sections of one file, or of both, by what they are. */
export interface ProfileSections {
  readonly profiles: ReadonlyMap<string, Profile>;
  /** `[services NAME]` by name. */
  readonly services: ReadonlyMap<string, ProfileKeys>;
  /** Sections that would be a profile in the other file: name → a sentence that says how to write it. */
  readonly misplaced: ReadonlyMap<string, string>;
}

interface Title {
  readonly prefix: string | null;
  readonly name: string;
}

const prefixed = /^(profile|services|sso-session)[ \t]+(.*)$/;
const noKeys: ProfileKeys = new Map();

/** Sections of the config file: `[default]`, `[profile x]`, `[services x]`. */
export function sectionsOfConfig(file: LoadedFile): ProfileSections {
  const profiles = new Map<string, Profile>();
  const services = new Map<string, ProfileKeys>();
  const misplaced = new Map<string, string>();
  for (const [text, section] of file.ini.sections) {
    const { prefix, name } = titleOf(text);
    const isProfile = prefix === "profile" || text === "default";
    // Of two sections for one profile the later hides the other as a whole: they are not merged.
    if (isProfile) profiles.set(name, profileOf(name, "config", section, file));
    else if (prefix === "services") services.set(name, keysOf(section, file));
    else if (prefix === null && text !== "default") {
      misplaced.set(name, misplacedHint(text, `[profile ${name}]`, section, file));
    }
  }
  return { profiles, services, misplaced };
}

/** Sections of the credentials file: every one is a profile by its plain name. */
export function sectionsOfCredentials(file: LoadedFile): ProfileSections {
  const profiles = new Map<string, Profile>();
  const misplaced = new Map<string, string>();
  for (const [text, section] of file.ini.sections) {
    const { prefix, name } = titleOf(text);
    if (prefix === "profile") misplaced.set(name, misplacedHint(text, `[${name}]`, section, file));
    else profiles.set(text, profileOf(text, "credentials", section, file));
  }
  return { profiles, services: new Map(), misplaced };
}

/** Both files as one: config first, then the profiles that only the credentials file has. */
export function mergedSections(config: ProfileSections, credentials: ProfileSections): ProfileSections {
  const profiles = new Map(config.profiles);
  for (const [name, profile] of credentials.profiles) profiles.set(name, merged(profiles.get(name), profile));
  return {
    profiles,
    services: config.services,
    misplaced: new Map([...config.misplaced, ...credentials.misplaced]),
  };
}

/** No sections at all: what a missing file has. */
export const noSections: ProfileSections = { profiles: new Map(), services: new Map(), misplaced: new Map() };

function titleOf(text: string): Title {
  const [, prefix, rest] = prefixed.exec(text) ?? [];
  if (prefix === undefined || rest === undefined) return { prefix: null, name: text };
  return { prefix, name: /^(["']).+\1$/.test(rest) ? rest.slice(1, -1) : rest };
}

function profileOf(
  name: string,
  kind: "config" | "credentials",
  section: IniSection,
  file: LoadedFile,
): Profile {
  const place = `${file.ini.path}:${section.line}`;
  return { name, place, config: noKeys, credentials: noKeys, [kind]: keysOf(section, file) };
}

function merged(before: Profile | undefined, added: Profile): Profile {
  if (before === undefined) return added;
  return {
    ...before,
    config: new Map([...before.config, ...added.config]),
    credentials: new Map([...before.credentials, ...added.credentials]),
  };
}

function keysOf({ keys }: IniSection, { ini, untrusted }: LoadedFile): ProfileKeys {
  const placed = new Map<string, ProfileKey>();
  for (const [name, { value, line }] of keys)
    placed.set(name, { value, place: `${ini.path}:${line}`, untrusted });
  return placed;
}

function misplacedHint(text: string, written: string, { line }: IniSection, { ini }: LoadedFile): string {
  return `There is [${text}] at ${ini.path}:${line}; in that file it is written ${written}.`;
}
