import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { UserError } from "../errors.ts";
import { type Answer, jsonAnswer, sendAnswer } from "./answer.ts";
import { readQuery, splitTarget } from "./canonicalQuery.ts";
import { petRoutes } from "./petStore.ts";
import { type PetStore, seededPetStore } from "./pets.ts";
import { type RawRequest, rawRequest, readBody } from "./rawRequest.ts";
import { type Refusal, type RefusalKind, refusalAnswer } from "./refusals.ts";
import type { RequestRecord } from "./requestLine.ts";
import { matchRoute } from "./route.ts";
import { servesHost } from "./servedHost.ts";
import { type KnownCredentials, type Verdict, verifySignature } from "./verify.ts";
import { wireRoutes } from "./wireRoutes.ts";

/** A key pair that the endpoint accepts. */
export interface EndpointCredentials extends KnownCredentials {
  readonly accessKeyId: string;
}

/** How to start an endpoint. */
export interface EndpointOptions {
  readonly credentials: readonly EndpointCredentials[];
  /** 8998 unless told otherwise; 0 lets the system choose. */
  readonly port?: number;
  readonly region?: string;
  readonly service?: string;
  /** The endpoint's clock: signatures are held against it, and the Date header shows it. */
  readonly now?: () => Date;
  readonly clockWindowMs?: number;
  /** Bytes of request body that are read; 10 MiB as API Gateway has it. */
  readonly bodyLimit?: number;
  /** For the ids in the answers' headers. */
  readonly random?: (size: number) => Uint8Array;
  /** Called once for every request that was read whole, before it is answered. */
  readonly onRequest?: (record: RequestRecord) => void;
}

/** A running endpoint. */
export interface Endpoint {
  readonly port: number;
  /** `http://127.0.0.1:8998`. */
  readonly url: string;
  /** `127.0.0.1:8998`. */
  readonly authority: string;
  /** Stops listening and ends every open connection. */
  close(): Promise<void>;
}

/** The account whose users sign at a local endpoint. */
export const localAccount = "123456789012";

const usualPort = 8998;
const mebibyte = 1024 * 1024;
const routes = [...petRoutes, ...wireRoutes];

type Settings = Required<Omit<EndpointOptions, "credentials">> & {
  readonly credentials: ReadonlyMap<string, KnownCredentials>;
  readonly pets: PetStore;
};

/**
 * Starts an IAM-secured REST API on 127.0.0.1 that verifies every signature and answers as API Gateway does.
 * @throws UserError `E_PORT_TAKEN`, `E_PORT_UNUSABLE`
 */
export async function startEndpoint(options: EndpointOptions): Promise<Endpoint> {
  const settings = settingsOf(options);
  const server = createServer({ maxHeaderSize: 300 * 1024 }, (message, response) => {
    serve(settings, message, response).catch((bug: unknown) => {
      response.destroy();
      throw bug;
    });
  });
  // Node would drop header lines beyond 2000 without a word, and a dropped line may be a signed one.
  server.maxHeadersCount = 0;
  const port = await listen(server, settings.port);
  const authority = `127.0.0.1:${port}`;
  return { port, authority, url: `http://${authority}`, close: () => close(server) };
}

function settingsOf(options: EndpointOptions): Settings {
  return {
    port: options.port ?? usualPort,
    region: options.region ?? "us-east-1",
    service: options.service ?? "execute-api",
    now: options.now ?? (() => new Date()),
    clockWindowMs: options.clockWindowMs ?? 300_000,
    bodyLimit: options.bodyLimit ?? 10 * mebibyte,
    random: options.random ?? randomBytes,
    onRequest: options.onRequest ?? (() => undefined),
    credentials: new Map(options.credentials.map((known) => [known.accessKeyId, known])),
    pets: seededPetStore(),
  };
}

async function serve(settings: Settings, message: IncomingMessage, response: ServerResponse): Promise<void> {
  response.sendDate = false;
  // A client that goes away in the middle is no fault of the endpoint's.
  response.on("error", () => undefined);
  const body = await readBody(message, settings.bodyLimit).catch(() => undefined);
  if (body === undefined) return;
  const { answer, errorType } = answerTo(settings, message, body);
  await sendAnswer(response, answer, commonHeaders(settings, errorType));
}

interface Decision {
  readonly answer: Answer;
  readonly errorType?: string;
}

