import { homedir } from "node:os";
import { basename, dirname } from "node:path";
import * as vscode from "vscode";
import { isOtherTools } from "../request/fileKind.ts";

/** Where a request file lies, for includes, environments and approvals. */
export interface DocumentPlace {
  /** Base name. */
  readonly fileName: string;
  /** Absolute path. */
  readonly directory: string;
  /** The workspace folder; the file's own directory when it lies in none. */
  readonly folder: string;
  /** A file of other tools: what nothing says is signed goes out unsigned. */
  readonly sendsAsTyped: boolean;
}

/** The place of a document. A buffer that was never saved counts as lying in the first workspace folder, else at home. */
export function placeOfDocument(document: vscode.TextDocument): DocumentPlace {
  const { uri } = document;
  if (uri.scheme === "untitled") {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? homedir();
    return { fileName: basename(uri.path), directory: folder, folder, sendsAsTyped: false };
  }
  const directory = dirname(uri.fsPath);
  const folder = vscode.workspace.getWorkspaceFolder(uri)?.uri.fsPath ?? directory;
  return { fileName: basename(uri.fsPath), directory, folder, sendsAsTyped: isOtherTools(uri.path) };
}
