import { errorAt, hintAt, warningAt } from "../request/problem.ts";
import type { AuthDecision } from "../signing/authMode.ts";
import {
  type AuthorisedRequest,
  emptyAuthorization,
  emptyAuthorizationText,
} from "../signing/ownAuthorization.ts";
import type { Problem, RequestBlock, RequestFile, Sourced, TextRange } from "../stages.ts";
import type { TripChoices } from "./tripChoices.ts";

/** `E_AUTH_EMPTY` at its place; null when every authorisation that is there holds something. */
export function emptyAuthProblem(request: AuthorisedRequest, block: RequestBlock): Problem | null {
  const empty = emptyAuthorization(request);
  if (empty === null) return null;
  const { message, hint } = emptyAuthorizationText(empty);
  return errorAt(empty.range ?? urlRange(block), "E_AUTH_EMPTY", `${message}; ${hint}.`);
}

function urlRange({ target, method }: RequestBlock): TextRange {
  const [first, last] = [target[0], target.at(-1)];
  if (first === undefined || last === undefined) return method.range;
  return { start: first.range.start, end: last.range.end };
}

/** What was said about who signs or whether, and has no effect. Not an error: a file may hold requests of both kinds. */
export function unheardProblems(
  file: Pick<RequestFile, "preamble">,
  block: RequestBlock,
  auth: AuthDecision,
  choices: TripChoices,
): readonly Problem[] {
  if (auth.kind === "sign") return signedAnyway(block, auth.reason, choices);
  return [...notSigned(file, block, auth, choices), ...accountUnused(file, block, auth.reason)];
}

function signedAnyway({ method }: RequestBlock, reason: string, { auth }: TripChoices): readonly Problem[] {
  if (auth?.value !== "none") return [];
  const message = `This request is signed, so ${inWords(auth)} has no effect: ${reason}.`;
  return [warningAt(method.range, "W_AUTH_UNUSED", message)];
}

function notSigned(
  { preamble }: Pick<RequestFile, "preamble">,
  { method }: RequestBlock,
  auth: Exclude<AuthDecision, { readonly kind: "sign" }>,
  choices: TripChoices,
): readonly Problem[] {
  const said = saidOfSigner(choices).map(inWords);
  const verb = said.length === 1 ? "has" : "have";
  const message = `This request is not signed, so ${said.join(", ")} ${verb} no effect: ${auth.reason}.`;
  if (said.length > 0) return [warningAt(method.range, "W_NOT_SIGNED", message)];
  const isWhoOnly = preamble.directives.some(({ key }) => key.text === "profile");
  if (auth.isUnsaid !== true || !isWhoOnly) return [];
  const sent = `This request is sent as typed and not signed: ${auth.reason}; \`# @auth iam\` signs it.`;
  return [hintAt(method.range, "H_NOT_SIGNED", sent)];
}

/** What was said for this very command or send; a profile of the environment holds for whatever is signed. */
function saidOfSigner(choices: TripChoices): readonly Sourced<string>[] {
  const flags = [
    { value: choices.profile, source: "--profile" },
    choices.pickedProfile,
    choices.role,
    choices.region,
    { value: choices.service, source: "--service" },
    choices.auth?.value === "iam" ? choices.auth : undefined,
  ];
  return flags.flatMap((flag) =>
    flag?.value === undefined ? [] : [{ value: flag.value, source: flag.source }],
  );
}

function inWords({ value, source }: Sourced<string>): string {
  return source.startsWith("--") ? `${source} ${value}` : `${value} (${source})`;
}

/** The file's own may be meant for its other requests. */
function accountUnused(
  { preamble }: Pick<RequestFile, "preamble">,
  { directives }: RequestBlock,
  reason: string,
): readonly Problem[] {
  const message = `@account has no effect here, because the request is not signed: ${reason}.`;
  const own = directives.findLast(({ key }) => key.text === "account");
  if (own !== undefined) return [warningAt(own.key.range, "W_ACCOUNT_UNUSED", message)];
  const general = preamble.directives.findLast(({ key }) => key.text === "account");
  return general === undefined ? [] : [hintAt(general.key.range, "H_ACCOUNT_UNUSED", message)];
}
