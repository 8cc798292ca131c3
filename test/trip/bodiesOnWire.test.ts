import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { closeServers } from "../transport/servers.ts";
import { type WireServer, wireServer } from "./wireServer.ts";
import { createWorld, type World } from "./world.ts";

describe("includes and variables in bodies, on the wire", () => {
  let world: World;
  let server: WireServer;
  before(async () => {
    world = await createWorld({});
    server = await wireServer();
    await writeFile(join(world.home, "b.json"), "bytes");
    await writeFile(join(world.home, "b c.json"), "blank");
  });
  after(() => Promise.all([world.remove(), closeServers()]));

  const send = (body: string, above = "", type = "application/json") =>
    world.trip(
      `# @auth none\n${above}POST http://127.0.0.1:${server.port}/\nContent-Type: ${type}\n\n${body}`,
    );
  const codes = (trip: Awaited<ReturnType<typeof send>>) => trip.problems.map(({ code }) => code);

  const included: readonly (readonly [line: string, body: string, codes: readonly string[]])[] = [
    ["< ./b.json", "bytes", []],
    ["<\t b.json \t", "bytes", []],
    ["<./b.json", "bytes", ["H_INCLUDE_FORM"]],
    ["<./b.json\r", "bytes", ["H_INCLUDE_FORM"]],
    ["<../HOME/b.json  ", "bytes", ["H_INCLUDE_FORM"]],
    ['< "./b.json"', "bytes", ["H_INCLUDE_FORM"]],
    ["<  './b c.json'  ", "blank", ["H_INCLUDE_FORM"]],
    ['<"b c.json"', "blank", ["H_INCLUDE_FORM"]],
    ["< ./b c.json", "blank", []],
    ["@f = b\n<./{{f}}.json", "bytes", ["H_INCLUDE_FORM"]],
    ["<a>\n<b/>\n</b>\n<!-- < ./b -->", "<a>\n<b/>\n</b>\n<!-- < ./b -->", []],
    ["<./b>", "<./b>", []],
  ];
  for (const [line, body, expected] of included) {
    it(`reads ${JSON.stringify(line)}`, async () => {
      const [, above = "", written = ""] = /^(@[^\n]*\n)?(.*)$/s.exec(line) ?? [];
      const home = world.home.split("/").at(-1) ?? "";
      const trip = await send(written.replace("HOME", home), above, "text/plain");
      assert.equal(trip.error, null);
      assert.equal(server.taken().body, body);
      assert.deepEqual(codes(trip), expected);
    });
  }

  for (const line of ["<@ ./b.json", "<@./b.json", '<@"b.json"', "<@latin1 ./b.json"]) {
    it(`refuses ${line}`, async () => {
      assert.equal((await send(line)).error?.code, "E_BODY_LATER");
      assert.throws(() => server.taken());
    });
  }

  it("takes the path of an include for no JSON", async () => {
    assert.deepEqual(codes(await send("< {{f}}", "@f = b.json\n")), []);
    assert.equal(server.taken().body, "bytes");
  });

  const broken = 'O\\m"z';
  const json: readonly (readonly [body: string, sent: string, marked: readonly number[]])[] = [
    ['{"p":"{{pw}}"}', `{"p":"${broken}"}`, [6]],
    ['{"p":"{{%json pw}}"}', '{"p":"O\\\\m\\"z"}', []],
    ['{"p":"{{ok}}","q":"{{%json ok}}{{ok}}"}', '{"p":"a","q":"aa"}', []],
    ['{"a":{{ok}}}', '{"a":a}', [5]],
    ['{"a":{{n}},"b":{{object}},"c":[{{n}}]}', '{"a":7,"b":{"x":1},"c":[7]}', []],
    ['{"a":"{{ok}}{{pw}}","b":"{{pw}}"}', `{"a":"a${broken}","b":"${broken}"}`, [12, 25]],
    ["{ {{members}} }", '{ "a":1 }', []],
    ["{ {{members}}, }", '{ "a":1, }', []],
    ["{{object}}", '{"x":1}', []],
    ["{{ok}}", "a", [0]],
    ['{"p":"{{%json lines}}"}', '{"p":"a\\tb"}', []],
  ];
  const above = `@pw = ${broken}\n@ok = a\n@n = 7\n@object = {"x":1}\n@members = "a":1\n@lines = a\tb\n`;
  for (const [body, sent, marked] of json) {
    it(`sends ${body}, and marks what makes no JSON`, async () => {
      for (const type of ["application/json", "application/vnd.a+json; charset=utf-8", "text/plain"]) {
        const trip = await send(body, above, type);
        assert.equal(server.taken().body, sent);
        const found = trip.problems.filter(({ code }) => code === "W_BODY_JSON");
        const columns = found.map(({ range }) => range.start.column);
        assert.deepEqual(columns, type === "text/plain" ? [] : marked);
        assert.doesNotMatch(JSON.stringify(found), /O\\\\m/);
      }
    });
  }

  const dates: readonly (readonly [format: string, codes: readonly string[]])[] = [
    ['"dd-MM-yyyy"', ["W_DATE_FORMAT"]],
    ['"yyyy-MM-ddTHH:mm:ss.fffK"', ["W_DATE_FORMAT"]],
    ["'hh:mm tt'", ["W_DATE_FORMAT"]],
    ['"YYYY-MM-DDTHH:mm:ss.SSSZ"', []],
    ['"ddd, dddd DD [yyyy dd] MMM"', []],
    ["iso8601", []],
  ];
  for (const [format, expected] of dates) {
    it(`says of the date ${format} what is not meant here`, async () => {
      assert.deepEqual(codes(await send(`{{$datetime ${format}}}`, "", "text/plain")), expected);
      server.taken();
    });
  }

  it("knows the random variables of other tools", async () => {
    const written =
      "{{$random.uuid}} {{$random.alphabetic(4)}} {{$random.hexadecimal(8)}} {{$randomInt}} {{$randomInt 5 6}}";
    assert.equal((await send(written, "", "text/plain")).error, null);
    assert.match(
      server.taken().body,
      /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12} [A-Za-z]{4} [0-9a-f]{8} \d{1,3} 5$/,
    );
    assert.equal((await send("{{$randomInt 5}}", "", "text/plain")).error?.code, "E_VARIABLE_ARGUMENTS");
  });
});
