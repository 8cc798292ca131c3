const form =
  /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)[ ]?(?:Z|UTC|GMT|([+-]\d\d):?(\d\d))?)?$/i;

/**
 * The time at which credentials are said to end, as the tools that write it do: ISO 8601, or with a blank for the `T`.
 * Without a zone it is UTC. Null when it cannot be read.
 */
export function statedTime(written: string): Date | null {
  const [, day, clock = "00:00", hours, minutes] = form.exec(written.trim()) ?? [];
  if (day === undefined) return null;
  const zone = hours === undefined ? "Z" : `${hours}:${minutes}`;
  const time = new Date(`${day}T${clock}${zone}`);
  return Number.isNaN(time.getTime()) ? null : time;
}
