import assert from "node:assert/strict";
import { bodyMessages, longestPiece } from "../../../src/editor/panel/bodyMessages.ts";
import { createBodyPieces } from "../../../src/page/bodyPieces.ts";
import type { HostMessage } from "../../../src/page/protocol.ts";
import type { BodyContent } from "../../../src/page/view.ts";

function textBody(text: string): BodyContent {
  return { kind: "text", text, language: "json", charset: "UTF-8" };
}

/** What a page shows of messages, in their order. */
function received(messages: Iterable<HostMessage>): BodyContent | null {
  const pieces = createBodyPieces();
  let shown: BodyContent | null = null;
  for (const message of messages) {
    if (message.type === "bodyPiece") pieces.take(message);
    else if (message.type === "body") shown = pieces.content(message);
  }
  return shown;
}

describe("a body on its way to the page", () => {
  const texts: readonly (readonly [what: string, text: string])[] = [
    ["of one piece", "x".repeat(longestPiece)],
    ["one character longer", `${"x".repeat(longestPiece)}y`],
    ["cut where a character has two halves", `${"x".repeat(longestPiece - 1)}${"😀".repeat(longestPiece)}`],
    ["of characters of three bytes", "日".repeat(longestPiece * 2 + 1)],
    ["that begins with a byte order mark", `\ufeff${"é".repeat(longestPiece)}`],
  ];
  for (const [what, text] of texts) {
    it(`is the same text: ${what}`, () => {
      assert.deepEqual(received(bodyMessages(1, textBody(text))), textBody(text));
    });
  }

  it("is carried in messages that are small each", () => {
    const [last, ...pieces] = [...bodyMessages(1, textBody("日".repeat(2_000_000)))].reverse();
    assert.equal(pieces.length, 4);
    for (const piece of pieces) {
      assert.ok(piece.type === "bodyPiece" && piece.bytes.length <= 3 * longestPiece);
      assert.equal(piece.bytes.buffer.byteLength, piece.bytes.length, "nothing else is sent with it");
    }
    assert.ok(last?.type === "body" && last.content.kind === "text" && last.content.text === "");
  });

  it("goes in one message where it is no long text", () => {
    for (const body of [textBody("{}"), { kind: "empty" }, { kind: "large", bytes: 7 }] as const)
      assert.deepEqual([...bodyMessages(3, body)], [{ type: "body", trip: 3, content: body }]);
  });

  it("is not mixed with what came of another", () => {
    const long = "a".repeat(longestPiece * 2);
    const other = textBody("b".repeat(longestPiece * 3));
    const [first] = bodyMessages(1, textBody(long));
    assert.ok(first);
    assert.deepEqual(received([first, ...bodyMessages(2, other)]), other);
    assert.equal(received([...bodyMessages(1, textBody(long))].slice(1)), null);
  });
});
