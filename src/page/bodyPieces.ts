import type { BodyMessage, HostMessage } from "./protocol.ts";
import type { BodyContent } from "./view.ts";

/** Puts texts together that come in several messages. */
export interface BodyPieces {
  take(piece: Extract<HostMessage, { readonly type: "bodyPiece" }>): void;
  /** The whole content of a body; null when pieces of it are missing. */
  content(message: BodyMessage): BodyContent | null;
}

/** Holds the pieces of one text at a time. */
export function createBodyPieces(): BodyPieces {
  let trip: number | null = null;
  let pieces: Uint8Array[] = [];
  return {
    take(piece) {
      if (piece.isFirst) pieces = [];
      else if (piece.trip !== trip) return;
      trip = piece.trip;
      pieces.push(piece.bytes);
    },
    content(message) {
      const { content, inPieces } = message;
      if (inPieces !== true || content.kind !== "text") return content;
      if (message.trip !== trip) return null;
      const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
      const texts = pieces.map((bytes) => decoder.decode(bytes, { stream: true }));
      [trip, pieces] = [null, []];
      return { ...content, text: texts.join("") + decoder.decode() };
    },
  };
}
