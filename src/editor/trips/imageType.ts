import type { BodyContent } from "../../page/view.ts";

type ImageType = Extract<BodyContent, { readonly kind: "image" }>["mime"];

/** The kind of an image by its first bytes; whatever the answer says of it. Null for anything else. */
export function imageType(head: Uint8Array): ImageType | null {
  const latin1 = Buffer.from(head.subarray(0, 12)).toString("latin1");
  if (latin1.startsWith("\u0089PNG\r\n\u001a\n")) return "image/png";
  if (latin1.startsWith("\u00ff\u00d8\u00ff")) return "image/jpeg";
  if (/^GIF8[79]a/.test(latin1)) return "image/gif";
  return /^RIFF.{4}WEBP/s.test(latin1) ? "image/webp" : null;
}
