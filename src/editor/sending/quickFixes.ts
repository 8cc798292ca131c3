import type { RequestBlock, RequestFile, TextEdit } from "../../stages.ts";

/** Edits that mend a request, or every request of its kind in the file. */
export interface QuickFix {
  readonly title: string;
  readonly edits: readonly TextEdit[];
}

/** A request that was stopped, and what stands around it. */
export interface StoppedRequest {
  readonly file: Pick<RequestFile, "requests">;
  readonly block: RequestBlock;
  /** Those of the file that nothing decides. */
  readonly undecided: readonly RequestBlock[];
}

/** What would mend a request that was stopped with this code; empty where nobody can know. */
export function quickFixesFor(code: string, stopped: StoppedRequest): readonly QuickFix[] {
  switch (code) {
    case "E_AUTH_UNDECIDED":
      return undecidedFixes(stopped);
    case "E_AUTH_TWICE":
      return twiceFixes(stopped.block);
    default:
      return [];
  }
}

function undecidedFixes(stopped: StoppedRequest): readonly QuickFix[] {
  const { file, block } = stopped;
  const here = [
    { title: "Sign it for API Gateway: # @service execute-api", line: "# @service execute-api" },
    { title: "Sign it for a Lambda function URL: # @service lambda", line: "# @service lambda" },
    { title: "Send it unsigned: # @auth none", line: "# @auth none" },
  ].map(({ title, line }) => ({ title, edits: [lineAbove(block, line)] }));
  if (file.requests.length < 2) return here;
  return [
    ...here,
    { title: "Send all such requests of this file unsigned: # @auth none", edits: forFile(stopped, "none") },
    { title: "Sign all such requests of this file: # @auth iam", edits: forFile(stopped, "iam") },
  ];
}

/** One line for the file where it changes nothing that was decided; else one above each request that it is about. */
function forFile({ file, block, undecided }: StoppedRequest, word: "iam" | "none"): readonly TextEdit[] {
  const about = undecided.includes(block) ? undecided : [block, ...undecided];
  const line = `# @auth ${word}`;
  const isDecided = (request: RequestBlock): boolean =>
    !about.includes(request) && authDirective(request) === undefined;
  if (file.requests.some(isDecided)) return about.map((request) => lineAbove(request, line));
  const top = { line: 0, column: 0 };
  return [{ range: { start: top, end: top }, text: `${line}\n\n` }];
}

function twiceFixes(block: RequestBlock): readonly QuickFix[] {
  const typed = block.headers.filter(({ name }) => name.text.toLowerCase() === "authorization");
  const said = authDirective(block);
  const unsigned =
    said === undefined ? lineAbove(block, "# @auth none") : { range: said.value.range, text: "none" };
  const what = typed.length === 0 ? "it" : "the Authorization header";
  const asTyped = { title: `Send ${what} as typed: # @auth none`, edits: [unsigned] };
  if (typed.length === 0) return [asTyped];
  const edits = typed.map(({ name }) => withoutLine(name.range.start.line));
  return [asTyped, { title: "Sign it: delete the Authorization header", edits }];
}

function authDirective({ directives }: RequestBlock) {
  return directives.findLast(({ key }) => key.text === "auth");
}

function lineAbove({ method }: RequestBlock, text: string): TextEdit {
  const place = { line: method.range.start.line, column: 0 };
  return { range: { start: place, end: place }, text: `${text}\n` };
}

function withoutLine(line: number): TextEdit {
  return { range: { start: { line, column: 0 }, end: { line: line + 1, column: 0 } }, text: "" };
}
