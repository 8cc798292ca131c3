import assert from "node:assert/strict";
import type { Answer } from "../../src/checks/checkEffects.ts";
import { addressKind } from "../../src/checks/privateAddress.ts";
import type { Refused } from "../../src/checks/refused.ts";
import type { Cause } from "../../src/diagnosis/causes/causes.ts";
import type { Field } from "../../src/stages.ts";
import { answer, caller, noon, refusedFor, resultOf, run, short } from "./refusals.ts";

const who = "sts eu-west-1 GetCallerIdentity";
const own = "GET /prod/pets/1 unsigned";
const nonsense = "GET /prod/awsreq-check-1234 signed";

describe("the check of the clock", () => {
  const refused = refusedFor(["clock-behind", "stale-signature"]);
  const minutes = (count: number) => count * 60_000;
  /** STS's answer to a machine that is this much behind (ahead when negative). */
  const behind = (ms: number, took = 0): Answer => ({
    ...caller(),
    asked: noon + 500 - ms - took / 2,
    answered: noon + 500 - ms + took / 2,
  });
  const clockOf = (said: Answer, changed: Refused = refused) =>
    resultOf("clock", changed, { answers: { [who]: said } });

  it("rules the clock out when it agrees, which speaks for a stale signature", async () => {
    const { outcome, shown, rulesOut, speaksFor } = await clockOf(behind(400));
    assert.deepEqual(
      [outcome, shown, rulesOut, speaksFor],
      [
        "passed",
        "This machine's clock agrees with AWS's, to 1 s. The limit is 5 min.",
        ["clock-behind", "clock-ahead", "clock-skew-s3"],
        ["stale-signature"],
      ],
    );
    const { shown: later } = await clockOf(behind(42_000));
    assert.equal(later, "This machine's clock is 42 s behind AWS's. The limit is 5 min.");
    assert.deepEqual((await clockOf(behind(0), refusedFor(["clock-behind"]))).speaksFor, []);
  });

  it("speaks for the way in which it is wrong", async () => {
    const slow = await clockOf(behind(minutes(7)));
    assert.deepEqual(
      [slow.outcome, slow.shown, slow.rulesOut, slow.speaksFor],
      [
        "failed",
        "This machine's clock is 7 min behind AWS's. The limit is 5 min.",
        ["clock-ahead"],
        ["clock-behind"],
      ],
    );
    const fast = await clockOf(behind(minutes(-7)));
    assert.deepEqual(
      [fast.shown.slice(0, 43), fast.speaksFor],
      ["This machine's clock is 7 min ahead of AWS'", ["clock-ahead"]],
    );
  });

  it("takes the limit from the answer, or the service", async () => {
    const s3 = refusedFor(["clock-skew-s3"], { signedFor: { service: "s3", region: "eu-west-1" } });
    assert.equal((await clockOf(behind(minutes(7)), s3)).outcome, "passed");
    assert.deepEqual((await clockOf(behind(minutes(20)), s3)).speaksFor, ["clock-skew-s3"]);
    const body = "Signature expired: A is now earlier than B (20300517T120000Z - 15 min.)";
    const said = refusedFor(["clock-behind"], { answer: { status: 403, headers: [], body } });
    assert.match((await clockOf(behind(minutes(7)), said)).shown, /The limit is 15 min\.$/);
  });

  it("takes half the way into account, and does not judge what the way leaves open", async () => {
    assert.equal((await clockOf(behind(0, 20_000))).shown.includes("agrees with AWS's, to 11 s"), true);
    const close = await clockOf(behind(minutes(5) - 100));
    assert.deepEqual([close.outcome, close.rulesOut, close.speaksFor], ["unknown", [], []]);
  });

  it("asks the host where STS does not answer, or is not known", async () => {
    const unreached = await run(refused, { answers: { [own]: answer(403, "{}") } }, ["clock"]);
    assert.deepEqual(unreached.asked.map(short), [who, own]);
    assert.equal(unreached.results[0]?.outcome, "passed");
    const local = await run({ ...refused, places: null }, { answers: { [own]: answer(403, "{}") } });
    assert.deepEqual(local.asked.map(short), [own]);
  });

  it("tells nothing without a date", async () => {
    const dateless = {
      answers: {
        [who]: answer(200, "", { headers: [] }),
        [own]: answer(403, "", { headers: [["Date", "yesterday"]] }),
      },
    };
    const { outcome, shown } = await resultOf("clock", refused, dateless);
    assert.deepEqual(
      [outcome, shown],
      ["unknown", "No answer had a date to compare this machine's clock with."],
    );
    const nobody = await resultOf("clock", refused, {});
    assert.deepEqual([nobody.outcome, nobody.shown], ["unknown", `nobody at ${who}.`]);
  });
});

