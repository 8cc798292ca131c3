import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { UserError } from "../errors.ts";
import { sendAnswer } from "./answer.ts";
import { type Api, type Decision, decide, refuseAsGateway } from "./decide.ts";
import { createApiKey } from "./localKeys.ts";
import { seededPetStore } from "./pets.ts";
import type { Policies } from "./policies.ts";
import { rawRequest, readBody } from "./rawRequest.ts";
import type { Refusal } from "./refusals.ts";
import type { RequestRecord } from "./requestLine.ts";
import { newIds, sceneOf } from "./scene.ts";
import { servesHost } from "./servedHost.ts";
import { isS3Family } from "./serviceRules.ts";
import { type KnownCredentials, verifySignature } from "./verify.ts";

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
  /** How far the clocks may differ: five minutes as API Gateway has it, fifteen as S3 has it. */
  readonly clockWindowMs?: number;
  /** Bytes of request body that are read; 10 MiB as API Gateway has it. */
  readonly bodyLimit?: number;
  /** What the signing user may; everything unless told otherwise. */
  readonly policies?: Policies | null;
  /** What `/prod/keyed` takes as x-api-key; a new one unless told otherwise. */
  readonly apiKey?: string;
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
  /** What `/prod/keyed` takes as x-api-key. */
  readonly apiKey: string;
  /** Stops listening and ends every open connection. */
  close(): Promise<void>;
}

const usualPort = 8998;
const mebibyte = 1024 * 1024;

type Settings = Required<Omit<EndpointOptions, "credentials">> &
  Api & { readonly credentials: ReadonlyMap<string, KnownCredentials> };

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
  const { apiKey } = settings;
  return { port, authority, url: `http://${authority}`, apiKey, close: () => close(server) };
}

function settingsOf(options: EndpointOptions): Settings {
  const service = options.service ?? "execute-api";
  const random = options.random ?? randomBytes;
  return {
    port: options.port ?? usualPort,
    region: options.region ?? "us-east-1",
    service,
    now: options.now ?? (() => new Date()),
    clockWindowMs: options.clockWindowMs ?? (isS3Family(service) ? 900_000 : 300_000),
    bodyLimit: options.bodyLimit ?? 10 * mebibyte,
    policies: options.policies ?? null,
    apiKey: options.apiKey ?? createApiKey(random),
    random,
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
  const { answer, headers } = answerTo(settings, message, body);
  await sendAnswer(response, answer, headers);
}

function answerTo(settings: Settings, message: IncomingMessage, body: Uint8Array | null): Decision {
  const { now, random } = settings;
  const stray = refuseStray(message);
  if (stray !== null || body === null) {
    const refusal = stray ?? ({ kind: "bodyTooLarge", limit: settings.bodyLimit } as const);
    return refuseAsGateway({ now: now(), ids: newIds(random) }, refusal);
  }
  const raw = rawRequest(message, body);
  const scene = sceneOf(raw, settings.region, now(), random);
  const verdict = verifySignature(raw, {
    region: settings.region,
    service: settings.service,
    now: scene.now,
    clockWindowMs: settings.clockWindowMs,
    credentials: (accessKeyId) => settings.credentials.get(accessKeyId) ?? null,
  });
  const decision = decide(settings, scene, verdict);
  const { answer, note } = decision;
  settings.onRequest({ raw, verdict, status: answer.status, ...(note === undefined ? {} : { note }) });
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
