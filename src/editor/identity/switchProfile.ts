import * as vscode from "vscode";
import { placeOfDocument } from "../documentPlace.ts";
import { settingsFor } from "../settings.ts";
import type { TripRunner } from "../trips/loadRunner.ts";
import { machineName } from "./machineName.ts";
import type { Picks } from "./picks.ts";
import { localItem, type Profile, type ProfileItem, profileItem } from "./profileItems.ts";

/** What stands below the profiles. */
type Action = "unpick" | "editConfig" | "editCredentials" | "refresh" | "whoAmI";

interface ActionItem extends vscode.QuickPickItem {
  readonly action: Action;
}

type Item = ProfileItem | ActionItem | (vscode.QuickPickItem & { readonly kind: vscode.QuickPickItemKind });

/** What picking a profile works with. */
export interface SwitchDeps {
  readonly picks: Picks;
  readonly runner: TripRunner;
  /** Tells who signs; behind the list's last line. */
  readonly whoAmI: () => Promise<void>;
}

/** Lets the person pick the profile of a folder: for this session, or for the folder from now on. */
export async function switchProfile(document: vscode.TextDocument | null, deps: SwitchDeps): Promise<void> {
  const { picks, runner } = deps;
  const folder = folderOf(document);
  const picked = await vscode.window.showQuickPick(
    itemsOf(await profilesOf(runner, document), folder, picks),
    {
      title: vscode.l10n.t("AWS Profile on {0}", machineName()),
      placeHolder: vscode.l10n.t("A request's own # @profile is beaten for this session only."),
      matchOnDescription: true,
      matchOnDetail: true,
    },
  );
  if (picked === undefined) return;
  if ("action" in picked) return act(picked.action, document, folder, deps);
  if (!("profile" in picked)) return;
  const reach = await pickReach(picked.profile, folder);
  if (reach === undefined) return;
  runner.cache.clear();
  await picks.pickProfile(folder, picked.profile, reach);
}

/** The profiles of this machine's AWS files. */
export function profilesOf(
  runner: TripRunner,
  document: vscode.TextDocument | null,
): Promise<readonly Profile[]> {
  const folders = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);
  const { machineCredentials } = settingsFor(document?.uri);
  return runner.pickableProfiles(runner.thisMachine(), folders, { cache: runner.cache, machineCredentials });
}

function folderOf(document: vscode.TextDocument | null): string {
  if (document !== null) return placeOfDocument(document).folder;
  return vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? "";
}

function itemsOf(profiles: readonly Profile[], folder: string, picks: Picks): readonly Item[] {
  const current = picks.sessionProfile(folder) ?? picks.folderProfile(folder);
  const noteOf = (name: string) => (name === current?.value ? current.source : null);
  return [
    ...profiles.map((profile) => profileItem(profile, noteOf(profile.name))),
    localItem(noteOf("awsreq-local")),
    { label: "", kind: vscode.QuickPickItemKind.Separator },
    ...(current === undefined
      ? []
      : [actionItem("unpick", "discard", vscode.l10n.t("Take the Pick Back"), current.value)]),
    actionItem("whoAmI", "person", vscode.l10n.t("Who Am I"), vscode.l10n.t("asks AWS")),
    actionItem("editConfig", "edit", vscode.l10n.t("Edit the Config File")),
    actionItem("editCredentials", "edit", vscode.l10n.t("Edit the Credentials File")),
    actionItem(
      "refresh",
      "refresh",
      vscode.l10n.t("Refresh"),
      vscode.l10n.t("forgets the credentials in memory"),
    ),
  ];
}

function actionItem(action: Action, icon: string, text: string, description = ""): ActionItem {
  return { action, label: `$(${icon}) ${text}`, description, alwaysShow: true };
}

async function act(
  action: Action,
  document: vscode.TextDocument | null,
  folder: string,
  deps: SwitchDeps,
): Promise<void> {
  const { picks, runner, whoAmI } = deps;
  switch (action) {
    case "unpick":
      runner.cache.clear();
      return picks.unpickProfile(folder);
    case "whoAmI":
      return whoAmI();
    case "refresh":
      runner.cache.clear();
      return switchProfile(document, deps);
    case "editConfig":
    case "editCredentials":
      return editAwsFile(action === "editConfig" ? "config" : "credentials", runner);
  }
}

/** Opens one of the two files; one that is not there yet as a new file at its place. */
async function editAwsFile(kind: "config" | "credentials", runner: TripRunner): Promise<void> {
  const path = runner.awsFilePath(kind, runner.thisMachine());
  if (path === null) {
    void vscode.window.showErrorMessage(
      vscode.l10n.t("There is no home directory (HOME is not set), so there are no AWS files."),
    );
    return;
  }
  const uri = vscode.Uri.file(path);
  const isThere = await vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
  const document = await vscode.workspace.openTextDocument(isThere ? uri : uri.with({ scheme: "untitled" }));
  await vscode.window.showTextDocument(document);
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