describe("the check of the host's name", () => {
  const refused = refusedFor(["apigw-private-endpoint"]);
  const host = refused.request.host;

  it("speaks for a VPC endpoint when the name leads to a private address", async () => {
    for (const address of ["10.1.2.3", "172.31.0.9", "192.168.1.1", "100.64.0.1", "fd12:3456::1"]) {
      const { outcome, shown, speaksFor } = await resultOf("address", refused, { addresses: [address] });
      assert.deepEqual([outcome, speaksFor], ["failed", ["apigw-private-endpoint"]]);
      assert.equal(
        shown,
        `${host} leads to a private address here (${address}), as a VPC endpoint's names do.`,
      );
    }
    const s3 = refusedFor(["iam-vpce-policy"], { signedFor: { service: "s3", region: "eu-west-1" } });
    const { speaksFor } = await resultOf("address", s3, { addresses: ["52.1.1.1", "10.0.0.1"] });
    assert.deepEqual(speaksFor, ["iam-vpce-policy"]);
  });

  it("rules nothing out with a public address: a private API has one too", async () => {
    const { outcome, shown, rulesOut, speaksFor } = await resultOf("address", refused, {
      addresses: ["52.1.1.1", "2a05:d018::1"],
    });
    assert.deepEqual(
      [outcome, shown, rulesOut, speaksFor],
      ["passed", `${host} has public addresses here (52.1.1.1).`, [], []],
    );
  });

  it("says that the name leads nowhere, or to this machine", async () => {
    assert.equal((await resultOf("address", refused, {})).shown, `${host} has no address here.`);
    const { shown, speaksFor } = await resultOf("address", refused, { addresses: ["127.0.0.1"] });
    assert.match(shown, /leads to this machine \(127\.0\.0\.1\)/);
    assert.deepEqual(speaksFor, []);
  });

  it("knows the edges of the private ranges", () => {
    const kinds = [
      ["172.15.255.255", "public"],
      ["172.16.0.0", "private"],
      ["172.32.0.0", "public"],
      ["100.63.255.255", "public"],
      ["100.127.255.255", "private"],
      ["::ffff:10.0.0.1", "private"],
      ["::1", "loopback"],
      ["fe00::1", "public"],
      ["no address", null],
    ] as const;
    for (const [address, kind] of kinds) assert.equal(addressKind(address), kind, address);
  });
});

const forbidden = '{"message":"Forbidden"}';
const missing = '{"message":"Missing Authentication Token"}';
const gatewayCauses: readonly Cause[] = [
  "apigw-http-api-iam-forbidden",
  "apigw-api-key",
  "apigw-waf",
  "apigw-endpoint-disabled",
];
const rest: readonly Field[] = [["x-amz-apigw-id", "abc="]];
const http: readonly Field[] = [["Apigw-Requestid", "abc="]];

