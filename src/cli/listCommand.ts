import { inertLine } from "../guard/terminalText.ts";
import { parseRequestFile } from "../request/parse.ts";
import { nobodysTrip, redactorOf } from "../shown/tripRedactor.ts";
import type { RequestBlock } from "../stages.ts";
import type { Command } from "./command.ts";
import { problemEntry } from "./document.ts";
import { exitCodes } from "./exitCode.ts";
import { outputStyle, write, writeJson, writeProblems } from "./output.ts";
import { readRequestSource } from "./requestSource.ts";
import type { Surroundings } from "./surroundings.ts";

/** `awsreq list`: the requests of a file as they are written, variables unexpanded. Returns the exit code. */
export async function listCommand(
  args: Extract<Command, { command: "list" }>,
  surroundings: Surroundings,
): Promise<number> {
  const source = await readRequestSource(args.file, surroundings);
  const { requests, problems } = parseRequestFile(source.text);
  const hasError = problems.some(({ severity }) => severity === "error");
  if (args.json) {
    const document = {
      version: 1,
      file: args.file,
      problems: problems.map(problemEntry),
      error: null,
      requests: requests.map(listEntry),
    };
    await writeJson(surroundings, document);
  } else {
    await writeProblems(surroundings, source.fileName, problems);
    const style = outputStyle(surroundings);
    const lines = requests.map((request) => {
      const { name, line, title, method, url } = listEntry(request);
      const called = name ?? "";
      return `${style.dim(String(line).padStart(4))}  ${style.heading(inertLine(called.padEnd(16)))} ${inertLine(`${method} ${url}`)}${title === "" ? "" : style.dim(inertLine(`   ${title}`))}`;
    });
    await write(surroundings.stdout, lines.map((line) => `${line}\n`).join(""));
  }
  return hasError ? exitCodes.usage : exitCodes.good;
}

function listEntry({ name, title, method, target }: RequestBlock) {
  const redactor = redactorOf(nobodysTrip);
  return {
    name,
    line: method.range.start.line + 1,
    title: redactor.text(title),
    method: method.text,
    url: redactor.text(target.map(({ text }) => text).join("")),
  };
}
