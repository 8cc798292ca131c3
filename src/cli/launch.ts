import { askedAtOnce } from "./askedAtOnce.ts";
import { helpText, versionText } from "./help.ts";
import { loadProgram } from "./program.ts";

/** What takes no program: it is run where that cannot be written, and says so. */
const answers = { help: helpText, version: `${versionText}\n` } as const;

/** The file that `awsreq` runs. */
function launch(): void {
  const asked = askedAtOnce(process.argv.slice(2));
  if (asked === null) return void loadProgram().main();
  process.stdout.once("error", () => undefined);
  process.stdout.write(answers[asked], (error) => (error == null ? undefined : loadProgram().main()));
}

launch();
