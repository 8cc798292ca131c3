/**
 * Whether the person marked a profile as protected: requests that change things are asked about each time.
 * @param patterns names; `*` stands for any characters, as in `prod-*`
 */
export function isProtected(profile: string | null, patterns: readonly string[]): boolean {
  return profile !== null && patterns.some((pattern) => matches(profile, pattern));
}

/** In time proportional to the name for each `*`: a pattern may come from a setting that somebody mistyped. */
function matches(name: string, pattern: string): boolean {
  const [first = "", ...rest] = pattern.split("*");
  const last = rest.pop();
  if (last === undefined) return name === pattern;
  if (!name.startsWith(first) || !name.endsWith(last)) return false;
  let from = first.length;
  for (const piece of rest) {
    const at = name.indexOf(piece, from);
    if (at === -1) return false;
    from = at + piece.length;
  }
  return from <= name.length - last.length;
}
