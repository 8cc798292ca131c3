import * as vscode from "vscode";
import { requestAt } from "../request/selectRequest.ts";
import type { RequestBlock, RequestFile } from "../stages.ts";
import { placeOfDocument } from "./documentPlace.ts";
import type { Picks } from "./identity/picks.ts";
import { type ScopeGuess, type SignerVoices, scopeGuess, signerLabel } from "./identity/signerLabel.ts";
import { registerKeyFixes } from "./keys/registerKeyFixes.ts";
import { registerCodeLens } from "./language/codeLens.ts";
import { registerDiagnostics } from "./language/diagnostics.ts";
import type { ParsedDocuments } from "./language/parsedDocuments.ts";
import { type RequestStatus, registerStatusItems } from "./language/statusItems.ts";
import { registerStructure } from "./language/structure.ts";
import type { Outcomes } from "./outcomes.ts";
import { settingsFor } from "./settings.ts";

/** What the language features share with what sends. */
export interface LanguageDeps {
  readonly parsed: ParsedDocuments;
  readonly picks: Picks;
  readonly outcomes: Outcomes;
}

/** Everything that works on the text alone: it reads the buffer, the settings and the picks, and contacts nothing. */
export function registerLanguage({ parsed, picks, outcomes }: LanguageDeps): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const fire = (): void => changed.fire();
  const signer = (document: vscode.TextDocument, block: RequestBlock) =>
    signerLabel(parsed.of(document), block, voicesFor(document, picks));
  return vscode.Disposable.from(
    changed,
    outcomes.onDidChange(fire),
    picks.onDidChange(fire),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("awsreq")) fire();
    }),
    registerDiagnostics(parsed),
    registerKeyFixes(),
    registerStructure(parsed),
    registerCodeLens({
      parsed,
      signer,
      outcome: (document, block) => outcomes.of({ document, block }),
      onDidChange: changed.event,
    }),
    registerStatusItems((editor) => statusOf(editor, parsed.of(editor.document), picks), changed.event),
  );
}

function voicesFor(document: vscode.TextDocument, picks: Picks): SignerVoices {
  const { folder } = placeOfDocument(document);
  const { profile, region } = settingsFor(document.uri);
  return {
    session: picks.sessionProfile(folder),
    folder: picks.folderProfile(folder),
    setting: profile,
    region,
    env: process.env,
  };
}

const nothing: ScopeGuess = { region: null, service: null };

function statusOf(
  { document, selection }: vscode.TextEditor,
  file: RequestFile,
  picks: Picks,
): RequestStatus {
  const { folder } = placeOfDocument(document);
  const block = requestAt(file.requests, selection.active.line) ?? file.requests[0] ?? null;
  const voices = voicesFor(document, picks);
  return {
    signer: block === null ? null : signerLabel(file, block, voices),
    ...(block === null ? nothing : scopeGuess(file, block, voices)),
    environment: picks.environment(folder),
  };
}
