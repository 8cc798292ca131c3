import assert from "node:assert/strict";
import fc from "fast-check";
import { bodyForPipe } from "../../src/cli/bodyOutput.ts";
import { presentedBody } from "../../src/cli/presentedBody.ts";
import { createRedactor } from "../../src/guard/redactor.ts";
import { createBodyStore } from "../../src/transport/bodyStore.ts";
import { storageDirectory } from "../transport/sending.ts";

const secret = "canary+of/the=body";
const redactor = createRedactor({
  accessKeyIds: [],
  secrets: [secret],
  sessionTokens: [],
  privateValues: [],
});
const present = (bytes: Uint8Array) => bodyForPipe(bytes, redactor);

async function piecesOf(body: string | Uint8Array, piece = 400, reach = 60) {
  const store = createBodyStore({ memory: 1_000_000, directory: storageDirectory });
  await store.append(Buffer.from(body));
  const pieces: { output: Buffer; remark: string | null }[] = [];
  for await (const { output, remark } of presentedBody(store, present, { piece, reach }))
    pieces.push({ output: Buffer.from(output), remark });
  return { pieces, whole: Buffer.concat(pieces.map(({ output }) => output)).toString() };
}

describe("presentedBody", () => {
  it("presents what fits into a piece whole, and nothing of an empty body", async () => {
    assert.equal((await piecesOf("abc")).pieces.length, 1);
    assert.equal((await piecesOf("")).whole, "");
  });

  it("gives the same as the whole would, wherever a secret, a line end or a long character lies", async () => {
    const part = fc.constantFrom(
      secret,
      secret.slice(0, 9),
      "é",
      "😀",
      "x",
      "\n",
      "plain text ",
      encodeURIComponent(secret),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(part, { minLength: 50, maxLength: 300 }), async (parts) => {
        const body = parts.join("");
        assert.equal((await piecesOf(body)).whole, redactor.text(body));
      }),
      { numRuns: 60 },
    );
  });

  it("cuts at line ends where there are any", async () => {
    const { pieces } = await piecesOf(`${"x".repeat(39)}\n`.repeat(40));
    assert.ok(pieces.length > 3);
    for (const { output } of pieces) assert.equal(output.at(-1), 0x0a);
  });

  it("passes bytes that are no text on as they are", async () => {
    const bytes = Buffer.from(Array.from({ length: 3000 }, (_, at) => (at * 7919) % 256));
    const { pieces } = await piecesOf(bytes);
    assert.ok(Buffer.concat(pieces.map(({ output }) => output)).equals(bytes));
  });

  it("shows no more where every place to cut lies in a secret", async () => {
    const endless = createRedactor({
      accessKeyIds: [],
      secrets: ["s".repeat(100_000)],
      sessionTokens: [],
      privateValues: [],
    });
    const store = createBodyStore({ memory: 1_000_000, directory: storageDirectory });
    await store.append(Buffer.from("s".repeat(20_000)));
    const never = (bytes: Uint8Array) => ({ output: String(bytes.length), remark: endless.text("") || null });
    const shown = [];
    for await (const one of presentedBody(store, never, { piece: 400, reach: 60 })) shown.push(one);
    assert.equal(shown.length, 1);
    assert.match(shown[0]?.remark ?? "", /^The rest of the body \(20000 bytes\) cannot be masked/);
  });
});
