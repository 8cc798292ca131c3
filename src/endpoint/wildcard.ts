/** Whether a pattern with `*` (any characters) and `?` (one) covers a text. Takes no more than pattern × text steps. */
export function matchesWildcard(pattern: string, text: string): boolean {
  let [inPattern, inText] = [0, 0];
  let star = -1;
  let starText = 0;
  while (inText < text.length) {
    const wanted = pattern[inPattern];
    if (wanted === "*") {
      star = inPattern++;
      starText = inText;
    } else if (wanted === "?" || wanted === text[inText]) {
      inPattern++;
      inText++;
    } else if (star >= 0) {
      // The last star takes one character more; those before it need not be tried again.
      inPattern = star + 1;
      inText = ++starText;
    } else return false;
  }
  return /^\**$/.test(pattern.slice(inPattern));
}
