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
});
