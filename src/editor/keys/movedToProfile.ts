import type { ProfileCredentials } from "../../identity/files/credentialsFile.ts";
import { directiveRange } from "../../request/directives.ts";
import { splitLines } from "../../request/lines.ts";
import { type KeyPart, type LiteralKey, literalKeys } from "../../request/literalKeys.ts";
import { parseRequestFile } from "../../request/parse.ts";
import { tokenize } from "../../request/references.ts";
import { requestAt } from "../../request/selectRequest.ts";
import type { Position, RequestFile, Spanned, TextEdit, VariableDefinition } from "../../stages.ts";
import { type AuthorizationKeys, authorizationKeys } from "./authorizationKeys.ts";
import { cannotMove, definitionsOf, isSamePlace, keyAt, withoutLine } from "./keyEdits.ts";

/** What moving keys to a profile takes: the keys, and what becomes of the text. */
export interface ProfileMove {
  readonly credentials: ProfileCredentials;
  readonly edits: readonly TextEdit[];
}

/**
 * Moves the keys that a problem stands on: every `Authorization: AWS …` line with these keys becomes directives of its
 * request, their definitions go.
 * @param place where the problem begins
 * @throws UserError `E_KEYS_MOVE` when the keys are not all there, or are used otherwise as well
 */
export function movedToProfile(text: string, place: Position, profile: string): ProfileMove {
  const file = parseRequestFile(text);
  const headers = authorizationKeys(file);
  const credentials = credentialsAt(file, headers, place);
  const replaced = headers.filter((keys) => isSameKey(keys, credentials));
  const removed = keyDefinitions(file, credentials, replaced);
  const lines = splitLines(text);
  const lineEnd = lines[0]?.lineEnd || "\n";
  const edits = [
    ...replaced.flatMap((keys) => directiveEdits(keys, profile, lineEnd, replaced)),
    ...replaced.map(({ header }) => withoutLine(header.name.range.start.line, lines)),
    ...removed.map(({ name }) => withoutLine(name.range.start.line, lines)),
  ];
  const isSaid = replaced.length > 0 || removed.length === 0;
  const said = isSaid ? [] : directiveBeside(file, place, `# @profile ${profile}${lineEnd}`);
  return { credentials, edits: [...said, ...edits] };
}

function isSameKey(left: ProfileCredentials, right: ProfileCredentials): boolean {
  return left.accessKeyId === right.accessKeyId && left.secretAccessKey === right.secretAccessKey;
}

function credentialsAt(
  file: RequestFile,
  headers: readonly AuthorizationKeys[],
  place: Position,
): ProfileCredentials {
  const key = keyAt(file, place);
  const isMeant = (keys: AuthorizationKeys): boolean =>
    key === null
      ? isSamePlace(keys.header.value.range.start, place)
      : [keys.secretAccessKey, keys.sessionToken].includes(key.text);
  const header = headers.find(isMeant);
  const found = header ?? (key === null ? null : pairAround(file, key));
  if (found === null) throw cannotMove("There are no keys at this place.", "Look at the file again.");
  const { accessKeyId, secretAccessKey, sessionToken } = found;
  if ([accessKeyId, secretAccessKey, sessionToken ?? ""].some((part) => part.includes("{{"))) {
    throw cannotMove(
      "These keys come from variables that the file does not define.",
      "Create the profile with `aws configure --profile NAME`, and replace the header by `# @profile NAME`.",
    );
  }
  return { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) };
}

/** The definitions of a pair that belongs together: of several the nearest. */
function pairAround(file: RequestFile, key: LiteralKey): ProfileCredentials {
  const defined = literalKeys(file).filter((literal) => definitionAt(file, literal) !== undefined);
  const nearest = (part: KeyPart): string | undefined =>
    key.part === part ? key.text : nearestOf(defined, part, key.range.start.line);
  const [accessKeyId, secretAccessKey] = [nearest("accessKeyId"), nearest("secretAccessKey")];
  if (definitionAt(file, key) === undefined) {
    throw cannotMove(
      "This key is sent as a part of the request, so a profile cannot take its place.",
      "Move it to http-client.private.env.json.",
    );
  }
  if (accessKeyId === undefined || secretAccessKey === undefined) {
    throw cannotMove(
      "A profile needs the access key id and the secret access key, and only one of them is in the file.",
      "Create the profile with `aws configure --profile NAME`, or move the key to http-client.private.env.json.",
    );
  }
  // Ids of temporary keys begin with ASIA; the others have no token.
  const sessionToken = accessKeyId.startsWith("ASIA") ? nearest("sessionToken") : undefined;
  return { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) };
}

