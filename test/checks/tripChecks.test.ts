import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { CheckResult } from "../../src/checks/check.ts";
import { reranked } from "../../src/diagnosis/checkedFacts.ts";
import type { RequestRecord } from "../../src/endpoint/requestLine.ts";
import { type Endpoint, startEndpoint } from "../../src/endpoint/startEndpoint.ts";
import { defaultLimits } from "../../src/transport/limits.ts";
import type { Trip } from "../../src/trip/trip.ts";
import { type TripCheckEffects, tripChecks } from "../../src/trip/tripChecks.ts";

import { writtenForms } from "../cli/canary.ts";
import { createWorld, type World } from "../trip/world.ts";
import { type AwsAnswer, type AwsCall, type AwsServer, startAws } from "./awsServer.ts";
import { findingsOf } from "./findings.ts";

const keys = {
  accessKeyId: "ASIACHECKSCHECKSCHEC",
  secretAccessKey: `checks/secret+${Math.random().toString(36).slice(2)}${"x".repeat(20)}`,
  sessionToken: `token/checks+${Math.random().toString(36).slice(2)}`,
};
const anna = "arn:aws:iam::123456789012:user/anna";
const head = "# @region us-east-1\n# @service execute-api\n";
const known = {
  status: 200,
  body: `<R><Arn>${anna}</Arn><UserId>AIDA</UserId><Account>123456789012</Account></R>`,
};

