import { basename, dirname } from "node:path";
import * as vscode from "vscode";

/** Tells of every change of one file, which may lie outside of the workspace and need not be there. */
export function watchFile(path: string, onDidChange: () => void): vscode.Disposable {
  const pattern = new vscode.RelativePattern(vscode.Uri.file(dirname(path)), basename(path));
  return watchFiles(pattern, onDidChange);
}

/** Tells of every change of the files of a pattern. */
export function watchFiles(pattern: vscode.GlobPattern, onDidChange: () => void): vscode.Disposable {
  const watcher = vscode.workspace.createFileSystemWatcher(pattern);
  return vscode.Disposable.from(
    watcher,
    watcher.onDidChange(onDidChange),
    watcher.onDidCreate(onDidChange),
    watcher.onDidDelete(onDidChange),
  );
}
