import { readFile } from "node:fs/promises";
import { processEnvRefusal } from "../../src/guard/processEnvPolicy.ts";
import { noEnvironment } from "../../src/request/environments.ts";
import { parseRequestFile } from "../../src/request/parse.ts";
import type { Resolution, ResolveContext } from "../../src/request/resolve.ts";
import { resolveRequest } from "../../src/request/resolve.ts";
import type { RequestBody } from "../../src/requestBody.ts";
import type { ResolvedRequest } from "../../src/stages.ts";
import { marked } from "./documents.ts";

/** A context in which time stands still, randomness counts up and nothing outside is readable. */
export function contextWith(given: Partial<ResolveContext> = {}): ResolveContext {
  let count = 0;
  return {
    fileName: "pets.awsreq",
    directory: "/work",
    variables: new Map(),
    environment: noEnvironment,
    version: "1.2.3",
    now: () => new Date("2024-02-29T23:05:06.078Z"),
    randomBytes: (length) => Uint8Array.from({ length }, () => count++ % 248),
    utcOffset: () => 330,
    processEnv: null,
    processEnvRefusal: (name) => processEnvRefusal(name, new Set()),
    readInclude: (path) => readFile(path),
    willSign: () => false,
    ...given,
  };
}

/** Resolves the last request of a text. */
export async function resolveText(text: string, given: Partial<ResolveContext> = {}): Promise<Resolution> {
  const file = parseRequestFile(text);
  const block = file.requests.at(-1);
  if (block === undefined) throw new Error("The text holds no request.");
  return resolveRequest(file, block, contextWith(given));
}

/** The resolved request; throws with its problems when there is none. */
export async function resolved(text: string, given: Partial<ResolveContext> = {}): Promise<ResolvedRequest> {
  const { request, problems } = await resolveText(text, given);
  if (request === null) throw new Error(JSON.stringify(marked(text, problems)));
  return request;
}

/** What is wrong with the last request of a text: codes and the text they stand on. */
export async function problemsOf(
  text: string,
  given: Partial<ResolveContext> = {},
): Promise<readonly (readonly [string, string])[]> {
  return marked(text, (await resolveText(text, given)).problems);
}

/** The URL as it would be sent. */
export function urlOf({ target }: ResolvedRequest): string {
  return `${target.scheme}//${target.authority}${target.path}${target.query === null ? "" : `?${target.query}`}`;
}

/** Headers as lines. */
export function headerLines({ headers }: ResolvedRequest): readonly string[] {
  return headers.map(({ name, value }) => `${name}: ${value}`);
}

/** The body as text. */
export function bodyText({ body }: ResolvedRequest): string {
  return Buffer.from(heldBody(body)).toString("utf8");
}

/** A body that is in memory. */
export function heldBody(body: RequestBody): Uint8Array {
  if (!(body instanceof Uint8Array)) throw new Error("The body is in a file.");
  return body;
}
