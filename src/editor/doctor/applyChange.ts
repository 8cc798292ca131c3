import * as vscode from "vscode";
import { changedText } from "../../request/changedText.ts";
import type { RequestChange } from "../../stages.ts";
import { rangeOf } from "../language/diagnostics.ts";
import type { RequestTarget } from "../requestTarget.ts";

/**
 * A change of a request as an edit of its buffer as it is now; null when the text does not show the place, or would be read
 * as anything else than this one change.
 */
export function editFor(
  { document, block }: RequestTarget,
  change: RequestChange,
): vscode.WorkspaceEdit | null {
  const changed = changedText(document.getText(), block.method.range.start.line, change);
  if (typeof changed === "string") return null;
  const made = new vscode.WorkspaceEdit();
  made.replace(document.uri, rangeOf(changed.edit.range), changed.edit.text);
  return made;
}
