import * as vscode from "vscode";
import type { RequestFile } from "../../stages.ts";
import type { ClockOffset } from "../doctor/clockOffset.ts";
import { type DocumentPlace, placeOfDocument } from "../documentPlace.ts";
import type { Picks } from "../identity/picks.ts";
import type { ParsedDocuments } from "../language/parsedDocuments.ts";
import type { RequestTarget } from "../requestTarget.ts";
import { settingsFor } from "../settings.ts";
import type { SendAs, TripInput } from "../trips/tripInput.ts";

/** What a trip is told beside the document. */
export interface TripInputDeps {
  readonly picks: Picks;
  readonly clock: Pick<ClockOffset, "value">;
  /** Absolute path of a folder for large bodies. */
  readonly storageDirectory: string;
}

/** Everything that the editor knows about a send of this request. */
export function tripInputOf(
  { document, block }: RequestTarget,
  deps: TripInputDeps & { readonly parsed: ParsedDocuments },
  sendAs: SendAs | null = null,
): TripInput {
  const line = block.method.range.start.line;
  return {
    ...inputAround(document, deps),
    text: document.getText(),
    file: deps.parsed.of(document),
    line,
    sendAs,
  };
}

const noFile: RequestFile = { preamble: { directives: [], variables: [] }, requests: [], problems: [] };

/** The same but for the text: what holds for each of its requests. */
export function inputAround(document: vscode.TextDocument, deps: TripInputDeps): TripInput {
  return inputIn(placeOfDocument(document), document.uri, deps);
}

/** The same for a folder, where no request says anything. */
export function folderInput(deps: TripInputDeps): TripInput {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const path = folder?.fsPath ?? "";
  return inputIn({ fileName: "awsreq", directory: path, folder: path, sendsAsTyped: false }, folder, deps);
}

function inputIn(
  place: DocumentPlace,
  scope: vscode.Uri | undefined,
  { picks, clock, storageDirectory }: TripInputDeps,
): TripInput {
  const settings = settingsFor(scope);
  return {
    ...place,
    text: "",
    file: noFile,
    line: 0,
    sendAs: null,
    workspaceFolders: (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath),
    trusted: vscode.workspace.isTrusted,
    environment: picks.environment(place.folder),
    pickedProfile: picks.sessionProfile(place.folder),
    configuredProfile: picks.folderProfile(place.folder) ?? settings.profile,
    configuredRegion: settings.region,
    protectedProfiles: settings.protectedProfiles,
    machineCredentials: settings.machineCredentials,
    allowPlainHttpHosts: settings.allowPlainHttpHosts,
    allowedProcessEnv: settings.allowedProcessEnv,
    timeout: settings.timeout,
    clockOffset: clock.value(),
    storageDirectory,
  };
}
