import type {
  Directive,
  Position,
  Problem,
  RequestBlock,
  RequestFile,
  VariableDefinition,
} from "../stages.ts";
import { type BlockContents, type BlockReading, contentsWith } from "./blockReading.ts";
import { directiveRange } from "./directives.ts";
import { literalKeyProblems } from "./literalKeys.ts";
import { addProblems, byPlace, hintAt, warningAt } from "./problem.ts";
import { sharedKeyProblems } from "./sharedKeys.ts";

/** The file that blocks make, in their order: what holds for all of them, and what is wrong between them. */
export function assembledFile(blocks: readonly BlockReading[]): RequestFile {
  const draft: Draft = { directives: [], spread: [], variables: [], requests: [], problems: [] };
  for (const { long } of blocks) addProblems(draft.problems, long);
  // A directive can be a variable that was commented out only where a variable has its name.
  const defined = new Set(blocks.flatMap(({ defines }) => defines));
  for (const block of blocks) addBlock(draft, contentsWith(block, defined));
  addProblems(draft.problems, duplicateNames(draft.requests));
  addProblems(draft.problems, spreadDirectives(draft));
  const { directives, variables, requests, problems } = draft;
  addProblems(problems, sharedKeyProblems({ preamble: { directives, variables }, requests }));
  addProblems(problems, literalKeyProblems({ preamble: { directives, variables }, requests }));
  const end = blocks.at(-1)?.range.end;
  if (requests.length === 0 && problems.length === 0 && end !== undefined) problems.push(noRequest(end));
  return { preamble: { directives, variables }, requests, problems: problems.sort(byPlace) };
}

interface Draft {
  readonly directives: Directive[];
  /** Those of them that stand in the block of the first request. */
  readonly spread: Directive[];
  readonly variables: VariableDefinition[];
  readonly requests: RequestBlock[];
  readonly problems: Problem[];
}

function addBlock(draft: Draft, { content, request }: BlockContents): void {
  if (content.kind === "response") return;
  addProblems(draft.problems, content.problems);
  if (content.kind === "request") {
    if (request !== null) draft.requests.push(request);
    for (const directive of content.ofFile) {
      draft.directives.push(directive);
      draft.spread.push(directive);
    }
    return;
  }
  for (const variable of content.variables) draft.variables.push(variable);
  const isPreamble = draft.requests.length === 0;
  const isUsed = ({ key }: Directive): boolean => isPreamble && key.text !== "name";
  for (const directive of content.directives) {
    if (isUsed(directive)) draft.directives.push(directive);
    else draft.problems.push(unusedDirective(directive));
  }
}

/** What the empty line below a directive does, where somebody may not have meant it: it holds for later requests too. */
function spreadDirectives({ spread, requests: [, ...later] }: Draft): readonly Problem[] {
  const last = new Map(spread.map((directive) => [directive.key.text, directive]));
  const isUnsaid = (key: string): boolean =>
    later.some(({ directives }) => directives.every((directive) => directive.key.text !== key));
  return [...last]
    .filter(([key]) => isUnsaid(key))
    .map(([key, directive]) => {
      const message = `@${key} holds for every request of this file that says no @${key} itself, because an empty line parts it from the request below; without that line it holds for that request alone.`;
      return hintAt(directiveRange(directive), "H_DIRECTIVE_OF_FILE", message);
    });
}

function duplicateNames(requests: readonly RequestBlock[]): readonly Problem[] {
  const first = new Map<string, number>();
  const problems: Problem[] = [];
  for (const request of requests) {
    if (request.name === null) continue;
    const directive = request.directives.findLast(
      ({ key, value }) => key.text === "name" && value.text !== "",
    );
    const earlier = first.get(request.name);
    if (earlier === undefined) first.set(request.name, request.method.range.start.line);
    else if (directive !== undefined) {
      const message = `The request on line ${earlier + 1} is named ${request.name} as well; the name means this one, the later.`;
      problems.push(warningAt(directive.value.range, "W_NAME_TWICE", message));
    }
  }
  return problems;
}

function unusedDirective(directive: Directive): Problem {
  return warningAt(
    directiveRange(directive),
    "W_DIRECTIVE_UNUSED",
    `@${directive.key.text} holds for no request here; move it into a block with a request, or above the first one.`,
  );
}

function noRequest(end: Position): Problem {
  return hintAt(
    { start: end, end },
    "H_NO_REQUEST",
    "There is no request here yet; write `GET https://example.com/path`.",
  );
}
