import assert from "node:assert/strict";
import { bodyContent } from "../../../src/editor/trips/bodyContent.ts";
import { nobodysTrip } from "../../../src/shown/tripRedactor.ts";
import type { ExchangeResponse } from "../../../src/stages.ts";
import { optionsWith, sendTo } from "../../transport/sending.ts";
import { answering, closeServers } from "../../transport/servers.ts";

const latin1 = (text: string) => Buffer.from(text, "latin1");

describe("text as the panel gets it", () => {
  afterEach(closeServers);

  async function answered(type: string, body: Uint8Array): Promise<ExchangeResponse> {
    const named = type === "" ? "" : `Content-Type: ${type}\r\n`;
    const head = `HTTP/1.1 200 OK\r\n${named}Content-Length: ${body.length}\r\n\r\n`;
    const server = await answering(Buffer.concat([latin1(head), body]));
    const { exchange } = await sendTo(`http://127.0.0.1:${server.port}/`, {}, optionsWith());
    assert.ok(exchange.response);
    return exchange.response;
  }

  for (const [name, type, body, text, charset] of [
    [
      "a charset that is ASCII to look at",
      "text/plain; charset=iso-2022-jp",
      latin1("\x1b$BF|K\\\x1b(B"),
      "日本",
      "ISO-2022-JP",
    ],
    [
      "JSON in UTF-16",
      "application/json; charset=utf-16le",
      Buffer.from('{"b":1}', "utf16le"),
      '{"b":1}',
      "UTF-16LE",
    ],
    ["windows-1252", "text/html; charset=windows-1252", latin1("\x80 5"), "€ 5", "WINDOWS-1252"],
    ["UTF-8 without a name", "text/plain", Buffer.from("é"), "é", "UTF-8"],
  ] as const) {
    it(`fault 72: is read in its charset: ${name}`, async () => {
      const shown = await bodyContent(nobodysTrip, await answered(type, body), true);
      assert.ok(shown.kind === "text", shown.kind);
      assert.deepEqual([shown.text, shown.charset, shown.note], [text, charset, undefined]);
    });
  }

  it("is no more than its beginning where it is larger than is ever shown", async () => {
    const response = await answered("text/plain", Buffer.from("text ".repeat(20)));
    const body = {
      ...response.body,
      size: 2 ** 33,
      slice: (start: number, end: number) => {
        assert.ok(end - start <= 1024 * 1024, `${end - start} bytes were read`);
        return Promise.resolve(Buffer.alloc(end - start, "text "));
      },
    };
    const shown = await bodyContent(nobodysTrip, { ...response, body }, false);
    assert.ok(shown.kind === "binary");
    assert.deepEqual([shown.isLarge, shown.bytes, shown.head.length], [true, 2 ** 33, 64 * 1024]);
  });

  it("fault 72: is text with a note where single bytes are none of it", async () => {
    const shown = await bodyContent(
      nobodysTrip,
      await answered("application/json", latin1('{"a":"caf\xe9"}')),
      true,
    );
    const note = "The body is not all UTF-8: 1 place is shown as “\ufffd”, at byte 9.";
    assert.deepEqual(shown, {
      kind: "text",
      text: '{"a":"caf\ufffd"}',
      language: "json",
      charset: "UTF-8",
      note,
    });
  });

  for (const [type, body, language] of [
    ["text/html", '{"a":1}', "json"],
    ["text/html; charset=utf-8", ' [1,\n{"a":null}]\n', "json"],
    ["text/plain", '{"a":1}', "json"],
    ["", "[]", "json"],
    ["text/xml", '{"message":"Forbidden"}', "json"],
    ["application/octet-stream", '{"a":1}', "json"],
    ["application/problem+json", '{"a":', "json"],
    ["application/json", "<!DOCTYPE html><title>502</title>", "html"],
    ["text/plain", "<html><body>no</body></html>", "html"],
    ["text/html", "{{#each pets}}{{name}}{{/each}}", "html"],
    ["text/html", "<p>no root</p>", "html"],
    ["", '<?xml version="1.0"?><a/>', "xml"],
    ["image/svg+xml", "<svg/>", "xml"],
    ["text/plain", "[INFO] a\n[WARN b]", "text"],
    ["text/plain", '{"a":1}\n{"a":2}', "text"],
    ["text/css", "{ color: red }", "text"],
  ] as const) {
    it(`${body} as ${type || "nothing"} is ${language}`, async () => {
      const shown = await bodyContent(nobodysTrip, await answered(type, Buffer.from(body)), true);
      assert.deepEqual([shown.kind, "language" in shown && shown.language], ["text", language]);
    });
  }
});
