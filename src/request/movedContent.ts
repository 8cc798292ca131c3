import type {
  BodyPart,
  Directive,
  HeaderLine,
  Problem,
  Spanned,
  TextRange,
  VariableDefinition,
} from "../stages.ts";
import type { BlockContent } from "./block.ts";

/** The same content so many lines further down; a negative number is further up. */
export function movedContent(content: BlockContent, by: number): BlockContent {
  if (content.kind === "response") return content;
  const problems = movedProblems(content.problems, by);
  if (content.kind === "loose")
    return {
      kind: "loose",
      directives: content.directives.map((directive) => movedDirective(directive, by)),
      variables: content.variables.map((variable) => movedVariable(variable, by)),
      problems,
    };
  const { request } = content;
  return {
    kind: "request",
    ofFile: content.ofFile.map((directive) => movedDirective(directive, by)),
    request: {
      name: request.name,
      directives: request.directives.map((directive) => movedDirective(directive, by)),
      variables: request.variables.map((variable) => movedVariable(variable, by)),
      method: moved(request.method, by),
      target: request.target.map((span) => moved(span, by)),
      headers: request.headers.map((header) => movedHeader(header, by)),
      body: request.body.map((part) => movedPart(part, by)),
    },
    problems,
  };
}

/** Problems so many lines further down. Their messages name no line. */
export function movedProblems(problems: readonly Problem[], by: number): readonly Problem[] {
  return problems.map((problem) => ({ ...problem, range: movedRange(problem.range, by) }));
}

/** A range so many lines further down. */
export function movedRange({ start, end }: TextRange, by: number): TextRange {
  return {
    start: { line: start.line + by, column: start.column },
    end: { line: end.line + by, column: end.column },
  };
}

function moved({ text, range }: Spanned, by: number): Spanned {
  return { text, range: movedRange(range, by) };
}

function movedDirective({ key, value }: Directive, by: number): Directive {
  return { key: moved(key, by), value: moved(value, by) };
}

function movedVariable({ name, value }: VariableDefinition, by: number): VariableDefinition {
  return { name: moved(name, by), value: moved(value, by) };
}

function movedHeader(header: HeaderLine, by: number): HeaderLine {
  return { ...header, name: moved(header.name, by), value: moved(header.value, by) };
}

function movedPart(part: BodyPart, by: number): BodyPart {
  return part.kind === "text"
    ? { kind: "text", text: moved(part.text, by) }
    : { kind: "file", path: moved(part.path, by) };
}
