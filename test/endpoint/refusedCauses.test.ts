import assert from "node:assert/strict";
import { causes } from "../../src/diagnosis/causes/causes.ts";
import { diagnose } from "../../src/diagnosis/diagnose.ts";
import { readDiagnosisInput } from "../../src/diagnosis/reading/readInput.ts";
import { type RefusedCause, refusedCauses } from "../../src/endpoint/refusedCauses.ts";
import { type RequestRecord, requestLine } from "../../src/endpoint/requestLine.ts";
import type { Endpoint } from "../../src/endpoint/startEndpoint.ts";
import { causeRows, circumstances } from "./causeRows.ts";
import { jsonOf, type Reply, send, sendSigned, startAtNoon } from "./client.ts";
import { keys, signedRequest } from "./signedRequest.ts";

/** Causes that the pet store answers by itself, to a request that has them. */
const ownCauses: readonly string[] = [
  "wrong-path-or-method",
  "unsigned-request",
  "authorization-not-sigv4",
  "credential-whitespace",
  "auth-header-malformed",
  "missing-date-header",
  "host-not-signed",
  "signed-header-not-sent",
  "scope-wrong-region",
  "scope-wrong-service",
  "scope-date-mismatch",
  "clock-behind",
  "clock-ahead",
  "stale-signature",
  "sig-wrong-secret",
  "sig-path-encoding",
  "sig-query-encoding",
  "sig-query-in-path",
  "sig-host-mismatch",
  "sig-content-type-changed",
  "sig-content-length",
  "sig-header-mutated",
  "sig-duplicate-header",
  "sig-date-changed",
  "sig-body-changed",
  "cred-invalid-key",
  "apigw-api-key",
];

/** A refusal in the course of a WebSocket, which the endpoint does not speak. */
const notHttp: readonly string[] = ["appsync-realtime-auth"];

const firewalled = "x".repeat(8193);

describe("the refusals to look at", () => {
  let endpoint: Endpoint;
  const records: RequestRecord[] = [];
  before(async () => {
    endpoint = await startAtNoon({
      random: (size) => new Uint8Array(size),
      onRequest: (record) => records.push(record),
    });
  });
  after(() => endpoint.close());

  function ask(path: string, method = "GET", body = ""): Promise<Reply> {
    const length = body === "" ? [] : ([["Content-Length", String(body.length)]] as const);
    return send(endpoint.port, { method, path, headers: [["Host", endpoint.authority], ...length], body });
  }

  const bodyFor = (cause: RefusedCause) => (cause === "apigw-waf" ? firewalled : "");

  for (const { cause, status, type, body } of causeRows) {
    it(`${cause}, word by word`, async () => {
      const reply = await ask(`/prod/refusals/${cause}`);
      assert.deepEqual(
        [reply.status, reply.headers["x-amzn-errortype"], reply.body.toString("utf8")],
        [status, type, body],
      );
      assert.equal(reply.headers.date, "Sun, 29 Mar 2026 12:00:00 GMT");
    });
  }

  for (const cause of refusedCauses) {
    it(`${cause} is what the diagnosis finds`, async () => {
      const { status, headers, body } = await ask(`/prod/refusals/${cause}`, "POST", bodyFor(cause));
      const answer = { status, headers, body: body.toString("utf8") };
      const input = readDiagnosisInput({ ...answer, ...circumstances[cause] });
      assert.ok(input);
      const found = diagnose(input).map((finding) => finding.cause);
      // What says no more than Forbidden is told from the others by more than an answer can say.
      const vague = cause === "apigw-endpoint-disabled" || cause === "cred-wrong-partition";
      assert.ok(vague ? found.includes(cause) : found[0] === cause, found.join(", "));
    });

    it(`${cause} is answered whoever signs`, async () => {
      const path = `/prod/refusals/${cause}`;
      const request = { method: "POST", path, body: bodyFor(cause) };
      const plain = await ask(path, "POST", bodyFor(cause));
      const good = await sendSigned(endpoint, request);
      const wrong = await sendSigned(endpoint, {
        ...request,
        credentials: { ...keys, secretAccessKey: "no" },
      });
      const elsewhere = await sendSigned(endpoint, { ...request, service: "s3", region: "eu-west-1" });
      for (const reply of [good, wrong, elsewhere]) {
        assert.deepEqual([reply.status, reply.body.toString()], [plain.status, plain.body.toString()]);
      }
      assert.ok(plain.status >= 300);
    });
  }

  it("with those that the pet store has by itself, they are all causes that have an HTTP answer", () => {
    const answered = [...refusedCauses, ...ownCauses, ...notHttp].sort();
    const known = Object.keys(causes).filter((cause) => !cause.startsWith("client-"));
    assert.deepEqual(answered, known.sort());
  });

  it("the firewall stops bodies of more than 8 KB", async () => {
    const path = "/prod/refusals/apigw-waf";
    const small = await ask(path, "POST", "x".repeat(8192));
    assert.deepEqual(
      [small.status, jsonOf(small)],
      [200, { message: "The firewall lets 8192 bytes pass; it stops more than 8192." }],
    );
    const large = await ask(path, "POST", firewalled);
    assert.deepEqual(
      [large.status, large.headers["x-amzn-errortype"], jsonOf(large)],
      [403, "ForbiddenException", { message: "Forbidden" }],
    );
  });

  it("are listed, and a name that is none is said to be none", async () => {
    assert.deepEqual(jsonOf(await ask("/prod/refusals")), { refusals: refusedCauses });
    for (const name of ["nothing", "__proto__", "toString", "%69am-kms%00", ""]) {
      const reply = await ask(`/prod/refusals/${name}`);
      assert.equal(reply.status, 404, name);
    }
    assert.deepEqual(jsonOf(await ask("/prod/refusals/x")), {
      message: "There is no refusal named 'x'; /prod/refusals lists them.",
    });
    assert.equal((await ask("/prod/refusals/iam-kms/more")).status, 403);
  });

  it("answer HEAD without a body, and no other Host", async () => {
    const head = await ask("/prod/refusals/iam-kms", "HEAD");
    assert.deepEqual([head.status, head.body.length], [403, 0]);
    const stray = signedRequest({ host: "attacker.example", path: "/prod/refusals/iam-kms" });
    assert.equal((await send(endpoint.port, stray)).status, 421);
  });

  it("are told apart in the log", async () => {
    records.splice(0);
    await ask("/prod/refusals/iam-scp-deny");
    const [record] = records;
    assert.ok(record);
    assert.equal(
      requestLine(record),
      "GET /prod/refusals/iam-scp-deny 403 missingAuthenticationToken (shows iam-scp-deny)",
    );
  });
});
