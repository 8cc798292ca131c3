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
  const patterns: { readonly pattern: string }[] = [];
  const target = byteText(path);
  let cost = 0;
  for (const { folder, bytes } of files) {
    for (const rule of rulesOf(bytes)) {
      const pattern = below(byteText(folder), rule);
      cost += costOf(pattern, target);
      if (cost > mostCost) return null;
      patterns.push({ pattern });
    }
  }
  const { default: ignore } = await import("ignore");
  return ignore({ ignorecase: false }).add(patterns).ignores(target);
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
    .split(/\r?\n/)
    .map((line, at, { length }) => (at === length - 1 ? line.replace(/\r$/, "") : line))
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

/** Steps that reading and matching may take at worst: far more than rules of people need, and about a second. */
const mostCost = 50_000_000;

/** Bytes that a rule may have: it becomes a regular expression, whose own size has a limit. */
const longestRule = 1000;

/** Steps for making a regular expression of a rule. */
const costOfRule = 2000;

/** A star can end at each character, and so each further star multiplies the ways to match. */
function costOf(pattern: string, path: string): number {
  if (pattern.length > longestRule + path.length) return Number.POSITIVE_INFINITY;
  const stars = pattern.match(/\*+/g)?.length ?? 0;
  return costOfRule + path.split("/").length * path.length ** Math.max(1, stars);
}
