import * as vscode from "vscode";
import { placeOfDocument } from "../documentPlace.ts";
import type { TripRunner } from "../trips/loadRunner.ts";
import type { Picks } from "./picks.ts";

type Profiles = Awaited<ReturnType<TripRunner["pickableProfiles"]>>;

interface ProfileItem extends vscode.QuickPickItem {
  /** Null for the item that takes the picks back. */
  readonly profile: string | null;
}

/** Lets the person pick the profile of a folder: for this session, or for the folder from now on. */
export async function switchProfile(
  document: vscode.TextDocument | null,
  picks: Picks,
  runner: TripRunner,
): Promise<void> {
  const folder = folderOf(document);
  const folders = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);
  const profiles = await runner.pickableProfiles(runner.thisMachine(), folders);
  const picked = await vscode.window.showQuickPick(profileItems(profiles, folder, picks), {
    title: vscode.l10n.t("AWS Profile"),
    placeHolder: vscode.l10n.t(
      "Profiles of this machine. A request's own # @profile is beaten for this session only.",
    ),
    matchOnDescription: true,
  });
  if (picked === undefined) return;
  if (picked.profile === null) return picks.unpickProfile(folder);
  const reach = await pickReach(picked.profile, folder);
  if (reach !== undefined) await picks.pickProfile(folder, picked.profile, reach);
}

function folderOf(document: vscode.TextDocument | null): string {
  if (document !== null) return placeOfDocument(document).folder;
  return vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? "";
}

function profileItems(profiles: Profiles, folder: string, picks: Picks): readonly ProfileItem[] {
  const current = picks.sessionProfile(folder) ?? picks.folderProfile(folder);
  const listed = profiles.map(({ name, kind, place }) => ({
    profile: name,
    label: `$(account) ${name}`,
    description: kind ?? vscode.l10n.t("gives no credentials"),
    detail: name === current?.value ? `${place} — ${current.source}` : place,
  }));
  const local = {
    profile: "awsreq-local",
    label: "$(server-process) awsreq-local",
    description: vscode.l10n.t("local endpoint"),
    detail: vscode.l10n.t("built in; its keys are good for the local endpoint only"),
  };
  const clear = {
    profile: null,
    label: vscode.l10n.t("$(discard) Take the pick back"),
    description: current === undefined ? "" : `${current.value}, ${current.source}`,
  };
  return [...listed, local, ...(current === undefined ? [] : [clear])];
}

async function pickReach(profile: string, folder: string): Promise<"session" | "folder" | undefined> {
  const picked = await vscode.window.showQuickPick(
    [
      {
        reach: "folder" as const,
        label: vscode.l10n.t("Use {0} for this folder", profile),
        description: folder,
        detail: vscode.l10n.t("Kept on this machine. A request's own # @profile wins."),
      },
      {
        reach: "session" as const,
        label: vscode.l10n.t("Use {0} for this session", profile),
        detail: vscode.l10n.t("Until this window closes. Wins over # @profile."),
      },
    ],
    { title: vscode.l10n.t("Use {0}", profile) },
  );
  return picked?.reach;
}
