/** .NET's char.IsWhiteSpace, which the runner trims by. */
const blanksBefore = /^[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/;

const registered = new Set(
  "stop-commands set-env set-output save-state add-path add-mask add-matcher remove-matcher warning error notice debug group endgroup echo internal-set-repo-path".split(
    " ",
  ),
);

/**
 * The commands that a runner of GitHub Actions would obey in the lines of a log, by its own two ways of reading a line.
 * @see https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
 * @see https://github.com/actions/runner/blob/main/src/Runner.Worker/ActionCommandManager.cs
 */
export function commandsIn(log: string | Uint8Array): readonly string[] {
  const obeyed: string[] = [];
  let token: string | null = null;
  for (const line of Buffer.from(log)
    .toString("utf8")
    .split(/\r\n|\r|\n/)) {
    const command = commandOf(line, token);
    if (command === null) continue;
    if (token !== null) {
      if (command.name === token) token = null;
    } else if (command.name === "stop-commands") token = command.data.toLowerCase();
    else obeyed.push(line);
  }
  if (token !== null) obeyed.push("the commands of the rest of the step are stopped");
  return obeyed;
}

interface ActionCommand {
  readonly name: string;
  readonly data: string;
}

function commandOf(line: string, token: string | null): ActionCommand | null {
  const known = (command: ActionCommand | null) =>
    command !== null && (registered.has(command.name) || command.name === token) ? command : null;
  return known(secondForm(line.replace(blanksBefore, ""))) ?? known(firstForm(line));
}

function secondForm(line: string): ActionCommand | null {
  const end = line.indexOf("::", 2);
  if (!line.startsWith("::") || end === -1) return null;
  return { name: nameOf(line.slice(2, end)), data: line.slice(end + 2) };
}

function firstForm(line: string): ActionCommand | null {
  const start = line.indexOf("##[");
  const end = line.indexOf("]", start);
  if (start === -1 || end === -1) return null;
  return { name: nameOf(line.slice(start + 3, end)), data: line.slice(end + 1) };
}

function nameOf(info: string): string {
  return (info.split(" ")[0] ?? "").toLowerCase();
}
