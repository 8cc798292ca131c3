import { loadProgram } from "./program.ts";

/** The file that a thread runs which the command has started for long work. */
void loadProgram().work();
