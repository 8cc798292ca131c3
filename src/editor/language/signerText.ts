import * as vscode from "vscode";
import { guessText } from "../identity/guessText.ts";
import { hasExpired, type KnownIdentity } from "../identity/knownIdentities.ts";
import type { SignerGuess } from "../identity/signerGuess.ts";

/** Who would sign a request, and what is known of them from an earlier send. */
export interface SignerStatus {
  readonly guess: SignerGuess;
  readonly known: KnownIdentity | null;
}

/** One line: `Signs as dev (pets.awsreq:1) in eu-west-1 (host) for execute-api (host).` */
export function signerSentence({ guess }: SignerStatus): string {
  const { profile, role, region, service, conflict } = guess;
  const parts = [
    vscode.l10n.t("Signs as {0}", sourced(profile)),
    ...(role === null ? [] : [vscode.l10n.t("with role {0}", sourced(role))]),
    ...(region === null ? [] : [vscode.l10n.t("in {0}", sourced(region))]),
    ...(service === null ? [] : [vscode.l10n.t("for {0}", sourced(service))]),
  ];
  return [`${parts.join(" ")}.`, conflict ?? ""].filter((text) => text !== "").join(" ");
}

/** Label and value of everything that is known, in the order in which a person asks. */
export function signerFacts({ guess, known }: SignerStatus): readonly (readonly [string, string])[] {
  const { profile, role, account, region, service } = guess;
  const facts: readonly (readonly [string, string | null])[] = [
    [vscode.l10n.t("Profile"), sourced(profile)],
    [vscode.l10n.t("Role"), role && sourced(role)],
    [vscode.l10n.t("Only for account"), account === undefined ? null : sourced(account)],
    [vscode.l10n.t("Region"), region && sourced(region)],
    [vscode.l10n.t("Service"), service && sourced(service)],
    [vscode.l10n.t("Account"), known?.account ?? null],
    [vscode.l10n.t("ARN"), known?.arn ?? null],
    [vscode.l10n.t("Credentials"), known && endText(known)],
  ];
  return facts.flatMap(([label, value]) => (value === null ? [] : [[label, guessText(value, 300)] as const]));
}

function sourced({ value, source }: { readonly value: string; readonly source: string }): string {
  return `${value} (${source})`;
}

function endText(known: KnownIdentity): string {
  if (known.expires === null) return known.kind;
  return hasExpired(known)
    ? vscode.l10n.t("{0}, expired", known.kind)
    : vscode.l10n.t("{0}, until {1}", known.kind, known.expires.toLocaleString());
}
