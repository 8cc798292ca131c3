import * as vscode from "vscode";
import type { TripPreview } from "../../trip/previewTrip.ts";
import { guessText } from "../identity/guessText.ts";
import { hasExpired, type KnownIdentity } from "../identity/knownIdentities.ts";

/** What sending a request will do, and what is known of who signs it from an earlier send. */
export interface SignerStatus {
  readonly preview: TripPreview;
  readonly known: KnownIdentity | null;
}

/** One line: `Signs as dev (pets.awsreq:1) in eu-west-1 (~/.aws/config:4) for execute-api (pets.awsreq:2).` */
export function signerSentence({ preview: { signer } }: SignerStatus): string {
  if (signer === null) return "";
  const { role, region, service } = signer;
  const parts = [
    vscode.l10n.t("Signs as {0}", whoText(signer)),
    ...(role === null ? [] : [vscode.l10n.t("with role {0}", sourced(role))]),
    ...(region === null ? [] : [vscode.l10n.t("in {0}", sourced(region))]),
    ...(service === null ? [] : [vscode.l10n.t("for {0}", sourced(service))]),
  ];
  return `${parts.join(" ")}.`;
}

/** Label and value of everything that is known, in the order in which a person asks. */
export function signerFacts({ preview, known }: SignerStatus): readonly (readonly [string, string])[] {
  const { signer } = preview;
  if (signer === null) return [];
  const { role, account, region, service } = signer;
  const facts: readonly (readonly [string, string | null])[] = [
    [vscode.l10n.t("Profile"), whoText(signer)],
    [vscode.l10n.t("Role"), role && sourced(role)],
    [vscode.l10n.t("Only for account"), account && sourced(account)],
    [vscode.l10n.t("Region"), region && sourced(region)],
    [vscode.l10n.t("Service"), service && sourced(service)],
    [vscode.l10n.t("Account"), known?.account ?? null],
    [vscode.l10n.t("ARN"), known?.arn ?? null],
    [vscode.l10n.t("Credentials"), known && endText(known)],
  ];
  return facts.flatMap(([label, value]) => (value === null ? [] : [[label, guessText(value, 300)] as const]));
}

/** Sentences beyond the facts: that a request is not signed and why, what a send would end with, what is not listened to. */
export function signerSentences({ preview: { auth, signer, error } }: SignerStatus): readonly string[] {
  const unsigned = auth === null || auth.kind === "sign" ? null : auth.reason;
  return [
    ...(unsigned === null ? [] : [vscode.l10n.t("This request is not signed: {0}.", unsigned)]),
    ...(error === null ? [] : [[error.message, error.hint].filter((text) => text !== null).join(" ")]),
    ...(signer?.notes ?? []),
  ].map((text) => guessText(text, 500));
}

function whoText({ who, source, orMachine }: NonNullable<TripPreview["signer"]>): string {
  if (who === null) return vscode.l10n.t("not known before the send ({0})", source);
  return orMachine
    ? vscode.l10n.t("{0} ({1}), or this machine's own credentials where it has none", who, source)
    : sourced({ value: who, source });
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
