import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";

const docs = resolve(__dirname, "../../docs");
const page = readFileSync(resolve(docs, "coming-from.md"), "utf8");

describe("docs/coming-from.md", () => {
  it("has a part for each tool of the corpus", () => {
    const parts = [...page.matchAll(/^## (.+)$/gm)].map(([, title]) => title);
    for (const tool of ["REST Client", "httpYac", "JetBrains' HTTP Client", "Visual Studio", "kulala"])
      assert.ok(parts.includes(tool), tool);
  });

  it("leads to files and headings that are there", () => {
    for (const [, file = "", heading = ""] of page.matchAll(/\]\((?!https?:)([^)#]+)#?([^)]*)\)/g)) {
      assert.ok(existsSync(resolve(docs, file)), file);
      const headings = [...readFileSync(resolve(docs, file), "utf8").matchAll(/^#+ (.+)$/gm)];
      const anchors = headings.map(([, title = ""]) => title.toLowerCase().replaceAll(" ", "-"));
      if (heading !== "") assert.ok(anchors.includes(heading), `${file}#${heading}`);
    }
  });
});
