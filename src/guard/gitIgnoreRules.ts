/** The text of a file with rules of what git ignores. */
export interface IgnoreFile {
  /** Folder that the rules are for, relative to the repository's root with "/"; "" is the root. */
  readonly folder: string;
  readonly bytes: Uint8Array;
}

/**
 * Whether git's rules ignore a file; null where that would take too long to tell.
 * @param path relative to the repository's root, with "/"
 * @param files the weakest first: in each, and over all, the last rule that matches counts
 */
export async function isIgnored(path: string, files: readonly IgnoreFile[]): Promise<boolean | null> {
  // One list over all files: a folder that one of them ignores is closed to the rules of the others.
  const patterns = files.flatMap(({ folder, bytes }) =>
    rulesOf(bytes).map((rule) => below(byteText(folder), rule)),
  );
  if (costOf(patterns, byteText(path)) > mostCost) return null;
  const { default: ignore } = await import("ignore");
  return ignore({ ignorecase: false })
    .add(patterns.map((pattern) => ({ pattern })))
    .ignores(byteText(path));
}

/** One character for each byte: git matches bytes, so that `?` is not all of an `é`. */
function byteText(text: string): string {
  return Buffer.from(text).toString("latin1");
}

/** The lines that are rules, as git reads them. */
function rulesOf(bytes: Uint8Array): readonly string[] {
  return Buffer.from(bytes)
    .toString("latin1")
    .replace(/^\xef\xbb\xbf/, "")
    .split("\n")
    .map((line) => line.replace(/\r$/, ""))
    .filter((line) => line !== "" && !line.startsWith("#"));
}

/** The same rule, as the root of the repository would write it. */
function below(folder: string, rule: string): string {
  if (folder === "") return rule;
  const [negation, pattern] = rule.startsWith("!") ? ["!", rule.slice(1)] : ["", rule];
  // A slash, but for one at the end, makes a rule one for a path; else it is one for a name at any depth.
  const isPath = /\/./.test(pattern.trimEnd());
  const path = isPath ? pattern.replace(/^\//, "") : `**/${pattern}`;
  return `${negation}/${folder.replace(/[\\*?[\]!# ]/g, "\\$&")}/${path}`;
}

/** Steps that matching may take at worst: far more than rules of people need, and less than a second. */
const mostCost = 50_000_000;

/** A star can end at each character, and so each further star multiplies the ways to match. */
function costOf(patterns: readonly string[], path: string): number {
  let cost = 0;
  for (const pattern of patterns) {
    const stars = pattern.match(/\*+/g)?.length ?? 0;
    cost += pattern.length + path.length ** Math.max(1, stars);
  }
  return cost * path.split("/").length;
}
