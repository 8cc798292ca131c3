import { version } from "../../../package.json";
import { secretMask } from "../../guard/masks.ts";
import { createRedactor } from "../../guard/redactor.ts";
import type { PanelView } from "../../page/view.ts";

/** Headers whose values are nobody else's business, whoever typed them. */
const privateHeader = /^(\s*(?:x-api-key|api-key|cookie|set-cookie|x-auth-token)\s*:\s*)\S.*$/i;

/** The panel shows signatures, which are what was asked for; what leaves the machine has none. */
const redactor = createRedactor({ accessKeyIds: [], secrets: [], sessionTokens: [], privateValues: [] });

function forOthers(line: string): string {
  return redactor.text(line.replace(privateHeader, `$1${secretMask}`));
}

/** What somebody who helps needs to know of a request, as text. It is made of what the panel shows: redacted already. */
export function supportBundle(view: PanelView): string {
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
    .map(forOthers)
    .join("\n");
}
