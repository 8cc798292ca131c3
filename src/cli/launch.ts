import { loadProgram } from "./program.ts";

/** The file that `awsreq` runs. */
void loadProgram().main();
