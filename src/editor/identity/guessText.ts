/** Text of a file as it may stand in the editor's own places: short, on its line, and no `$(…)`, which would be an icon. */
export function guessText(text: string, longest: number): string {
  const shown = text.replace(/[\p{Cc}\p{Cf}]/gu, "").replaceAll("$(", "(");
  return shown.length > longest ? `${shown.slice(0, longest)}…` : shown;
}
