import assert from "node:assert/strict";
import { type RefusedCause, refusedCauses } from "../../src/endpoint/refusedCauses.ts";
import type { Endpoint } from "../../src/endpoint/startEndpoint.ts";
import { causeRequests } from "../endpoint/causeRequests.ts";
import { createMachine, credentialsFile, type Machine, startNotedEndpoint } from "./cliProcess.ts";

interface Entry {
  readonly name: RefusedCause;
  readonly response: { readonly status: number };
  readonly diagnosis: readonly { readonly cause: string; readonly certainty: string }[];
}

describe("every refusal that the local endpoint knows, sent and diagnosed", () => {
  let machine: Machine;
  let endpoint: Endpoint;
  let entries: readonly Entry[] = [];
  before(async () => {
    machine = await createMachine();
    endpoint = await startNotedEndpoint();
    await machine.write(".aws/credentials", credentialsFile());
    await machine.write("work/all.awsreq", causeRequests("canary", endpoint.url));
    const { stdout } = await machine.run(["send", "all.awsreq", "--all", "--json"]);
    entries = JSON.parse(stdout).requests;
  });
  after(async () => {
    await endpoint.close();
    await machine.remove();
  });

  /** Told from others by a host, a way or a clock that this machine does not have. */
  const elsewhere: ReadonlySet<RefusedCause> = new Set<RefusedCause>([
    "apigw-private-endpoint",
    "apigw-http-api-iam-forbidden",
    "apigw-domain-mapping",
    "apigw-endpoint-disabled",
    "cred-wrong-partition",
    "cred-missing-session-token",
    "scope-needs-sigv4a",
    "sig-payload-hash-missing",
    "clock-skew-s3",
    "lambda-web-permission",
    "appsync-key-expired",
  ]);

  for (const cause of refusedCauses) {
    it(cause, () => {
      const entry = entries.find(({ name }) => name === cause);
      assert.ok(entry, "it was sent");
      const found = entry.diagnosis.map((finding) => finding.cause);
      if (!elsewhere.has(cause)) assert.equal(found[0], cause, found.join(", "));
      else assert.ok(found.length > 0, `${entry.response.status}`);
    });
  }
});
