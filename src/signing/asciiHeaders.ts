import { UserError } from "../errors.ts";
import type { Header } from "../stages.ts";

/**
 * S3 takes US-ASCII in header values. What else stands there it reads in another encoding than the one that was signed,
 * and it calls the signature wrong.
 * @throws UserError `E_HEADER_ASCII`
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html
 */
export function refuseNonAscii(headers: readonly Pick<Header, "name" | "value">[], service: string): void {
  const found = headers.find(({ value }) => /[^\0-\x7f]/.test(value));
  if (found === undefined) return;
  throw new UserError({
    code: "E_HEADER_ASCII",
    phase: "sign",
    message: `The value of ${found.name} holds ${characterIn(found.value)}, but ${service} takes ASCII only in headers and would refuse the signature.`,
    hint: hintFor(found.name.toLowerCase()),
  });
}

/** Named by its code point where nobody sees it. The value itself may be a secret. */
function characterIn(value: string): string {
  const character = /[^\0-\x7f]/u.exec(value)?.[0] ?? "";
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
  return character === "\u00a0" ? "a no-break space (U+00A0)" : `the character U+${code}`;
}

function hintFor(name: string): string {
  if (name === "content-disposition")
    return "Write the name in UTF-8 with percent signs: `attachment; filename*=UTF-8''na%C3%AFve.txt`.";
  return name.startsWith("x-amz-meta-")
    ? "Encode the value, as RFC 2047 does (`=?UTF-8?B?…?=`, base64 in the middle), or put it in percent signs (`{{%name}}` does)."
    : "Write the value in ASCII, or put it in percent signs where the header allows that.";
}
