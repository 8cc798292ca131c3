import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import { rawRequest } from "../../src/endpoint/rawRequest.ts";
import { type KnownCredentials, verifySignature } from "../../src/endpoint/verify.ts";

/** What one call to the local STS said. */
export interface StsCall {
  /** The access key id that signed it. */
  readonly accessKeyId: string;
  /** Region of the credential scope. */
  readonly region: string;
  readonly sessionToken: string | null;
  /** Whether the signature holds, for keys that are known; null for those that are not, and for unsigned calls. */
  readonly signed: boolean | null;
  /** The form's fields. */
  readonly fields: Readonly<Record<string, string>>;
}

/** How the local STS answers; null: not at all. */
export type StsAnswer = { readonly status: number; readonly body: string } | null;

/** A running local STS: an HTTP server on loopback that speaks AssumeRole's XML. */
export interface LocalSts {
  readonly url: string;
  readonly calls: readonly StsCall[];
  /** Resolves when the next call has arrived. */
  readonly called: Promise<void>;
  /** Connections that are still open. */
  readonly openSockets: () => number;
}

/** Secrets of the keys that this STS knows: those that it gave out itself, and those that a test adds. */
export type Secrets = (accessKeyId: string) => KnownCredentials | null;

/** The keys that `assumed` gives. */
const ownKeys: Secrets = (accessKeyId) => {
  const role = /^ASIA-(.+)$/.exec(accessKeyId)?.[1];
  return role === undefined ? null : { secretAccessKey: `secret-${role}`, sessionToken: `token-${role}` };
};

/** A local STS, and its end. */
export interface RunningSts extends LocalSts {
  close(): Promise<void>;
}

/** Starts a local STS. A signature by known keys that does not hold is refused as STS does. */
export async function startLocalSts(
  answer: (call: StsCall, count: number) => StsAnswer,
  secrets: Secrets = () => null,
  tls: { readonly key: string; readonly cert: string } | null = null,
): Promise<RunningSts> {
  const calls: StsCall[] = [];
  const sockets = new Set<Socket>();
  const { promise: called, resolve: arrived } = deferred();
  const listener: RequestListener = async (request, response) => {
    const call = callOf(request, await bodyOf(request), (id) => secrets(id) ?? ownKeys(id));
    calls.push(call);
    arrived();
    const answered =
      call.signed === false ? refused(403, "SignatureDoesNotMatch") : answer(call, calls.length);
    if (answered === null) return;
    response.writeHead(answered.status, { "content-type": "text/xml", "x-amzn-requestid": "req-1" });
    response.end(answered.body);
  };
  const server = tls === null ? createServer(listener) : createTlsServer(tls, listener);
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `${tls === null ? "http" : "https"}://127.0.0.1:${port}`,
    calls,
    called,
    openSockets: () => sockets.size,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Runs a local STS for as long as `use` takes. */
export async function withLocalSts<T>(
  answer: (call: StsCall, count: number) => StsAnswer,
  use: (sts: LocalSts) => Promise<T>,
  secrets: Secrets = () => null,
): Promise<T> {
  const sts = await startLocalSts(answer, secrets);
  try {
    return await use(sts);
  } finally {
    await sts.close();
  }
}

function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function callOf(request: IncomingMessage, body: Buffer, secrets: Secrets): StsCall {
  const credential = /Credential=([^/]+)\/\d{8}\/([^/]+)\/sts\//.exec(request.headers.authorization ?? "");
  const token = request.headers["x-amz-security-token"];
  const [accessKeyId, region] = [credential?.[1] ?? "", credential?.[2] ?? ""];
  const known = secrets(accessKeyId);
  const verdict =
    known === null
      ? null
      : verifySignature(rawRequest(request, body), {
          credentials: () => known,
          region,
          service: "sts",
          now: new Date(),
        });
  return {
    accessKeyId,
    region,
    signed: verdict?.ok ?? null,
    sessionToken: typeof token === "string" ? token : null,
    fields: Object.fromEntries(new URLSearchParams(body.toString())),
  };
}

/** AssumeRole's answer with keys named after the role: `ASIA-a`, `secret-a`, `token-a`. */
export function assumed(call: StsCall): StsAnswer {
  return assumedUntil("2030-05-17T13:00:00Z", call);
}

/** AssumeRoleWithWebIdentity's answer, with the same keys. */
export function assumedWithWebIdentity(call: StsCall): StsAnswer {
  const answer = assumed(call);
  return answer && { ...answer, body: answer.body.replaceAll("AssumeRoleRe", "AssumeRoleWithWebIdentityRe") };
}

/** GetCallerIdentity's answer. */
export function calledBy(account: string, arn: string): StsAnswer {
  const body = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>${arn}</Arn><UserId>AIDACKCEVSQ6C2EXAMPLE</UserId><Account>${account}</Account></GetCallerIdentityResult><ResponseMetadata><RequestId>req-1</RequestId></ResponseMetadata></GetCallerIdentityResponse>`;
  return { status: 200, body };
}

/** The same with another expiration. */
export function assumedUntil(expiration: string, call: StsCall): StsAnswer {
  const role = call.fields["RoleArn"]?.split("/").at(-1) ?? "";
  const body = `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials><AccessKeyId>ASIA-${role}</AccessKeyId><SecretAccessKey>secret-${role}</SecretAccessKey><SessionToken>token-${role}</SessionToken><Expiration>${expiration}</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`;
  return { status: 200, body };
}

/** STS's error document. */
export function refused(status: number, code: string, message = "no"): StsAnswer {
  const body = `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>req-1</RequestId></ErrorResponse>`;
  return { status, body };
}