describe("the check of the route", () => {
  const routeOf = (refused: Refused, nonsenseSays: Answer, ownSays: Answer, ownAsked = own) =>
    resultOf("route", refused, { answers: { [nonsense]: nonsenseSays, [ownAsked]: ownSays } });
  const unknownRoute = (changes: Partial<Refused> = {}) =>
    refusedFor(["wrong-path-or-method"], {
      answer: { status: 403, headers: [], body: missing },
      ...changes,
    });

  it("speaks for the path when one that cannot exist gets the same answer", async () => {
    const { outcome, shown, rulesOut, speaksFor } = await routeOf(
      unknownRoute(),
      answer(403, missing),
      answer(403, missing),
    );
    assert.deepEqual(
      [outcome, rulesOut, speaksFor],
      ["failed", ["unsigned-request"], ["wrong-path-or-method"]],
    );
    assert.equal(
      shown,
      "/prod/awsreq-check-1234, which cannot exist, gets the same answer, signed: the API says it of what it does not have.",
    );
  });

  it("knows the answer by the type of the error, whatever the API's owner made of it", async () => {
    const custom = {
      status: 404,
      headers: [["X-Amzn-ErrorType", "MissingAuthenticationTokenException"] as const],
      body: "gone",
    };
    const { speaksFor } = await routeOf(
      unknownRoute({ answer: custom }),
      answer(404, "gone", custom),
      answer(403, ""),
    );
    assert.deepEqual(speaksFor, ["wrong-path-or-method"]);
  });

  it("points at the method when the path itself answers OPTIONS", async () => {
    const posted = unknownRoute({ request: { ...refusedFor([]).request, method: "POST" } });
    const { shown } = await routeOf(
      posted,
      answer(403, missing),
      answer(204, ""),
      "OPTIONS /prod/pets/1 unsigned",
    );
    assert.match(shown, /The path itself answers OPTIONS, so look at the method\.$/);
  });

  it("tells nothing where one route takes every path", async () => {
    const { outcome, shown, speaksFor } = await routeOf(
      unknownRoute(),
      answer(200, "{}"),
      answer(403, missing),
    );
    assert.deepEqual([outcome, speaksFor], ["unknown", []]);
    assert.match(shown, /is answered with status 200: that tells nothing of the route\.$/);
  });

  const bare = (headers: readonly Field[]) =>
    refusedFor(gatewayCauses, { answer: { status: 403, headers, body: forbidden } });

  it("speaks for the whole API when it refuses whatever is asked", async () => {
    const { rulesOut, speaksFor } = await routeOf(bare(rest), answer(403, forbidden), answer(403, forbidden));
    assert.deepEqual(rulesOut, ["apigw-http-api-iam-forbidden", "apigw-api-key"]);
    assert.deepEqual(speaksFor, ["apigw-waf", "apigw-endpoint-disabled"]);
  });

  it("leaves the key open where a route misses the signature: one may take every path", async () => {
    const { shown, rulesOut } = await routeOf(bare(rest), answer(403, forbidden), answer(403, missing));
    assert.deepEqual(rulesOut, ["apigw-http-api-iam-forbidden"]);
    assert.match(shown, /the API as a whole refuses, or one route takes every path\.$/);
    assert.deepEqual((await routeOf(bare([]), answer(403, forbidden), answer(403, missing))).rulesOut, []);
  });

  it("speaks for IAM where an HTTP API refuses every path: one route takes them", async () => {
    const { rulesOut, speaksFor } = await routeOf(bare(http), answer(403, forbidden), answer(403, forbidden));
    assert.deepEqual(speaksFor, ["apigw-http-api-iam-forbidden"]);
    assert.ok(rulesOut.includes("apigw-api-key") && !rulesOut.includes("apigw-waf"));
  });

  it("speaks for the route when the API answers for what it does not have", async () => {
    const onRest = await routeOf(bare(rest), answer(403, missing), answer(403, missing));
    assert.deepEqual(onRest.speaksFor, ["apigw-api-key"]);
    assert.ok(onRest.rulesOut.includes("apigw-endpoint-disabled") && !onRest.rulesOut.includes("apigw-waf"));
    const onHttp = await routeOf(bare(http), answer(404, '{"message":"Not Found"}'), answer(403, forbidden));
    assert.deepEqual(onHttp.speaksFor, ["apigw-http-api-iam-forbidden"]);
    const application = await routeOf(
      bare(rest),
      answer(404, '{"message":"Not Found"}'),
      answer(403, forbidden),
    );
    assert.equal(application.outcome, "unknown");
  });

  it("asks beside a path of one segment, and of none", async () => {
    for (const [path, beside] of [
      ["/", "GET /awsreq-check-1234 signed"],
      ["/prod", "GET /prod/awsreq-check-1234 signed"],
      ["/prod/", "GET /prod/awsreq-check-1234 signed"],
      ["/prod/a/b/c?", "GET /prod/awsreq-check-1234 signed"],
    ] as const) {
      const { asked } = await run(unknownRoute({ request: { ...refusedFor([]).request, path } }), {});
      assert.deepEqual(asked.map(short), [beside]);
    }
  });
});
