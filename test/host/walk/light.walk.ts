import assert from "node:assert/strict";
import { type Desk, sitDown } from "./workbench.ts";

describe("the panel in a light window", function () {
  this.timeout(90_000);
  let desk: Desk;

  before(async () => {
    desk = await sitDown({
      "workbench.colorTheme": "Default Light Modern",
      "workbench.activityBar.location": "hidden",
    });
  });
  after(() => desk.close());

  it("shows the answer, the headers, the signature and the times", async () => {
    await desk.open("pets.awsreq");
    await desk.page.keyboard.press("Control+b");
    await desk.lens("Send Signed Request").click();
    const panel = desk.panel();
    await panel.locator(".status.good", { hasText: "200 OK" }).waitFor();
    for (const name of ["Headers", "Signing", "Timing", "Response"]) {
      await panel.getByRole("tab", { name }).click();
      if (name === "Signing") await panel.locator(".signedLine .part-date").first().hover();
      await desk.shot(`${name.toLowerCase()}-light`);
    }
  });

  it("sends a changed buffer that was not saved, by the key", async () => {
    await desk.page.locator(".monaco-editor .view-line", { hasText: "limit" }).first().click();
    await desk.page.keyboard.press("End");
    await desk.page.keyboard.type("&type=cat");
    await desk.page.keyboard.press("Control+Alt+r");
    await desk.panel().locator(".url", { hasText: "type=cat" }).waitFor();
    await desk.panel().locator(".status.good", { hasText: "200 OK" }).waitFor();
  });

  it("goes to the line that a signed header was typed at", async () => {
    const panel = desk.panel();
    await panel.getByRole("tab", { name: "Signing" }).click();
    await panel.getByRole("button", { name: "pets.awsreq:12", exact: true }).click();
    await desk.page.locator(".line-numbers.active-line-number", { hasText: "12" }).waitFor();
  });

  it("keeps a pinned result, and shows the next one in another panel", async () => {
    const tabs = desk.page.locator(".tab[data-resource-name]");
    const panels = async () => (await tabs.allInnerTexts()).filter((title) => !title.includes(".awsreq"));
    assert.deepEqual(await panels(), ["List pets"]);
    await desk.panel().getByRole("button", { name: "Keep this result" }).click();
    await desk.panel().locator('[aria-label="Keep this result"][aria-pressed="true"]').waitFor();
    await desk.lens("Send Signed Request", 2).click();
    await desk.panel().locator(".url", { hasText: "/prod/pets/1" }).waitFor();
    await desk.page.locator(".tab", { hasText: "One pet" }).waitFor();
    assert.deepEqual([...(await panels())].sort(), ["List pets", "One pet"]);
    await desk.shot("pinned-light");
  });

  it("asks before it sends again what may have changed something and is still under way", async () => {
    desk.write(
      "order.awsreq",
      `# @profile awsreq-local\n# @region us-east-1\n# @service execute-api\n\n### Order\nPOST ${desk.endpoint.url}/prod/slow?ms=8000\n`,
    );
    await desk.page.keyboard.press("Control+b");
    await desk.open("order.awsreq");
    await desk.lens("Send Signed Request").click();
    await desk.panel().getByText("Waiting for the first byte").waitFor();
    await desk.lens("Send Signed Request").click();
    const dialog = desk.page.locator(".monaco-dialog-box");
    await dialog.getByText("may have changed something already").waitFor();
    await desk.page.keyboard.press("Enter");
    await desk.panel().getByText("Waiting for the first byte").waitFor();
    await desk
      .panel()
      .getByRole("button", { name: /^Cancel Esc/ })
      .click();
    await desk.panel().locator(".status", { hasText: "Cancelled" }).waitFor();
  });
});
