import assert from "node:assert/strict";
import { resolve } from "node:path";
import axe from "axe-core";
import type { Browser } from "playwright-core";
import { bodyMessages } from "../../src/editor/panel/bodyMessages.ts";
import type { PanelTab } from "../../src/page/protocol.ts";
import { type OpenPage, type PageServer, startPageServer, type Theme, themeNames } from "./pageWorld.ts";
import { madePictures, type Picture, realPictures } from "./panelViews.ts";

const tabs: readonly PanelTab[] = ["response", "headers", "signing", "diagnosis", "timing"];

describe("the panel in a real browser", function () {
  this.timeout(60_000);
  let browser: Browser;
  let server: PageServer;
  let pictures: Readonly<Record<string, Picture>> = {};

  before(async () => {
    const { startBrowser } = await import(resolve(__dirname, "../host/chromium.mjs"));
    browser = await startBrowser();
    server = await startPageServer(browser);
    const real = await realPictures();
    assert.ok(real["ok"]);
    pictures = { ...real, ...madePictures(real["ok"]) };
  });
  after(async () => {
    await browser.close();
    await server.close();
  });

  async function shown(picture: Picture | undefined, theme: Theme, width: number): Promise<OpenPage> {
    assert.ok(picture);
    const opened = await server.open({ theme, width });
    await show(opened, picture);
    return opened;
  }

  async function show({ send }: OpenPage, { view, body }: Picture): Promise<void> {
    await send({ type: "view", view }, ...(body === null ? [] : bodyMessages(view.trip, body)));
  }

  async function violations({ page }: OpenPage): Promise<readonly string[]> {
    await page.evaluate(axe.source);
    const found = await page.evaluate<{ id: string; nodes: { html: string; failureSummary: string }[] }[]>(
      // The panel is a part of the editor's window: rules about whole pages do not fit it.
      "axe.run(document, { rules: { 'page-has-heading-one': { enabled: false } } }).then(({ violations }) => violations)",
    );
    return found.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`),
    );
  }

  for (const theme of themeNames) {
    it(`has every state and tab without a fault, for everyone, in ${theme}`, async () => {
      const opened = await server.open({ theme, width: 900 });
      for (const [name, picture] of Object.entries(pictures)) {
        await show(opened, picture);
        for (const tab of tabs) {
          await opened.send({ type: "tab", tab });
          assert.deepEqual(await violations(opened), [], `${name}, ${tab}`);
          if ((await opened.page.getByRole("tab").count()) === 0) break;
        }
        assert.deepEqual(opened.faults, [], name);
      }
      await opened.close();
    });
  }

  it("shows interim answers, trailers, a redirect, and what is too large to be shown", async () => {
    const opened = await shown(pictures["redirect"], "light", 900);
    await opened.page.getByText("Redirect, not followed: https://else.example/x").waitFor();
    await opened.send({ type: "tab", tab: "headers" });
    for (const group of ["Interim answer 103 Early Hints", "Trailers"])
      await opened.page.getByRole("heading", { name: group }).waitFor();
    await show(opened, pictures["tooLarge"] ?? assert.fail());
    await opened.send({ type: "tab", tab: "response" });
    await opened.page.getByText("200.0 MB that are more than can be shown here").waitFor();
    await opened.close();
  });

  it("fits a narrow panel", async () => {
    for (const [name, picture] of Object.entries(pictures)) {
      const opened = await shown(picture, "light", 480);
      for (const tab of tabs) {
        await opened.send({ type: "tab", tab });
        const wide = await opened.page.evaluate<number>("document.documentElement.scrollWidth");
        assert.ok(wide <= 480, `${name}, ${tab}: ${wide}`);
      }
      await opened.close();
    }
  });

  it("says that it is ready, once, and nothing else by itself", async () => {
    const opened = await shown(pictures["ok"], "dark", 900);
    assert.deepEqual(opened.posted, [{ type: "ready" }]);
    await opened.close();
  });

  it("posts what is clicked, and no more than the protocol has", async () => {
    const opened = await shown(pictures["ok"], "dark", 900);
    const { page, posted } = opened;
    for (const name of [
      "Send again",
      "Copy body",
      "Save body to a file",
      "Open body in an editor",
      "Keep this result",
    ])
      await page.getByRole("button", { name }).first().click();
    await page.getByRole("tab", { name: "Signing" }).click();
    await page.getByRole("button", { name: "Copy canonical request" }).click();
    await page.getByRole("button", { name: "a.awsreq:4", exact: true }).last().click();
    assert.deepEqual(posted.slice(1), [
      { type: "sendAgain" },
      { type: "copy", what: "body" },
      { type: "save" },
      { type: "openInEditor" },
      { type: "togglePin" },
      { type: "copy", what: "canonicalRequest" },
      { type: "showLine", line: 3 },
    ]);
    await opened.close();
  });

  it("says that it signs where nothing is to be sent", async () => {
    const opened = await shown(pictures["signing"], "dark", 900);
    assert.match(await opened.page.locator(".status").first().innerText(), /^Signing… /);
    assert.equal(await opened.page.getByRole("status").innerText(), "Signing");
    await opened.close();
  });

  it("cancels by the button and by Escape while it is sending", async () => {
    const opened = await shown(pictures["sending"], "dark", 900);
    await opened.page.getByRole("button", { name: /^Cancel Esc/ }).click();
    await opened.page.keyboard.press("Escape");
    assert.deepEqual(opened.posted.slice(1), [{ type: "cancel" }, { type: "cancel" }]);
    await opened.close();
  });

  it("moves through the tabs and the linked parts by keyboard", async () => {
    const opened = await shown(pictures["ok"], "dark", 900);
    const { page } = opened;
    await page.getByRole("tab", { name: "Response" }).focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    assert.equal(await page.getByRole("tab", { name: "Signing" }).getAttribute("aria-selected"), "true");
    await page.locator(".signedLine .part-date").first().focus();
    await page.getByRole("heading", { name: "Request time" }).waitFor();
    await page.keyboard.press("Enter");
    await page.getByRole("tab", { name: "Signing" }).focus();
    assert.equal(await page.locator(".part-date.lit").count(), 3);
    await page.keyboard.press("End");
    assert.equal(await page.getByRole("tab", { name: "Timing" }).getAttribute("aria-selected"), "true");
    await opened.close();
  });

  it("keeps tab and scroll when another answer comes, and forgets the body of the one before", async () => {
    const { ok } = pictures;
    assert.ok(ok);
    const opened = await shown(ok, "dark", 900);
    await opened.send({ type: "tab", tab: "signing" });
    await opened.page.evaluate("document.getElementById('tabpanel').scrollTo(0, 200)");
    await opened.send({ type: "view", view: { ...ok.view, trip: 2 } });
    assert.equal(await opened.page.evaluate("document.getElementById('tabpanel').scrollTop"), 200);
    await opened.send({ type: "tab", tab: "response" });
    assert.equal(await opened.page.locator(".bodyEditor").count(), 0);
    await opened.close();
  });

  it("keeps over a reload the head of the request as typed and the last status, and nothing of the answer", async () => {
    const { ok } = pictures;
    assert.ok(ok);
    const opened = await shown(ok, "dark", 900);
    const { typed, restore, when } = ok.view;
    const last = { status: 200, statusText: "OK", when };
    assert.deepEqual(await opened.kept(), { version: 1, tab: "response", request: typed, restore, last });
    const kept = await opened.kept();
    await opened.close();
    const again = await server.open({ theme: "dark", width: 900, kept });
    await again.page.getByRole("heading", { name: "Not sent again" }).waitFor();
    await again.page.getByText("The last answer was 200 OK").waitFor();
    await again.close();
  });

  it("keeps numbers as they were sent", async () => {
    const { ok } = pictures;
    assert.ok(ok);
    const text = '{"id":9007199254740993,"a":1.0,"a":"\\u00e9"}';
    const opened = await shown(
      { ...ok, body: { kind: "text", language: "json", charset: "UTF-8", text } },
      "dark",
      900,
    );
    const content = await opened.page.locator(".cm-content").innerText();
    assert.equal(content, '{\n  "id": 9007199254740993,\n  "a": 1.0,\n  "a": "\\u00e9"\n}');
    await opened.page.locator(".cm-line").nth(1).click();
    await opened.page.getByText("$.id").waitFor();
    await opened.page.getByRole("button", { name: "Copy value" }).click();
    assert.deepEqual(opened.posted.at(-1), { type: "copyText", text: "9007199254740993" });
    await opened.close();
  });

  it("says above a text what it does not say any more", async () => {
    const { ok } = pictures;
    assert.ok(ok);
    const note = "The body is not all UTF-8: 1 place is shown as “\ufffd”, at byte 9.";
    const text = '{"a":"caf\ufffd"}';
    const opened = await shown(
      { ...ok, body: { kind: "text", language: "json", charset: "UTF-8", text, note } },
      "dark",
      900,
    );
    await opened.page.locator(".banner", { hasText: note }).waitFor();
    assert.equal(await opened.page.locator(".cm-content").innerText(), '{\n  "a": "caf\ufffd"\n}');
    await opened.close();
  });

  it("shows a body of ten megabytes without going to sleep", async () => {
    const { ok } = pictures;
    assert.ok(ok);
    const text = `[${Array.from({ length: 180_000 }, (_, at) => `{"id":${at},"name":"pet number ${at}","type":"dog","parent":null}`).join(",")}]`;
    const opened = await shown(
      { ...ok, body: { kind: "text", language: "json", charset: "UTF-8", text } },
      "dark",
      900,
    );
    await opened.page.locator(".cm-line").nth(3).waitFor();
    assert.ok((await opened.page.locator(".cm-line").count()) < 500);
    await opened.close();
  });
});
