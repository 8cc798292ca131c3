import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Script } from "node:vm";
import { askedAtOnce } from "./askedAtOnce.ts";
import { helpText, versionText } from "./help.ts";

/**
 * The file that `awsreq` runs: the program itself is main.js beside it, compiled from V8's cache where the build left
 * one for this very Node. Compiling would be a third of the time that a command takes. A cache that is missing, or of
 * another version, is no matter: V8 sees that and compiles.
 */
type Program = (
  exports: unknown,
  require: NodeJS.Require,
  module: NodeJS.Module,
  filename: string,
  dirname: string,
) => void;

const filename = join(__dirname, "main.js");
const cache = join(__dirname, "main.cache");

function runProgram(): void {
  // The build wraps main.js into a function expression of this shape.
  const script = new Script(readFileSync(filename, "latin1"), {
    filename,
    ...(existsSync(cache) ? { cachedData: readFileSync(cache) } : {}),
  });
  const program = script.runInThisContext() as Program;
  program(module.exports, require, module, filename, __dirname);
}

/** What takes no program: it is run where that cannot be written, and says so. */
const answers = { help: helpText, version: `${versionText}\n` } as const;
const asked = askedAtOnce(process.argv.slice(2));
if (asked === null) runProgram();
else {
  process.stdout.once("error", () => undefined);
  process.stdout.write(answers[asked], (error) => (error == null ? undefined : runProgram()));
}
