/** The addresses that a page is made of. */
export interface PageParts {
  /** 16 random bytes, as base64. */
  readonly nonce: string;
  /** `webview.cspSource`. */
  readonly cspSource: string;
  readonly scriptUri: string;
  readonly styleUri: string;
}

/** The policy of the page: our one script, our one style sheet, pictures from the page itself, nothing from anywhere else. */
export function contentSecurityPolicy({ nonce, cspSource }: Pick<PageParts, "nonce" | "cspSource">): string {
  return `default-src 'none'; script-src 'nonce-${nonce}'; style-src ${cspSource}; img-src data: blob:`;
}

/** The page around the panel. Holds nothing of any request: that comes by message. */
export function panelHtml(parts: PageParts): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy(parts)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${parts.styleUri}">
<title>awsreq response</title>
</head>
<body>
<div id="root"></div>
<script nonce="${parts.nonce}" src="${parts.scriptUri}"></script>
</body>
</html>
`;
}
