import { UserError } from "../../errors.ts";
import type { ProfileKey } from "./profile.ts";

/**
 * A workspace may name keys and roles; it may not name a command to run, a token file or a place to send credentials.
 * @throws UserError `E_AWS_FILE_IN_WORKSPACE` when the key stands in a file inside the workspace
 */
export function refuseInWorkspace(profile: string, name: string, key: ProfileKey): void {
  if (!key.untrusted) return;
  throw new UserError({
    code: "E_AWS_FILE_IN_WORKSPACE",
    phase: "credentials",
    message: `Profile "${profile}" needs ${name} from ${key.place}, an AWS file inside the workspace, where it is never honoured.`,
    hint: "Move the profile to ~/.aws, or point AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE outside the workspace.",
  });
}
