import { cpSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { WireRequest } from "./wireServer.ts";

/** A request in the form in which the corpus notes it. */
export interface NotedRequest {
  /** The request line. */
  readonly line: string;
  /** `name: value`, names in small letters, sorted; without what each tool adds by itself. */
  readonly headers: readonly string[];
  /** The body as text; as `base64:…` where it is no UTF-8. */
  readonly body: string;
}

/** Where what awsreq sends is not what httpYac sends. */
export interface Difference {
  /** First cell of the row of docs/format.md that tells it. */
  readonly row: string;
  /** What awsreq sends instead. */
  readonly requests: readonly NotedRequest[];
}

/** One file of the corpus: what it shows, and how it is run. */
export interface CorpusCase {
  readonly shows: string;
  /** Words of a tool's documentation on which the expectation rests, and where they stand. */
  readonly quote?: string;
  /** Arguments that httpYac and awsreq understand alike. */
  readonly args?: readonly string[];
  /** Values that differ from run to run: a regular expression, and what stands for its matches. */
  readonly mask?: readonly (readonly [pattern: string, stands: string])[];
  /** The code with which awsreq says why a request is not sent. */
  readonly refused?: string;
  /** The code of a warning or hint with which awsreq says what it sends. */
  readonly said?: string;
  readonly differs?: Difference;
}

/** Folders of the corpus: the tool whose documentation describes the construct. */
export const tools = ["rest-client", "httpyac", "jetbrains", "visual-studio", "kulala"] as const;

/** The cases by the path of their file, `tool/construct.http`. */
export function readCases(): ReadonlyMap<string, CorpusCase> {
  return new Map(
    tools.flatMap((tool) => {
      const cases = JSON.parse(readFileSync(join(__dirname, tool, "cases.json"), "utf8"));
      return Object.entries<CorpusCase>(cases).map(([file, each]) => [`${tool}/${file}`, each] as const);
    }),
  );
}

/** Every request file of the corpus that is a case: those that others include or import lie in `parts` folders. */
export function readFileNames(): readonly string[] {
  return tools.flatMap((tool) =>
    readdirSync(join(__dirname, tool), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".http") && !file.includes("parts"))
      .map((file) => `${tool}/${file.replaceAll("\\", "/")}`),
  );
}

/** Copies the corpus to a temporary folder, the port filled in, and gives the folder. */
export function copyCorpus(port: number): string {
  const folder = mkdtempSync(join(tmpdir(), "awsreq-corpus-"));
  for (const tool of tools) cpSync(join(__dirname, tool), join(folder, tool), { recursive: true });
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    const file = join(folder, name);
    if (!statSync(file).isFile()) continue;
    const bytes = readFileSync(file, "latin1");
    writeFileSync(file, bytes.replaceAll("{P}", String(port)), "latin1");
  }
  return folder;
}

const added: readonly RegExp[] = [
  /^content-length: /,
  /^connection: /,
  /^transfer-encoding: /,
  /^accept: \*\/\*$/,
  /^accept-encoding: gzip, deflate, br(?:, zstd)?$/,
  /^user-agent: (?:httpyac|awsreq\/.*)$/,
];

/** Notes requests as the corpus does: without what the tool adds by itself, with the port as `{P}`. */
export function noted(
  requests: readonly WireRequest[],
  port: number,
  mask: CorpusCase["mask"] = [],
): readonly NotedRequest[] {
  const written = (text: string): string =>
    mask.reduce(
      (masked, [pattern, stands]) => masked.replaceAll(new RegExp(pattern, "g"), stands),
      text.replaceAll(`:${port}`, ":{P}"),
    );
  return requests.map(({ line, headers, body }) => ({
    line: written(line),
    headers: headers
      .map(([name, value]) => `${name.toLowerCase()}: ${value}`)
      .filter((header) => !added.some((pattern) => pattern.test(header)))
      .map(written)
      .sort(),
    body: written(textOf(body)),
  }));
}

function textOf(body: Buffer): string {
  const text = body.toString("utf8");
  return Buffer.from(text, "utf8").equals(body) ? text : `base64:${body.toString("base64")}`;
}

/** What httpYac sent for each file, as recorded. */
export function readRecorded(): ReadonlyMap<string, readonly NotedRequest[]> {
  const recorded = JSON.parse(readFileSync(join(__dirname, "httpyac.json"), "utf8"));
  return new Map(Object.entries<readonly NotedRequest[]>(recorded.sent));
}
