import assert from "node:assert/strict";
import { documentRoom, requestEntry } from "../../src/cli/requestEntry.ts";
import { createBodyStore } from "../../src/transport/bodyStore.ts";
import { startedTrip, type Trip } from "../../src/trip/trip.ts";
import { optionsWith, sendTo, storageDirectory } from "../transport/sending.ts";
import { answering, closeServers } from "../transport/servers.ts";

describe("the room of a document", () => {
  afterEach(closeServers);

  /** A trip that was answered with these bytes. */
  async function answeredTrip(body: string): Promise<Trip> {
    const server = await answering(`HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
    const { exchange } = await sendTo(`http://127.0.0.1:${server.port}/`, {}, optionsWith());
    const nothing = { name: null, title: "", line: 0, problems: [], request: null, auth: null };
    return { ...startedTrip({ ...nothing, error: null, privateValues: [] }), exchange };
  }

  const refused = { findings: [], checked: [] };

  it("is shared by its bodies; one that does not fit is left out and named, a later one may fit", async () => {
    const room = documentRoom(10);
    const responses = [];
    for (const body of ["123456", "123456", "1234"])
      responses.push((await requestEntry(await answeredTrip(body), refused, room)).response);
    const [first, second, third] = responses;
    assert.deepEqual([first?.body, first?.warnings], ["123456", []]);
    assert.deepEqual([second?.body, second?.bodyBase64, second?.bodyBytes], [undefined, undefined, 6]);
    assert.deepEqual(second?.warnings, [
      "The body (6 B) is too large for this document and left out; --output FILE keeps it.",
    ]);
    assert.deepEqual([third?.body, second?.complete], ["1234", true]);
  });

  it("is such that the worst of bodies still makes one string", () => {
    const { bytes } = documentRoom();
    assert.ok(bytes * (JSON.stringify("\u0001").length - 2) < 2 ** 29);
  });

  it("is not read where there is none", async () => {
    const store = createBodyStore({ memory: 0, directory: storageDirectory });
    await store.append(Buffer.from("abc"));
    await store.seal();
    const trip = await answeredTrip("abc");
    const body = { ...store, size: 2 ** 40, slice: () => assert.fail("the body was read") };
    const response = trip.exchange?.response;
    assert.ok(response);
    const entry = await requestEntry(
      { ...trip, exchange: trip.exchange && { ...trip.exchange, response: { ...response, body } } },
      refused,
    );
    assert.equal(entry.response?.bodyBytes, 2 ** 40);
    await store.dispose();
  });
});
