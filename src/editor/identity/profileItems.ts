import * as vscode from "vscode";
import { inertLine } from "../../guard/terminalText.ts";
import type { TripRunner } from "../trips/loadRunner.ts";

/** A profile with what is known of it. */
export type Profile = Awaited<ReturnType<TripRunner["pickableProfiles"]>>[number];

/** A line of the list that stands for a profile. */
export interface ProfileItem extends vscode.QuickPickItem {
  readonly profile: string;
}

/** A profile as a line of a list: name, kind, region, account; below it its state and where it is written. */
export function profileItem(profile: Profile, note: string | null): ProfileItem {
  const { name, kind, region, account, fault, place } = profile;
  const facts = [kind ?? vscode.l10n.t("gives no credentials"), region, account];
  const icon = fault === null ? "account" : "warning";
  return {
    profile: name,
    label: `$(${icon}) ${inert(name)}`,
    description: inert(facts.filter((fact) => fact !== null).join(" · ")),
    detail: inert([stateOf(profile), place, note].filter((part) => part !== null).join(" — ")),
  };
}

/** The built-in profile. */
export function localItem(note: string | null): ProfileItem {
  const built = vscode.l10n.t("built in; its keys are good for the local endpoint only");
  return {
    profile: "awsreq-local",
    label: "$(server-process) awsreq-local",
    description: vscode.l10n.t("local endpoint"),
    detail: note === null ? built : `${built} — ${note}`,
  };
}

function stateOf({ fault, expires, asksForCode, role }: Profile): string | null {
  if (fault !== null) return fault;
  if (expires !== null) return vscode.l10n.t("credentials until {0}", untilText(expires));
  if (asksForCode) return vscode.l10n.t("asks for a second factor");
  return role;
}

/** The time of day; with the date when that is not today. */
function untilText(end: Date): string {
  const isToday = end.toDateString() === new Date().toDateString();
  return isToday ? end.toLocaleTimeString() : end.toLocaleString();
}

/** `$(…)` would be drawn as an icon, and names come from files. */
function inert(text: string): string {
  return inertLine(text).replaceAll("$(", "(");
}
