import { version } from "../../../package.json";
import type { PanelView } from "../../page/view.ts";
import { nobodysTrip, type RedactedOf, recordRedactorOf } from "../../shown/tripRedactor.ts";

/**
 * What somebody who helps needs to know of a request, as text. It is made of what the panel shows, redacted already; the
 * panel shows signatures, which are what was asked for, and what leaves the machine has none.
 */
export function supportBundle(view: PanelView, trip: RedactedOf | null): string {
  const redactor = recordRedactorOf(trip ?? nobodysTrip);
  const { request, identity, outcome, headers, signing, diagnosis } = view;
  const lines = (rows: readonly { readonly name: string; readonly value: string }[]) =>
    rows.map(({ name, value }) => `  ${name}: ${value}`);
  const status = "answer" in outcome ? `${outcome.answer.status} ${outcome.answer.statusText}` : outcome.kind;
  const [best] = diagnosis?.findings ?? [];
  const signedText = (signing?.canonicalRequest ?? []).map(
    ({ pieces }) => `  ${pieces.map(({ text }) => text).join("")}`,
  );
  return [
    `awsreq ${version}, ${new Date(view.when).toISOString()}`,
    `${request.method} ${request.origin}${request.path}${request.query === "" ? "" : `?${request.query}`}`,
    `Answer: ${status}`,
    identity === null
      ? "Not signed"
      : `Signed by: ${identity.profile ?? "environment"}, ${identity.kind}, key ${identity.accessKeyId}, ${identity.region}, ${identity.service}`,
    ...(best === undefined ? [] : [`Finding: ${best.cause} (${best.certainty}). ${best.detail}`]),
    ...(best?.evidence ?? []).map((text) => `  because ${text}`),
    "Request headers:",
    ...lines(headers?.request ?? []),
    "Response headers:",
    ...lines(headers?.response ?? []),
    ...(signedText.length === 0 ? [] : ["Canonical request:", ...signedText]),
    "",
  ]
    .map((line) => redactor.text(line))
    .join("\n");
}
