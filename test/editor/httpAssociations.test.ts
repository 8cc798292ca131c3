import assert from "node:assert/strict";
import { withHttpFiles } from "../../src/editor/language/httpAssociations.ts";

describe("the associations of .http files", () => {
  const ours = { "*.http": "awsreq", "*.rest": "awsreq" };

  it("are added, and what else stands there stays", () => {
    assert.deepEqual(withHttpFiles(undefined), ours);
    assert.deepEqual(withHttpFiles({ "*.tpl": "html", "*.http": "http" }), { "*.tpl": "html", ...ours });
  });

  it("take the place of what is no list of associations", () => {
    for (const given of [null, 1, "x"]) assert.deepEqual(withHttpFiles(given), ours);
  });
});
