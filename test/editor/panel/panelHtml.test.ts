import assert from "node:assert/strict";
import { contentSecurityPolicy, panelHtml } from "../../../src/editor/panel/panelHtml.ts";

describe("the page around the panel", () => {
  const parts = {
    nonce: "bm9uY2U=",
    cspSource: "https://*.vscode-cdn.net",
    scriptUri: "s:/page.js",
    styleUri: "s:/panel.css",
  };

  it("invariant 7: has exactly this policy", () => {
    assert.equal(
      contentSecurityPolicy(parts),
      "default-src 'none'; script-src 'nonce-bm9uY2U='; style-src https://*.vscode-cdn.net; img-src data: blob:",
    );
  });

  it("brings one script with the nonce, one style sheet, and nothing inline", () => {
    const html = panelHtml(parts);
    assert.deepEqual(html.match(/<script[^>]*>/g), ['<script nonce="bm9uY2U=" src="s:/page.js">']);
    assert.deepEqual(html.match(/<link[^>]*>/g), ['<link rel="stylesheet" href="s:/panel.css">']);
    assert.doesNotMatch(html, /\sstyle=|<style|\son\w+=|javascript:/);
    assert.ok(html.includes(`content="${contentSecurityPolicy(parts)}"`));
  });
});
