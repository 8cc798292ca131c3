import { version } from "../../../package.json";
import { processEnvRefusal } from "../../guard/processEnvPolicy.ts";
import type { FolderVoices } from "../../identity/choice/folderVoices.ts";
import type { ResolveContext } from "../../request/resolve.ts";
import type { TripChoices } from "../../trip/tripChoices.ts";
import type { SendAs, TripInput } from "./tripInput.ts";

/** What the editor says beside the file. */
export function choicesOf(input: TripInput, folderVoices: FolderVoices): TripChoices {
  const { folder, workspaceFolders, fileName, trusted, allowPlainHttpHosts, sendAs } = input;
  const once = (kind: SendAs["kind"]) =>
    sendAs?.kind === kind ? { value: sendAs.value, source: "Send As" } : undefined;
  return {
    mode: "editor",
    profile: undefined,
    service: undefined,
    sendsAsTyped: input.sendsAsTyped,
    presign: undefined,
    at: undefined,
    pickedProfile: once("profile") ?? input.pickedProfile,
    role: once("role"),
    region: once("region"),
    configuredProfile: input.configuredProfile,
    configuredRegion: input.configuredRegion,
    granted: [],
    protectedProfiles: input.protectedProfiles,
    trusted,
    folder,
    workspaceFolders,
    fileName,
    folderVoices,
    allowPlainHttpHosts,
  };
}

/** What the text of requests is resolved with in the editor, but for what is new each time or is asked about. */
export function textContext(
  input: Pick<TripInput, "fileName" | "directory" | "allowedProcessEnv">,
  environment: ResolveContext["environment"],
  env: Readonly<Record<string, string | undefined>>,
): Omit<ResolveContext, "willSign" | "now" | "randomBytes" | "readInclude"> {
  return {
    fileName: input.fileName,
    directory: input.directory,
    variables: new Map(),
    environment,
    version,
    utcOffset: (at) => -at.getTimezoneOffset(),
    processEnv: (name) => env[name],
    processEnvRefusal: (name) => processEnvRefusal(name, new Set(input.allowedProcessEnv)),
  };
}
