import { rawServer } from "../transport/servers.ts";

/** A server that answers 200 to whatever it gets, and knows the bytes. */
export interface WireServer {
  readonly port: number;
  /** The one request that came since this was asked last; throws when it was another number. */
  taken(): SentRequest;
}

/** A request as it came over the wire. */
export interface SentRequest {
  readonly line: string;
  /** Without those that awsreq adds, as lines. */
  readonly headers: readonly string[];
  readonly body: string;
}

const added = /^(?:(?:host|user-agent|accept-encoding|content-length|connection):|accept: \*\/\*$)/i;

/** Starts one; `closeServers` ends it. */
export async function wireServer(): Promise<WireServer> {
  const requests: Buffer[] = [];
  const server = await rawServer((socket) => {
    let bytes: Buffer = Buffer.alloc(0);
    socket.on("data", (more) => {
      bytes = Buffer.concat([bytes, more]);
      if (!isWhole(bytes)) return;
      requests.push(bytes);
      socket.end("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    });
  });
  return {
    port: server.port,
    taken() {
      const [request, ...more] = requests.splice(0);
      if (request === undefined || more.length > 0) throw new Error(`${more.length} more, or none`);
      return sentRequest(request.toString("utf8"));
    },
  };
}

function isWhole(bytes: Buffer): boolean {
  const end = bytes.indexOf("\r\n\r\n");
  if (end < 0) return false;
  const length = /content-length: (\d+)/i.exec(bytes.toString("latin1", 0, end))?.[1];
  return bytes.length >= end + 4 + Number(length ?? 0);
}

function sentRequest(text: string): SentRequest {
  const end = text.indexOf("\r\n\r\n");
  const [line = "", ...headers] = text.slice(0, end).split("\r\n");
  return { line, headers: headers.filter((header) => !added.test(header)), body: text.slice(end + 4) };
}
