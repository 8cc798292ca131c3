import assert from "node:assert/strict";
import { planChecks } from "../../src/checks/planChecks.ts";
import type { Cause } from "../../src/diagnosis/causes/causes.ts";
import { places, refusedFor, sts } from "./refusals.ts";

const ids = (causes: readonly Cause[], changes = {}) =>
  planChecks(refusedFor(causes, changes)).map(({ id }) => id);

describe("planned checks", () => {
  it("are those that tell more of the causes, in the order in which they run", () => {
    assert.deepEqual(ids(["clock-behind", "stale-signature"]), ["clock"]);
    assert.deepEqual(ids(["wrong-path-or-method"]), ["route"]);
    assert.deepEqual(ids(["cred-expired-token"]), ["caller"]);
    assert.deepEqual(ids(["iam-no-identity-allow", "iam-no-resource-allow"]), ["caller", "policy"]);
    assert.deepEqual(ids(["apigw-private-endpoint", "apigw-waf", "apigw-http-api-iam-forbidden"]), [
      "caller",
      "address",
      "route",
      "policy",
    ]);
    assert.deepEqual(ids(["sig-path-encoding"]), []);
    assert.deepEqual(ids([]), []);
  });

  it("name everything that will be contacted", () => {
    const host = "abc.execute-api.eu-west-1.amazonaws.com";
    const all = planChecks(
      refusedFor([
        "clock-behind",
        "apigw-private-endpoint",
        "apigw-http-api-iam-forbidden",
        "cred-region-not-enabled",
      ]),
    );
    assert.deepEqual(
      all.map(({ id, contacts }) => [id, contacts]),
      [
        ["caller", "STS at sts.us-east-1.amazonaws.com"],
        ["region", "STS at sts.eu-south-1.amazonaws.com; STS at sts.us-east-1.amazonaws.com"],
        [
          "clock",
          `STS at sts.eu-west-1.amazonaws.com; if it does not answer, GET https://${host}/prod/pets/1, unsigned`,
        ],
        ["address", `DNS for ${host}`],
        [
          "route",
          `GET https://${host}/prod/awsreq-check-1234, signed; GET https://${host}/prod/pets/1, unsigned`,
        ],
        ["policy", "STS at sts.eu-west-1.amazonaws.com; IAM at iam.amazonaws.com"],
      ],
    );
  });

  it("never have a method that may change something", () => {
    for (const method of ["POST", "PUT", "DELETE", "PATCH", "SOMETHING", "get-not"]) {
      const { request } = refusedFor([]);
      const [plan] = planChecks(refusedFor(["wrong-path-or-method"], { request: { ...request, method } }));
      assert.match(plan?.contacts ?? "", /^GET \S+awsreq-check-1234, signed; OPTIONS \S+pets\/1, unsigned$/);
    }
  });

  it("ask nothing of AWS for keys that it does not know, and nothing signed for a request that was not", () => {
    const causes: readonly Cause[] = ["iam-no-identity-allow", "clock-behind", "wrong-path-or-method"];
    assert.deepEqual(ids(causes, { places: null }), ["clock", "route"]);
    assert.deepEqual(ids(causes, { places: null, signedFor: null, credentials: null }), ["clock"]);
  });

  it("leave out a region that is always enabled, and a host that is an address", () => {
    const there = { places: { ...places, stsThere: sts("us-east-1") } };
    assert.deepEqual(ids(["cred-region-not-enabled"], there), ["caller"]);
    for (const host of ["127.0.0.1", "[::1]", "localhost", "api.localhost"]) {
      const request = { ...refusedFor([]).request, connectedHost: host };
      assert.deepEqual(ids(["apigw-private-endpoint"], { request }).includes("address"), false);
    }
  });

  it("decode a message only where there is one", () => {
    const body = `You are not authorized. Encoded authorization failure message: ${"aB-_".repeat(30)}`;
    const encoded = { answer: { status: 403, headers: [], body } };
    assert.ok(ids(["iam-no-identity-allow"], encoded).includes("decode"));
    assert.ok(!ids(["iam-no-identity-allow"]).includes("decode"));
  });

  it("simulate nothing where the request does not tell the resource", () => {
    const service = { signedFor: { service: "lambda", region: "eu-west-1" } };
    assert.deepEqual(ids(["iam-no-identity-allow"], service), ["caller"]);
  });
});
