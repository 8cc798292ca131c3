import * as vscode from "vscode";
import { changeRequest } from "../../request/changeRequest.ts";
import type { RequestChange } from "../../stages.ts";
import { rangeOf } from "../language/diagnostics.ts";
import type { ParsedDocuments } from "../language/parsedDocuments.ts";
import type { RequestTarget } from "../requestTarget.ts";

/** A change of a request as an edit of its buffer as it is now; null when the text does not show the place. */
export function editFor(
  { document, block }: RequestTarget,
  change: RequestChange,
  parsed: ParsedDocuments,
): vscode.WorkspaceEdit | null {
  const edit = changeRequest(parsed.of(document), block, change);
  if (edit === null) return null;
  const made = new vscode.WorkspaceEdit();
  made.replace(document.uri, rangeOf(edit.range), edit.text);
  return made;
}
