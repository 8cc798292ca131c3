import childProcess, { ChildProcess } from "node:child_process";
import dgram from "node:dgram";
import dns from "node:dns";
import fs from "node:fs";
import { Socket } from "node:net";
import { resolve } from "node:path";

/** What something did to the world while the traps were set. */
export interface Trapped {
  readonly kind: "network" | "process" | "file";
  /** What was called with what, shortened. */
  readonly what: string;
  /** Who is among the callers. Where neither is, the call comes out of a callback, and may be anybody's. */
  readonly caller: "extension" | "editor" | "unknown";
}

/** Functions of this very process that are watched. */
export interface Traps {
  readonly trapped: readonly Trapped[];
  /** Those of one kind: of anybody, or of anybody but the editor itself, which looks for open ports by `ps`. */
  of(kind: Trapped["kind"], whose: "anybody" | "notTheEditor"): readonly string[];
  /** Takes them away. */
  lift(): void;
}

const namesOf = (target: object, pattern: RegExp): readonly string[] =>
  Object.keys(target).filter((name) => pattern.test(name) && typeof Reflect.get(target, name) === "function");

const reading = /^(?:readFile|open|openAsBlob|createReadStream|copyFile|cp|readlink|readv?|mmap)(?:Sync)?$/;

/**
 * Watches connections, look-ups, datagrams, processes, and reads of the files whose paths match. The extension calls these
 * functions in the process of the tests, whichever of its bundles it does so from.
 * @param extension folder of the extension under test
 */
export function setTraps(extension: string, isWatched: (path: string) => boolean): Traps {
  const trapped: Trapped[] = [];
  const lifts: (() => void)[] = [];
  const watch = (target: object, name: string, kind: Trapped["kind"]): void => {
    const original: unknown = Reflect.get(target, name);
    if (typeof original !== "function") throw new Error(`There is no ${name} to be watched.`);
    const watched = function (this: unknown, ...args: unknown[]): unknown {
      if (kind !== "file" || isWatched(pathOf(args[0])))
        trapped.push({ kind, what: `${name} ${shortened(args)}`, caller: callerIn(extension) });
      return Reflect.apply(original, this, args);
    };
    // `util.promisify` finds its own form of a function here.
    for (const key of Reflect.ownKeys(original))
      if (typeof key === "symbol") Reflect.set(watched, key, Reflect.get(original, key));
    Reflect.set(target, name, watched);
    lifts.push(() => void Reflect.set(target, name, original));
  };
  watch(Socket.prototype, "connect", "network");
  watch(dgram.Socket.prototype, "send", "network");
  for (const target of [dns, dns.promises])
    for (const name of namesOf(target, /^(?:lookup|resolve|reverse)/)) watch(target, name, "network");
  watch(ChildProcess.prototype, "spawn", "process");
  for (const name of namesOf(childProcess, /Sync$/)) watch(childProcess, name, "process");
  for (const target of [fs, fs.promises])
    for (const name of namesOf(target, reading)) watch(target, name, "file");
  return {
    trapped,
    of: (kind, whose) =>
      trapped
        .filter((one) => one.kind === kind && (whose === "anybody" || one.caller !== "editor"))
        .map(({ what }) => what),
    lift() {
      for (const lift of lifts.splice(0)) lift();
    },
  };
}

function pathOf(argument: unknown): string {
  if (argument instanceof URL) return argument.pathname;
  if (Buffer.isBuffer(argument)) return argument.toString();
  return typeof argument === "string" ? resolve(argument) : "";
}

function shortened(args: readonly unknown[]): string {
  const [first] = args;
  const shown =
    typeof first === "string"
      ? first
      : JSON.stringify(first, (_, value) =>
          typeof value === "object" || typeof value === "string" || typeof value === "number"
            ? value
            : undefined,
        );
  return (shown ?? "").slice(0, 200);
}

function callerIn(folder: string): Trapped["caller"] {
  const usual = Error.stackTraceLimit;
  Error.stackTraceLimit = 100;
  const { stack = "" } = new Error("trap");
  Error.stackTraceLimit = usual;
  if (stack.includes(`${folder}/dist/`)) return "extension";
  return /[/\\]extensionHostProcess\.js/.test(stack) ? "editor" : "unknown";
}
