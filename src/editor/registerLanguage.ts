import * as vscode from "vscode";
import { requestAt } from "../request/selectRequest.ts";
import type { RequestBlock, RequestFile } from "../stages.ts";
import { placeOfDocument } from "./documentPlace.ts";
import { createFolderKnowledge, type FolderKnowledge } from "./identity/folderKnowledge.ts";
import type { KnownIdentities } from "./identity/knownIdentities.ts";
import type { Picks } from "./identity/picks.ts";
import { type SignerVoices, signerGuess } from "./identity/signerGuess.ts";
import { registerKeyFixes } from "./keys/registerKeyFixes.ts";
import { registerCodeLens } from "./language/codeLens.ts";
import { registerDiagnostics } from "./language/diagnostics.ts";
import type { ParsedDocuments } from "./language/parsedDocuments.ts";
import { registerSignerHover } from "./language/signerHover.ts";
import type { SignerStatus } from "./language/signerText.ts";
import { type RequestStatus, registerStatusItems } from "./language/statusItems.ts";
import { registerStructure } from "./language/structure.ts";
import type { Outcomes } from "./outcomes.ts";
import { settingsFor } from "./settings.ts";

/** What the language features share with what sends. */
export interface LanguageDeps {
  readonly parsed: ParsedDocuments;
  readonly picks: Picks;
  readonly outcomes: Outcomes;
  readonly identities: KnownIdentities;
}

/**
 * Everything that works on the text and the folder: the buffer, the settings, the picks, and in a trusted workspace the
 * folder's own environments. Nothing is contacted or run, and no credential is read.
 */
export function registerLanguage({ parsed, picks, outcomes, identities }: LanguageDeps): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const fire = (): void => changed.fire();
  const knowledge = createFolderKnowledge(picks);
  const signer = (document: vscode.TextDocument, block: RequestBlock): SignerStatus | null => {
    const guess = signerGuess(parsed.of(document), block, voicesFor(document, picks, knowledge));
    if (guess === null) return null;
    const { profile, role } = guess;
    return { guess, known: identities.of(profile.value, role?.value ?? null) };
  };
  return vscode.Disposable.from(
    changed,
    knowledge,
    knowledge.onDidChange(fire),
    identities.onDidChange(fire),
    outcomes.onDidChange(fire),
    picks.onDidChange(fire),
    vscode.workspace.onDidGrantWorkspaceTrust(fire),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("awsreq")) fire();
    }),
    registerDiagnostics(parsed),
    registerKeyFixes(),
    registerStructure(parsed),
    registerSignerHover({ parsed, signer }),
    registerCodeLens({
      parsed,
      signer,
      outcome: (document, block) => outcomes.of({ document, block }),
      onDidChange: changed.event,
    }),
    registerStatusItems(
      (editor) => statusOf(editor, parsed.of(editor.document), picks, signer),
      changed.event,
    ),
  );
}

function voicesFor(document: vscode.TextDocument, picks: Picks, knowledge: FolderKnowledge): SignerVoices {
  const { folder, fileName } = placeOfDocument(document);
  const { profile, region } = settingsFor(document.uri);
  return {
    session: picks.sessionProfile(folder),
    folder: picks.folderProfile(folder),
    setting: profile,
    region,
    env: process.env,
    fileName,
    ...knowledge.of(document),
  };
}

function statusOf(
  { document, selection }: vscode.TextEditor,
  file: RequestFile,
  picks: Picks,
  signer: (document: vscode.TextDocument, block: RequestBlock) => SignerStatus | null,
): RequestStatus {
  const { folder } = placeOfDocument(document);
  const block = requestAt(file.requests, selection.active.line) ?? file.requests[0] ?? null;
  return {
    signer: block === null ? null : signer(document, block),
    environment: picks.environment(folder),
  };
}
