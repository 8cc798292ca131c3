import { UserError } from "../../errors.ts";
import type { FolderVoices } from "../../identity/choice/folderVoices.ts";
import type { AwsFiles } from "../../identity/files/awsFiles.ts";
import type { Environment } from "../../request/environments.ts";
import type { RequestBlock, RequestFile } from "../../stages.ts";
import { previewTrip, type TripPreview } from "../../trip/previewTrip.ts";
import { tripErrorOf } from "../../trip/trip.ts";
import { choicesOf, textContext } from "./editorChoices.ts";
import type { TripInput } from "./tripInput.ts";

/** What the files around a request file say. */
export interface Surroundings {
  readonly environment: Environment;
  readonly folderVoices: FolderVoices;
  /** What the AWS config file says, or why that cannot be understood. */
  readonly config: AwsFiles | UserError;
  /** What is wrong with the folder's own files, so that nothing is sent; else null. */
  readonly error: UserError | null;
}

/** What sending a request of a buffer will do, from what was read already: nothing is read, run or contacted here. */
export async function signerPreview(
  file: RequestFile,
  block: RequestBlock,
  input: TripInput,
  { environment, folderVoices, config, error }: Surroundings,
  env: Readonly<Record<string, string | undefined>>,
): Promise<TripPreview> {
  if (error !== null) return { auth: null, signer: null, error: tripErrorOf(error) };
  return previewTrip(file, block, {
    choices: choicesOf(input, folderVoices),
    context: textContext(input, environment, env),
    env,
    metadata: input.machineCredentials,
    async readConfig() {
      if (config instanceof UserError) throw config;
      return config;
    },
  });
}
