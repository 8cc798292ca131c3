import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { rawRequest, readBody } from "../../src/endpoint/rawRequest.ts";
import { type KnownCredentials, verifySignature } from "../../src/endpoint/verify.ts";

/** What one call to STS or IAM said. */
export interface AwsCall {
  readonly service: string;
  readonly region: string;
  /** Whether the signature holds. */
  readonly signed: boolean;
  readonly method: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly fields: Readonly<Record<string, string>>;
}

/** An answer; null for none at all. */
export type AwsAnswer = { readonly status: number; readonly body: string } | null;

/** STS and IAM on one loopback port: they verify every signature by these keys. */
export interface AwsServer {
  readonly url: string;
  readonly calls: readonly AwsCall[];
  close(): Promise<void>;
}

export async function startAws(
  keys: KnownCredentials,
  answer: (call: AwsCall) => AwsAnswer,
  now: () => Date = () => new Date(),
): Promise<AwsServer> {
  const calls: AwsCall[] = [];
  const server = createServer(async (message, response) => {
    const body = (await readBody(message, 1024 * 1024)) ?? new Uint8Array();
    const raw = rawRequest(message, body);
    const scope = /Credential=[^/]+\/\d{8}\/([^/]+)\/([^/]+)\//.exec(message.headers.authorization ?? "");
    const [, region = "", service = ""] = scope ?? [];
    const verdict = verifySignature(raw, { credentials: () => keys, region, service, now: now() });
    const fields = Object.fromEntries(new URLSearchParams(Buffer.from(body).toString()));
    const call = { service, region, signed: verdict.ok, method: raw.method, headers: raw.headers, fields };
    calls.push(call);
    const answered = answer(call);
    if (answered === null) return;
    response.sendDate = false;
    response.writeHead(answered.status, { "Content-Type": "text/xml", Date: now().toUTCString() });
    response.end(answered.body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    calls,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
