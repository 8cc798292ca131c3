import type { TripError } from "../errors.ts";
import type { Redactor } from "../guard/redactor.ts";
import { inertText } from "../guard/terminalText.ts";
import { sizeText, timeText } from "../shown/bodyText.ts";
import { sentValue } from "../shown/tripRedactor.ts";
import { urlOf } from "../signing/presignedTarget.ts";
import type { ExchangeResponse, Identity, Problem, Timings } from "../stages.ts";
import type { Trip } from "../trip/trip.ts";
import type { Style } from "./style.ts";

/** Turns what happened into lines for a person. Every line is redacted and inert. */
export interface Printer {
  readonly style: Style;
  readonly redactor: Redactor;
}

/** `pets.awsreq:5:7: error: …`, as compilers print it, so that terminals and editors make it a link. */
export function problemLine(problem: Problem, fileName: string, style: Style): string {
  const { line, column } = problem.range.start;
  const mark = problem.severity === "error" ? style.bad : style.warning;
  const place = `${fileName}:${line + 1}:${column + 1}`;
  return (
    inertText(`${place}: `) + mark(problem.severity) + inertText(`: ${problem.message} (${problem.code})`)
  );
}

/** What failed, and below it the one thing to do. */
export function errorLines(error: TripError, { style, redactor }: Printer): string[] {
  const line = (text: string) => inertText(redactor.message(text));
  const first = `${style.bad("error")}: ${line(error.message)} ${style.dim(`(${error.code})`)}`;
  const hint = error.hint === null ? [] : [`  ${style.heading("→")} ${line(error.hint)}`];
  const tried = error.tried ?? [];
  if (tried.length === 0) return [first, ...hint];
  const marks = { found: style.good("✓"), skipped: style.dim("–"), failed: style.bad("✗") } as const;
  return [
    first,
    ...hint,
    "  tried, in this order:",
    ...tried.map(({ text, outcome }) => `    ${marks[outcome]} ${line(text)}`),
  ];
}

/** Sentences worth knowing, a line each. */
export function noteLines(notes: readonly string[], { style, redactor }: Printer): string[] {
  return notes.map((note) => `${style.warning("note")}: ${inertText(redactor.text(note))}`);
}

/** What a trip is called above its answer, when there are several. */
export function headingLine({ name, title, line }: Trip, { style }: Printer): string {
  return style.heading(inertText(`### ${name ?? title} (line ${line + 1})`));
}

/** `200 OK · 12 ms · 231 B · dev, us-east-1/execute-api`. */
export function answerLine(trip: Trip, response: ExchangeResponse, printer: Printer): string {
  const { style } = printer;
  const { status, statusText } = response;
  const mark = statusMark(status, style);
  const parts = [
    mark(inertText(printer.redactor.text(`${status} ${statusText}`.trim()))),
    ...(response.answeredBy === "proxy" ? [style.warning("answered by the proxy, not by the server")] : []),
    timeText(trip.timings.total),
    sizeText(response.body.size),
    inertText(signerText(trip)),
  ];
  return parts.join(style.dim(" · "));
}

function statusMark(status: number, style: Style): (text: string) => string {
  if (status >= 400) return style.bad;
  return status >= 300 ? style.warning : style.good;
}

function signerText({ identity, signed }: Trip): string {
  const scope = signed?.trace?.scope;
  if (identity === null || scope === undefined) return "not signed";
  return `signed as ${whoText(identity)} for ${scope.region}/${scope.service}`;
}

/** The profile, or what stands in for one. */
export function whoText({ profile, kind }: Pick<Identity, "profile" | "kind">): string {
  return profile ?? withoutProfile.get(kind) ?? "the environment's keys";
}

const withoutProfile: ReadonlyMap<string, string> = new Map([
  ["web identity", "the environment's web identity"],
  ["container", "the container's credentials"],
  ["instance metadata", "the instance's credentials"],
]);

/** The status line and the headers of an answer, as `--include` prints them. */
export function headLines(response: ExchangeResponse, { redactor }: Printer): string[] {
  const { httpVersion, status, statusText, headers } = response;
  return [
    `HTTP/${httpVersion} ${status} ${statusText}`.trimEnd(),
    ...headers.map(([name, value]) => `${name}: ${redactor.field(name, value)}`),
    "",
  ].map((line) => inertText(redactor.text(line)));
}

/** The request as sent, as `--verbose` prints it. */
export function sentLines({ signed }: Trip, { redactor, style }: Printer): string[] {
  if (signed === null) return [];
  return [
    `${signed.method} ${redactor.text(urlOf(signed.target))}`,
    ...signed.headers.map((header) => `${redactor.text(header.name)}: ${sentValue(header, redactor)}`),
    ...(signed.body.length === 0 ? [] : [`(${sizeText(signed.body.length)} of body)`]),
  ].map((line) => `${style.dim(">")} ${inertText(line)}`);
}

const phases: readonly [keyof Timings, string][] = [
  ["credentials", "credentials"],
  ["sign", "signing"],
  ["proxy", "proxy"],
  ["dns", "name look-up"],
  ["connect", "connection"],
  ["tls", "TLS"],
  ["firstByte", "first byte"],
  ["download", "download"],
  ["total", "total"],
];

/** Where the time went, a line each; phases that did not happen are left out. */
export function timingLines(timings: Timings, style: Style): string[] {
  return phases.flatMap(([phase, label]) => {
    const time = timings[phase];
    return time === null ? [] : [`  ${style.dim(label.padEnd(28))}${timeText(time)}`];
  });
}
