import * as vscode from "vscode";

/** The language of our own files. */
export const languageId = "awsreq";

/** Languages that other extensions give to request files; ours to work in only where the person says so. */
const otherLanguages = ["http", "rest"] as const;

/** Every language that a request file may have. */
export const requestLanguages: readonly vscode.DocumentFilter[] = [languageId, ...otherLanguages].map(
  (language) => ({ language }),
);

/** True for the documents whose requests we show and send: ours, and `.http` files where `awsreq.httpFiles` says so. */
export function isRequestDocument({ languageId: language, uri }: vscode.TextDocument): boolean {
  if (language === languageId) return true;
  const isOther = otherLanguages.some((other) => other === language);
  return isOther && vscode.workspace.getConfiguration("awsreq", uri).get("httpFiles", false);
}
