import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A server that says everything it hears again, in many ways, and hands out credentials of its own. */
export interface CanaryServer {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** What the server hands out. */
export interface Issued {
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly cookie: string;
  readonly accessToken: string;
}

/** Starts it on a free port of this machine. */
export async function startCanaryServer(issued: Issued): Promise<CanaryServer> {
  const server = createServer((request, response) => void answer(request, response, issued));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, issued: Issued): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = echoOf(request, Buffer.concat(chunks).toString(), issued);
  const path = request.url ?? "";
  const echoed = [...(request.rawHeaders ?? [])].filter((_, at) => at % 2 === 1).join(" | ");
  const head = {
    "Content-Type": "application/json",
    "Set-Cookie": `session=${issued.cookie}; Path=/; HttpOnly`,
    "X-Auth-Token": issued.accessToken,
    "X-Echo": echoed.replace(/[^\x20-\x7e]/g, "?"),
  };
  const inCharset = Object.entries(charsets).find(([name]) => path.includes(`/charset/${name}/`))?.[1];
  if (inCharset !== undefined) send(response, 200, { ...head, ...inCharset.head }, inCharset.write(text));
  else if (path.includes("/latin1")) send(response, 200, head, Buffer.from(`${text}\xe9`, "latin1"));
  else if (path.includes("/utf16")) send(response, 200, head, Buffer.from(`\ufeff${text}`, "utf16le"));
  else if (path.includes("/bigendian")) send(response, 200, head, Buffer.from(text, "utf16le").swap16());
  else if (path.includes("/binary")) send(response, 200, head, binary(text.split("\n")[0] ?? ""));
  else if (path.includes("/refused")) send(response, 403, head, Buffer.from(refusal(request, text)));
  else if (path.includes("/cut")) {
    response.writeHead(200, { ...head, "Content-Length": 100_000 });
    response.write(text);
    setTimeout(() => response.destroy(), 50);
  } else if (path.includes("/garbage")) request.socket.end(`HTP ${text}\r\n\r\n`);
  else send(response, 200, head, Buffer.from(text));
}

interface InCharset {
  readonly head: Readonly<Record<string, string>>;
  readonly write: (text: string) => Buffer;
}

const typed = (type: string) => ({ "Content-Type": type });

/** What is said in other charsets, and in ones that are named wrongly. */
const charsets: Readonly<Record<string, InCharset>> = {
  named: {
    head: typed("text/plain; charset=iso-8859-1"),
    write: (text) => Buffer.from(`${text}\xe9`, "latin1"),
  },
  windows: { head: typed("text/plain; charset=windows-1251"), write: (text) => Buffer.from(text) },
  japanese: {
    head: typed("text/plain; charset=shift_jis"),
    write: (text) => Buffer.concat([Buffer.from([0x93, 0xfa]), Buffer.from(text), Buffer.from([0x96, 0x7b])]),
  },
  escaped: {
    head: typed("text/plain; charset=iso-2022-jp"),
    write: (text) => Buffer.from(`\x1b$BF|K\\\x1b(B${text}`, "latin1"),
  },
  meta: {
    head: typed("text/html"),
    write: (text) => Buffer.from(`<!doctype html><meta charset="gbk">\xd6\xd0${text}`, "latin1"),
  },
  wide: { head: typed("application/json; charset=utf-16le"), write: (text) => Buffer.from(text, "utf16le") },
  untrue: { head: typed("application/json; charset=utf-16"), write: (text) => Buffer.from(text) },
  damaged: { head: {}, write: (text) => Buffer.concat([Buffer.from(text), Buffer.from([0xff])]) },
};

/** The names of the charsets that `/charset/NAME/` answers in. */
export const charsetNames: readonly string[] = Object.keys(charsets);

function send(response: ServerResponse, status: number, head: Record<string, string>, body: Buffer): void {
  response.writeHead(status, head["X-Echo"]?.slice(0, 200) ?? "", head);
  response.end(body);
}

function echoOf(request: IncomingMessage, body: string, issued: Issued): string {
  const heard = { url: request.url, headers: request.headers, raw: request.rawHeaders, body };
  const { secretAccessKey: SecretAccessKey, sessionToken: SessionToken, accessToken } = issued;
  const text = JSON.stringify({
    ...heard,
    AccessKeyId: "ASIAISSUEDISSUEDKEY1",
    SecretAccessKey,
    SessionToken,
    access_token: accessToken,
    SecretString: JSON.stringify({ password: accessToken }),
    base64: Buffer.from(JSON.stringify(heard)).toString("base64"),
    hex: Buffer.from(body).toString("hex"),
    percent: encodeURIComponent(body),
  });
  const xml = `<Credentials><SecretAccessKey>${SecretAccessKey}</SecretAccessKey><SessionToken>${SessionToken}</SessionToken></Credentials>`;
  return `${text}\n${xml}\naccess_token=${accessToken}&x=1\nX-Auth-Token: ${accessToken}\n`;
}

function binary(text: string): Buffer {
  const noise = Buffer.from(Array.from({ length: 2000 }, (_, at) => (at * 151 + (at >> 5)) & 0xff));
  return Buffer.concat([noise, Buffer.from(text), noise]);
}

/** As AWS says it: with the canonical request that it computed. */
function refusal({ method, url = "", rawHeaders }: IncomingMessage, text: string): string {
  const [path = "", query = ""] = url.split("?");
  const lines = rawHeaders.flatMap((name, at) =>
    at % 2 === 0 ? [`${name.toLowerCase()}:${rawHeaders[at + 1] ?? ""}`] : [],
  );
  const canonical = [method, path, query, ...lines.sort(), "", "host;x-amz-date", "UNSIGNED-PAYLOAD"].join(
    "\n",
  );
  const message = `The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.\n\nThe Canonical String for this request should have been\n'${canonical}'\n\nThe String-to-Sign should have been\n'AWS4-HMAC-SHA256\n${text.slice(0, 500)}'\n`;
  return JSON.stringify({ message });
}
