import type { FolderVoices } from "../identity/choice/folderVoices.ts";
import type { UnsaidAuth } from "../signing/authMode.ts";
import type { Sourced } from "../stages.ts";
import type { ApprovalChoices } from "./tripApproval.ts";

/** A profile that holds for a folder. `inWorkspace`: the folder's own settings name it, and not the person. */
export interface ConfiguredProfile extends Sourced<string> {
  readonly inWorkspace?: boolean;
}

/** What the person says beside the file: flags of the command line, picks in the editor. */
export interface TripChoices extends ApprovalChoices, UnsaidAuth {
  readonly profile: string | undefined;
  /** Picked in the editor, for as long as it runs or for one send: before `# @profile`. */
  readonly pickedProfile?: Sourced<string> | undefined;
  /** Picked for the folder or named by a setting: after `# @profile`. */
  readonly configuredProfile?: ConfiguredProfile | undefined;
  /** Named by a setting: after `# @region` and the host. */
  readonly configuredRegion?: Sourced<string> | undefined;
  /** What the folder's own `.env` and `samconfig.toml` say. */
  readonly folderVoices: FolderVoices;
  /** A role on top of the profile, in place of `# @role`. */
  readonly role: Sourced<string> | undefined;
  /** In place of `# @region`. */
  readonly region: Sourced<string> | undefined;
  readonly service: string | undefined;
  /** Sign as if it were then; `undefined` for now. */
  readonly at: Date | undefined;
  /** Seconds: presign in place of the request's own way of signing. */
  readonly presign: number | undefined;
  /** Further folders whose AWS files name no commands and no endpoints: those of the window, a repository around. */
  readonly workspaceFolders?: readonly string[];
  /** Whether the workspace is trusted. */
  readonly trusted: boolean;
  readonly allowPlainHttpHosts: readonly string[];
}
