import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BodyStore, Exchange, Header, SignedRequest } from "../../src/stages.ts";
import { defaultLimits, type TransferLimits } from "../../src/transport/limits.ts";
import { send } from "../../src/transport/send.ts";
import type { SendOptions, TransferEvent } from "../../src/transport/sendOptions.ts";

export interface Ask {
  readonly method?: string;
  readonly headers?: readonly (readonly [string, string])[];
  readonly body?: string | Uint8Array;
}

/** A request for a URL as the stages before would hand it over. */
export function requestFor(url: string, ask: Ask = {}): SignedRequest {
  const parsed = new URL(url);
  const rest = /^[a-z]+:\/\/[^/?]*(\/[^?]*)?(?:\?(.*))?$/.exec(url);
  const body = typeof ask.body === "string" ? Buffer.from(ask.body) : (ask.body ?? new Uint8Array());
  const given: readonly (readonly [string, string])[] = [
    ["Host", parsed.host],
    ...(ask.headers ?? []),
    ...(body.length > 0 ? ([["Content-Length", String(body.length)]] as const) : []),
  ];
  return {
    method: ask.method ?? "GET",
    target: {
      typed: url,
      scheme: parsed.protocol,
      host: parsed.hostname,
      port: Number(parsed.port || (parsed.protocol === "https:" ? 443 : 80)),
      authority: parsed.host,
      path: rest?.[1] ?? "/",
      query: rest?.[2] ?? null,
    },
    headers: given.map(([name, value]): Header => ({ name, value, origin: "typed" })),
    body,
    trace: null,
  };
}

export const storageDirectory = mkdtempSync(join(tmpdir(), "awsreq-transport-"));
process.once("exit", () => rmSync(storageDirectory, { recursive: true, force: true }));

export function optionsWith(
  limits: Partial<TransferLimits> = {},
  more: Partial<Omit<SendOptions, "limits">> = {},
): SendOptions {
  return {
    limits: { ...defaultLimits, ...limits },
    checkAddress: () => null,
    storageDirectory,
    ...more,
  };
}

export interface Sent {
  readonly exchange: Exchange;
  readonly events: readonly TransferEvent[];
}

/** Sends and also gathers the events. */
export async function sendTo(
  url: string,
  ask: Ask = {},
  options: SendOptions = optionsWith(),
  signal: AbortSignal = new AbortController().signal,
): Promise<Sent> {
  const events: TransferEvent[] = [];
  const exchange = await send(requestFor(url, ask), options, signal, (event) => events.push(event));
  return { exchange, events };
}

/** A whole body as text. */
export async function textOf(body: BodyStore | null | undefined): Promise<string | null> {
  if (body === null || body === undefined) return null;
  return Buffer.from(await body.slice(0, body.size)).toString("utf8");
}

/** What a test compares of an exchange: everything but timings and address, the body as text. */
export async function summary({ exchange }: Sent) {
  const { response, error } = exchange;
  return {
    error: error === null ? null : { code: error.code, phase: error.phase },
    status: response?.status ?? null,
    body: await textOf(response?.body),
    complete: response?.complete ?? null,
    warnings: response?.warnings ?? null,
  };
}
