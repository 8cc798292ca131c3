import type { FolderVoices } from "../../identity/choice/folderVoices.ts";
import { hostScope } from "../../signing/hostScope.ts";
import type { Directive, RequestBlock, RequestFile, Sourced } from "../../stages.ts";
import { guessText } from "./guessText.ts";

/** What can be known without reading an AWS file or a credential. */
export interface SignerVoices {
  readonly session: Sourced<string> | undefined;
  readonly folder: Sourced<string> | undefined;
  readonly setting: Sourced<string> | undefined;
  readonly region: Sourced<string> | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What the folder's `.env` and `samconfig.toml` say, as far as they were read. */
  readonly around: Omit<FolderVoices, "problems">;
  /** Variables of the environment that holds, as far as it was read. */
  readonly variables: ReadonlyMap<string, string>;
  /** Base name of the request file, for places. */
  readonly fileName: string;
}

/** Who would sign a request and for what, each with where it comes from; null where it is not known. */
export interface SignerGuess {
  readonly profile: Sourced<string>;
  readonly role: Sourced<string> | null;
  /** The account that the request is for, when it says so. */
  readonly account?: Sourced<string>;
  readonly region: Sourced<string> | null;
  readonly service: Sourced<string> | null;
  /** A sentence when the configured region is not the host's. */
  readonly conflict: string | null;
}

/**
 * Who would sign a request, from what is known of its text, its folder and the settings; null for one that is not
 * signed. A guess: the send itself decides, and says who signed.
 */
export function signerGuess(
  file: RequestFile,
  block: RequestBlock,
  voices: SignerVoices,
): SignerGuess | null {
  const text = textsOf(file, block, voices);
  const [auth, account] = [text.directive("auth"), text.directive("account")];
  const isSignedByHand = block.headers.some(({ name }) => name.text.toLowerCase() === "authorization");
  if (auth?.value === "none" || (auth === undefined && isSignedByHand)) return null;
  const host = hostScope(hostOf(text.expanded(block.target.map((line) => line.text).join(""))));
  const hostRegion = host.region === null ? null : { value: host.region, source: "host" };
  const configured = configuredRegion(voices);
  const region = text.directive("region") ?? hostRegion ?? configured;
  return {
    profile: profileOf(text.directive("profile"), voices),
    role: text.directive("role") ?? null,
    ...(account === undefined ? {} : { account }),
    region,
    service:
      text.directive("service") ?? (host.service === null ? null : { value: host.service, source: "host" }),
    conflict: region === hostRegion ? conflictOf(hostRegion, configured) : null,
  };
}

/** `dev @ eu-west-1`, `dev` while the region is not known. */
export function signerLabel({ profile, region }: SignerGuess): string {
  return guessText(region === null ? profile.value : `${profile.value} @ ${region.value}`, 60);
}

function profileOf(directive: Sourced<string> | undefined, voices: SignerVoices): Sourced<string> {
  const { session, folder, setting, around, env } = voices;
  const named = session ?? directive ?? folder ?? setting ?? around.dotenvProfile;
  if (named !== undefined) return named;
  for (const source of ["AWS_PROFILE", "AWS_DEFAULT_PROFILE"]) {
    const value = env[source] ?? "";
    if (value !== "") return { value, source };
  }
  for (const [name, value] of environmentSigners) {
    if ((env[name] ?? "") !== "") return { value, source: name };
  }
  return around.samProfile ?? { value: "default", source: "default" };
}

const environmentSigners = [
  ["AWS_ACCESS_KEY_ID", "environment keys"],
  ["AWS_WEB_IDENTITY_TOKEN_FILE", "web identity"],
] as const;

/** The profile's own region comes before `samconfig.toml`'s, but is not read here. */
function configuredRegion({ region, around, env }: SignerVoices): Sourced<string> | null {
  if (region !== undefined) return region;
  if (around.dotenvRegion !== undefined) return around.dotenvRegion;
  for (const source of ["AWS_REGION", "AWS_DEFAULT_REGION"]) {
    const value = env[source] ?? "";
    if (value !== "") return { value, source };
  }
  return around.samRegion ?? null;
}

function conflictOf(host: Sourced<string> | null, configured: Sourced<string> | null): string | null {
  if (host === null || configured === null || host.value === configured.value) return null;
  return `Signed for ${host.value}, where the host is; ${configured.value} (${configured.source}) is not used.`;
}

/** The texts of one request, variables filled in. */
interface Texts {
  /** What a directive says, of duplicates the last, with its place; undefined when it says nothing. */
  directive(key: string): Sourced<string> | undefined;
  expanded(text: string): string;
}

function textsOf(file: RequestFile, block: RequestBlock, { variables, fileName }: SignerVoices): Texts {
  const own = [...file.preamble.variables, ...block.variables];
  const values = new Map([...variables, ...own.map(({ name, value }) => [name.text, value.text] as const)]);
  const layers: readonly (readonly Directive[])[] = [block.directives, file.preamble.directives];
  return {
    directive(key) {
      const found = layers
        .map((layer) => layer.findLast((one) => one.key.text === key))
        .find((one) => one !== undefined && one.value.text !== "");
      if (found === undefined) return undefined;
      const source = `${fileName}:${found.key.range.start.line + 1}`;
      return { value: expanded(found.value.text, values), source };
    },
    expanded: (text) => expanded(text, values),
  };
}

/** Variables filled in, as deep as anybody nests them; others stay as they are written. */
function expanded(text: string, values: ReadonlyMap<string, string>): string {
  let result = text.slice(0, 2000);
  for (let depth = 0; depth < 5 && result.includes("{{"); depth += 1) {
    result = result
      .replace(/\{\{\s*([\w.-]+)\s*\}\}/g, (whole, name: string) => values.get(name) ?? whole)
      .slice(0, 2000);
  }
  return result;
}

function hostOf(url: string): string {
  return (/^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?([^/?#:]*)/i.exec(url)?.[1] ?? "").toLowerCase();
}
