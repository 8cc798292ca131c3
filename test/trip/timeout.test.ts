import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { defaultLimits, withinTotal } from "../../src/transport/limits.ts";
import type { TripEffects } from "../../src/trip/tripEffects.ts";
import { createWorld } from "./world.ts";

const usual = { ...defaultLimits, head: 60, idle: 60 };

describe("a time-out that a person gives", () => {
  let server: Server;
  let url: string;

  before(async () => {
    server = createServer(async (request, response) => {
      if (request.url === "/head") await pause(400);
      response.write("a");
      if (request.url === "/idle") await pause(400);
      response.end("b");
    });
    await new Promise<void>((done) => {
      server.listen(0, "127.0.0.1", () => done());
    });
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  /** Sends where each phase has 60 ms, and where somebody gives all of it this long. */
  async function outcome(path: string, directive: string, total: number | null): Promise<string> {
    const adapt = (effects: TripEffects): TripEffects => ({
      ...effects,
      sendOptions: (request) => ({ ...effects.sendOptions(request), limits: { ...usual, total } }),
    });
    const world = await createWorld({}, adapt);
    try {
      const trip = await world.trip(`# @auth none\n${directive}GET ${url}${path}\n`);
      return trip.error?.code ?? String(trip.exchange?.response?.body.size);
    } finally {
      await world.remove();
    }
  }

  const rows: readonly (readonly [path: string, directive: string, total: number | null, comes: string])[] = [
    ["/head", "", null, "E_HEAD_TIMEOUT"],
    ["/idle", "", null, "E_IDLE_TIMEOUT"],
    ["/head", "# @timeout 20s\n", null, "2"],
    ["/idle", "# @timeout 20s\n", null, "2"],
    ["/head", "", 20_000, "2"],
    ["/idle", "", 20_000, "2"],
    ["/head", "# @timeout 10ms\n", 20_000, "2"],
    ["/head", "# @timeout 200ms\n", null, "E_TOTAL_TIMEOUT"],
    ["/idle", "# @timeout 200ms\n", null, "E_TOTAL_TIMEOUT"],
    ["/head", "# @timeout 20s\n", 200, "E_TOTAL_TIMEOUT"],
    ["/head", "# @timeout 10ms\n", null, "E_TOTAL_TIMEOUT"],
  ];
  for (const [path, directive, total, comes] of rows) {
    const said = [directive.trim(), total === null ? "" : `--timeout ${total}ms`].filter(
      (text) => text !== "",
    );
    it(`${said.join(" beside ") || "of nobody"} gives ${comes} at ${path}`, async () => {
      assert.equal(await outcome(path, directive, total), comes);
    });
  }

  it("shortens no phase", () => {
    assert.deepEqual(withinTotal(defaultLimits, 1_000), { ...defaultLimits, total: 1_000 });
    assert.deepEqual(withinTotal(defaultLimits, null), defaultLimits);
    const long = 900_000;
    assert.deepEqual(withinTotal(defaultLimits, long), {
      ...defaultLimits,
      total: long,
      head: long,
      idle: long,
    });
  });
});
