import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UserError } from "../../src/errors.ts";
import { bodyText, headerLines, problemsOf, resolved, resolveText } from "./resolving.ts";

describe("bodies as sent", () => {
  it("fault 87: are the bytes of the text", async () => {
    const text = "POST https://a.example\n\n\ufeffa\r\nb\0\u0007😀\rc \n\n";
    assert.equal(bodyText(await resolved(text)), "\ufeffa\r\nb\0\u0007😀\rc ");
  });

  it("of a form are joined where `&` says so, and encoded where they must be", async () => {
    const form = async (body: string): Promise<string> =>
      bodyText(
        await resolved(
          `POST https://a.example\nContent-Type: application/x-www-form-urlencoded; charset=x\n\n${body}`,
        ),
      );
    assert.equal(
      await form("name = foo\r\n&pass word=b%20r+é &\n\nlast={{$timestamp}} &\n"),
      "name=foo&pass%20word=b%20r+%C3%A9&last=1709247906",
    );
    assert.equal(await form("a=1&b=2"), "a=1&b=2");
  });

  it("of other types keep their lines", async () => {
    assert.equal(
      bodyText(await resolved("POST https://a.example\nContent-Type: text/plain\n\na\n&b")),
      "a\n&b",
    );
  });

  it("of multipart have CRLF, whatever the file has", async () => {
    const text = "POST https://a.example\nContent-Type: multipart/form-data; boundary=b\n\n--b\n\nx\n--b--";
    for (const written of [text, text.replaceAll("\n", "\r\n"), text.replaceAll("\n", "\r")]) {
      assert.equal(bodyText(await resolved(written)), "--b\r\n\r\nx\r\n--b--\r\n");
      assert.deepEqual(await problemsOf(written), []);
    }
  });

  it("fault 106: refuse a half character that a variable brings", async () => {
    const variables = new Map([["v", "\ud83d"]]);
    assert.deepEqual(await problemsOf("POST https://a.example\n\nx{{v}}", { variables }), [
      ["E_LONE_SURROGATE", "x{{v}}"],
    ]);
  });
});

describe("included files", () => {
  let directory = "";
  before(async () => {
    directory = await mkdtemp(join(tmpdir(), "includes-"));
    await mkdir(join(directory, "folder"));
    await writeFile(join(directory, "bytes.bin"), Buffer.from([0, 255, 13, 10, 128]));
    await writeFile(join(directory, "empty"), "");
    await writeFile(join(directory, "text {{a}}.txt"), "{{not a variable}}");
  });
  after(() => rm(directory, { recursive: true }));

  it("fault 86: are sent byte by byte, between the text around them", async () => {
    const text = "@f = bytes.bin\nPOST https://a.example\n\na\n< {{f}}\n< ./empty\n< text \\{{a}}.txt\nb";
    const request = await resolved(text, { directory });
    const expected = Buffer.concat([
      Buffer.from("a\n"),
      Buffer.from([0, 255, 13, 10, 128]),
      Buffer.from("\n\n{{not a variable}}\nb"),
    ]);
    assert.deepEqual(request.body, new Uint8Array(expected));
    assert.deepEqual(request.outsideValues, ["include"]);
    assert.equal(headerLines(request).at(-2), `Content-Length: ${expected.length}`);
  });

  it("fault 106: may be the request file itself", async () => {
    await writeFile(join(directory, "self.http"), "POST https://a.example\n\n< self.http");
    const request = await resolved("POST https://a.example\n\n< self.http", { directory });
    assert.equal(bodyText(request), "POST https://a.example\n\n< self.http");
  });

  it("fault 86: that cannot be read are errors at their paths, with the path that was tried", async () => {
    const text = "POST https://a.example\n\n< nowhere\n< folder\n< bytes.bin/x";
    const { request, problems } = await resolveText(text, { directory });
    assert.equal(request, null);
    assert.deepEqual(
      problems.map(({ code, message }) => `${code} ${message}`),
      [
        `E_INCLUDE_MISSING ${join(directory, "nowhere")} cannot be included: there is no such file; paths start from the request file's folder.`,
        `E_INCLUDE_DIRECTORY ${join(directory, "folder")} cannot be included: it is a folder; name a file in it.`,
        `E_INCLUDE_MISSING ${join(directory, "bytes.bin/x")} cannot be included: a part of the path is a file, not a folder.`,
      ],
    );
    assert.deepEqual(
      (await problemsOf(text, { directory })).map(([, place]) => place),
      ["nowhere", "folder", "bytes.bin/x"],
    );
  });

  it("fault 86: that may not be read, or fail otherwise, are errors", async () => {
    const failing = (code: string) => () => Promise.reject(Object.assign(new Error("no"), { code }));
    for (const [code, expected] of [
      ["EACCES", "E_INCLUDE_UNREADABLE"],
      ["EMFILE", "E_INCLUDE_UNREADABLE"],
    ] as const) {
      const { problems } = await resolveText("POST https://a.example\n\n< f", { readInclude: failing(code) });
      assert.deepEqual(
        problems.map((problem) => problem.code),
        [expected],
      );
    }
  });

  it("that are refused are errors in the words of the refusal", async () => {
    const refuse = () =>
      Promise.reject(
        new UserError({
          code: "E_REFUSED",
          phase: "guard",
          message: "Not this file.",
          hint: "Take another.",
        }),
      );
    const { problems } = await resolveText("POST https://a.example\n\n< f", { readInclude: refuse });
    assert.deepEqual(
      problems.map(({ code, message }) => [code, message]),
      [["E_REFUSED", "Not this file. Take another."]],
    );
  });

  it("let bugs through", async () => {
    const broken = () => Promise.reject(new TypeError("bug"));
    await assert.rejects(resolveText("POST https://a.example\n\n< f", { readInclude: broken }), TypeError);
  });

  it("are not read while anything else is wrong", async () => {
    const reads: string[] = [];
    const readInclude = async (path: string): Promise<Uint8Array> => {
      reads.push(path);
      return new Uint8Array();
    };
    await resolveText("POST https://a.example\nA: {{x}}\n\n< f", { readInclude });
    assert.deepEqual(reads, []);
  });
});
