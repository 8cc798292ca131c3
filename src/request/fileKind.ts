/**
 * True for the request files of other tools (`.http`, `.rest`), whose requests go out as they are typed unless one of
 * them says that it is signed. A buffer that was never saved, and standard input, have no such name.
 */
export function isOtherTools(path: string): boolean {
  return /\.(?:http|rest)$/i.test(path);
}
