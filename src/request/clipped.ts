/** Text for a message, 80 characters at most. Where it breaks off stands "…": masks know by it that a value goes on. */
export function clipped(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
