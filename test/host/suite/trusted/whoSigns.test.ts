import assert from "node:assert/strict";
import { homedir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import { activated, lensMatching, lensTitles, lineOf } from "../editorWorld.ts";

describe("who would sign, before anything is sent", () => {
  let folder: vscode.Uri;
  const written: vscode.Uri[] = [];

  before(async () => {
    await activated();
    const root = vscode.workspace.workspaceFolders?.[0]?.uri;
    assert.ok(root, "a folder is open");
    folder = vscode.Uri.joinPath(root, "who-signs");
    await vscode.workspace.fs.createDirectory(folder);
  });
  after(() => vscode.workspace.fs.delete(folder, { recursive: true }));

  async function write(name: string, text: string): Promise<vscode.Uri> {
    const uri = vscode.Uri.joinPath(folder, name);
    await vscode.workspace.fs.writeFile(uri, Buffer.from(text));
    written.push(uri);
    return uri;
  }

  async function opened(name: string, text: string): Promise<vscode.TextDocument> {
    const document = await vscode.workspace.openTextDocument(await write(name, text));
    await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
    return document;
  }

  async function hoverAt(document: vscode.TextDocument, beginning: string): Promise<string> {
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      "vscode.executeHoverProvider",
      document.uri,
      new vscode.Position(lineOf(document, beginning), 3),
    );
    const texts = hovers.flatMap(({ contents }) =>
      contents.map((content) => (typeof content === "string" ? content : content.value)),
    );
    // Escapes of Markdown and the blanks that keep lines together are how it is drawn, not what it says.
    return texts.join("\n").replace(/\\(.)/g, "$1").replaceAll("&nbsp;", " ");
  }

  it("is read from the environment that maps a committed name, and follows its file", async () => {
    await write("http-client.env.json", '{"dev": {"profile": "team-dev"}}');
    const document = await opened(
      "mapped.awsreq",
      "# @profile {{profile}}\nGET https://abc.execute-api.eu-west-1.amazonaws.com/x\n",
    );
    await lensMatching(document, /team-dev @ eu-west-1/);
    await write("http-client.private.env.json", '{"dev": {"profile": "anna-dev"}}');
    await lensMatching(document, /anna-dev @ eu-west-1/);
    const hover = await hoverAt(document, "GET");
    assert.match(hover, /Profile: anna-dev \(mapped\.awsreq:1\)/);
    assert.match(hover, /Region: eu-west-1 \(from the host: eu-west-1 in abc\.execute-api/);
    assert.match(hover, /Service: execute-api \(from the host: execute-api in abc\./);
    assert.equal(await hoverAt(document, "# @profile"), hover);
  });

  it("is read from .env by name, and says so on the line above the request", async () => {
    await write(".env", "AWS_PROFILE=from-dotenv\nAWS_REGION=ap-south-1\nAWS_SECRET_ACCESS_KEY=canary\n");
    const document = await opened("dotenv.awsreq", "# @service execute-api\nGET https://api.example.com/\n");
    await lensMatching(document, /from-dotenv @ ap-south-1/);
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      "vscode.executeCodeLensProvider",
      document.uri,
      10,
    );
    assert.ok(
      lenses.some(
        ({ command }) =>
          command?.tooltip ===
          "Signs as from-dotenv (who-signs/.env:1) in ap-south-1 (who-signs/.env:2) for execute-api (dotenv.awsreq:1).",
      ),
      JSON.stringify(lenses.map(({ command }) => command?.tooltip)),
    );
  });

  it("takes hostile values as text", async () => {
    const document = await opened(
      "hostile.awsreq",
      "# @profile [x](command:workbench.action.quit) <img src=x> **b**\nGET https://api.example.com/\n",
    );
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      "vscode.executeHoverProvider",
      document.uri,
      new vscode.Position(1, 1),
    );
    for (const { contents } of hovers) {
      for (const content of contents) {
        const { value, isTrusted, supportHtml } = content as vscode.MarkdownString;
        assert.ok(!isTrusted && !supportHtml);
        assert.ok(!/(?<!\\)\[x(?<!\\)\]\(/.test(value), value);
      }
    }
  });

  it("says of what is not signed that it is not", async () => {
    const document = await opened("plain.awsreq", "# @auth none\nGET https://api.example.com/\n");
    const reason = "This request is not signed: @auth none, plain.awsreq:1.";
    assert.equal((await hoverAt(document, "GET")).trim(), reason);
    assert.equal(await lensMatching(document, /signed/), "not signed");
  });

  it("says beforehand what the send would end with", async () => {
    const document = await opened("undecided.awsreq", "GET https://api.pets.example/\n");
    await lensMatching(document, /^\$\(warning\) needs @service or @auth none$/);
    assert.match(await hoverAt(document, "GET"), /does not say whether it is to be signed/);
    await vscode.commands.executeCommand("awsreq.send", document.uri.toString(), 0);
    await lensMatching(document, /E_AUTH_UNDECIDED/);
  });

  it("says of a presigned URL and of cognito-idp that they are not signed", async () => {
    const document = await opened(
      "typed.awsreq",
      "GET https://b.s3.eu-west-1.amazonaws.com/k?X-Amz-Signature=0\n\n###\nPOST https://cognito-idp.eu-west-1.amazonaws.com/\n\n{}\n",
    );
    const titles = await lensTitles(document);
    assert.deepEqual(titles, ["$(play) Send Request", "sent as typed", "$(play) Send Request", "not signed"]);
  });

  it("reads the profile's region from the AWS config file, and follows it", async () => {
    const config = vscode.Uri.file(join(homedir(), ".aws", "config"));
    const region = (name: string) => Buffer.from(`[profile regional]\nregion = ${name}\n`);
    await vscode.workspace.fs.writeFile(config, region("eu-central-1"));
    await vscode.workspace.fs.delete(vscode.Uri.joinPath(folder, ".env"));
    try {
      const document = await opened(
        "regional.awsreq",
        "# @profile regional\n# @service execute-api\nGET https://api.pets.example/\n",
      );
      await lensMatching(document, /regional @ eu-central-1/);
      assert.match(await hoverAt(document, "GET"), /Region: eu-central-1 \(~\/\.aws\/config:2\)/);
      await vscode.workspace.fs.writeFile(config, region("eu-north-1"));
      await lensMatching(document, /regional @ eu-north-1/);
    } finally {
      await vscode.workspace.fs.delete(vscode.Uri.file(join(homedir(), ".aws")), { recursive: true });
    }
  });
});
