import { createServer, type IncomingMessage, request } from "node:http";
import type { AddressInfo } from "node:net";

/** What arrives of a request, and what goes on. */
export interface Passed {
  readonly path: string;
  /** Name and value in turn, as node:http has them. */
  readonly headers: readonly string[];
  readonly body: Buffer;
}

/** Something that stands before an endpoint and changes requests, as proxies do. */
export interface ChangingProxy {
  /** For `# @connect-to`. */
  readonly authority: string;
  change: (passed: Passed) => Passed;
  close(): Promise<void>;
}

/** Starts one before the endpoint on that port; it changes nothing until it is told. */
export async function startChangingProxy(port: number): Promise<ChangingProxy> {
  const server = createServer(async (message, response) => {
    const { path, headers, body } = proxy.change(await arrived(message));
    const options = { host: "127.0.0.1", port, method: message.method ?? "GET", path, headers };
    const onward = request({ ...options, headers: [...headers] }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      answer.pipe(response);
    });
    onward.on("error", () => response.destroy());
    onward.end(body);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const proxy: ChangingProxy = {
    authority: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    change: (passed) => passed,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
  return proxy;
}

async function arrived(message: IncomingMessage): Promise<Passed> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk);
  return { path: message.url ?? "/", headers: message.rawHeaders, body: Buffer.concat(chunks) };
}

/** Headers with another value of one of them. */
export function withHeader(headers: readonly string[], name: string, value: string): readonly string[] {
  const at = headers.findIndex((found, index) => index % 2 === 0 && found.toLowerCase() === name);
  return at === -1 ? headers : [...headers.slice(0, at + 1), value, ...headers.slice(at + 2)];
}
