import { parseArgs } from "node:util";
import { UserError } from "../errors.ts";
import { nearestName } from "../request/nearestName.ts";
import type { RequestSelector } from "../request/selectRequest.ts";
import { askedAtOnce } from "./askedAtOnce.ts";
import type { Command, TripArguments } from "./command.ts";
import {
  parseAuth,
  parseDate,
  parseDuration,
  parseOffset,
  parsePort,
  parseSeconds,
  parseVariable,
} from "./values.ts";

const text = { type: "string" } as const;
const flag = { type: "boolean" } as const;

const tripOptions = {
  request: text,
  line: text,
  all: flag,
  profile: text,
  role: text,
  region: text,
  service: text,
  auth: text,
  "mfa-code": text,
  env: text,
  var: { type: "string", multiple: true },
  approve: { type: "string", multiple: true },
  json: flag,
} as const;

const options = {
  send: {
    ...tripOptions,
    timeout: text,
    output: text,
    confirm: flag,
    include: flag,
    verbose: flag,
    "run-checks": flag,
    "clock-offset": text,
  },
  explain: { ...tripOptions, timeout: text, at: text, presign: text },
  whoami: tripOptions,
  diagnose: { json: flag, profile: text, "mfa-code": text },
  list: { json: flag },
  approvals: { json: flag, all: flag },
  endpoint: { port: text, policy: text },
} as const;

type CommandName = keyof typeof options;

/**
 * Reads a command line.
 * @param argv without the executable and the script
 * @throws UserError phase "usage"
 */
export function parseArguments(argv: readonly string[]): Command {
  const [first = "", ...rest] = argv;
  const asked = askedAtOnce(argv);
  if (asked !== null) return { command: asked };
  if (!isCommand(first)) throw unknownCommand(first);
  if (rest.includes("--help") || rest.includes("-h")) return { command: "help" };
  return commands[first](rest);
}

/** The file that a command line which cannot be read is about, as far as one can tell; "" when it names none. */
export function fileOf([command = "", ...args]: readonly string[]): string {
  const known = isCommand(command) ? options[command] : { ...options.send, ...options.explain };
  return parseArgs({ args, options: known, allowPositionals: true, strict: false }).positionals[0] ?? "";
}

const commands: Readonly<Record<CommandName, (args: readonly string[]) => Command>> = {
  send: sendCommand,
  explain: explainCommand,
  whoami(args) {
    const { values, positionals } = read("whoami", options.whoami, args);
    const common = commonArguments(values);
    if (positionals.length === 0) return { command: "whoami", ...common };
    return { command: "whoami", ...common, file: oneFile("whoami", positionals) };
  },
  diagnose(args) {
    const { values, positionals } = read("diagnose", options.diagnose, args);
    const file = positionals.length === 0 ? "-" : oneFile("diagnose", positionals);
    const { profile, "mfa-code": mfaCode } = values;
    return {
      command: "diagnose",
      file,
      json: values.json ?? false,
      ...(profile === undefined ? {} : { profile }),
      ...(mfaCode === undefined ? {} : { mfaCode }),
    };
  },
  list(args) {
    const { values, positionals } = read("list", options.list, args);
    return { command: "list", file: oneFile("list", positionals), json: values.json ?? false };
  },
  approvals: approvalsCommand,
  endpoint(args) {
    const { values, positionals } = read("endpoint", options.endpoint, args);
    if (positionals.length > 0)
      throw usage(`awsreq endpoint takes no file, but was given "${positionals[0]}".`);
    return {
      command: "endpoint",
      ...(values.port === undefined ? {} : { port: parsePort(values.port) }),
      ...(values.policy === undefined ? {} : { policy: values.policy }),
    };
  },
};

function sendCommand(args: readonly string[]): Command {
  const { values, positionals } = read("send", options.send, args);
  return {
    command: "send",
    ...tripArguments("send", values, positionals),
    ...(values.timeout === undefined ? {} : { timeout: parseDuration(values.timeout) }),
    ...(values["clock-offset"] === undefined ? {} : { clockOffset: parseOffset(values["clock-offset"]) }),
    ...(values.output === undefined ? {} : { output: values.output }),
    confirm: values.confirm ?? false,
    include: values.include ?? false,
    verbose: values.verbose ?? false,
    runChecks: values["run-checks"] ?? false,
  };
}

function explainCommand(args: readonly string[]): Command {
  const { values, positionals } = read("explain", options.explain, args);
  return {
    command: "explain",
    ...tripArguments("explain", values, positionals),
    ...(values.at === undefined ? {} : { at: parseDate(values.at) }),
    ...(values.presign === undefined ? {} : { presign: parseSeconds(values.presign) }),
  };
}

