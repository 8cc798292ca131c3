import { hostScope } from "../../signing/hostScope.ts";
import type { Directive, RequestBlock, RequestFile, Sourced } from "../../stages.ts";

/** What can be known without reading a file, an environment or a credential. */
export interface SignerVoices {
  readonly session: Sourced<string> | undefined;
  readonly folder: Sourced<string> | undefined;
  readonly setting: Sourced<string> | undefined;
  readonly region: Sourced<string> | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Who would sign a request, for the line above it: `dev @ eu-west-1`, `dev` while the region is not known. Null for a
 * request that is not signed. A guess from the text: the send itself decides, and says who signed.
 */
export function signerLabel(file: RequestFile, block: RequestBlock, voices: SignerVoices): string | null {
  const auth = directive("auth", file, block);
  const isSignedByHand = block.headers.some(({ name }) => name.text.toLowerCase() === "authorization");
  if (auth === "none" || (auth === undefined && isSignedByHand)) return null;
  const profile =
    voices.session?.value ??
    directive("profile", file, block) ??
    voices.folder?.value ??
    voices.setting?.value ??
    environmentSigner(voices.env);
  const { region } = scopeGuess(file, block, voices);
  return inert(region === null ? profile : `${profile} @ ${region}`);
}

/** Region and service that the text tells, or null. */
export interface ScopeGuess {
  readonly region: string | null;
  readonly service: string | null;
}

/** For what a request would be signed, as far as its text, the host and the settings tell. */
export function scopeGuess(
  file: RequestFile,
  block: RequestBlock,
  { region, env }: SignerVoices,
): ScopeGuess {
  const url = expanded(block.target.map(({ text }) => text).join(""), file, block);
  const host = hostScope(hostOf(url));
  const regions = [
    directive("region", file, block),
    host.region,
    region?.value,
    env["AWS_REGION"],
    env["AWS_DEFAULT_REGION"],
  ];
  return {
    region: regions.find((one) => one !== undefined && one !== null && one !== "") ?? null,
    service: directive("service", file, block) ?? host.service,
  };
}

function environmentSigner(env: SignerVoices["env"]): string {
  const named = env["AWS_PROFILE"] ?? "";
  if (named !== "") return named;
  return (env["AWS_ACCESS_KEY_ID"] ?? "") === "" ? "default" : "environment keys";
}

function directive(key: string, file: RequestFile, block: RequestBlock): string | undefined {
  const find = (directives: readonly Directive[]) =>
    directives.find((one) => one.key.text === key)?.value.text;
  const value = find(block.directives) ?? find(file.preamble.directives);
  return value === undefined || value === "" ? undefined : expanded(value, file, block);
}

/** Variables of the file filled in, as deep as anybody nests them; others stay as they are written. */
function expanded(text: string, file: RequestFile, block: RequestBlock): string {
  const variables = new Map(
    [...file.preamble.variables, ...block.variables].map(({ name, value }) => [name.text, value.text]),
  );
  let result = text.slice(0, 2000);
  for (let depth = 0; depth < 5 && result.includes("{{"); depth += 1) {
    result = result
      .replace(/\{\{\s*([\w.-]+)\s*\}\}/g, (whole, name: string) => variables.get(name) ?? whole)
      .slice(0, 2000);
  }
  return result;
}

function hostOf(url: string): string {
  return (/^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?([^/?#:]*)/i.exec(url)?.[1] ?? "").toLowerCase();
}

/** `$(…)` in a CodeLens would be drawn as an icon. */
function inert(text: string): string {
  const shown = text.replace(/[\p{Cc}\p{Cf}]/gu, "").replaceAll("$(", "(");
  return shown.length > 60 ? `${shown.slice(0, 60)}…` : shown;
}
