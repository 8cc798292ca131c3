import { dirname, join, relative, sep } from "node:path";
import { parseEnv } from "node:util";
import type { Sourced } from "../../stages.ts";
import { profileVariables } from "./profileChoice.ts";

/** What a folder's own files say about who signs; only names, never keys. */
export interface FolderVoices {
  /** `AWS_PROFILE`, else `AWS_DEFAULT_PROFILE`, in `.env`. */
  readonly dotenvProfile: Sourced<string> | undefined;
  /** `AWS_REGION`, else `AWS_DEFAULT_REGION`, in `.env`. */
  readonly dotenvRegion: Sourced<string> | undefined;
  /** `profile` in `samconfig.toml`. */
  readonly samProfile: Sourced<string> | undefined;
  /** `region` in `samconfig.toml`. */
  readonly samRegion: Sourced<string> | undefined;
  /** Sentences about files that could not be understood, or that contradict themselves. */
  readonly problems: readonly string[];
}

/** Where the files are looked for: from the request file's directory up to the workspace folder. */
export interface FolderQuery {
  /** Absolute. */
  readonly directory: string;
  /** Absolute; the last folder that is looked into. */
  readonly root: string;
  /** Text of a file, null when there is none. */
  readonly readFile: (path: string) => Promise<string | null>;
}

/** A folder without such files. */
export const noFolderVoices: FolderVoices = {
  dotenvProfile: undefined,
  dotenvRegion: undefined,
  samProfile: undefined,
  samRegion: undefined,
  problems: [],
};

/** Characters of a file that is read; what a person writes by hand is far smaller. */
const largest = 1024 * 1024;

/** Reads the nearest `.env` and the nearest `samconfig.toml`. A file that cannot be understood says nothing but a problem. */
export async function readFolderVoices(query: FolderQuery): Promise<FolderVoices> {
  const [dotenv, samconfig] = await Promise.all([nearest(".env", query), nearest("samconfig.toml", query)]);
  const sam = samconfig === null ? silent : await samVoices(samconfig);
  return {
    dotenvProfile: dotenv === null ? undefined : dotenvValue(dotenv, profileVariables),
    dotenvRegion: dotenv === null ? undefined : dotenvValue(dotenv, ["AWS_REGION", "AWS_DEFAULT_REGION"]),
    samProfile: sam.profile,
    samRegion: sam.region,
    problems: [
      ...(dotenv === null ? [] : twoProfiles(dotenv)),
      ...(sam.problem === null ? [] : [sam.problem]),
    ],
  };
}

interface FoundFile {
  /** Relative to the root, as a person knows it. */
  readonly shown: string;
  readonly text: string;
}

async function nearest(name: string, { directory, root, readFile }: FolderQuery): Promise<FoundFile | null> {
  for (let folder = directory; ; folder = dirname(folder)) {
    const text = await readFile(join(folder, name));
    if (text !== null && text.length <= largest) {
      return { shown: relative(root, join(folder, name)).split(sep).join("/"), text };
    }
    if (folder === root || dirname(folder) === folder) return null;
  }
}

/** The first of the names that has a value. */
function dotenvValue({ shown, text }: FoundFile, names: readonly string[]): Sourced<string> | undefined {
  const values = new Map(Object.entries(parseEnv(text)));
  for (const name of names) {
    const value = values.get(name)?.trim() ?? "";
    if (value !== "") return { value, source: `${shown}:${lineOf(name, text)}` };
  }
  return undefined;
}

function twoProfiles(file: FoundFile): readonly string[] {
  const [first, second] = profileVariables.map((name) => dotenvValue(file, [name]));
  if (first === undefined || second === undefined || first.value === second.value) return [];
  return [
    `${first.source}: AWS_PROFILE "${first.value}" holds, not AWS_DEFAULT_PROFILE "${second.value}" (${second.source}).`,
  ];
}

/** 1-based line of the last assignment of that name, which is the one that holds. */
function lineOf(name: string, text: string): number {
  const assignment = new RegExp(`^[ \\t]*(?:export[ \\t]+)?${name}[ \\t]*=`);
  return text.split("\n").findLastIndex((line) => assignment.test(line)) + 1;
}

interface SamVoices {
  readonly profile: Sourced<string> | undefined;
  readonly region: Sourced<string> | undefined;
  readonly problem: string | null;
}

const silent: SamVoices = { profile: undefined, region: undefined, problem: null };

/** Tables of SAM's configuration in which a profile may stand, for its default environment, the widest first. */
const samTables = [
  ["default", "global", "parameters"],
  ["default", "deploy", "parameters"],
] as const;

async function samVoices({ shown, text }: FoundFile): Promise<SamVoices> {
  const { parse, TomlError } = await import("smol-toml");
  try {
    const document: unknown = parse(text);
    return {
      profile: samValue(document, "profile", shown),
      region: samValue(document, "region", shown),
      problem: null,
    };
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const problem = `${shown}:${error.line}:${error.column} is not TOML, so no profile or region is taken from it.`;
    return { ...silent, problem };
  }
}

function samValue(document: unknown, key: string, shown: string): Sourced<string> | undefined {
  for (const path of samTables) {
    const value = [...path, key].reduce(ownMember, document);
    if (typeof value === "string" && value.trim() !== "") {
      return { value: value.trim(), source: `${shown} [${path.join(".")}]` };
    }
  }
  return undefined;
}

function ownMember(table: unknown, key: string): unknown {
  return typeof table === "object" && table !== null && Object.hasOwn(table, key)
    ? Reflect.get(table, key)
    : undefined;
}
