import assert from "node:assert/strict";
import { quickFixesFor } from "../../src/editor/sending/quickFixes.ts";
import { undecidedLines } from "../../src/editor/trips/undecidedLines.ts";
import { editedText } from "../../src/request/changedText.ts";
import { parseRequestFile } from "../../src/request/parse.ts";
import { inputFor } from "./trips/tripWorld.ts";

const machine = { env: {}, home: "/nowhere", platform: process.platform, tmpdir: "/nowhere", uid: null };

/** The text after the fix whose title matches, for the request with that number; null when none is offered. */
async function fixed(text: string, index: number, code: string, title: RegExp): Promise<string | null> {
  const file = parseRequestFile(text);
  const block = file.requests[index];
  if (block === undefined) throw new Error("no such request");
  const lines = await undecidedLines(inputFor(text, "/nowhere"), machine);
  const undecided = file.requests.filter(({ method }) => lines.includes(method.range.start.line));
  const fix = quickFixesFor(code, { file, block, undecided }).find((one) => title.test(one.title));
  if (fix === undefined) return null;
  return fix.edits.toReversed().reduce(editedText, text);
}

describe("quick fixes of requests that nothing decides", () => {
  const own = (path: string) => `GET https://api.pets.example/${path}\n`;
  const api = "GET https://abc.execute-api.eu-west-1.amazonaws.com/prod\n";
  const all = /^Send all such requests/;

  it("settle a whole file with one line at its top", async () => {
    for (const text of [
      `${own("1")}\n###\n${own("2")}`,
      `# @name one\n${own("1")}\n###\n${own("2")}`,
      `### one\n${own("1")}\n###\n${own("2")}`,
      `# @profile dev\n\n###\n${own("1")}\n###\n# @auth iam\n${own("2")}`,
    ]) {
      const changed = await fixed(text, 0, "E_AUTH_UNDECIDED", all);
      assert.equal(changed, `# @auth none\n\n${text}`);
      assert.deepEqual(await undecidedLines(inputFor(changed, "/nowhere"), machine), []);
      const file = parseRequestFile(changed);
      assert.deepEqual(
        file.preamble.directives.filter(({ key }) => key.text === "auth").map(({ value }) => value.text),
        ["none"],
      );
    }
  });

  it("leave alone the requests that are decided: those to AWS, those that bring their own", async () => {
    for (const other of [api, `${own("x")}Authorization: Bearer x\n`, `# @profile dev\n${own("x")}`]) {
      const text = `${other}\n###\n${own("1")}\n### t\n# @name b\n${own("2")}`;
      for (const [title, word] of [
        [all, "none"],
        [/^Sign all such requests/, "iam"],
      ] as const)
        assert.equal(
          await fixed(text, 1, "E_AUTH_UNDECIDED", title),
          `${other}\n###\n# @auth ${word}\n${own("1")}\n### t\n# @name b\n# @auth ${word}\n${own("2")}`,
        );
    }
  });

  it("are about the one request where there is no other", async () => {
    assert.equal(await fixed(own("1"), 0, "E_AUTH_UNDECIDED", all), null);
    assert.equal(
      await fixed(own("1"), 0, "E_AUTH_UNDECIDED", /^Send it unsigned/),
      `# @auth none\n${own("1")}`,
    );
  });
});

describe("quick fixes of a request that is authorised twice", () => {
  const code = "E_AUTH_TWICE";
  const bearer = "authorization: Bearer x\n";
  const get = "GET https://a.example/\n";

  it("send the header as typed, or delete it", async () => {
    const text = `# @auth iam\n${get}A: b\n${bearer}C: d\n`;
    assert.equal(await fixed(text, 0, code, /as typed/), text.replace("iam", "none"));
    assert.equal(await fixed(text, 0, code, /^Sign it/), text.replace(bearer, ""));
  });

  it("leave the file's @auth to the other requests", async () => {
    const text = `# @auth iam\n\n###\n${get}${bearer}`;
    assert.equal(await fixed(text, 0, code, /as typed/), `# @auth iam\n\n###\n# @auth none\n${get}${bearer}`);
  });

  it("have no header to delete from a presigned URL", async () => {
    const text = "# @auth iam\nGET https://a.example/?X-Amz-Signature=0\n";
    assert.equal(await fixed(text, 0, code, /^Sign it/), null);
    assert.equal(await fixed(text, 0, code, /^Send it as typed/), text.replace("iam", "none"));
  });
});
