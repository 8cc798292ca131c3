import assert from "node:assert/strict";
import { answering, closeServers } from "../transport/servers.ts";
import { createMachine, type Machine } from "./cliProcess.ts";
import { noTerminal, onTerminal } from "./onTerminal.ts";
import { documentOf } from "./outputSchema.ts";

const latin1 = (text: string) => Buffer.from(text, "latin1");
const utf16le = (text: string) => Buffer.from(text, "utf16le");

interface Row {
  readonly type: string;
  readonly body: Buffer;
  readonly terminal: string;
  readonly note?: RegExp;
  readonly json: string | null;
  readonly charset?: string;
}

const rows: Readonly<Record<string, Row>> = {
  "a charset that is named": {
    type: "text/plain; charset=iso-8859-1",
    body: latin1("caf\xe9"),
    terminal: "café\n",
    json: "café",
    charset: "ISO-8859-1",
  },
  "a charset that is ASCII to look at": {
    type: "text/plain; charset=iso-2022-jp",
    body: latin1("\x1b$BF|K\\\x1b(B"),
    terminal: "日本\n",
    json: "日本",
    charset: "ISO-2022-JP",
  },
  "JSON in UTF-16": {
    type: "application/json; charset=utf-16le",
    body: utf16le('{"b":1}'),
    terminal: '{\n  "b": 1\n}\n',
    json: '{"b":1}',
    charset: "UTF-16LE",
  },
  "one bad byte": {
    type: "application/json",
    body: latin1('{"a":"caf\xe9"}'),
    terminal: '{\n  "a": "caf\ufffd"\n}\n',
    note: /note: The body is not all UTF-8: 1 place is shown as “\ufffd”, at byte 9\. --output FILE keeps its exact bytes\./,
    json: '{"a":"caf\ufffd"}',
    charset: "UTF-8",
  },
  "JSON that is called HTML": {
    type: "text/html",
    body: latin1('{"a":[1,1e400]}'),
    terminal: '{\n  "a": [\n    1,\n    1e400\n  ]\n}\n',
    json: '{"a":[1,1e400]}',
    charset: "UTF-8",
  },
  "a log that begins like JSON": {
    type: "text/plain",
    body: latin1("[INFO] a,b {c: d}, [1]\n[WARN] x , y\n"),
    terminal: "[INFO] a,b {c: d}, [1]\n[WARN] x , y\n",
    json: "[INFO] a,b {c: d}, [1]\n[WARN] x , y\n",
    charset: "UTF-8",
  },
  "numbers that are no text": {
    type: "application/octet-stream",
    body: latin1("\xff\xfb\x90\0\x01"),
    terminal: "",
    note: /The body is binary \(5 B\) and not shown/,
    json: null,
  },
};

describe("the charset of an answer", () => {
  let machine: Machine;
  let url: string;

  before(async () => {
    machine = await createMachine();
  });
  after(() => machine.remove());
  afterEach(closeServers);

  async function serving({ type, body }: Row): Promise<void> {
    const head = `HTTP/1.1 200 OK\r\nContent-Type: ${type}\r\nContent-Length: ${body.length}\r\n\r\n`;
    const server = await answering(Buffer.concat([latin1(head), body]), (socket) => socket.end());
    url = `http://127.0.0.1:${server.port}/`;
    await machine.write("work/a.awsreq", `# @auth none\nGET ${url}\n`);
  }

  for (const [name, row] of Object.entries(rows)) {
    it(`on a terminal: ${name}`, async function () {
      if (noTerminal !== null) return this.skip();
      await serving(row);
      const { code, screen } = await onTerminal(machine, ["send", "a.awsreq"]);
      assert.equal(code, 0);
      assert.ok(screen.includes(row.terminal), screen);
      if (row.note === undefined) assert.doesNotMatch(screen, /binary|is not all/);
      else assert.match(screen.replaceAll("\n", " "), row.note);
    });

    it(`in --json: ${name}`, async () => {
      await serving(row);
      const { stdout } = await machine.run(["send", "a.awsreq", "--json"]);
      const response = documentOf(stdout).requests[0]?.response;
      assert.deepEqual([response?.body ?? null, response?.charset], [row.json, row.charset]);
      // The bytes stand beside text that does not say them all.
      const isExact = row.json !== null && !row.json.includes("\ufffd");
      assert.equal(response?.bodyBase64, isExact ? undefined : row.body.toString("base64"));
      assert.equal(
        response?.warnings.some((warning) => warning.includes("is not all")),
        row.json?.includes("\ufffd") ?? false,
      );
    });

    it(`through a pipe, byte for byte: ${name}`, async () => {
      await serving(row);
      const { bytes } = await pipedBytes();
      assert.ok(bytes.equals(row.body), bytes.toString("latin1"));
    });
  }

  async function pipedBytes(): Promise<{ readonly bytes: Buffer }> {
    const child = machine.start(["send", "a.awsreq"]);
    const chunks: Buffer[] = [];
    child.stdout?.on("data", (chunk: Buffer) => chunks.push(chunk));
    await new Promise((resolve) => child.once("close", resolve));
    return { bytes: Buffer.concat(chunks) };
  }
});
