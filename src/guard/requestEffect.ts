import type { RequestBody } from "../requestBody.ts";
import { isCredentialAction } from "./credentialActions.ts";
import { credentialRoute } from "./credentialRoutes.ts";
import { type RequestClaims, readClaims } from "./namedActions.ts";
import { isReadingAction } from "./readingAction.ts";
import { readServiceHost, type ServiceHost } from "./serviceHosts.ts";

/** What a request does, as far as can be told before it is sent. */
export type RequestEffect = "reads" | "changes" | "handsOutCredentials";

/** What is judged: the request as it goes out. */
export interface JudgedRequest {
  readonly method: string;
  /** ASCII host, lower case, no port. */
  readonly host: string;
  /** As sent. */
  readonly path: string;
  readonly query: string | null;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly body: RequestBody;
}

/** What was found, and why. */
export interface EffectJudgement {
  readonly effect: RequestEffect;
  /** The operation, as AWS names it, when one could be read. */
  readonly action: string | null;
  /** For a person, a clause: "POST may change something". */
  readonly reason: string;
}

/** What is weighed, read once. */
interface Evidence {
  readonly request: JudgedRequest;
  readonly host: ServiceHost;
  readonly claims: RequestClaims;
  /** The one operation that every place names; null for none and for several. */
  readonly action: string | null;
  /** Why the body may hold an action that cannot be read; null when it was read through. */
  readonly unread: string | null;
  readonly text: string;
}

const readingMethods: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

/** No service takes a longer form or a longer question; what is longer is not searched, and counts as changing. */
const maxBodyRead = 1024 * 1024;

/**
 * Tells whether a request reads, may change something, or hands out credentials. A method reads or not; a POST reads where
 * an operation of a known service is named that reads. Everything else that a request says can only raise the judgement:
 * what is unknown, contradicts itself or cannot be read counts as changing.
 */
export function judgeEffect(request: JudgedRequest): EffectJudgement {
  const evidence = gather(request);
  return credentials(evidence) ?? change(evidence) ?? reading(evidence);
}

function gather(request: JudgedRequest): Evidence {
  const host = readServiceHost(request.host);
  const bytes = request.body instanceof Uint8Array ? request.body : request.body.head;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    .subarray(0, maxBodyRead)
    .toString("utf8");
  const claims = readClaims(request, text, host.service !== null);
  const names = new Set(claims.actions.map(({ name }) => name));
  const [action = null] = names.size === 1 ? names : [];
  return { request, host, claims, action, unread: unreadBody(request, host, claims, text), text };
}

function credentials(evidence: Evidence): EffectJudgement | null {
  const { request, host, claims, unread } = evidence;
  const handsOut = (action: string) => ({
    effect: "handsOutCredentials" as const,
    action,
    reason: `${action} hands out credentials`,
  });
  for (const { name } of claims.actions) {
    if (name !== null && isCredentialAction(name, host.service, () => asksToDecrypt(evidence))) {
      return handsOut(name);
    }
  }
  if (host.name !== null) {
    const { method, path } = request;
    const operation = credentialRoute({ hostName: host.name, method, path, query: claims.query });
    if (operation !== null) return handsOut(operation);
  }
  // At STS nearly every operation does, and none takes a body that cannot be read.
  if (unread === null || host.service !== "sts") return null;
  return { effect: "handsOutCredentials", action: null, reason: `${unread}, sent to STS` };
}

function change(evidence: Evidence): EffectJudgement | null {
  const { request, host, claims, action, unread } = evidence;
  const because = (reason: string) => ({ effect: "changes" as const, action, reason });
  const { method } = request;
  if (!readingMethods.has(method) && method !== "POST")
    return because(`${shown(method)} may change something`);
  if (claims.override !== null) return because(claims.override);
  if (claims.actions.some(({ name, plain }) => name === null || !plain)) {
    return because("an action whose name cannot be read for certain");
  }
  const names = claims.actions.flatMap(({ name }) => name ?? []);
  if (new Set(names).size > 1) return because("two actions that differ");
  const changing = names.find((name) => !isReadingAction(name, host.service));
  if (changing !== undefined) return because(`the action ${changing} may change something`);
  if (unread !== null) return because(unread);
  if (method !== "POST" || isNamedAsTheServiceReads(evidence)) return null;
  const cost = host.name?.startsWith("bedrock") ? "POST to Bedrock may change something or cost money" : null;
  return because(cost ?? "POST may change something");
}

function reading({ request, action }: Evidence): EffectJudgement {
  const reason = action === null ? `${request.method} reads` : `the action ${action} reads`;
  return { effect: "reads", action, reason };
}

/** True where a POST names its operation in a place that its service reads, at the path where it reads it. */
function isNamedAsTheServiceReads({ request, host, claims }: Evidence): boolean {
  const { path } = request;
  const isQueue = host.service === "sqs" && /^\/\d{12}\/[\w-]+(?:\.fifo)?$/.test(path);
  return claims.actions.some(({ by }) => {
    if (by === null || !host.protocols.has(by)) return false;
    return by === "cbor" || path === "" || path === "/" || (by === "query" && isQueue);
  });
}

function unreadBody(
  { headers, body }: JudgedRequest,
  host: ServiceHost,
  claims: RequestClaims,
  text: string,
): string | null {
  if (body.length === 0) return null;
  if (body.length > maxBodyRead) return "a body that is too long to be read through for an action";
  const values = (name: string) =>
    headers.filter((header) => header.name.toLowerCase() === name).map(({ value }) => value.toLowerCase());
  if (values("content-encoding").some((value) => !/^\s*(?:identity)?\s*$/.test(value))) {
    return "a body that is encoded and may hold an action";
  }
  const types = values("content-type");
  const foreign = types.some((type) =>
    [...type.matchAll(/charset\s*=\s*["']?([^\s"';,]*)/g)].some(
      ([, charset = ""]) => !asciiBased.test(charset),
    ),
  );
  if (foreign) return "a body in a character set in which an action cannot be read";
  if (types.some((type) => type.includes("multipart/"))) return "a multipart body, which may hold an action";
  const isCbor = host.protocols.has("cbor") && claims.actions.some(({ by }) => by === "cbor");
  if (!isCbor && text.includes("\0")) return "a body that is no text and may hold an action";
  return null;
}

/** Character sets whose ASCII is ASCII. */
const asciiBased = /^(?:utf-?8|us-ascii|ascii|iso-8859-\d{1,2}|windows-125\d|latin1)$/;

/** True unless it is certain that a request of Parameter Store leaves encrypted values encrypted. */
function asksToDecrypt({ request, unread, text }: Evidence): boolean {
  const read = `${decodedLoosely(request.query ?? "")}\n${decodedLoosely(text)}`;
  if (unread !== null || read.includes("\\u")) return true;
  const mentions = read.match(/WithDecryption/gi)?.length ?? 0;
  if (mentions === 0) return false;
  return mentions > 1 || !/"WithDecryption"\s*:\s*(?:false|null)\s*[,}]/.test(read);
}

function decodedLoosely(text: string): string {
  return text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** A method is a token, and this clause is for a person: what is longer or is none is not repeated. */
function shown(method: string): string {
  return /^[A-Za-z-]{1,20}$/.test(method) ? method : "this method";
}
