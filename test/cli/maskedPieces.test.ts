import assert from "node:assert/strict";
import { bodyForPipe, pieceForTerminal } from "../../src/cli/bodyOutput.ts";
import { presentedBody } from "../../src/cli/presentedBody.ts";
import { statedType } from "../../src/guard/bodyCharset.ts";
import { createRedactor } from "../../src/guard/redactor.ts";

import type { BodyStore } from "../../src/stages.ts";

const secret = "wJalrXUtnFEMI/K7MDENG+canary";
const redactor = createRedactor({
  accessKeyIds: [],
  secrets: [secret],
  sessionTokens: [],
  privateValues: [],
});
const sizes = { piece: 600, reach: 200 };

/** A body that tells how much of it was asked for at once. */
function storeOf(bytes: Uint8Array): BodyStore & { largest: number } {
  return {
    size: bytes.length,
    largest: 0,
    async slice(start, end) {
      this.largest = Math.max(this.largest, end - start);
      return bytes.subarray(start, end);
    },
    dispose: async () => undefined,
  };
}

async function shownOf(bytes: Uint8Array): Promise<{ all: Buffer; searched: boolean; largest: number }> {
  const store = storeOf(bytes);
  const pieces: Uint8Array[] = [];
  let isSearched = true;
  const present = (bytes: Uint8Array) => bodyForPipe(bytes, redactor);
  for await (const { output, remark } of presentedBody(store, present, sizes)) {
    pieces.push(Buffer.from(output));
    isSearched &&= remark === null || !remark.includes("not shown");
  }
  return { all: Buffer.concat(pieces), searched: isSearched, largest: store.largest };
}

describe("a body that is masked piece by piece", () => {
  for (const [name, written] of Object.entries({
    "as it is": secret,
    "percent-encoded": encodeURIComponent(secret),
    "in base64": Buffer.from(secret).toString("base64"),
    "as issued by the server": `"SecretAccessKey":"${"0123456789/+".repeat(4)}"`,
    "as a parameter": `&client_secret=${"0123456789".repeat(4)}&`,
  })) {
    it(`finds a secret over the end of a piece, ${name}`, async () => {
      for (let before = 540; before <= 640; before += 1) {
        const text = `${"x".repeat(before)} ${written} ${"y ".repeat(700)}`;
        const { all, searched, largest } = await shownOf(Buffer.from(text));
        assert.ok(searched && largest <= sizes.piece + sizes.reach);
        assert.equal(all.toString(), redactor.text(text), `${before}`);
      }
    });
  }

  it("finds it in UTF-16 and among bytes that are no UTF-8", async () => {
    for (let before = 260; before <= 320; before += 1) {
      const text = `${"x".repeat(before)} ${secret} ${"y ".repeat(700)}`;
      const wide = await shownOf(Buffer.from(text, "utf16le"));
      assert.equal(wide.all.toString("utf16le"), redactor.text(text), `${before}`);
      const other = await shownOf(Buffer.concat([Buffer.from([0xff]), Buffer.from(text + text)]));
      assert.ok(other.searched && !other.all.toString("latin1").includes(secret), `${before}`);
    }
  });

  it("leaves every other byte as it is", async () => {
    const bytes = Buffer.from(Array.from({ length: 5000 }, (_, at) => (at * 151 + (at >> 5)) & 0xff));
    assert.deepEqual((await shownOf(bytes)).all, bytes);
    assert.deepEqual((await shownOf(Buffer.alloc(0))).all, Buffer.alloc(0));
    const text = Buffer.from("€".repeat(900));
    assert.deepEqual((await shownOf(text)).all, text);
  });

  it("masks a secret that is longer than a piece, and shows nothing more where it is longer than it can search", async () => {
    const long = await shownOf(Buffer.from(`"client_secret":"${"a".repeat(3000)}"`));
    assert.deepEqual([long.all.includes("aaaa"), long.searched], [false, true]);
    const endless = await shownOf(Buffer.from(`"client_secret":"${"a".repeat(30_000)}"`));
    assert.deepEqual([endless.all.includes("aaaa"), endless.searched], [false, false]);
  });

  for (const [name, contentType, unit, write] of [
    ["ISO-8859-1", "text/plain; charset=iso-8859-1", 1, (text: string) => Buffer.from(text, "latin1")],
    ["UTF-16LE", "text/plain; charset=utf-16le", 2, (text: string) => Buffer.from(text, "utf16le")],
    [
      "UTF-16BE by its mark",
      "text/plain",
      2,
      (text: string) => Buffer.from(`\ufeff${text}`, "utf16le").swap16(),
    ],
    [
      "KOI8-R by its meta",
      "text/html",
      1,
      (text: string) => Buffer.from(`<meta charset=koi8-r>${text}`, "latin1"),
    ],
  ] as const) {
    it(`is read in the charset of the whole, on a terminal: ${name}`, async () => {
      const text = `${"x".repeat(530)} ${secret} ${"é and plain text, line by line\n".repeat(60)}`;
      const bytes = write(text);
      const stated = statedType(bytes, contentType);
      const present = (piece: Uint8Array) => pieceForTerminal(piece, redactor, stated);
      const pieces: string[] = [];
      for await (const { output, remark } of presentedBody(storeOf(bytes), present, sizes, unit)) {
        assert.equal(remark, null);
        pieces.push(output.toString());
      }
      assert.ok(pieces.length > 2);
      const shown = redactor.text(text);
      const expected = name.startsWith("KOI8") ? `<meta charset=koi8-r>${shown.replaceAll("é", "И")}` : shown;
      assert.equal(pieces.join(""), expected);
    });
  }
});
