/** Patterns of other tools' request files. */
export const httpPatterns = ["*.http", "*.rest"] as const;

/** `files.associations` with those files as ours; what else stands there stays. */
export function withHttpFiles(associations: unknown): Readonly<Record<string, unknown>> {
  const given = typeof associations === "object" && associations !== null ? associations : {};
  return { ...given, ...Object.fromEntries(httpPatterns.map((pattern) => [pattern, "awsreq"])) };
}
