import assert from "node:assert/strict";
import { createHash, createHmac } from "node:crypto";
import type { RequestRecord } from "../../src/endpoint/requestLine.ts";
import type { Endpoint } from "../../src/endpoint/startEndpoint.ts";
import { createMachine, credentialsFile, keys, type Machine, startNotedEndpoint } from "./cliProcess.ts";
import { documentOf } from "./outputSchema.ts";

const head = "# @profile canary\n# @region us-east-1\n# @service execute-api\n";

describe("--json", () => {
  let machine: Machine;
  let endpoint: Endpoint & { readonly records: RequestRecord[] };
  const sessionToken = `token/${"canary".repeat(20)}==`;

  before(async () => {
    machine = await createMachine();
    endpoint = await startNotedEndpoint({ sessionToken });
    await machine.write(".aws/credentials", credentialsFile(sessionToken));
    await machine.write("static/credentials", credentialsFile());
  });

  after(async () => {
    await endpoint.close();
    await machine.remove();
  });

  /** Runs on a request file and gives its one document, which fits the schema and is all there is. */
  async function document(text: string, args: readonly string[], env = {}) {
    await machine.write("work/a.awsreq", text);
    const { code, stdout, stderr } = await machine.run([...args, "--json"], env);
    const parsed = documentOf(stdout);
    assert.equal(stderr, "");
    return { code, document: parsed, sole: parsed.requests[0] };
  }

  it("tells all of a request that was signed at a known time", async () => {
    const text = `${head}GET https://api.example.com/prod/a%20b?b=2&a=1\nX-Test: 1\n`;
    const args = ["explain", "a.awsreq", "--profile", "canary", "--at", "20150830T123600Z"];
    const env = { AWS_SHARED_CREDENTIALS_FILE: `${machine.home}/static/credentials` };
    const { code, document: whole, sole } = await document(text, args, env);
    const empty = createHash("sha256").digest("hex");
    const signedHeaders = ["host", "x-amz-content-sha256", "x-amz-date", "x-test"];
    const canonicalRequest = `GET\n/prod/a%2520b\na=1&b=2\nhost:api.example.com\nx-amz-content-sha256:${empty}\nx-amz-date:20150830T123600Z\nx-test:1\n\n${signedHeaders.join(";")}\n${empty}`;
    const canonicalRequestHash = createHash("sha256").update(canonicalRequest).digest("hex");
    const credentialScope = "20150830/us-east-1/execute-api/aws4_request";
    const stringToSign = `AWS4-HMAC-SHA256\n20150830T123600Z\n${credentialScope}\n${canonicalRequestHash}`;
    const key = credentialScope
      .split("/")
      .reduce<string | Buffer>(
        (previous, part) => createHmac("sha256", previous).update(part).digest(),
        `AWS4${keys.secretAccessKey}`,
      );
    const signature = createHmac("sha256", key).update(stringToSign).digest("hex");
    const authorization = `AWS4-HMAC-SHA256 Credential=${keys.accessKeyId}/${credentialScope}, SignedHeaders=${signedHeaders.join(";")}, Signature=${signature}`;
    assert.equal(code, 0);
    assert.deepEqual(
      { ...whole, requests: [] },
      { version: 1, file: "a.awsreq", problems: [], notes: [], error: null, requests: [] },
    );
    assert.deepEqual(
      { ...sole, timings: null },
      {
        name: null,
        line: 4,
        title: "",
        skipped: null,
        request: {
          method: "GET",
          url: "https://api.example.com/prod/a%20b?b=2&a=1",
          headers: [
            ["Host", "api.example.com"],
            ["X-Test", "1"],
            ["User-Agent", "awsreq/0.1.0"],
            ["Accept", "*/*"],
            ["Accept-Encoding", "gzip, deflate, br"],
            ["Connection", "close"],
            ["X-Amz-Content-Sha256", empty],
            ["X-Amz-Date", "20150830T123600Z"],
            ["Authorization", authorization],
          ],
          bodyBytes: 0,
        },
        identity: {
          profile: "canary",
          source: "--profile",
          kind: "static keys",
          accessKeyId: "AKIA…MPLE",
          role: null,
          account: null,
          arn: null,
          expires: null,
        },
        signing: {
          algorithm: "AWS4-HMAC-SHA256",
          region: "us-east-1",
          regionSource: "a.awsreq:2",
          service: "execute-api",
          serviceSource: "a.awsreq:3",
          date: "20150830T123600Z",
          credentialScope,
          signedHeaders,
          payloadHash: empty,
          canonicalRequest,
          canonicalRequestHash,
          stringToSign,
          signature,
          authorization,
        },
        response: null,
        timings: null,
        notes: [],
        checks: [],
        checked: [],
        diagnosis: [],
        error: null,
      },
    );
  });

  it("masks the session token, beside the hash of the real canonical request", async () => {
    const { code, sole } = await document(`${head}GET ${endpoint.url}/prod/pets\n`, ["send", "a.awsreq"]);
    assert.equal(code, 0);
    const mask = `‹token, ${sessionToken.length} chars›`;
    assert.deepEqual(
      sole?.request?.headers.find(([name]) => name === "X-Amz-Security-Token"),
      ["X-Amz-Security-Token", mask],
    );
    const shown = sole?.signing?.canonicalRequest ?? "";
    assert.ok(shown.includes(`x-amz-security-token:${mask}\n`), shown);
    const real = createHash("sha256").update(shown.replace(mask, sessionToken)).digest("hex");
    assert.equal(sole?.signing?.canonicalRequestHash, real);
    assert.equal(sole?.identity?.kind, "session token");
    const { verdict, raw } = endpoint.records.at(-1) ?? {};
    const received = raw?.headers.map(([name, value]) => [name, value === sessionToken ? mask : value]);
    assert.deepEqual(sole?.request?.headers, received);
    assert.ok(verdict?.ok);
    assert.equal(verdict.canonicalRequest, shown.replace(mask, sessionToken));
  });

  it("gives binary bodies in base64, text as it is", async () => {
    const { sole } = await document(`${head}GET ${endpoint.url}/prod/binary\n`, ["send", "a.awsreq"]);
    assert.match(sole?.response?.bodyBase64 ?? "", /^iVBORw0KGgo/);
    assert.equal(sole?.response?.body, undefined);
    const text = await document(`${head}GET ${endpoint.url}/prod/pets/2\n`, ["send", "a.awsreq"]);
    assert.equal(text.sole?.response?.body, '{"id":2,"name":"Misty","type":"cat","parent":null}');
    assert.deepEqual(
      [text.sole?.response?.status, text.sole?.response?.answeredBy, text.sole?.response?.complete],
      [200, "origin", true],
    );
  });

  it("gives a presigned URL to the command that asked for it", async () => {
    const args = ["explain", "a.awsreq", "--presign", "60"];
    const { sole } = await document(`${head}GET ${endpoint.url}/prod/pets\n`, args);
    const url = sole?.signing?.presignedUrl ?? "";
    assert.match(url, /[?&]X-Amz-Expires=60&/);
    assert.equal(sole?.signing?.authorization, null);
    assert.equal((await fetch(url)).status, 200);
  });

  const failures: readonly [name: string, text: string, args: string[], code: number, error: string][] = [
    ["a problem in the text", `${head}GET https://x.invalid/{{nowhere}}\n`, [], 2, "E_VARIABLE_UNKNOWN"],
    ["a host that does not say", "GET https://example.invalid/\n", [], 2, "E_AUTH_UNDECIDED"],
    ["an unknown profile", `${head}GET http://127.0.0.1:1/\n`, ["--profile", "x"], 3, "E_PROFILE_UNKNOWN"],
    ["what was not approved", `${head}GET https://example.invalid/\n`, [], 3, "E_NOT_APPROVED"],
    [
      "plain http",
      `${head}GET http://example.invalid/\n`,
      ["--profile", "canary"],
      3,
      "E_REFUSED_PLAIN_HTTP",
    ],
    ["a closed port", `${head}GET http://127.0.0.1:1/\n`, [], 4, "E_CONNECT_REFUSED"],
    [
      "fault 1: a name that does not resolve",
      `${head}GET https://a.invalid/\n`,
      ["--approve", "canary@a.invalid"],
      4,
      "E_HOST_NOT_FOUND",
    ],
  ];
  for (const [name, text, args, code, error] of failures) {
    it(`tells of ${name}`, async () => {
      const told = await document(text, ["send", "a.awsreq", ...args]);
      assert.deepEqual([told.sole?.error?.code, told.code], [error, code]);
      assert.equal(told.sole?.response, null);
    });
  }

  it("counts lines and columns from 1", async () => {
    const { document: told } = await document(`${head}GET https://x.invalid/{{nowhere}}\n`, [
      "send",
      "a.awsreq",
    ]);
    const { line, column, endLine, endColumn, severity, code } = told.problems[0] ?? {};
    assert.deepEqual(
      [line, column, endLine, endColumn, severity, code],
      [4, 23, 4, 34, "error", "E_VARIABLE_UNKNOWN"],
    );
  });

  it("is a document when there is no file, no request, or no sense in the command line", async () => {
    for (const args of [
      ["send", "nowhere.awsreq"],
      ["send", "a.awsreq", "--request", "x"],
      ["send", "a.awsreq", "--jsom"],
    ]) {
      const { code, document: told } = await document("GET https://example.invalid/\n", args);
      assert.deepEqual([code, told.requests, told.error !== null], [2, [], true], args.join(" "));
    }
  });

  const unreadable: readonly (readonly [args: readonly string[], file: string])[] = [
    [["send", "--profile", "dev", "--bogus", "pets.awsreq"], "pets.awsreq"],
    [["send", "--bogus", "--profile", "dev", "pets.awsreq"], "pets.awsreq"],
    [["send", "pets.awsreq", "--profile", "dev", "--bogus"], "pets.awsreq"],
    [["send", "--profile=dev", "--bogus=x", "-"], "-"],
    [["send", "--var", "a=b", "--bogus"], ""],
    [["send", "--output", "out", "--timeout", "10s", "--approve"], ""],
    [["send", "--bogus", "--", "--pets.awsreq"], "--pets.awsreq"],
    [["explain", "--at", "20260101T000000Z", "--presign", "5", "--bogus", "pets.awsreq"], "pets.awsreq"],
    [["whoami", "--mfa-code", "123456", "--bogus"], ""],
    [["diagnose", "--profile", "dev", "--bogus", "answer.json"], "answer.json"],
    [["list", "--bogus", "pets.awsreq"], "pets.awsreq"],
    [["sned", "--profile", "dev", "pets.awsreq"], "pets.awsreq"],
    [["endpoint", "--port", "80", "--bogus"], ""],
  ];
  for (const [args, file] of unreadable) {
    it(`names the file of a command line that cannot be read: ${args.join(" ")}`, async () => {
      const { code, stdout } = await machine.run([args[0] ?? "", "--json", ...args.slice(1)]);
      assert.deepEqual([code, documentOf(stdout).file], [2, file]);
    });
  }

  it("has no identity and no signing for what goes out unsigned on purpose", async () => {
    const { code, sole } = await document(`# @auth none\nGET ${endpoint.url}/prod/pets\n`, [
      "send",
      "a.awsreq",
    ]);
    assert.deepEqual([code, sole?.identity, sole?.signing, sole?.response?.status], [1, null, null, 403]);
    assert.match(sole?.response?.body ?? "", /Missing Authentication Token/);
  });
});
