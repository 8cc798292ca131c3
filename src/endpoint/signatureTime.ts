/** When a request says it was signed. */
export interface SignatureTime {
  /** `20150830T123600Z`: what the string to sign holds. */
  readonly date: string;
  /** Milliseconds since 1970. */
  readonly time: number;
}

const basicFormat = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/;

/** Reads ISO 8601's basic format, or null: `20150230T000000Z` names no day. */
export function readBasicDate(text: string): SignatureTime | null {
  if (!basicFormat.test(text)) return null;
  const time = Date.parse(text.replace(basicFormat, "$1-$2-$3T$4:$5:$6Z"));
  return Number.isNaN(time) || basicDate(time) !== text ? null : { date: text, time };
}

/** Reads a Date header: an HTTP date or the basic format; null for anything else. */
export function readHttpDate(text: string): SignatureTime | null {
  const basic = readBasicDate(text);
  if (basic !== null) return basic;
  const time = Date.parse(text);
  return Number.isNaN(time) ? null : { date: basicDate(time), time };
}

/** A time in ISO 8601's basic format, to the second. */
export function basicDate(time: number): string {
  return new Date(time).toISOString().replace(/[-:]|\.\d{3}/g, "");
}

/** A time as S3 writes it, `2015-08-30T12:36:00Z`. */
export function isoSeconds(time: number): string {
  return new Date(time).toISOString().replace(/\.\d{3}Z$/, "Z");
}
