import type { CredentialCache } from "../../identity/credentialCache.ts";
import { readAwsFiles } from "../../identity/files/awsFiles.ts";
import { type ProfileOverview, profileOverviews } from "../../identity/profileOverview.ts";
import { identityEffects, type Machine } from "../../machine.ts";

/** What the list of profiles depends on beside the files. */
export interface PickableContext {
  readonly cache: CredentialCache;
  /** Whether container and instance metadata may be asked. */
  readonly machineCredentials: boolean;
}

/**
 * The profiles of the AWS files, with what is known of them. Files are read; nothing is run, asked or contacted.
 * @param folders workspace folders: AWS files inside them are not believed
 * @throws UserError for files that cannot be read or parsed
 */
export async function pickableProfiles(
  machine: Machine,
  folders: readonly string[],
  { cache, machineCredentials: metadata }: PickableContext,
): Promise<readonly ProfileOverview[]> {
  const effects = identityEffects(machine, new AbortController().signal, {
    cache,
    metadata,
    proxyFor: () => null,
  });
  const files = await readAwsFiles(effects, folders);
  return profileOverviews(files, { env: machine.env, metadata, cache, now: effects.now() });
}