function definitionAt(file: RequestFile, { range }: LiteralKey): VariableDefinition | undefined {
  return definitionsOf(file).find(({ value }) => value.range.start.line === range.start.line);
}

function nearestOf(keys: readonly LiteralKey[], part: KeyPart, line: number): string | undefined {
  const distance = ({ range }: LiteralKey): number => Math.abs(range.start.line - line);
  return keys.filter((key) => key.part === part).sort((a, b) => distance(a) - distance(b))[0]?.text;
}

/** The definitions that hold the keys and that nothing uses any more. */
function keyDefinitions(
  file: RequestFile,
  { accessKeyId, secretAccessKey, sessionToken }: ProfileCredentials,
  replaced: readonly AuthorizationKeys[],
): readonly VariableDefinition[] {
  const secrets = [secretAccessKey, ...(sessionToken === undefined ? [] : [sessionToken])];
  const holds = ({ value }: VariableDefinition, parts: readonly string[]): boolean =>
    parts.some((part) => value.text.includes(part));
  const candidates = definitionsOf(file).filter((found) => holds(found, [accessKeyId, ...secrets]));
  const gone = new Set<Spanned>(replaced.map(({ header }) => header.value));
  for (const { value } of candidates) gone.add(value);
  const uses = usesIn(file, gone);
  for (const definition of candidates) {
    const line = uses.get(definition.name.text);
    if (line === undefined || !holds(definition, secrets)) continue;
    throw cannotMove(
      `The variable ${definition.name.text} is used on line ${line + 1} as well, where no profile can take its place.`,
      "Move it to http-client.private.env.json.",
    );
  }
  return candidates.filter(({ name }) => !uses.has(name.text));
}

/** The variables that are used outside of what goes, each with the first line that does. */
function usesIn(file: RequestFile, gone: ReadonlySet<Spanned>): ReadonlyMap<string, number> {
  const uses = new Map<string, number>();
  for (const span of textsOf(file)) {
    if (gone.has(span)) continue;
    for (const token of tokenize(span)) {
      if (token.kind !== "reference" || uses.has(token.expression)) continue;
      uses.set(token.expression, token.range.start.line);
    }
  }
  return uses;
}

function textsOf(file: RequestFile): readonly Spanned[] {
  const { preamble, requests } = file;
  return [
    ...definitionsOf(file).map(({ value }) => value),
    ...[preamble, ...requests].flatMap(({ directives }) => directives.map(({ value }) => value)),
    ...requests.flatMap(({ target, headers, body }) => [
      ...target,
      ...headers.flatMap(({ name, value }) => [name, value]),
      ...body.map((part) => (part.kind === "text" ? part.text : part.path)),
    ]),
  ];
}

/** What a header said is said above its request line, once. */
function directiveEdits(
  keys: AuthorizationKeys,
  profile: string,
  lineEnd: string,
  replaced: readonly AuthorizationKeys[],
): readonly TextEdit[] {
  const { block, region, service } = keys;
  if (replaced.find((other) => other.block === block) !== keys) return [];
  const said = new Map(block.directives.map((directive) => [directive.key.text, directive]));
  const own = said.get("profile");
  const added = [
    ...(own === undefined ? [`# @profile ${profile}`] : []),
    ...(region === undefined || said.has("region") ? [] : [`# @region ${region}`]),
    ...(service === undefined || said.has("service") ? [] : [`# @service ${service}`]),
  ];
  const start = { line: block.method.range.start.line, column: 0 };
  const text = added.map((line) => `${line}${lineEnd}`).join("");
  return [
    ...(own === undefined ? [] : [{ range: directiveRange(own), text: `profile ${profile}` }]),
    ...(text === "" ? [] : [{ range: { start, end: start }, text }]),
  ];
}

/** Keys that nothing used: the profile is named where they stood, unless one is named there already. */
function directiveBeside(file: RequestFile, place: Position, text: string): readonly TextEdit[] {
  const owner = requestAt(file.requests, place.line);
  const { directives } = owner ?? file.preamble;
  if (directives.some(({ key }) => key.text === "profile")) return [];
  const isPreamble = place.line < (file.requests[0]?.range.start.line ?? Number.POSITIVE_INFINITY);
  // In a block without a request that follows one, a directive would hold for nothing.
  const line = owner?.method.range.start.line ?? (isPreamble ? place.line : 0);
  const start = { line, column: 0 };
  return [{ range: { start, end: start }, text }];
}
