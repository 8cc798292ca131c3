import assert from "node:assert/strict";
import type { LookupFunction } from "node:net";
import { UserError } from "../../src/errors.ts";
import { tripChecks } from "../../src/trip/tripChecks.ts";
import type { TripEffects } from "../../src/trip/tripEffects.ts";
import { findingsOf } from "../checks/findings.ts";
import { answer, closeServers, type RawServer, rawServer } from "../transport/servers.ts";
import { createWorld, type World } from "./world.ts";

/** Gives this machine's address for every name, and a metadata service's behind it: nothing connects to that one. */
const rebinding: LookupFunction = (_host, _options, callback) =>
  callback(null, [
    { address: "127.0.0.1", family: 4 },
    { address: "169.254.169.254", family: 4 },
  ]);

const rebound = (effects: TripEffects): TripEffects => ({
  ...effects,
  sendOptions: (request) => ({ ...effects.sendOptions(request), lookup: rebinding }),
});

const keys = { AWS_ACCESS_KEY_ID: "AKIAADDRESSESADDRESS", AWS_SECRET_ACCESS_KEY: "a".repeat(40) };
const forbidden = JSON.stringify({ message: "Forbidden" });
const answered = `HTTP/1.1 403 Forbidden\r\nx-amzn-errortype: ForbiddenException\r\nContent-Type: application/json\r\nContent-Length: ${forbidden.length}\r\n\r\n${forbidden}`;

describe("an address that may not be connected to gets not one byte", () => {
  let server: RawServer;
  let connections = 0;
  const worlds: World[] = [];
  const worldWith: typeof createWorld = async (...input) => {
    const made = await createWorld(...input);
    worlds.push(made);
    return made;
  };
  beforeEach(async () => {
    connections = 0;
    server = await rawServer((socket) => {
      connections += 1;
      answer(answered)(socket);
    });
  });
  afterEach(async () => {
    await closeServers();
    await Promise.all(worlds.splice(0).map((world) => world.remove()));
  });

  it("of a request", async () => {
    const world = await worldWith({}, rebound);
    const { error } = await world.trip(`# @auth none\nGET http://api.example.test:${server.port}/\n`);
    assert.equal(error?.code, "E_REFUSED_ADDRESS");
    assert.equal(connections, 0);
  });

  it("of the question who signs", async () => {
    const world = await worldWith(
      { ...keys, AWS_ENDPOINT_URL_STS: `https://sts.example.test:${server.port}` },
      rebound,
    );
    await assert.rejects(world.whoAmI(), (error) => {
      assert.ok(error instanceof UserError);
      assert.match(`${error.code} ${error.message}`, /^E_STS .*\(E_REFUSED_ADDRESS\)/);
      return true;
    });
    assert.equal(connections, 0);
  });

  it("of a check after a refusal", async () => {
    let effects: TripEffects | null = null;
    const world = await worldWith(keys, (made) => {
      effects = made;
      return made;
    });
    const text = `# @auth iam\n# @region us-east-1\n# @service execute-api\nGET http://localhost:${server.port}/prod/x\n`;
    const trip = await world.trip(text);
    assert.equal(trip.exchange?.response?.status, 403);
    assert.ok(effects !== null);
    const { plans, run } = await tripChecks(trip, await findingsOf(trip), rebound(effects));
    const before = connections;
    const results = await run(plans.filter(({ id }) => id === "route"));
    assert.match(JSON.stringify(results), /E_REFUSED_ADDRESS|link-local or metadata/);
    assert.equal(connections, before);
  });
});
