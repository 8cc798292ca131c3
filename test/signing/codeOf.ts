import { UserError } from "../../src/errors.ts";

/** The code of the UserError that a function throws, or "no error". */
export function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof UserError) return error.code;
    throw error;
  }
  return "no error";
}
