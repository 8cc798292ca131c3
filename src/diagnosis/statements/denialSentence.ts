/** What IAM's own sentence of a denial names. */
export interface DenialParts {
  readonly user: string;
  readonly action: string;
  /** As written, without what stands around it; null when none is named, or not the whole of it. */
  readonly resource: string | null;
}

/** Reads `User: … is not authorized to perform: service:Action on resource: …`; null for a text that is none. */
export function denialParts(text: string): DenialParts | null {
  const plain = text.replace(/\s+/g, " ");
  const at = /is not authorized to perform:? (?:operation:? )?[`'"]?([\w-]+:\w+)/.exec(plain);
  const action = at?.[1];
  if (at === null || action === undefined) return null;
  const before = plain.slice(Math.max(0, at.index - 400), at.index);
  const behind = plain.slice(at.index + at[0].length, at.index + at[0].length + 2500);
  return { user: userIn(before), action, resource: resourceIn(behind) };
}

function userIn(before: string): string {
  return /User:? ?["'`]?([^\s"'`]{1,300})["'`]? ?$/.exec(before)?.[1] ?? "";
}

/** In quotes it ends with the quote that began it, else before what a sentence goes on with. */
function resourceIn(behind: string): string | null {
  const [, open = "", rest = ""] =
    /^[`'"]? (?:action )?on (?:the )?(?:following )?resource:? ?(["'`]?)(.*)$/.exec(behind) ?? [];
  const closing = open === "" ? -1 : rest.indexOf(open);
  const written = closing > 0 ? rest.slice(0, closing) : (/^[^\s"`<>]+/.exec(rest)?.[0] ?? "");
  if (/(?:\.\.\.|\u2026)['")]?$/.test(written)) return null;
  const bare = closing > 0 ? written : withoutPunctuation(written);
  return bare === "*" || isWholeArn(bare) ? bare : null;
}

function withoutPunctuation(text: string): string {
  const trimmed = text.replace(/(?:\\n|[.,;:'}\]\\])+$/, "");
  return trimmed.endsWith(")") && !trimmed.includes("(") ? withoutPunctuation(trimmed.slice(0, -1)) : trimmed;
}

/** Of a log that cuts its lines half an ARN is left: a policy with that would be refused, or allow something else. */
function isWholeArn(text: string): boolean {
  return (
    /^arn:aws[\w-]{0,20}:[a-z0-9-]+:[a-z0-9-]*:(?:\d{12}|\*{8}\d{4})?:[^:].*$/.test(text) &&
    !text.includes("\u2026")
  );
}
