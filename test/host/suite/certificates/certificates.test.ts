import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { type AddressInfo, connect, type Server, type Socket } from "node:net";
import * as vscode from "vscode";
import { commandIds } from "../../../../src/editor/commandIds.ts";
import { activated, lensMatching, lineOf, openText } from "../editorWorld.ts";

const url = "https://api.pets.example/prod/pets";

async function portOf(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

async function sent(text: string): Promise<vscode.TextDocument> {
  const document = await openText(text);
  await vscode.commands.executeCommand(commandIds.send, document.uri.toString(), lineOf(document, "GET"));
  return document;
}

describe("certificates, where http.proxyStrictSSL is off and NODE_TLS_REJECT_UNAUTHORIZED is 0", () => {
  const received: string[] = [];
  let handshakes = 0;
  let origin: Server;
  let proxy: Server;
  let port = 0;
  before(async () => {
    await activated();
    const [key, cert] = ["KEY", "CERT"].map((name) =>
      readFileSync(process.env[`AWSREQ_TEST_TLS_${name}`] ?? ""),
    );
    origin = createTlsServer({ key, cert }, (message, response) => {
      received.push(`${message.method} ${message.url}`);
      response.end("through");
    });
    origin.on("connection", () => {
      handshakes += 1;
    });
    port = await portOf(origin);
    proxy = createServer().on("connect", (_message, socket: Socket) => {
      const onward = connect(port, "127.0.0.1", () => {
        socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
        onward.pipe(socket).pipe(onward);
      });
      onward.on("error", () => socket.destroy());
      socket.on("error", () => onward.destroy());
    });
    const led = `http://127.0.0.1:${await portOf(proxy)}`;
    await vscode.workspace.getConfiguration("http").update("proxy", led, vscode.ConfigurationTarget.Global);
    // The setting reaches the extension host's network modules a moment after it is stored.
    await new Promise((resolve) => setTimeout(resolve, 500));
  });
  after(async () => {
    await vscode.workspace
      .getConfiguration("http")
      .update("proxy", undefined, vscode.ConfigurationTarget.Global);
    delete process.env["AWS_CA_BUNDLE"];
    proxy.close();
    origin.close();
  });

  it("are checked: one that does not hold gets nothing, by a proxy's tunnel and without one", async () => {
    assert.equal(vscode.workspace.getConfiguration("http").get("proxyStrictSSL"), false);
    assert.equal(process.env["NODE_TLS_REJECT_UNAUTHORIZED"], "0");
    await lensMatching(await sent(`# @auth none\nGET ${url}\nX-Api-Key: canary\n`), /^E_TLS_/);
    await lensMatching(
      await sent(`# @auth none\nGET https://localhost:${port}/\nX-Api-Key: canary\n`),
      /^E_TLS_/,
    );
    assert.equal(handshakes, 2);
    assert.deepEqual(received, []);
  });

  it("of AWS_CA_BUNDLE count, through the editor's proxy", async () => {
    process.env["AWS_CA_BUNDLE"] = process.env["AWSREQ_TEST_TLS_CERT"];
    await lensMatching(await sent(`# @auth none\nGET ${url}\n`), /^200 OK · \d+ ms$/);
    assert.deepEqual(received, ["GET /prod/pets"]);
  });
});
