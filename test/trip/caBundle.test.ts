import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { startEndpoint } from "../../src/endpoint/startEndpoint.ts";
import { tripChecks } from "../../src/trip/tripChecks.ts";
import type { TripEffects } from "../../src/trip/tripEffects.ts";
import { findingsOf } from "../checks/findings.ts";
import { calledBy, startLocalSts } from "../identity/localSts.ts";
import { certificate } from "../transport/certificates.ts";
import { createWorld } from "./world.ts";

const keys = { accessKeyId: "AKIABUNDLEDBUNDLEDBU", secretAccessKey: "b".repeat(40) };

describe("the CA bundle of a trip", () => {
  it("counts for its checks too", async () => {
    const authority = await certificate({ name: "Corporate Authority", authority: true });
    const pair = await certificate({ issuer: authority, names: ["localhost"] });
    const arn = "arn:aws:iam::123456789012:user/anna";
    const sts = await startLocalSts(
      () => calledBy("123456789012", arn),
      (id) => (id === keys.accessKeyId ? keys : null),
      pair,
    );
    const endpoint = await startEndpoint({ port: 0, credentials: [keys] });
    let effects: TripEffects | null = null;
    const env = {
      AWS_ACCESS_KEY_ID: keys.accessKeyId,
      AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
      AWS_ENDPOINT_URL_STS: sts.url.replace("127.0.0.1", "localhost"),
      AWS_CA_BUNDLE: "~/ca.pem",
    };
    const world = await createWorld(env, (made) => {
      effects = made;
      return made;
    });
    try {
      await writeFile(join(world.home, "ca.pem"), authority.cert);
      const head = "# @auth iam\n# @region us-east-1\n# @service execute-api\n";
      const trip = await world.trip(`${head}GET ${endpoint.url}/prod/forbidden\n`);
      assert.ok(effects !== null);
      const { plans, run } = await tripChecks(trip, await findingsOf(trip), effects);
      const results = await run(plans.filter(({ id }) => id === "caller"));
      assert.deepEqual(
        results.map(({ id, outcome }) => [id, outcome]),
        [["caller", "passed"]],
      );
    } finally {
      await Promise.all([sts.close(), endpoint.close(), world.remove()]);
    }
  });
});
