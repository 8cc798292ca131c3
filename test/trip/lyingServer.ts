import { createHash } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/** What a server says that it would have signed. */
export interface Echo {
  method: string;
  path: string;
  query: string;
  headers: (readonly [name: string, value: string])[];
  signedHeaders: string;
  payloadHash: string;
  /** Made from the rest when it is left out. */
  stringToSign?: string;
  /** The canonical request whose hash the string to sign has; the one that is echoed when it is left out. */
  hashed?: string;
}

/** A server that refuses every request as API Gateway does, and says of the signature what it is told to say. */
export interface LyingServer {
  readonly url: string;
  readonly port: number;
  /** Every byte of every request, as text. */
  readonly seen: string[];
  /** Changes what it echoes; `null` for a good answer. */
  lie: (truth: Echo) => Echo | string | null;
  close(): Promise<void>;
}

/** Starts one on loopback; it echoes the truth until it is told something else. */
export async function startLyingServer(): Promise<LyingServer> {
  const seen: string[] = [];
  const server = createServer(async (message, response) => {
    const body = await bodyOf(message);
    const head = [`${message.method} ${message.url}`, ...message.rawHeaders].join("\n");
    seen.push(`${head}\n\n${body.toString("latin1")}`);
    const told = lying.lie(truthOf(message, body));
    if (told === null) return void response.writeHead(200).end("{}");
    const text = typeof told === "string" ? told : refusal(told, message);
    response.writeHead(403, {
      "content-type": "application/json",
      "x-amzn-errortype": "InvalidSignatureException",
    });
    response.end(text);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  const lying: LyingServer = {
    url: `http://127.0.0.1:${port}`,
    port,
    seen,
    lie: (truth) => truth,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
  return lying;
}

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** What API Gateway computes: each segment of the path encoded once more, the query sorted. */
function truthOf({ method = "", url = "", rawHeaders, headers }: IncomingMessage, body: Buffer): Echo {
  const [path = "", query = ""] = url.split("?");
  const signedHeaders = /SignedHeaders=([^,]*)/.exec(headers.authorization ?? "")?.[1] ?? "";
  const fieldOf = (name: string) =>
    rawHeaders
      .filter((_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === name)
      .map((value) => value.trim().replace(/ +/g, " "))
      .join(",");
  return {
    method,
    path: path.split("/").map(encoded).join("/"),
    query: query
      .split("&")
      .filter((pair) => pair !== "")
      .map((pair) => (pair.includes("=") ? pair : `${pair}=`))
      .sort()
      .join("&"),
    headers: signedHeaders.split(";").map((name) => [name, fieldOf(name)] as const),
    signedHeaders,
    payloadHash: sha256(body),
  };
}

function encoded(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (found) => `%${found.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function refusal(echo: Echo, { headers }: IncomingMessage): string {
  const canonical = canonicalText(echo);
  const scope = /Credential=[^/]+\/([^,]+),/.exec(headers.authorization ?? "")?.[1] ?? "";
  const toSign =
    echo.stringToSign ??
    ["AWS4-HMAC-SHA256", headers["x-amz-date"], scope, sha256(echo.hashed ?? canonical)].join("\n");
  return refusalText(canonical, toSign);
}

/** API Gateway's words. */
export function refusalText(canonical: string, toSign: string): string {
  const message = `The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.\n\nThe Canonical String for this request should have been\n'${canonical}'\n\nThe String-to-Sign should have been\n'${toSign}'\n`;
  return JSON.stringify({ message });
}

/** A canonical request as it is hashed. */
export function canonicalText(echo: Echo): string {
  const lines = echo.headers.map(([name, value]) => `${name}:${value}`);
  return [echo.method, echo.path, echo.query, ...lines, "", echo.signedHeaders, echo.payloadHash].join("\n");
}

/** An echo in which one header has another value. */
export function withEchoed(echo: Echo, name: string, value: string): Echo {
  return { ...echo, headers: echo.headers.map((one) => (one[0] === name ? [name, value] : one)) };
}

/** Hex SHA-256. */
export function sha256(bytes: Buffer | string): string {
  return createHash("sha256").update(bytes).digest("hex");
}