function answerTo(settings: Settings, message: IncomingMessage, body: Uint8Array | null): Decision {
  const stray = refuseStray(message);
  if (stray !== null) return refused(stray);
  if (body === null) return refused({ kind: "bodyTooLarge", limit: settings.bodyLimit });
  const raw = rawRequest(message, body);
  const verdict = verifySignature(raw, {
    region: settings.region,
    service: settings.service,
    now: settings.now(),
    clockWindowMs: settings.clockWindowMs,
    credentials: (accessKeyId) => settings.credentials.get(accessKeyId) ?? null,
  });
  const decision = decide(settings, raw, verdict);
  settings.onRequest({ raw, verdict, status: decision.answer.status });
  return decision;
}

function refuseStray(message: IncomingMessage): Refusal | null {
  const port = message.socket.localPort ?? 0;
  const hosts = message.headersDistinct["host"] ?? [];
  if (!servesHost(hosts, port)) {
    return { kind: "hostNotServed", host: hosts.join(", "), authority: `127.0.0.1:${port}` };
  }
  return message.url?.startsWith("/") ? null : { kind: "targetNotAPath" };
}

/** These are told before a REST API looks for the method: an unknown path with a Bearer token shows them too. */
const toldFirst: ReadonlySet<RefusalKind> = new Set([
  "missingEqualSign",
  "missingAuthorizationParts",
  "missingQueryParts",
  "unsupportedAlgorithm",
  "malformedCredential",
]);

function decide(settings: Settings, raw: RawRequest, verdict: Verdict): Decision {
  const { path, query } = splitTarget(raw.target);
  if (!verdict.ok && toldFirst.has(verdict.refusal.kind)) return refused(verdict.refusal);
  const match = matchRoute(routes, raw.method, path);
  if (match === null) return refused({ kind: "missingAuthenticationToken" });
  if (!verdict.ok) return refused(verdict.refusal);
  const { route, pathParameters } = match;
  const signer = { ...verdict, userArn: `arn:aws:iam::${localAccount}:user/local` };
  if (route.answer === "denied") return refused(denied(settings.region, raw.method, path, signer.userArn));
  return {
    answer: route.answer({
      request: raw,
      pathParameters,
      query: readQuery(query),
      signer,
      pets: settings.pets,
    }),
  };
}

function denied(region: string, method: string, path: string, userArn: string): Refusal {
  const [, stage = "", ...segments] = path.split("/");
  const account = `********${localAccount.slice(-4)}`;
  const resource = `arn:aws:execute-api:${region}:${account}:local/${stage}/${method}/${segments.join("/")}`;
  return { kind: "accessDenied", userArn, action: "execute-api:Invoke", resource };
}

function refused(refusal: Refusal): Decision {
  const { status, errorType, body } = refusalAnswer(refusal);
  return { answer: jsonAnswer(status, body), errorType };
}

function commonHeaders(settings: Settings, errorType: string | undefined): [string, string][] {
  const hex = Buffer.from(settings.random(16)).toString("hex");
  const headers: [string, string][] = [
    ["Date", settings.now().toUTCString()],
    ["x-amzn-RequestId", hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5")],
    ["x-amz-apigw-id", Buffer.from(settings.random(11)).toString("base64")],
  ];
  if (errorType !== undefined) headers.push(["x-amzn-ErrorType", errorType]);
  return headers;
}

async function listen(server: Server, port: number): Promise<number> {
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw portError("E_PORT_UNUSABLE", `${port} is no port: ports are whole numbers from 0 to 65535.`);
  }
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(listenError(error, port)));
    server.listen({ port, host: "127.0.0.1" }, () => resolve((server.address() as AddressInfo).port));
  });
}

function listenError(cause: NodeJS.ErrnoException, port: number): UserError {
  if (cause.code === "EADDRINUSE") {
    const message = `Port ${port} on 127.0.0.1 is taken by another program, so the local endpoint cannot listen there.`;
    return portError("E_PORT_TAKEN", message, cause);
  }
  const message = `The local endpoint cannot listen on port ${port} of 127.0.0.1: ${cause.code ?? cause.message}.`;
  return portError("E_PORT_UNUSABLE", message, cause);
}

function portError(code: "E_PORT_TAKEN" | "E_PORT_UNUSABLE", message: string, cause?: unknown): UserError {
  const hint =
    code === "E_PORT_TAKEN"
      ? "Stop that program, or let the system choose a free port with `--port 0`."
      : "Let the system choose a free port with `--port 0`.";
  return new UserError({ code, phase: "usage", message, hint, cause });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
