import type { HostMessage } from "../../page/protocol.ts";
import type { BodyContent } from "../../page/view.ts";

/** UTF-16 units of a text that one message carries: the editor writes each message as a whole. */
export const longestPiece = 512 * 1024;

/** The messages that bring a body to the page: one, or a long text in pieces before it. */
export function* bodyMessages(trip: number, content: BodyContent): Generator<HostMessage> {
  if (content.kind !== "text" || content.text.length <= longestPiece) {
    yield { type: "body", trip, content };
    return;
  }
  const { text } = content;
  // Bytes of its own: the editor would send all of a buffer that several share.
  const encoder = new TextEncoder();
  for (let start = 0; start < text.length; ) {
    const end = endOfPiece(text, start);
    yield { type: "bodyPiece", trip, isFirst: start === 0, bytes: encoder.encode(text.slice(start, end)) };
    start = end;
  }
  yield { type: "body", trip, content: { ...content, text: "" }, inPieces: true };
}

/** Not between the halves of one character. */
function endOfPiece(text: string, start: number): number {
  const end = Math.min(start + longestPiece, text.length);
  const isHalf = end < text.length && text.charCodeAt(end - 1) >> 10 === 0x36;
  return isHalf ? end - 1 : end;
}
