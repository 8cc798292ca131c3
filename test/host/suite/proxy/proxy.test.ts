import assert from "node:assert/strict";
import { createServer, type IncomingMessage, type Server } from "node:http";
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

describe("the editor's own proxy setting", () => {
  it("carries what awsreq sends, and a refusal of the proxy is told as the proxy's", async () => {
    await activated();
    const proxy = await startProxy(() => null);
    const settings = vscode.workspace.getConfiguration("http");
    try {
      await settings.update("proxy", `http://127.0.0.1:${proxy.port}`, vscode.ConfigurationTarget.Global);
      await new Promise((resolve) => setTimeout(resolve, 500));
      const document = await openText("# @auth none\nGET https://api.pets.example/prod/pets\n");
      await vscode.commands.executeCommand(commandIds.send, document.uri.toString(), lineOf(document, "GET"));
      await lensMatching(document, /^403 Blocked by policy · \d+ ms · from the proxy$/);
      assert.deepEqual(proxy.asked, ["api.pets.example:443"]);
    } finally {
      await settings.update("proxy", undefined, vscode.ConfigurationTarget.Global);
      proxy.server.close();
    }
  });
});
