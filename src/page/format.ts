/** `231 B`, `12.5 kB`, `3.1 MB`. */
export function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** `0.4 ms`, `12 ms`, `3.2 s`. */
export function timeText(milliseconds: number): string {
  if (milliseconds < 10) return `${milliseconds.toFixed(1)} ms`;
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}

/** `12:04:05`, in the person's own time zone. */
export function clockText(when: number): string {
  const date = new Date(when);
  return [date.getHours(), date.getMinutes(), date.getSeconds()]
    .map((part) => String(part).padStart(2, "0"))
    .join(":");
}

/** `42 min left`, `2 h 5 min left`, `expired`; null when credentials do not expire. */
export function expiryText(expires: string | null, now: number): string | null {
  if (expires === null) return null;
  const minutes = Math.floor((Date.parse(expires) - now) / 60_000);
  if (Number.isNaN(minutes)) return null;
  if (minutes < 0) return "expired";
  if (minutes < 1) return "under 1 min left";
  if (minutes < 60) return `${minutes} min left`;
  const hours = Math.floor(minutes / 60);
  return hours < 24 ? `${hours} h ${minutes % 60} min left` : `${Math.floor(hours / 24)} days left`;
}
