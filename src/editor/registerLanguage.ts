import * as vscode from "vscode";
import { requestAt } from "../request/selectRequest.ts";
import type { RequestFile } from "../stages.ts";
import { placeOfDocument } from "./documentPlace.ts";
import { createFolderKnowledge } from "./identity/folderKnowledge.ts";
import type { KnownIdentities } from "./identity/knownIdentities.ts";
import type { Picks } from "./identity/picks.ts";
import { createSignerPreviews, type SignerOf } from "./identity/signerPreviews.ts";
import { registerKeyFixes } from "./keys/registerKeyFixes.ts";
import { registerBodyFixes } from "./language/bodyFixes.ts";
import { registerCodeLens } from "./language/codeLens.ts";
import { registerDiagnostics } from "./language/diagnostics.ts";
import type { ParsedDocuments } from "./language/parsedDocuments.ts";
import { registerSignerHover } from "./language/signerHover.ts";
import { type RequestStatus, registerStatusItems } from "./language/statusItems.ts";
import { registerStructure } from "./language/structure.ts";
import type { Outcomes } from "./outcomes.ts";
import { createSoon } from "./soon.ts";

/** What the language features share with what sends. */
export interface LanguageDeps {
  readonly parsed: ParsedDocuments;
  readonly picks: Picks;
  readonly outcomes: Outcomes;
  readonly identities: KnownIdentities;
}

/** Milliseconds: a send makes several things known, and the lines are drawn anew once for all of them. */
const pause = 30;

/**
 * Everything that works on the text and the folder: the buffer, the settings, the picks, and in a trusted workspace the
 * folder's own environments and the AWS config file. Nothing is contacted or run, and no credential is read.
 */
export function registerLanguage({ parsed, picks, outcomes, identities }: LanguageDeps): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const soon = createSoon(() => changed.fire(), pause);
  const fire = soon.ask;
  const isVisible = (document: vscode.TextDocument): boolean =>
    vscode.window.visibleTextEditors.some((editor) => editor.document === document);
  const knowledge = createFolderKnowledge(picks);
  const signerOf = createSignerPreviews({ parsed, picks, knowledge, identities });
  return vscode.Disposable.from(
    changed,
    soon,
    knowledge,
    knowledge.onDidChange(fire),
    identities.onDidChange(fire),
    outcomes.onDidChange((document) => {
      if (isVisible(document)) fire();
    }),
    picks.onDidChange(fire),
    vscode.workspace.onDidGrantWorkspaceTrust(fire),
    vscode.workspace.onDidChangeWorkspaceFolders(fire),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("awsreq")) fire();
    }),
    registerDiagnostics(parsed),
    registerKeyFixes(),
    registerBodyFixes(),
    registerStructure(parsed),
    registerSignerHover({ parsed, signerOf }),
    registerCodeLens({
      parsed,
      signerOf,
      outcome: (document, block) => outcomes.of({ document, block }),
      onDidChange: changed.event,
    }),
    registerStatusItems(
      (editor) => statusOf(editor, parsed.of(editor.document), picks, signerOf),
      changed.event,
    ),
  );
}

async function statusOf(
  { document, selection }: vscode.TextEditor,
  { requests }: RequestFile,
  picks: Picks,
  signerOf: SignerOf,
): Promise<RequestStatus> {
  const { folder } = placeOfDocument(document);
  const block = requestAt(requests, selection.active.line) ?? requests[0];
  const signer = await signerOf(document);
  return {
    signer: block === undefined ? null : await signer(block),
    environment: picks.environment(folder),
  };
}
