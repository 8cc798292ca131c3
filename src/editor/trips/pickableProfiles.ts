import { createCredentialCache } from "../../identity/credentialCache.ts";
import { readAwsFiles } from "../../identity/files/awsFiles.ts";
import { type ListedProfile, listProfiles } from "../../identity/files/listProfiles.ts";
import { identityEffects, type Machine } from "../../machine.ts";

/**
 * The profiles of the AWS files, with their kinds. Files are read; nothing is run, asked or contacted.
 * @param folders workspace folders: AWS files inside them are not believed
 * @throws UserError for files that cannot be read or parsed
 */
export async function pickableProfiles(
  machine: Machine,
  folders: readonly string[],
): Promise<readonly ListedProfile[]> {
  const effects = identityEffects(machine, new AbortController().signal, {
    cache: createCredentialCache(),
    metadata: false,
  });
  return listProfiles(await readAwsFiles(effects, folders));
}
