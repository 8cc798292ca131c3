import * as vscode from "vscode";
import type { RequestTarget } from "../requestTarget.ts";
import type { TripRunner } from "../trips/loadRunner.ts";
import type { SendAs } from "../trips/tripInput.ts";
import { localItem, profileItem } from "./profileItems.ts";
import { profilesOf } from "./switchProfile.ts";

/** Asks as whom, or for where, a request is to be sent once; undefined when the person calls it off. */
export async function askSendAs(target: RequestTarget, runner: TripRunner): Promise<SendAs | undefined> {
  const profiles = await profilesOf(runner, target.document);
  const picked = await vscode.window.showQuickPick(
    [
      { other: "role" as const, label: vscode.l10n.t("$(key) Another Role…") },
      { other: "region" as const, label: vscode.l10n.t("$(globe) Another Region…") },
      { label: vscode.l10n.t("Profiles"), kind: vscode.QuickPickItemKind.Separator },
      ...profiles.map((profile) => profileItem(profile, null)),
      localItem(null),
    ],
    {
      title: vscode.l10n.t("Send Once As"),
      placeHolder: vscode.l10n.t("The answer opens beside the one that is there."),
      matchOnDescription: true,
    },
  );
  if (picked === undefined) return undefined;
  if ("profile" in picked) return { kind: "profile", value: picked.profile };
  if (!("other" in picked) || picked.other === undefined) return undefined;
  const value = picked.other === "role" ? await askForRole() : await askForRegion();
  return value === undefined ? undefined : { kind: picked.other, value };
}

function askForRole(): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: vscode.l10n.t("Send Once As a Role"),
    prompt: vscode.l10n.t("ARN of the role; the request's profile asks for it"),
    placeHolder: "arn:aws:iam::123456789012:role/name",
    ignoreFocusOut: true,
    validateInput: (text) =>
      /^arn:aws[a-z0-9-]*:iam::\d{12}:role\/\S+$/.test(text.trim())
        ? undefined
        : vscode.l10n.t("A role's ARN looks like arn:aws:iam::123456789012:role/name."),
  });
}

function askForRegion(): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: vscode.l10n.t("Send Once for a Region"),
    prompt: vscode.l10n.t("The region to sign for; the host stays as it is"),
    placeHolder: "eu-west-1",
    ignoreFocusOut: true,
    validateInput: (text) =>
      /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(text.trim())
        ? undefined
        : vscode.l10n.t("A region looks like eu-west-1."),
  });
}
