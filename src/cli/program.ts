import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Script } from "node:vm";

/** What main.js gives: both run until the process, or the thread, has done its work. */
export interface Program {
  /** Runs the command line of this process. */
  main(): Promise<void>;
  /** Runs what the main thread has handed to this one. */
  work(): Promise<void>;
}

type Wrapped = (
  exports: unknown,
  require: NodeJS.Require,
  module: { exports: unknown },
  filename: string,
  dirname: string,
) => void;

/**
 * The program: main.js beside this file, compiled from V8's cache where the build left one for this very Node. Compiling
 * would be a third of the time that a command takes. A cache that is missing, or of another version, is no matter: V8
 * sees that and compiles.
 */
export function loadProgram(): Program {
  const filename = join(__dirname, "main.js");
  const cache = join(__dirname, "main.cache");
  // The build wraps main.js into a function expression of this shape.
  const script = new Script(readFileSync(filename, "latin1"), {
    filename,
    ...(existsSync(cache) ? { cachedData: readFileSync(cache) } : {}),
  });
  const loaded = { exports: {} };
  (script.runInThisContext() as Wrapped)(loaded.exports, require, loaded, filename, __dirname);
  return loaded.exports as Program;
}