function approvalsCommand(args: readonly string[]): Command {
  const { values, positionals } = read("approvals", options.approvals, args);
  const [action = "list", ...ids] = positionals;
  const { json = false, all = false } = values;
  if (action !== "list" && action !== "forget")
    throw usage(`awsreq approvals has no "${action}".`, "awsreq approvals list, or forget ID…");
  const given = action === "forget" ? ids.length > 0 !== all : ids.length === 0 && !all;
  if (!given)
    throw usage(
      action === "list"
        ? "awsreq approvals list takes no names."
        : "awsreq approvals forget needs names, or --all.",
      "awsreq approvals list shows what each approval is called.",
    );
  return { command: "approvals", action, ids, all, json };
}

type TripValues = ReturnType<typeof read<typeof tripOptions>>["values"];

function tripArguments(
  command: CommandName,
  values: TripValues,
  positionals: readonly string[],
): TripArguments {
  return { file: oneFile(command, positionals), ...commonArguments(values) };
}

function commonArguments(values: TripValues): Omit<TripArguments, "file"> {
  const { auth } = values;
  if (auth === "none" && values.service !== undefined)
    throw usage("--auth none and --service exclude one another.", "Give one of them.");
  return {
    selector: selectorOf(values),
    ...(values.profile === undefined ? {} : { profile: values.profile }),
    ...(values.role === undefined ? {} : { role: values.role }),
    ...(values.region === undefined ? {} : { region: values.region }),
    ...(values["mfa-code"] === undefined ? {} : { mfaCode: values["mfa-code"] }),
    ...(values.service === undefined ? {} : { service: values.service }),
    ...(auth === undefined ? {} : { auth: parseAuth(auth) }),
    ...(values.env === undefined ? {} : { environment: values.env }),
    variables: new Map((values.var ?? []).map(parseVariable)),
    approve: values.approve ?? [],
    json: values.json ?? false,
  };
}

function selectorOf(values: Pick<TripValues, "request" | "line" | "all">): RequestSelector {
  const given = [values.request, values.line, values.all].filter((value) => value !== undefined);
  if (given.length > 1) throw usage("--request, --line and --all exclude one another.", "Give one of them.");
  if (values.request !== undefined) return { name: values.request };
  if (values.all === true) return { all: true };
  if (values.line === undefined) return {};
  const line = Number(values.line);
  if (!Number.isInteger(line) || line < 1)
    throw usage(`--line takes a line number from 1, not "${values.line}".`);
  return { line };
}

function oneFile(command: CommandName, positionals: readonly string[]): string {
  const [file, second] = positionals;
  if (file === undefined) {
    throw usage(`awsreq ${command} needs a request file.`, `For example: awsreq ${command} pets.awsreq`);
  }
  if (second !== undefined)
    throw usage(`awsreq ${command} takes one file, but was given "${file}" and "${second}".`);
  return file;
}

function read<Options extends Record<string, { type: "string" | "boolean"; multiple?: boolean }>>(
  command: CommandName,
  known: Options,
  args: readonly string[],
) {
  try {
    return parseArgs({ args: [...args], options: known, allowPositionals: true, strict: true });
  } catch (error) {
    throw unreadable(command, Object.keys(known), error);
  }
}

/** parseArgs names the offending option in quotes; its own advice about `--` would only confuse here. */
function unreadable(command: CommandName, known: readonly string[], error: unknown): UserError {
  const message = error instanceof Error ? error.message : String(error);
  const name = /Unknown option '(--?[^'=]+)/.exec(message)?.[1];
  if (name === undefined) return unreadableValue(message);
  const nearest = nearestName(name.replace(/^-+/, ""), known);
  const hint =
    nearest === null ? `awsreq --help lists the options of ${command}.` : `Did you mean --${nearest}?`;
  return usage(`awsreq ${command} has no option ${name}.`, hint);
}

/** An option that is known, with a value that is missing, ambiguous or too much. */
function unreadableValue(message: string): UserError {
  const name = /'(?:-\w, )?(--[\w-]+)/.exec(message)?.[1] ?? "An option";
  if (message.includes("does not take an argument")) return usage(`${name} takes no value.`);
  if (message.includes("ambiguous"))
    return usage(
      `${name} needs a value.`,
      `A value that begins with - is joined: ${name}=-x. See awsreq --help.`,
    );
  return usage(`${name} needs a value.`);
}

function isCommand(name: string): name is CommandName {
  return Object.hasOwn(options, name);
}

function unknownCommand(name: string): UserError {
  const nearest = nearestName(name, Object.keys(options));
  const hint = nearest === null ? "awsreq --help lists the commands." : `Did you mean awsreq ${nearest}?`;
  return usage(`There is no command "${name}".`, hint);
}

function usage(message: string, hint = "awsreq --help shows what can be given."): UserError {
  return new UserError({ code: "E_USAGE", phase: "usage", message, hint });
}