describe("the checks of a trip", () => {
  let world: World;
  let endpoint: Endpoint;
  let aws: AwsServer;
  let answers: (call: AwsCall) => AwsAnswer = () => known;
  let requests: RequestRecord[] = [];
  /** Milliseconds that AWS's clocks are ahead of this machine's. */
  let drift = 0;

  before(async () => {
    const now = () => new Date(Date.now() + drift);
    aws = await startAws(keys, (call) => answers(call), now);
    endpoint = await startEndpoint({
      port: 0,
      credentials: [keys],
      now,
      onRequest: (record) => requests.push(record),
    });
    world = await createWorld({
      AWS_ACCESS_KEY_ID: keys.accessKeyId,
      AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
      AWS_SESSION_TOKEN: keys.sessionToken,
      AWS_ENDPOINT_URL_STS: aws.url,
      AWS_ENDPOINT_URL_IAM: aws.url,
    });
  });

  beforeEach(() => {
    answers = () => known;
    requests = [];
    drift = 0;
  });

  after(async () => {
    await Promise.all([endpoint.close(), aws.close(), world.remove()]);
  });

  function effectsOf(changes: Partial<TripCheckEffects> = {}): TripCheckEffects {
    return {
      now: () => new Date(),
      sendOptions: () => ({ limits: defaultLimits, storageDirectory: join(world.home, "bodies") }),
      signal: new AbortController().signal,
      timeout: 2000,
      nonsense: "awsreq-check-0",
      ...changes,
    };
  }

  async function checked(text: string, changes: Partial<TripCheckEffects> = {}) {
    const trip = await world.trip(`${head}${text}`);
    const findings = await findingsOf(trip);
    const checks = await tripChecks(trip, findings, effectsOf(changes));
    const [callsBefore, requestsBefore] = [aws.calls.length, requests.length];
    const results = await checks.run(checks.plans);
    return {
      findings,
      plans: checks.plans,
      results,
      calls: aws.calls.slice(callsBefore),
      requests: requests.slice(requestsBefore),
    };
  }

  const outcomes = (results: readonly CheckResult[]) => results.map(({ id, outcome }) => [id, outcome]);

  it("never repeat the person's POST, their headers, their query or their body", async () => {
    const { results, requests: seen } = await checked(
      `POST ${endpoint.url}/prod/nowhere/at-all?secret=canary-query\nX-Canary: canary-header\nContent-Type: application/json\nUser-Agent: canary-agent\n\n{"canary":"body"}`,
    );
    assert.deepEqual(outcomes(results), [["route", "failed"]]);
    assert.deepEqual(
      seen.map(({ raw, verdict }) => [raw.method, raw.target, raw.body.length, verdict.ok]),
      [
        ["GET", "/prod/awsreq-check-0", 0, true],
        ["OPTIONS", "/prod/nowhere/at-all", 0, false],
      ],
    );
    assert.ok(!/canary/i.test(JSON.stringify(seen.map(({ raw }) => raw))));
    const [, unsigned] = seen;
    const names = unsigned?.raw.headers.map(([name]) => name.toLowerCase()) ?? [];
    assert.deepEqual(
      names.filter((name) => /authorization|x-amz|cookie/.test(name)),
      [],
    );
    assert.deepEqual(results[0]?.speaksFor, ["wrong-path-or-method"]);
  });

  it("send our own User-Agent along, without which a firewall would refuse", async () => {
    const { requests: seen } = await checked(`GET ${endpoint.url}/prod/nowhere`);
    for (const { raw } of seen)
      assert.ok(raw.headers.some(([name, value]) => name === "User-Agent" && value.startsWith("awsreq/")));
  });

  it("ask STS and IAM, signed, about a denial", async () => {
    answers = ({ fields }) =>
      fields["Action"] === "GetCallerIdentity"
        ? known
        : { status: 200, body: "<R><EvalDecision>implicitDeny</EvalDecision></R>" };
    const { plans, results, calls, requests: seen } = await checked(`GET ${endpoint.url}/prod/forbidden`);
    const { host } = new URL(aws.url);
    assert.deepEqual(
      plans.map(({ id, contacts }) => [id, contacts]),
      [
        ["caller", `STS at ${host}`],
        ["policy", `STS at ${host}; IAM at ${host}`],
      ],
    );
    assert.deepEqual(outcomes(results), [
      ["caller", "passed"],
      ["policy", "failed"],
    ]);
    assert.deepEqual(
      calls.map(({ service, region, signed, method, fields }) => [
        service,
        region,
        signed,
        method,
        fields["Action"],
      ]),
      [
        ["sts", "us-east-1", true, "POST", "GetCallerIdentity"],
        ["iam", "us-east-1", true, "POST", "SimulatePrincipalPolicy"],
      ],
    );
    assert.equal(calls[1]?.fields["PolicySourceArn"], anna);
    assert.match(
      calls[1]?.fields["ResourceArns.member.1"] ?? "",
      /:123456789012:local\/prod\/GET\/forbidden$/,
    );
    assert.deepEqual(seen, []);
  });

  it("tell a slow clock, and put the findings in order", async () => {
    drift = 7 * 60_000;
    answers = () => ({
      status: 403,
      body: "<E><Code>SignatureDoesNotMatch</Code><Message>Signature expired: A</Message></E>",
    });
    const { findings, results } = await checked(`GET ${endpoint.url}/prod/pets`);
    assert.deepEqual(outcomes(results), [["clock", "failed"]]);
    assert.equal(results[0]?.shown, "This machine's clock is 7 min behind AWS's. The limit is 5 min.");
    const [first] = reranked(findings, results);
    assert.deepEqual([first?.cause, first?.certainty], ["clock-behind", "likely"]);
  });

  it("read the beginning of an answer that goes on and on", async () => {
    drift = 7 * 60_000;
    answers = () => ({ status: 403, body: "x".repeat(5_000_000) });
    const { results } = await checked(`GET ${endpoint.url}/prod/pets`);
    assert.deepEqual(outcomes(results), [["clock", "failed"]]);
  });

  it("tell a stale signature from a clock that is right", async () => {
    drift = 7 * 60_000;
    const trip = await world.trip(`${head}GET ${endpoint.url}/prod/pets`);
    const findings = await findingsOf(trip);
    drift = 0;
    const checks = await tripChecks(trip, findings, effectsOf());
    const [first, second] = reranked(findings, await checks.run(checks.plans));
    assert.deepEqual([first?.cause, second?.cause], ["stale-signature", "clock-behind"]);
    assert.match(second?.evidence.at(-1) ?? "", /^Ruled out: This machine's clock agrees with AWS's/);
  });

  it("contact nothing before they run, and nothing at all after an answer that is no refusal", async () => {
    const trip = await world.trip(`${head}GET ${endpoint.url}/prod/nowhere`);
    const [calls, seen] = [aws.calls.length, requests.length];
    const checks = await tripChecks(trip, await findingsOf(trip), effectsOf());
    assert.ok(checks.plans.length > 0);
    assert.deepEqual([aws.calls.length, requests.length], [calls, seen]);
    const good = await world.trip(`${head}GET ${endpoint.url}/prod/pets`);
    const none = await tripChecks(good, await findingsOf(good), effectsOf());
    assert.deepEqual([none.plans, await none.run(none.plans)], [[], []]);
  });

  it("end when AWS does not answer, and when nobody listens", async () => {
    answers = () => null;
    const silent = await checked(`GET ${endpoint.url}/prod/forbidden`, { timeout: 150 });
    assert.deepEqual(
      silent.results.map(({ outcome, shown }) => [outcome, shown]),
      [
        ["unknown", "There was no answer within 0.15 s."],
        ["unknown", "There was no answer within 0.15 s."],
      ],
    );
    assert.equal(silent.calls.length, 1);
    const trip = await world.trip(`${head}GET ${endpoint.url}/prod/nowhere`);
    const gone: Trip = {
      ...trip,
      signed: trip.signed && {
        ...trip.signed,
        target: { ...trip.signed.target, port: 1, authority: "127.0.0.1:1" },
      },
    };
    const checks = await tripChecks(gone, await findingsOf(trip), effectsOf());
    const [route] = await checks.run(checks.plans);
    assert.equal(route?.outcome, "unknown");
    assert.match(route?.shown ?? "", /^127\.0\.0\.1:1 gave no answer \(E_\w+\)\.$/);
  });

  it("end when the person calls them off", async () => {
    answers = () => null;
    const controller = new AbortController();
    const trip = await world.trip(`${head}GET ${endpoint.url}/prod/forbidden`);
    const effects = effectsOf({ signal: controller.signal, timeout: 10_000 });
    const checks = await tripChecks(trip, await findingsOf(trip), effects);
    setTimeout(() => controller.abort(), 50);
    const started = Date.now();
    await assert.rejects(checks.run(checks.plans), { code: "E_CANCELLED" });
    assert.ok(Date.now() - started < 2000);
  });

  it("refuse to look at a metadata address, wherever STS is said to be", async () => {
    const other = await createWorld({
      AWS_ACCESS_KEY_ID: keys.accessKeyId,
      AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
      AWS_SESSION_TOKEN: keys.sessionToken,
      AWS_ENDPOINT_URL_STS: "https://169.254.169.254",
    });
    try {
      const trip = await other.trip(`${head}GET ${endpoint.url}/prod/forbidden`);
      const checks = await tripChecks(trip, await findingsOf(trip), effectsOf());
      const [caller] = await checks.run(checks.plans.slice(0, 1));
      assert.equal(caller?.shown, "169.254.169.254 gave no answer (E_REFUSED_ADDRESS).");
    } finally {
      await other.remove();
    }
  });

  it("take no IAM endpoint in plain http, and IAM's own where none is chosen", async () => {
    const at = async (env: Record<string, string>) => {
      const other = await createWorld({
        AWS_ACCESS_KEY_ID: keys.accessKeyId,
        AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
        AWS_SESSION_TOKEN: keys.sessionToken,
        ...env,
      });
      try {
        const trip = await other.trip(`${head}GET ${endpoint.url}/prod/forbidden`);
        return (await tripChecks(trip, await findingsOf(trip), effectsOf())).plans.at(-1)?.contacts;
      } finally {
        await other.remove();
      }
    };
    assert.equal(await at({}), "STS at sts.us-east-1.amazonaws.com; IAM at iam.amazonaws.com");
    await assert.rejects(at({ AWS_ENDPOINT_URL_IAM: "http://iam.example.com" }), { code: "E_IAM_ENDPOINT" });
    await assert.rejects(at({ AWS_ENDPOINT_URL_IAM: "iam" }), { code: "E_IAM_ENDPOINT" });
  });

  it("ask where the profile says, for each service", async () => {
    const other = await createWorld({});
    const profile = (name: string, key: string) =>
      `[profile ${name}]\naws_access_key_id = ${keys.accessKeyId}\naws_secret_access_key = ${keys.secretAccessKey}\naws_session_token = ${keys.sessionToken}\nregion = us-east-1\n${key}\n`;
    const config = [
      profile("all", "endpoint_url = http://127.0.0.1:4566"),
      profile("each", "services = local"),
      "[services local]\nsts =\n  endpoint_url = http://127.0.0.1:1001\niam =\n  endpoint_url = http://127.0.0.1:1002\n",
      profile("none", "endpoint_url = http://127.0.0.1:4566\nignore_configured_endpoint_urls = true"),
    ];
    try {
      await mkdir(join(other.home, ".aws"));
      await writeFile(join(other.home, ".aws/config"), config.join("\n"));
      const at = async (name: string) => {
        const text = `${head}GET ${endpoint.url}/prod/forbidden`;
        const trip = await other.trip(text, { profile: name, folder: join(other.home, "folder") });
        return (await tripChecks(trip, await findingsOf(trip), effectsOf())).plans.at(-1)?.contacts;
      };
      assert.equal(await at("all"), "STS at 127.0.0.1:4566; IAM at 127.0.0.1:4566");
      assert.equal(await at("each"), "STS at 127.0.0.1:1001; IAM at 127.0.0.1:1002");
      assert.equal(await at("none"), "STS at sts.us-east-1.amazonaws.com; IAM at iam.amazonaws.com");
    } finally {
      await other.remove();
    }
  });

  it("look names up with the system's resolver, and live without it", async () => {
    const trip = await world.trip(`${head}GET ${endpoint.url}/prod/nowhere`);
    const [finding] = await findingsOf(trip);
    assert.ok(finding !== undefined && trip.signed !== null);
    const host = "no-such-host.invalid";
    const elsewhere = { ...trip, signed: { ...trip.signed, target: { ...trip.signed.target, host } } };
    const findings = [{ ...finding, cause: "apigw-private-endpoint" as const }];
    const checks = await tripChecks(elsewhere, findings, effectsOf());
    const [address] = await checks.run(checks.plans.filter(({ id }) => id === "address"));
    // A machine without any resolver cannot even say that there is no such name.
    assert.match(
      address?.shown ?? "",
      /^no-such-host\.invalid (?:has no address here|could not be looked up)/,
    );
    assert.deepEqual(address?.speaksFor, []);
  });

  it("have no secret in any sentence", async () => {
    const said: string[] = [];
    const documents: readonly AwsAnswer[] = [
      known,
      {
        status: 403,
        body: `<E><Code>InvalidClientTokenId</Code><Message>${keys.sessionToken}</Message></E>`,
      },
      { status: 403, body: `<E><Code>${keys.secretAccessKey}</Code></E>` },
      { status: 200, body: `<R><EvalDecision>${keys.secretAccessKey}</EvalDecision></R>` },
      { status: 500, body: `${keys.secretAccessKey} ${keys.sessionToken}` },
    ];
    for (const document of documents) {
      answers = () => document;
      for (const path of ["/prod/forbidden", "/prod/nowhere"]) {
        const { plans, results } = await checked(`GET ${endpoint.url}${path}`);
        said.push(JSON.stringify([plans, results]));
      }
    }
    for (const secret of [keys.secretAccessKey, keys.sessionToken])
      for (const form of writtenForms(secret)) assert.ok(!said.join("\n").includes(form));
  });
});
