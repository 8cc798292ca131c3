import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { type AddressInfo, connect, type Socket } from "node:net";
import * as vscode from "vscode";
import { commandIds } from "../../../../src/editor/commandIds.ts";
import { activated, lensMatching, lineOf, openText } from "../editorWorld.ts";

/** A CONNECT proxy that leads every name to one loopback port, or refuses. */
async function startProxy(
  leadsTo: () => number | null,
): Promise<{ server: Server; asked: string[]; port: number }> {
  const asked: string[] = [];
  const server = createServer();
  server.on("connect", (message: IncomingMessage, socket: Socket) => {
    asked.push(message.url ?? "");
    const port = leadsTo();
    if (port === null) {
      socket.end(
        "HTTP/1.1 403 Blocked by policy\r\nContent-Type: text/plain\r\nContent-Length: 7\r\n\r\nblocked",
      );
      return;
    }
    const onward = connect(port, "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      onward.pipe(socket).pipe(onward);
    });
    onward.on("error", () => socket.destroy());
    socket.on("error", () => onward.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, asked, port: (server.address() as AddressInfo).port };
}

/** Sends a request while `http.proxy` of the editor's own settings leads through a proxy. */
async function sendThrough(proxyPort: number, url: string): Promise<vscode.TextDocument> {
  const settings = vscode.workspace.getConfiguration("http");
  await settings.update("proxy", `http://127.0.0.1:${proxyPort}`, vscode.ConfigurationTarget.Global);
  // The setting reaches the extension host's network modules a moment after it is stored.
  await new Promise((resolve) => setTimeout(resolve, 500));
  try {
    const document = await openText(`# @auth none\nGET ${url}\n`);
    await vscode.commands.executeCommand(commandIds.send, document.uri.toString(), lineOf(document, "GET"));
    return document;
  } finally {
    await settings.update("proxy", undefined, vscode.ConfigurationTarget.Global);
  }
}

describe("the editor's own proxy setting", () => {
  before(activated);

  it("carries what awsreq sends, end to end over TLS", async () => {
    const [key, cert] = ["KEY", "CERT"].map((name) =>
      readFileSync(process.env[`AWSREQ_TEST_TLS_${name}`] ?? ""),
    );
    const received: (string | undefined)[] = [];
    const origin = createTlsServer({ key, cert }, (message, response) => {
      received.push(`${message.method} ${message.url} ${message.headers.host}`);
      response.end("through");
    });
    await new Promise<void>((resolve) => origin.listen(0, "127.0.0.1", resolve));
    const proxy = await startProxy(() => (origin.address() as AddressInfo).port);
    try {
      const document = await sendThrough(proxy.port, "https://api.pets.example/prod/pets?a=1");
      await lensMatching(document, /^200 OK · \d+ ms$/);
      assert.deepEqual(proxy.asked, ["api.pets.example:443"]);
      assert.deepEqual(received, ["GET /prod/pets?a=1 api.pets.example"]);
    } finally {
      proxy.server.close();
      origin.close();
    }
  });

  it("tells a refusal of the proxy as the proxy's", async () => {
    const proxy = await startProxy(() => null);
    try {
      const document = await sendThrough(proxy.port, "https://api.pets.example/prod/pets");
      await lensMatching(document, /^403 Blocked by policy · \d+ ms · from the proxy$/);
      assert.deepEqual(proxy.asked, ["api.pets.example:443"]);
    } finally {
      proxy.server.close();
    }
  });
});
