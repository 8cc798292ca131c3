import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { added, heapGrowth, isAsBefore, soakSends, standing } from "../soak.ts";
import { createWorld } from "../trip/world.ts";
import { createMachine, credentialsFile, finished, keys, startNotedEndpoint } from "./cliProcess.ts";

describe("many requests of one process", () => {
  it(`fault 95: ${soakSends} trips leave no handle, listener or memory, and each is sent once`, async function () {
    this.timeout(10 * 60_000);
    const endpoint = await startNotedEndpoint();
    let signal: AbortSignal | null = null;
    const world = await createWorld(
      {
        AWS_ACCESS_KEY_ID: keys.accessKeyId,
        AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
        AWS_REGION: "us-east-1",
      },
      (effects) => {
        signal = effects.signal;
        return effects;
      },
    );
    const sent = (name: string) =>
      world.trip(`# @auth iam\n# @service execute-api\nGET ${endpoint.url}/prod/echo/${name}\n`, {
        granted: [],
      });
    try {
      for (let at = 0; at < 20; at += 1)
        assert.equal((await sent(`warmup-${at}`)).exchange?.response?.status, 200);
      const before = await isAsBefore(standing());
      for (let at = 0; at < soakSends; at += 1) await sent(`soak-${at}`);
      const after = await isAsBefore(before);
      assert.deepEqual(added(before, after), []);
      assert.ok(after.listeners <= before.listeners);
      assert.ok(signal !== null && getEventListeners(signal, "abort").length === 0);
      assert.ok(after.heap - before.heap < heapGrowth, `${after.heap - before.heap} bytes more are held`);
      assert.deepEqual(onceEach(endpoint.records.map(({ raw }) => raw.target)), soakSends + 20);
    } finally {
      await world.remove();
      await endpoint.close();
    }
  });

  it(`fault 95: send --all of ${soakSends} sends each once, in their order, and ends`, async function () {
    this.timeout(10 * 60_000);
    const endpoint = await startNotedEndpoint();
    const machine = await createMachine();
    try {
      await machine.write(".aws/credentials", credentialsFile());
      const blocks = Array.from(
        { length: soakSends },
        (_, at) => `GET ${endpoint.url}/prod/echo/all-${at}\n\n###\n`,
      );
      const head = "# @auth iam\n# @service execute-api\n# @region us-east-1\n\n###\n";
      await machine.write("work/all.awsreq", `${head}${blocks.join("")}`);
      // A process of its own: only that can show that it ends.
      const sending = machine.start(["send", "all.awsreq", "--all", "--profile", "canary"]);
      const { code, stderr } = await finished(sending);
      assert.equal(code, 0, stderr.slice(-500));
      assert.deepEqual(
        endpoint.records.map(({ raw }) => raw.target),
        Array.from({ length: soakSends }, (_, at) => `/prod/echo/all-${at}`),
      );
    } finally {
      await machine.remove();
      await endpoint.close();
    }
  });
});

/** How many there are, each of them once. */
function onceEach(targets: readonly string[]): number {
  assert.equal(new Set(targets).size, targets.length);
  return targets.length;
}
