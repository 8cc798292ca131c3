import type { TripError } from "../errors.ts";
import type { Redactor } from "../guard/redactor.ts";
import { inertLine } from "../guard/terminalText.ts";
import { reasonText, sizeText, timeText } from "../shown/bodyText.ts";
import { redirectTargets } from "../shown/redirects.ts";
import { sentValue } from "../shown/tripRedactor.ts";
import { urlOf } from "../signing/presignedTarget.ts";
import { scopeServiceText } from "../signing/scope.ts";
import type { ExchangeResponse, Field, Identity, InterimResponse, Problem, Timings } from "../stages.ts";
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
    inertLine(`${place}: `) + mark(problem.severity) + inertLine(`: ${problem.message} (${problem.code})`)
  );
}

/** What failed, and below it the one thing to do. */
export function errorLines(error: TripError, { style, redactor }: Printer): string[] {
  const line = (text: string) => inertLine(redactor.message(text));
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
  return notes.map((note) => `${style.warning("note")}: ${inertLine(redactor.text(note))}`);
}

/** What a trip is called above its answer, when there are several: its name, its title, or method and URL. */
export function headingLine(trip: Trip, { style, redactor }: Printer): string {
  const { name, title, line } = trip;
  // Masked first: half a secret would not be known for one.
  const called = name ?? (title === "" ? clipped(redactor.text(requestText(trip)), longestHeading) : title);
  return style.heading(inertLine(`### ${called} (line ${line + 1})`));
}

function requestText({ request, written = "" }: Trip): string {
  return request === null ? written : `${request.method} ${urlOf(request.target)}`;
}

const longestHeading = 200;

/** Why a request is not sent that others go on without, in one line: the places of its errors were told before. */
export function notSentLines(trip: Trip, printer: Printer): string[] | null {
  const { skipped, request, error, problems } = trip;
  const { style } = printer;
  if (skipped !== undefined) return [`${style.warning("skipped")}: ${inertLine(skipped)}`];
  if (request !== null || error === null) return null;
  if (error.code === "E_AUTH_UNDECIDED") return [undecidedLine("sent", printer)];
  const isTold = problems.some(({ severity, code }) => severity === "error" && code === error.code);
  const why = `not sent, because of the error in its text that is told above ${style.dim(`(${error.code})`)}`;
  return isTold ? [`${style.bad("error")}: ${why}`] : errorLines(error, printer);
}

/** Of a request that the one error of its whole file speaks of. */
export function undecidedLine(what: "sent" | "asked about", { style }: Printer): string {
  return `${style.bad("error")}: not ${what}, because nothing says whether this request is signed, as is told above`;
}

/** `200 OK · 12 ms · 231 B · dev, us-east-1/execute-api`. */
export function answerLine(trip: Trip, response: ExchangeResponse, printer: Printer): string {
  const { style } = printer;
  const { status } = response;
  const mark = statusMark(status, style);
  const parts = [
    mark(`${status} ${reasonOf(response, printer)}`.trimEnd()),
    ...(response.answeredBy === "proxy" ? [style.warning("answered by the proxy, not by the server")] : []),
    timeText(trip.timings.total),
    sizeText(response.body.size),
    inertLine(signerText(trip)),
  ];
  return parts.join(style.dim(" · "));
}

function reasonOf({ statusText }: Pick<InterimResponse, "statusText">, { redactor }: Printer): string {
  return inertLine(reasonText(redactor.text(statusText)));
}

/** Where an answer sends its reader, a line each. */
export function redirectLines(response: ExchangeResponse, { style, redactor }: Printer): string[] {
  return redirectTargets(response, redactor).map(
    (where) => `  ${style.heading("→")} ${inertLine(where)} ${style.dim("(redirects are not followed)")}`,
  );
}

function clipped(url: string, most: number): string {
  return url.length > most ? `${url.slice(0, most)}…` : url;
}

function statusMark(status: number, style: Style): (text: string) => string {
  if (status >= 400) return style.bad;
  return status >= 300 ? style.warning : style.good;
}

function signerText({ identity, signed }: Trip): string {
  const scope = signed?.trace?.scope;
  if (identity === null || scope === undefined) return "not signed";
  const role = identity.role === null ? "" : `, role ${identity.role},`;
  return `signed as ${whoText(identity)}${role} for ${scope.region}/${scopeServiceText(scope)}`;
}

/** The profile, or what stands in for one. */
export function whoText({ profile, kind }: Pick<Identity, "profile" | "kind">): string {
  return profile ?? withoutProfile.get(kind) ?? "the environment's keys";
}

const withoutProfile: ReadonlyMap<string, string> = new Map([
  ["web identity", "the environment's web identity"],
  ["container", "the container's credentials"],
  ["private environment", "keys of the private environment"],
  ["instance metadata", "the instance's credentials"],
]);

/** The status lines and the headers of an answer, interim ones first, as `--include` prints them. */
export function headLines(response: ExchangeResponse, printer: Printer): string[] {
  return [...response.interim, response].flatMap((head) => oneHead(response.httpVersion, head, printer));
}

/** The fields behind the body of an answer, as `--include` prints them. */
export function trailerLines({ trailers }: ExchangeResponse, printer: Printer): string[] {
  return fieldLines(trailers, printer);
}

/** What an answer has beside head and body, as `--verbose` prints it: interim answers, and fields behind the body. */
export function receivedLines(
  { httpVersion, interim, trailers }: ExchangeResponse,
  printer: Printer,
): string[] {
  const behind = trailers.length === 0 ? [] : ["behind the body:", ...fieldLines(trailers, printer)];
  return [...interim.flatMap((head) => oneHead(httpVersion, head, printer)), ...behind].map(
    (line) => `${printer.style.dim("<")} ${line}`,
  );
}

function oneHead(httpVersion: string, head: InterimResponse, printer: Printer): string[] {
  const first = `HTTP/${httpVersion} ${head.status} ${reasonOf(head, printer)}`.trimEnd();
  return [first, ...fieldLines(head.headers, printer), ""];
}

function fieldLines(fields: readonly Field[], { redactor }: Printer): string[] {
  return fields.map(([name, value]) => inertLine(redactor.text(`${name}: ${redactor.field(name, value)}`)));
}

/** The request as sent, as `--verbose` prints it. */
export function sentLines({ signed }: Trip, { redactor, style }: Printer): string[] {
  if (signed === null) return [];
  return [
    `${signed.method} ${redactor.text(urlOf(signed.target))}`,
    ...signed.headers.map((header) => `${redactor.text(header.name)}: ${sentValue(header, redactor)}`),
    ...(signed.body.length === 0 ? [] : [`(${sizeText(signed.body.length)} of body)`]),
  ].map((line) => `${style.dim(">")} ${inertLine(line)}`);
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
