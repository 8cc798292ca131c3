import type { Problem, RequestBlock, RequestFile, VariableDefinition } from "../stages.ts";
import { requestAt } from "./selectRequest.ts";

/** What every request of a file has a part in: made once for a file, or many requests would take quadratic time. */
interface FileParts {
  readonly variables: readonly VariableDefinition[];
  /** Problems that concern every request, with their places in the order of the file. */
  readonly shared: readonly Placed[];
  readonly own: ReadonlyMap<RequestBlock, readonly Placed[]>;
}

interface Placed {
  readonly at: number;
  readonly problem: Problem;
}

const known = new WeakMap<RequestFile, FileParts>();

/**
 * The variables that a file's requests see: those of its preamble, which win, and those that are defined in the block of
 * any request, as in other tools. What a request's own block defines is looked for there before; a variable that means
 * itself in its definition looks further out, where the block's own must not be met again.
 */
export function variablesFor(
  file: RequestFile,
  { variables: own }: RequestBlock,
): readonly VariableDefinition[] {
  const { variables } = partsOf(file);
  return own.some(({ name, value }) => value.text.includes(name.text))
    ? variables.filter((variable) => !own.includes(variable))
    : variables;
}

/**
 * The file's problems that stop or touch a request: those in its block, those that stand in no request's, and those of
 * directives in the first request's block that hold for all.
 */
export function problemsOf(file: RequestFile, block: RequestBlock): readonly Problem[] {
  const { shared, own } = partsOf(file);
  const mine = own.get(block) ?? [];
  if (shared.length === 0) return mine.map(({ problem }) => problem);
  return [...shared, ...mine].sort((one, other) => one.at - other.at).map(({ problem }) => problem);
}

function partsOf(file: RequestFile): FileParts {
  const before = known.get(file);
  if (before !== undefined) return before;
  const parts = readParts(file);
  known.set(file, parts);
  return parts;
}

function readParts({ requests, preamble, problems }: RequestFile): FileParts {
  const lines = new Set(preamble.directives.map(({ key }) => key.range.start.line));
  const shared: Placed[] = [];
  const own = new Map<RequestBlock, Placed[]>();
  for (const [at, problem] of problems.entries()) {
    const { line } = problem.range.start;
    const owner = lines.has(line) ? null : requestAt(requests, line);
    const list = owner === null ? shared : (own.get(owner) ?? []);
    list.push({ at, problem });
    if (owner !== null) own.set(owner, list);
  }
  const variables = [...requests.flatMap((request) => request.variables), ...preamble.variables];
  return { variables, shared, own };
}
