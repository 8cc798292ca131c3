/** What the first operation of a GraphQL document asks of the root. */
export interface GraphqlRoot {
  readonly kind: "query" | "mutation" | "subscription";
  /** Root fields by their own names, each once. */
  readonly fields: readonly string[];
}

/** Characters of a document that are read. */
const longest = 100_000;

/** Strings and comments in one piece, so that nothing in them counts; each matches even where it is not closed. */
const tokenPattern =
  /"""(?:(?!""")[\s\S])*(?:""")?|"(?:[^"\\\n\r]|\\.)*"?|#[^\n\r]*|\.\.\.|[A-Za-z_]\w*|[{}():@]/g;

/** Reads token by token, each once: a document may be hostile. @see https://spec.graphql.org/October2021/#sec-Document-Syntax */
export function graphqlRoot(document: string): GraphqlRoot {
  let definition = newDefinition();
  for (const { token, depth } of tokensOf(document.slice(0, longest))) {
    const isOver = depth === 0 && token === "}";
    if (isOver && definition.kind !== "fragment") break;
    if (isOver) definition = newDefinition();
    else take(definition, token, depth);
  }
  const { kind, fields } = definition;
  return {
    kind: kind === "mutation" || kind === "subscription" ? kind : "query",
    fields: kind === "fragment" ? [] : [...new Set(fields)],
  };
}

/** Tokens with how many brackets are open around each; an opening and its closing one have the same depth. */
function* tokensOf(document: string): Generator<{ readonly token: string; readonly depth: number }, void> {
  let depth = 0;
  for (const [token] of document.matchAll(tokenPattern)) {
    if (token === "}" || token === ")") depth = Math.max(0, depth - 1);
    if (!/^["#]/.test(token)) yield { token, depth };
    if (token === "{" || token === "(") depth += 1;
  }
}

interface Definition {
  /** The first word outside of braces. */
  kind: string | null;
  isSelecting: boolean;
  readonly fields: string[];
  /** The token that makes the next name something else than a field, or "". */
  before: "" | "@" | "..." | "on";
}

function newDefinition(): Definition {
  return { kind: null, isSelecting: false, fields: [], before: "" };
}

function take(definition: Definition, token: string, depth: number): void {
  if (depth === 0 && token === "{") definition.isSelecting = true;
  else if (depth === 0) definition.kind ??= token;
  else if (depth === 1 && definition.isSelecting) select(definition, token);
}

/** A token at the first level of a selection: a field, an alias, a directive, a fragment. */
function select(definition: Definition, token: string): void {
  const { before, fields } = definition;
  definition.before = "";
  if (token === ":") fields.pop();
  else if (token === "@" || token === "...") definition.before = token;
  else if (before === "..." && token === "on") definition.before = "on";
  else if (before === "" && /^\w/.test(token)) fields.push(token);
}
