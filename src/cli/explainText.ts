import { maskKeyId } from "../guard/masks.ts";
import { inertLine } from "../guard/terminalText.ts";
import type { BreakdownLine, SigningBreakdown, ThreeForms } from "../signing/breakdown.ts";
import { urlOf } from "../signing/presignedTarget.ts";
import type { Identity, SignedRequest, SigningTrace } from "../stages.ts";
import { type Printer, whoText } from "./printer.ts";
import type { Style } from "./style.ts";

/** What a signature is explained from. */
export interface Explanation {
  readonly identity: Identity;
  readonly signed: Pick<SignedRequest, "target">;
  readonly trace: SigningTrace;
  readonly breakdown: SigningBreakdown;
}

const labelWidth = 28;

/** The breakdown of a signature for a person: who, for what, and every line that was signed with its origin. */
export function breakdownText(explanation: Explanation, printer: Printer, columns: number): string {
  const { trace, breakdown } = shown(explanation, printer);
  const { style } = printer;
  const section = (title: string, lines: readonly BreakdownLine[]) => [
    "",
    style.heading(title),
    ...lines.flatMap((line) => labelled(line, style, columns)),
  ];
  return [
    style.heading("Who signs"),
    ...whoLines(explanation).flatMap((line) => labelled(shownLine(line, printer), style, columns)),
    "",
    style.heading("Typed, sent, signed"),
    ...threeForms("path", breakdown.path, style),
    ...threeForms("query", breakdown.query, style),
    ...section("Canonical request", breakdown.canonicalRequest),
    ...section("String to sign", breakdown.stringToSign),
    ...section("Signing key (never shown; each HMAC by name)", breakdown.signingKey),
    ...section(trace.mode === "presign" ? "Presigned URL" : "Authorization header", breakdown.authorization),
    ...urlLines(explanation),
    "",
  ].join("\n");
}

function whoLines({ identity, trace }: Explanation): BreakdownLine[] {
  const lines: BreakdownLine[] = [
    { label: "profile", text: identity.profile ?? `(${whoText(identity)})`, source: identity.source },
    {
      label: "credentials",
      text: `${maskKeyId(identity.credentials.accessKeyId)}, ${identity.kind}`,
      source: expiryText(identity),
    },
  ];
  if (identity.account !== null)
    lines.push({ label: "account", text: identity.account, source: identity.arn ?? "" });
  if (identity.role !== null) lines.push({ label: "role", text: identity.role, source: "" });
  lines.push(
    { label: "region", text: trace.scope.region, source: trace.scope.regionSource },
    { label: "service", text: trace.scope.service, source: trace.scope.serviceSource },
  );
  return lines;
}

function expiryText(identity: Identity): string {
  return identity.expires === null ? "" : `until ${identity.expires.toISOString()}`;
}

/** The breakdown with tokens masked and nothing in it that a terminal would obey. */
function shown(explanation: Explanation, printer: Printer): Explanation {
  const { redactor } = printer;
  const line = (entry: BreakdownLine) => shownLine(entry, printer);
  const forms = ({ typed, sent, signed }: ThreeForms): ThreeForms => ({
    typed: inertLine(redactor.text(typed)),
    sent: inertLine(redactor.text(sent)),
    signed: inertLine(redactor.text(signed)),
  });
  const { breakdown } = explanation;
  return {
    ...explanation,
    breakdown: {
      path: forms(breakdown.path),
      query: forms(breakdown.query),
      canonicalRequest: breakdown.canonicalRequest.map(line),
      stringToSign: breakdown.stringToSign.map(line),
      signingKey: breakdown.signingKey.map(line),
      authorization: breakdown.authorization.map(line),
    },
  };
}

function shownLine({ text, label, source }: BreakdownLine, { redactor }: Printer): BreakdownLine {
  return {
    text: inertLine(redactor.text(text)),
    label: inertLine(label),
    source: inertLine(redactor.text(source)),
  };
}

/** Label, text, and where it comes from: on the same line when that fits, else below. */
function labelled(line: BreakdownLine, style: Style, columns: number): string[] {
  const { label, source } = line;
  const text = line.text === "" && source !== "" ? "(empty)" : line.text;
  const head = `  ${style.dim(label.padEnd(labelWidth))}`;
  if (source === "") return [`${head}${text}`.trimEnd()];
  const width = 2 + labelWidth + text.length + 3 + source.length;
  if (width <= columns) return [`${head}${text}   ${style.dim(`← ${source}`)}`];
  return [`${head}${text}`, `${" ".repeat(2 + labelWidth)}${style.dim(`← ${source}`)}`];
}

function threeForms(label: string, forms: ThreeForms, style: Style): string[] {
  const rows = (["typed", "sent", "signed"] as const).map((form) => ({
    form,
    text: forms[form] || "(empty)",
  }));
  const allTheSame = rows.every(({ text }) => text === rows[0]?.text);
  if (allTheSame)
    return [`  ${style.dim(label.padEnd(labelWidth))}${rows[0]?.text ?? ""}   ${style.dim("← all three")}`];
  return rows.map(({ form, text }) => `  ${style.dim(`${label} ${form}`.padEnd(labelWidth))}${text}`);
}

/** The URL stands alone on its line so that it can be taken whole. */
function urlLines({ trace, signed }: Explanation): string[] {
  return trace.mode === "presign" ? ["", inertLine(urlOf(signed.target))] : [];
}
