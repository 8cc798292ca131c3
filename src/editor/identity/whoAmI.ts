import * as vscode from "vscode";
import type { Ask } from "../../questions.ts";
import type { ParsedDocuments } from "../language/parsedDocuments.ts";
import type { RequestTarget } from "../requestTarget.ts";
import { folderInput, type TripInputDeps, tripInputOf } from "../sending/tripInputOf.ts";
import type { TripRunner } from "../trips/loadRunner.ts";
import type { EditorApprovals } from "../trust/approvals.ts";

/** What telling who signs works with. */
export interface WhoAmIDeps extends TripInputDeps {
  readonly parsed: ParsedDocuments;
  readonly approvals: EditorApprovals;
  readonly runner: () => Promise<TripRunner>;
  readonly ask: Ask;
}

/** Asks AWS who signs the request, or any request of the folder, and lists what it says; a line that is picked is copied. */
export async function whoAmI(target: RequestTarget | null, deps: WhoAmIDeps): Promise<void> {
  const answer = await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t("Asking AWS who signs"),
      cancellable: true,
    },
    (_, token) => answerFor(target, deps, token),
  );
  if (answer.kind === "error") {
    if (answer.error.phase === "cancel") return;
    const { message, hint } = answer.error;
    void vscode.window.showErrorMessage(hint === null ? message : `${message} ${hint}`);
  } else if (answer.kind === "unsigned") {
    void vscode.window.showInformationMessage(
      vscode.l10n.t("This request is not signed: {0}.", answer.reason),
    );
  } else {
    await showFacts(answer.facts);
  }
}

type WhoAmIAnswer = Awaited<ReturnType<TripRunner["editorWhoAmI"]>>;
type Facts = Extract<WhoAmIAnswer, { readonly kind: "facts" }>["facts"];

async function answerFor(
  target: RequestTarget | null,
  deps: WhoAmIDeps,
  token: vscode.CancellationToken,
): Promise<WhoAmIAnswer> {
  const runner = await deps.runner();
  const controller = new AbortController();
  token.onCancellationRequested(() => controller.abort());
  const nothing = () => undefined;
  return runner.editorWhoAmI(
    target === null ? folderInput(deps) : tripInputOf(target, deps),
    runner.thisMachine(),
    {
      store: deps.approvals,
      ask: deps.ask,
      cache: runner.cache,
      signal: controller.signal,
      onPrepared: nothing,
      onAdvance: nothing,
      onTransfer: nothing,
    },
  );
}

async function showFacts(facts: Facts): Promise<void> {
  const items = facts.map(({ label, value, source }) => ({
    label: value,
    description: source === null ? label : `${label}, ${source}`,
    value,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t("Who Am I"),
    placeHolder: vscode.l10n.t("Enter copies a line."),
  });
  if (picked === undefined) return;
  await vscode.env.clipboard.writeText(picked.value);
  vscode.window.setStatusBarMessage(vscode.l10n.t("Copied."), 3000);
}
