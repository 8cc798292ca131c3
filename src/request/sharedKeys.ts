import type { HeaderLine, Problem, RequestFile, Spanned } from "../stages.ts";
import { authorizationKeysProblem, hasOnlyReferences } from "./headerLine.ts";
import { tokenize } from "./references.ts";

/** How many definitions are followed from one to the next. */
const deepest = 10;

/** `E_AUTHORIZATION_KEYS` for `Authorization: AWS {{id}} {{secret}}` whose variables the file itself gives a text. */
export function sharedKeyProblems({
  preamble,
  requests,
}: Pick<RequestFile, "preamble" | "requests">): readonly Problem[] {
  const headers = requests.flatMap((request) => request.headers).filter(isKeysByReference);
  if (headers.length === 0) return [];
  const defined = new Map(
    [...requests, preamble].flatMap(({ variables }) =>
      variables.map(({ name, value }) => [name.text, value]),
    ),
  );
  return headers
    .filter(({ value }) => namesIn(value).some((name) => isText(name, defined)))
    .map(({ value }) => authorizationKeysProblem(value.range));
}

function isKeysByReference({ name, value }: HeaderLine): boolean {
  return /^authorization$/i.test(name.text) && hasOnlyReferences(value.text);
}

function namesIn(span: Spanned): readonly string[] {
  return tokenize(span).flatMap((token) => (token.kind === "reference" ? [token.expression] : []));
}

/** Whether a definition holds anything but another variable. What no definition holds may be the private environment's. */
function isText(name: string, defined: ReadonlyMap<string, Spanned>): boolean {
  let next: string | undefined = name;
  for (let depth = 0; next !== undefined && depth < deepest; depth += 1) {
    const value = defined.get(next);
    if (value === undefined) return false;
    const [only, ...more] = tokenize(value);
    next = only?.kind === "reference" && more.length === 0 ? only.expression : undefined;
  }
  return next === undefined;
}
