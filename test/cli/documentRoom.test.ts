import assert from "node:assert/strict";
import { readdirSync, statSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { documentedTrip, documentRoom } from "../../src/cli/documentRoom.ts";
import { requestEntry } from "../../src/cli/requestEntry.ts";
import { processSurroundings } from "../../src/cli/surroundings.ts";
import { startedTrip, type Trip } from "../../src/trip/trip.ts";
import { optionsWith, sendTo } from "../transport/sending.ts";
import { answering, closeServers } from "../transport/servers.ts";

describe("the room of a document", () => {
  let folder = "";
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "awsreq-room-"));
  });
  after(() => rm(folder, { recursive: true }));
  afterEach(closeServers);

  /** A trip that was answered with these bytes. */
  async function answeredTrip(body: string): Promise<Trip> {
    const server = await answering(`HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
    const { exchange } = await sendTo(`http://127.0.0.1:${server.port}/`, {}, optionsWith());
    const nothing = { name: null, title: "", line: 0, problems: [], request: null, auth: null };
    return { ...startedTrip({ ...nothing, error: null, privateValues: [] }), exchange };
  }

  const around = (tmp: string) => ({ ...processSurroundings(new AbortController().signal), tmpdir: tmp });

  async function entryOf(body: string, room = documentRoom(), output: string | null = null, tmp = folder) {
    const { trip, leftOut } = await documentedTrip(await answeredTrip(body), room, output, around(tmp));
    return requestEntry(trip, { findings: [], checked: [] }, leftOut);
  }

  it("is shared by its bodies; one that does not fit is an error and kept, a later one may fit", async () => {
    const room = documentRoom(10);
    const first = await entryOf("123456", room);
    assert.deepEqual([first.response?.body, first.error], ["123456", null]);
    const { response, error } = await entryOf("123456", room);
    assert.deepEqual([response?.body, response?.bodyBase64, response?.bodyBytes], [undefined, undefined, 6]);
    const file = response?.bodyFile ?? "";
    assert.deepEqual([error?.code, error?.phase, response?.complete], ["E_BODY_DOCUMENT", "body", false]);
    assert.ok(error?.message.includes(file));
    assert.equal(await readFile(file, "utf8"), "123456");
    assert.equal(statSync(file).mode & 0o777, 0o600);
    const third = await entryOf("1234", room);
    assert.deepEqual([third.response?.body, third.response?.complete], ["1234", true]);
  });

  it("counts what a character becomes", async () => {
    for (const [body, characters] of [
      ["a", 1],
      ['"', 2],
      ["\n", 2],
      ["\u0001", 6],
      ["\u007f", 6],
    ] as const) {
      assert.equal((await entryOf(body, documentRoom(characters))).error, null, JSON.stringify(body));
      const error = (await entryOf(body, documentRoom(characters - 1))).error;
      assert.equal(error?.code, "E_BODY_DOCUMENT", JSON.stringify(body));
    }
  });

  it("is of no importance where --output has the body", async () => {
    const { response, error } = await entryOf("123456", documentRoom(1), "/out");
    assert.deepEqual([response?.bodyFile, response?.complete, error], ["/out", true, null]);
    assert.match(response?.warnings[0] ?? "", /is in \/out\.$/);
  });

  it("says so when a body cannot be kept either", async () => {
    const missing = join(folder, "missing");
    const { response, error } = await entryOf("123456", documentRoom(1), null, missing);
    assert.deepEqual([response?.bodyFile, error?.code], [undefined, "E_BODY_DOCUMENT"]);
    assert.match(error?.message ?? "", /It is discarded, because it could not be kept: .*no such file/);
    await mkdir(missing);
    await entryOf("123456", documentRoom(1), null, missing);
    assert.deepEqual(
      readdirSync(missing).map((name) => name.replace(/[0-9a-f-]{36}$/, "")),
      ["awsreq-kept-"],
    );
  });

  it("is such that what is in it makes one string", () => {
    assert.ok(documentRoom().characters < 2 ** 29 / 2 + 1);
  });
});
