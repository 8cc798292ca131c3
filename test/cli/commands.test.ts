import assert from "node:assert/strict";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { createServer, type Server } from "node:net";
import { join } from "node:path";
import type { RequestRecord } from "../../src/endpoint/requestLine.ts";
import type { Endpoint } from "../../src/endpoint/startEndpoint.ts";
import { createMachine, credentialsFile, finished, type Machine, startNotedEndpoint } from "./cliProcess.ts";

const head = "# @profile canary\n# @region us-east-1\n# @service execute-api\n";

describe("the command line", () => {
  let machine: Machine;
  let endpoint: Endpoint & { readonly records: RequestRecord[] };
  let api: string;

  before(async () => {
    machine = await createMachine();
    endpoint = await startNotedEndpoint();
    api = `${endpoint.url}/prod`;
    await machine.write(".aws/credentials", credentialsFile());
    const requests = [
      `${head}@api = ${api}`,
      "### List\n# @name list\nGET {{api}}/pets?limit=1\nAccept: application/json",
      '### Add\n# @name add\nPOST {{api}}/pets\nContent-Type: application/json\n\n{"name": "rex"}',
      "### Denied\n# @name denied\nGET {{api}}/forbidden",
      "### Binary\n# @name binary\nGET {{api}}/binary",
      "### Cut\n# @name cut\nGET {{api}}/cut",
      "### Slow\n# @name slow\nGET {{api}}/slow?ms=20000",
    ];
    await machine.write("work/pets.awsreq", requests.join("\n\n"));
  });

  after(async () => {
    await endpoint.close();
    await machine.remove();
  });

  const send = (...args: string[]) => machine.run(["send", "pets.awsreq", ...args]);

  it("writes the body alone to a pipe, and the rest beside it", async () => {
    const { code, stdout, stderr } = await send("--request", "list");
    assert.equal(stdout, '{"items":[{"id":1,"name":"Bella","type":"dog","parent":null}],"total":3}');
    assert.match(stderr, /^200 OK · .* · 72 B · signed as canary for us-east-1\/execute-api\n$/);
    assert.equal(code, 0);
  });

  it("takes a request by its line, and a file from standard input", async () => {
    assert.equal((await send("--line", "8")).code, 0);
    const piped = await finished(machine.start(["send", "-"], {}, `${head}GET ${api}/pets/1\n`));
    assert.deepEqual([piped.code, JSON.parse(piped.stdout).name], [0, "Bella"]);
  });

  it("shows the head with --include, and how it was signed with --verbose", async () => {
    const { stdout, stderr } = await send("--request", "list", "--include", "--verbose");
    assert.match(stdout, /^HTTP\/1\.1 200 OK\nDate: .*\n[\s\S]*Content-Length: 72\n[\s\S]*\n\n\{"items"/);
    for (const part of [
      "> Authorization: AWS4-HMAC-SHA256 ",
      "Canonical request\n",
      "pets.awsreq:8",
      "first byte",
    ]) {
      assert.ok(stderr.includes(part), part);
    }
  });

  it("ends with 1 for an answer of 400 or more, and shows it", async () => {
    const { code, stdout, stderr } = await send("--request", "denied");
    assert.match(stdout, /is not authorized to perform: execute-api:Invoke/);
    assert.match(stderr, /^403 Forbidden/);
    assert.equal(code, 1);
  });

  it("ends with 2 and the names when it is not said which request", async () => {
    const { code, stdout, stderr } = await send();
    assert.deepEqual([code, stdout], [2, ""]);
    assert.match(stderr, /Requests to choose from: list, add, denied, binary, cut, slow\./);
    assert.match((await send("--request", "lst")).stderr, /list/);
  });

  it("ends with 2 for usage", async () => {
    for (const args of [
      ["frobnicate"],
      ["send"],
      ["send", "nowhere.awsreq"],
      ["send", "pets.awsreq", "--line", "x"],
    ]) {
      assert.equal((await machine.run(args)).code, 2, args.join(" "));
    }
  });

  it("sends the others of several when one of them has a problem", async () => {
    const bad = `${head}GET ${api}/pets\n\n###\nGET ${api}/{{nowhere}}\n`;
    await machine.write("work/bad.awsreq", bad);
    const before = endpoint.records.length;
    const { code, stderr } = await machine.run(["send", "bad.awsreq", "--all"]);
    assert.equal(code, 2);
    assert.match(stderr, /^bad\.awsreq:7:\d+: error: .*nowhere/);
    await machine.write(
      "work/bad.awsreq",
      `${head}GET ${api}/pets\n\n###\n# @auth presign\nPOST ${api}/pets\n\nx\n`,
    );
    assert.equal((await machine.run(["send", "bad.awsreq", "--all"])).code, 2);
    assert.equal(endpoint.records.length, before + 2);
    assert.equal((await machine.run(["send", "bad.awsreq", "--line", "7"])).code, 2);
    assert.equal(endpoint.records.length, before + 2);
  });

  it("ends with 3 when nobody can sign, naming the nearest profile", async () => {
    const { code, stderr } = await send("--request", "list", "--profile", "canari");
    assert.equal(code, 3);
    assert.match(
      stderr,
      /Profile "canari" \(chosen by --profile\) does not exist.*\n.*Did you mean canary\?/,
    );
  });

  it("ends with 3 for what is refused", async () => {
    await machine.write(
      "work/meta.awsreq",
      "# @auth none\nGET http://[::ffff:169.254.169.254]/latest/meta-data\n",
    );
    const { code, stderr } = await machine.run(["send", "meta.awsreq"]);
    assert.equal(code, 3);
    assert.match(stderr, /E_REFUSED_ADDRESS/);
  });

  it("fault 46: ends with 4 when the body was cut, and keeps what came", async () => {
    const output = join(machine.work, "cut.bin");
    const { code, stderr } = await send("--request", "cut", "--output", "cut.bin");
    assert.equal(code, 4);
    assert.match(stderr, /E_BODY_CUT/);
    assert.ok((await stat(output)).size > 0);
  });

  it("fault 3: ends with 4 when nothing listens", async () => {
    const { code, stderr } = await send("--request", "list", "--var", "api=http://127.0.0.1:1");
    assert.equal(code, 4);
    assert.match(stderr, /127\.0\.0\.1:1/);
  });

  it("fault 6: ends with 4 when no answer comes in time", async () => {
    const { code, stderr } = await send("--request", "slow", "--timeout", "200ms");
    assert.equal(code, 4);
    assert.match(stderr, /200 ms/);
  });

  for (const [signal, code] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const) {
    it(`ends with ${code} on ${signal}`, async () => {
      const child = machine.start(["send", "pets.awsreq", "--request", "slow"]);
      const seen = endpoint.records.length;
      while (endpoint.records.length === seen) await new Promise((resolve) => setTimeout(resolve, 10));
      child.kill(signal);
      assert.equal((await finished(child)).code, code);
    });
  }

  it("fault 107: is quiet when its reader has seen enough", async () => {
    const child = machine.start(["send", "pets.awsreq", "--request", "list", "--json"]);
    child.stdout?.destroy();
    const { stderr } = await finished(child);
    assert.equal(stderr, "");
  });

  it("keeps the exact bytes with --output, and sends nothing when it cannot write", async () => {
    const { code, stdout } = await send("--request", "binary", "--output", "pet.png");
    assert.deepEqual([code, stdout], [0, ""]);
    const saved = await readFile(join(machine.work, "pet.png"));
    assert.equal(saved.subarray(1, 4).toString("latin1"), "PNG");
    const before = endpoint.records.length;
    const unwritable = await send("--request", "list", "--output", "nowhere/out");
    assert.equal(unwritable.code, 2);
    assert.match(unwritable.stderr, /nowhere\/out cannot be written: there is no such file or folder\./);
    assert.equal((await send("--all", "--output", "out")).code, 2);
    assert.equal(endpoint.records.length, before);
    assert.equal(existsSync(join(machine.work, "out")), false);
  });

  it("explains without sending", async () => {
    const before = endpoint.records.length;
    const args = ["explain", "pets.awsreq", "--request", "add", "--at", "20150830T123600Z"];
    const { code, stdout } = await machine.run(args);
    assert.equal(code, 0);
    for (const line of [
      "profile                     canary   ← pets.awsreq:1",
      "method                      POST   ← pets.awsreq:13",
      "header content-type         content-type:application/json   ← pets.awsreq:14",
      "credential scope            20150830/us-east-1/execute-api/aws4_request",
      'HMAC("AWS4" + secret access key, "20150830")',
    ]) {
      assert.ok(stdout.includes(line), `${line}\n${stdout}`);
    }
    assert.equal(endpoint.records.length, before);
  });

  it("lists requests", async () => {
    const { stdout } = await machine.run(["list", "pets.awsreq"]);
    assert.equal(stdout.split("\n").length, 7);
    assert.match(stdout, /^ {3}8 {2}list {13}GET \{\{api\}\}\/pets\?limit=1 {3}List\n/);
    const { requests } = JSON.parse((await machine.run(["list", "pets.awsreq", "--json"])).stdout);
    assert.deepEqual(requests[1], {
      name: "add",
      line: 13,
      title: "Add",
      method: "POST",
      url: "{{api}}/pets",
    });
  });

  it("prints help and version", async () => {
    assert.match((await machine.run(["--help"])).stdout, /^awsreq: .*\n/);
    assert.match((await machine.run(["--version"])).stdout, /^awsreq \d+\.\d+\.\d+\n$/);
  });
});

describe("awsreq endpoint", () => {
  let machine: Machine;

  before(async () => {
    machine = await createMachine();
  });

  after(() => machine.remove());

  it("gives the profile awsreq-local its keys, for its own address and for as long as it runs", async () => {
    const child = machine.start(["endpoint", "--port", "0"]);
    const [line] = (await once(child.stdout?.setEncoding("utf8") ?? child, "data")) as [string];
    const url = line.trim();
    const request = (host: string) => `${head.replace("canary", "awsreq-local")}GET ${host}/prod/pets\n`;
    await machine.write("work/local.awsreq", request(url));
    const hostile = {
      AWS_PROFILE: "prod",
      AWS_ACCESS_KEY_ID: "AKIAOTHEROTHEROTHER0",
      AWS_SECRET_ACCESS_KEY: "x".repeat(40),
    };
    assert.equal((await machine.run(["send", "local.awsreq"], hostile)).code, 0);
    await machine.write("work/elsewhere.awsreq", request("https://example.invalid"));
    const elsewhere = await machine.run(["send", "elsewhere.awsreq", "--profile", "awsreq-local"]);
    assert.equal(elsewhere.code, 3);
    assert.match(elsewhere.stderr, /example\.invalid:443 is not this machine/);
    child.kill("SIGTERM");
    assert.equal((await finished(child)).code, 143);
    assert.equal((await machine.run(["send", "local.awsreq"])).code, 3);
  });

  it("says so when its port is taken", async () => {
    const server: Server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const { code, stderr } = await machine.run(["endpoint", "--port", String(port)]);
    server.close();
    assert.equal(code, 2);
    assert.match(stderr, new RegExp(`Port ${port} on 127\\.0\\.0\\.1 is taken`));
  });
});
