import type { Trip } from "../../trip/trip.ts";

/** What became of a send, for the line above the request: `200 OK · 187 ms`, `cancelled`, `E_PROFILE_UNKNOWN`. Redacted. */
export function outcomeText({ exchange, error, timings }: Trip, redact: (text: string) => string): string {
  const response = exchange?.response ?? null;
  const time = timeText(timings.total);
  if (error?.phase === "cancel") return `cancelled · ${time}`;
  if (response !== null) {
    const status = `${response.status} ${plain(redact(response.statusText))}`.trim();
    const proxy = response.answeredBy === "proxy" ? " · from the proxy" : "";
    return `${status} · ${time}${proxy}${response.complete ? "" : " · cut"}`;
  }
  return error === null ? "signed, not sent" : error.code;
}

function timeText(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}

/** A server's words in a CodeLens: short, and without `$(…)`, which would be drawn as an icon. */
function plain(statusText: string): string {
  const inert = statusText.replace(/[\p{Cc}\p{Cf}$]/gu, "");
  return inert.length > 40 ? `${inert.slice(0, 40)}…` : inert;
}
