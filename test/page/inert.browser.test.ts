import assert from "node:assert/strict";
import { resolve } from "node:path";
import type { Browser } from "playwright-core";
import { panelTabs } from "../../src/page/protocol.ts";
import { type PageServer, startPageServer } from "./pageWorld.ts";
import { madePictures, type Picture, realPictures } from "./panelViews.ts";

/** What would do something if any of it were taken for markup, a script or an address. */
const corpus: readonly string[] = [
  "<script>alert(1)</script>",
  '"><img src=x onerror=alert(1)>',
  "<svg/onload=alert(1)>",
  "<iframe src=javascript:alert(1)>",
  "javascript:alert(1)",
  "' onmouseover='alert(1)",
  "<style>@import 'https://evil.example/x.css';</style>",
  "<base href=https://evil.example/>",
  '<meta http-equiv="refresh" content="0;url=https://evil.example/">',
  "<link rel=stylesheet href=https://evil.example/x.css>",
  '<a href="command:workbench.action.terminal.new">x</a>',
  "{{constructor.constructor('alert(1)')()}}",
  "</title></script><script>alert(1)</script>",
  "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
  "\u202egnp.exe\u0000\u001b]8;;https://evil.example\u0007",
];

/** The same value with this text in the place of every string that is shown; what the protocol fixes stays. */
function poisoned<T>(value: T, text: string, fixed: ReadonlySet<string>): T {
  const replacer = (key: string, found: unknown): unknown =>
    typeof found === "string" && !fixed.has(key) ? `${found}${text}` : found;
  return JSON.parse(JSON.stringify(value, replacer)) as T;
}

const fixed = new Set([
  "kind",
  "step",
  "origin",
  "part",
  "action",
  "answeredBy",
  "outcome",
  "certainty",
  "mode",
  "language",
  "mime",
  "expires",
]);

describe("invariant 7: the panel under hostile text", function () {
  this.timeout(60_000);
  let browser: Browser;
  let server: PageServer;
  let pictures: readonly Picture[] = [];

  before(async () => {
    const { startBrowser } = await import(resolve(__dirname, "../host/chromium.mjs"));
    browser = await startBrowser();
    server = await startPageServer(browser);
    const real = await realPictures();
    const { ok, cut, unknownProfile } = real;
    assert.ok(ok && cut && unknownProfile);
    const { sending, restored, proxy, diagnosed } = madePictures(ok);
    assert.ok(sending && restored && proxy && diagnosed);
    pictures = [ok, cut, unknownProfile, sending, restored, proxy, diagnosed];
  });
  after(async () => {
    await browser.close();
    await server.close();
  });

  for (const text of corpus) {
    it(`fault 44, 76: does nothing about ${JSON.stringify(text).slice(0, 60)}`, async () => {
      const opened = await server.open({ theme: "dark", width: 900 });
      const url = opened.page.url();
      for (const { view, body } of pictures) {
        await opened.send({ type: "view", view: poisoned(view, text, fixed) });
        if (body?.kind === "text")
          await opened.send({ type: "body", trip: view.trip, content: poisoned(body, text, fixed) });
        for (const tab of panelTabs) await opened.send({ type: "tab", tab });
      }
      assert.deepEqual(opened.faults, []);
      assert.equal(opened.page.url(), url);
      assert.equal(
        await opened.page.locator("script:not([nonce]), iframe, object, embed, base, a[href]").count(),
        0,
      );
      assert.deepEqual(
        opened.posted.filter(({ type }) => type !== "ready"),
        [],
      );
      await opened.close();
    });
  }
});
