import { UserError } from "../../errors.ts";
import { noFiles } from "../../identity/choice/signerChoice.ts";
import type { Machine } from "../../machine.ts";
import { previewTrip } from "../../trip/previewTrip.ts";
import { choicesOf, textContext } from "./editorChoices.ts";
import { environmentOf, folderVoicesOf } from "./folderFiles.ts";
import type { TripInput } from "./tripInput.ts";

/**
 * Zero-based lines of the requests of a buffer that nothing says to sign or not. The folder's own files are read, nothing
 * is asked; where they are wrong nothing is known.
 */
export async function undecidedLines(input: TripInput, machine: Machine): Promise<readonly number[]> {
  try {
    const { environment } = await environmentOf(input, machine);
    const around = {
      choices: choicesOf(input, await folderVoicesOf(input, machine)),
      context: textContext(input, environment, machine.env),
      env: machine.env,
      metadata: false,
      // Whether a request is signed does not hang on who signs it.
      readConfig: async () => noFiles,
    };
    const { file } = input;
    const lines: number[] = [];
    for (const block of file.requests) {
      const { error } = await previewTrip(file, block, around);
      if (error?.code === "E_AUTH_UNDECIDED") lines.push(block.method.range.start.line);
    }
    return lines;
  } catch (error) {
    if (error instanceof UserError) return [];
    throw error;
  }
}
