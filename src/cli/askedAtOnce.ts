/** What a command line asks for that needs no command; null for any other. @param argv without the executable and the script */
export function askedAtOnce([first]: readonly string[]): "help" | "version" | null {
  if (first === undefined || first === "--help" || first === "-h" || first === "help") return "help";
  return first === "--version" || first === "-V" ? "version" : null;
}
