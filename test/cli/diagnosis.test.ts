import assert from "node:assert/strict";
import { type Endpoint, startEndpoint } from "../../src/endpoint/startEndpoint.ts";
import {
  createMachine,
  credentialsFile,
  finished,
  keys,
  type Machine,
  startNotedEndpoint,
} from "./cliProcess.ts";
import { documentOf } from "./outputSchema.ts";

const head = "# @profile canary\n# @region us-east-1\n# @service execute-api\n";

describe("why a request was refused", () => {
  let machine: Machine;
  let endpoint: Endpoint;
  before(async () => {
    machine = await createMachine();
    endpoint = await startNotedEndpoint();
    await machine.write(
      ".aws/credentials",
      `${credentialsFile()}[wrong]\naws_access_key_id = ${keys.accessKeyId}\naws_secret_access_key = ${"w".repeat(40)}\n[unknown]\naws_access_key_id = AKIAUNKNOWNUNKNOWN00\naws_secret_access_key = ${"w".repeat(40)}\n`,
    );
  });
  after(async () => {
    await endpoint.close();
    await machine.remove();
  });

  /** What `send` says of a request to the endpoint. */
  async function sent(text: string) {
    await machine.write("work/a.awsreq", text);
    const { stdout } = await machine.run(["send", "a.awsreq", "--json"]);
    const [{ diagnosis, response }] = JSON.parse(stdout).requests;
    return { status: response.status, diagnosis };
  }

  const broken: readonly (readonly [cause: string, certainty: string, text: (url: string) => string])[] = [
    ["sig-wrong-secret", "proved", (url) => `${head.replace("canary", "wrong")}GET ${url}/prod/pets\n`],
    ["cred-invalid-key", "likely", (url) => `${head.replace("canary", "unknown")}GET ${url}/prod/pets\n`],
    [
      "scope-wrong-region",
      "likely",
      (url) => `${head.replace("us-east-1", "eu-west-1")}GET ${url}/prod/pets\n`,
    ],
    [
      "scope-wrong-service",
      "likely",
      (url) => `${head.replace("execute-api", "lambda")}GET ${url}/prod/pets\n`,
    ],
    ["wrong-path-or-method", "likely", (url) => `${head}GET ${url}/prod/nowhere\n`],
    ["unsigned-request", "possible", (url) => `# @auth none\nGET ${url}/prod/pets\n`],
  ];
  for (const [cause, certainty, text] of broken) {
    it(`${cause}, end to end: ${certainty}`, async () => {
      const { status, diagnosis } = await sent(text(endpoint.url));
      assert.equal(status, 403);
      assert.deepEqual([diagnosis[0]?.cause, diagnosis[0]?.certainty], [cause, certainty]);
    });
  }

  it("measures a clock that is slow, and signs with the server's time when told to", async () => {
    const ahead = await startEndpoint({
      credentials: [keys],
      port: 0,
      now: () => new Date(Date.now() + 20 * 60_000),
    });
    try {
      const text = `${head}GET ${ahead.url}/prod/pets\n`;
      const { diagnosis } = await sent(text);
      assert.deepEqual([diagnosis[0].cause, diagnosis[0].certainty], ["clock-behind", "likely"]);
      const { offset } = diagnosis[0].fixes.find(({ kind }: { kind: string }) => kind === "command").command;
      assert.ok(Math.abs(offset - 20 * 60_000) < 10_000, String(offset));
      const { stderr } = await machine.run(["send", "a.awsreq"]);
      assert.match(stderr, /→ Sign with the server's time \(send --clock-offset=1(?:200|199|201)\)/);
      const good = await machine.run(["send", "a.awsreq", "--clock-offset=1200"]);
      assert.match(
        good.stderr,
        /^note: Signed with the server's time, 1200 s after this machine's clock\.\n200 OK/,
      );
      const { stdout } = await machine.run(["send", "a.awsreq", "--clock-offset=1200", "--json"]);
      assert.deepEqual(documentOf(stdout).requests[0]?.notes, [
        "Signed with the server's time, 1200 s after this machine's clock.",
      ]);
    } finally {
      await ahead.close();
    }
  });

  it("shows no session token of a canonical string that the service echoes", async () => {
    const token = "canary-session-token-0123456789";
    const temporary = await startNotedEndpoint({ sessionToken: token });
    try {
      await machine.write(
        ".aws/config",
        `[profile temporary]\naws_access_key_id = ${keys.accessKeyId}\naws_secret_access_key = ${"w".repeat(40)}\naws_session_token = ${token}\n`,
      );
      await machine.write(
        "work/a.awsreq",
        `${head.replace("canary", "temporary")}GET ${temporary.url}/prod/pets\n`,
      );
      for (const args of [
        ["send", "a.awsreq"],
        ["send", "a.awsreq", "--json"],
        ["send", "a.awsreq", "--run-checks"],
      ]) {
        const { stdout, stderr } = await machine.run(args);
        assert.match(stdout + stderr, /sig-wrong-secret/);
        assert.ok(!(stdout + stderr).includes(token), `${args.join(" ")}: ${stdout}${stderr}`);
      }
    } finally {
      await temporary.close();
    }
  });

  it("says nothing of a good answer", async () => {
    assert.deepEqual((await sent(`${head}GET ${endpoint.url}/prod/pets\n`)).diagnosis, []);
  });

  it("says it on the terminal too, with the one thing to do", async () => {
    await machine.write("work/a.awsreq", `${head.replace("canary", "wrong")}GET ${endpoint.url}/prod/pets\n`);
    const { stderr } = await machine.run(["send", "a.awsreq"]);
    assert.match(
      stderr,
      /proved: The secret access key does not belong to the key id \(sig-wrong-secret\)\n {2}because .*\n[\s\S]*→ Enter the secret access key again/,
    );
  });

  const captures: readonly (readonly [name: string, text: string, cause: string])[] = [
    [
      "an object",
      '{"status":403,"body":"{\\"message\\":\\"The security token included in the request is expired\\"}"}',
      "cred-expired-token",
    ],
    [
      "an error document",
      '{"message":"Credential should be scoped to correct service: \'execute-api\'."}',
      "scope-wrong-service",
    ],
    [
      "a raw response",
      "HTTP/1.1 403 Forbidden\r\nx-amzn-errortype: InvalidSignatureException\r\n\r\n{\"message\":\"'Host' must be a 'SignedHeader' in the AWS Authorization.\"}",
      "host-not-signed",
    ],
    [
      "curl -v",
      '* Connected\n> GET /prod/nowhere HTTP/1.1\n> Host: a.execute-api.eu-west-1.amazonaws.com\n> Authorization: AWS4-HMAC-SHA256 Credential=AKIA/x, SignedHeaders=host, Signature=y\n> \n< HTTP/1.1 403 Forbidden\n< Content-Type: application/json\n< \n{ [42 bytes data]\n{"message":"Missing Authentication Token"}\n* Connection #0 left intact\n',
      "wrong-path-or-method",
    ],
    [
      "a HAR",
      JSON.stringify({
        log: {
          entries: [
            {
              request: { method: "GET", url: "https://b.s3.amazonaws.com/k", headers: [] },
              response: {
                status: 403,
                headers: [],
                content: {
                  text: "<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>",
                },
              },
            },
          ],
        },
      }),
      "presign-expired",
    ],
    [
      "the text of an error",
      "An error occurred (ExpiredToken) when calling the GetCallerIdentity operation: The security token included in the request is expired",
      "cred-expired-token",
    ],
  ];
  for (const [name, text, cause] of captures) {
    it(`reads ${name} from standard input`, async () => {
      const { code, stdout } = await finished(machine.start(["diagnose", "-", "--json"], {}, text));
      assert.equal(code, 0);
      assert.equal(JSON.parse(stdout).results[0].findings[0]?.cause, cause);
    });
  }

  it("gives a result for each of several, and says so where nothing was refused", async () => {
    const text = JSON.stringify([
      { status: 200, body: "{}" },
      { status: 403, body: "Request has expired" },
      {},
    ]);
    const { stdout } = await finished(machine.start(["diagnose", "--json"], {}, text));
    assert.deepEqual(
      JSON.parse(stdout).results.map(
        ({ findings }: { findings: { cause: string }[] }) => findings[0]?.cause ?? null,
      ),
      [null, "presign-expired", null],
    );
    const plain = await finished(machine.start(["diagnose"], {}, '{"status":200,"body":"ok"}'));
    assert.equal(plain.stdout, "Nothing here says that AWS refused the request.\n");
    const unread = '{"status":400,"body":{"__type":"a#ValidationException","message":"bad input"}}';
    const said =
      'AWS refused the request (400 ValidationException), for a reason that is not known here. It says "bad input".';
    assert.equal((await finished(machine.start(["diagnose"], {}, unread))).stdout, `${said}\n`);
    const document = JSON.parse((await finished(machine.start(["diagnose", "--json"], {}, unread))).stdout);
    assert.deepEqual(document.results, [{ findings: [], unread: said }]);
  });

  for (const text of ["", "[]", "\n"]) {
    it(`says so where ${JSON.stringify(text)} holds nothing to be read`, async () => {
      const { code, stderr } = await finished(machine.start(["diagnose"], {}, text));
      assert.equal(code, 2);
      assert.match(stderr, /Standard input holds no answer that can be read\. \(E_DIAGNOSE_INPUT\)/);
    });
  }

  it("shows nobody's token", async () => {
    const secret = "canary-bearer-token-0123456789";
    const text = JSON.stringify({
      status: 403,
      body: `'${secret}' not a valid key=value pair (missing equal-sign) in Authorization header: 'Bearer ${secret}'.`,
    });
    for (const args of [["diagnose"], ["diagnose", "--json"]]) {
      const { stdout } = await finished(machine.start(args, {}, text));
      assert.ok(stdout.includes("authorization-not-sigv4") && !stdout.includes(secret), stdout);
    }
  });
});
