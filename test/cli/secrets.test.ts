import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import type { RequestRecord } from "../../src/endpoint/requestLine.ts";
import type { Endpoint } from "../../src/endpoint/startEndpoint.ts";
import { assertNoLeak } from "./canary.ts";
import { createMachine, credentialsFile, keys, type Machine, startNotedEndpoint } from "./cliProcess.ts";

const head = "# @profile canary\n# @region us-east-1\n# @service execute-api\n";

describe("secrets and approvals on the command line", () => {
  let machine: Machine;
  let endpoint: Endpoint & { readonly records: RequestRecord[] };
  const sessionToken = `canary-token/${Math.random().toString(36).repeat(8)}+==`;
  const processSecret = `process+canary/${Math.random().toString(36).slice(2)}=`;

  before(async () => {
    machine = await createMachine();
    endpoint = await startNotedEndpoint({ sessionToken });
    await machine.write(".aws/credentials", credentialsFile(sessionToken));
    const failing = await machine.write("fail.js", `console.error("${processSecret}"); process.exit(1);`);
    await machine.write(
      ".aws/config",
      `[profile failing]\ncredential_process = "${process.execPath}" "${failing}" ${processSecret}\n`,
    );
  });

  after(async () => {
    await endpoint.close();
    await machine.remove();
  });

  it("invariant 1: no secret in any encoding comes out, whatever is asked", async () => {
    const echo = `${head}POST ${endpoint.url}/prod/echo\n\nbody\n`;
    await machine.write("work/echo.awsreq", echo);
    await machine.write("work/failing.awsreq", echo.replace("canary", "failing"));
    await machine.write("work/refused.awsreq", echo.replace(endpoint.url, "http://example.invalid"));
    await machine.write(
      "work/typed.awsreq",
      `# @auth none\nAuthorization: x\n\n###\nGET ${endpoint.url}/\nAuthorization: AWS AKIATYPEDTYPEDTYPED ${keys.secretAccessKey}\n`,
    );
    const runs = [
      ["send", "echo.awsreq", "--include", "--verbose"],
      ["send", "echo.awsreq", "--json"],
      ["explain", "echo.awsreq"],
      ["explain", "echo.awsreq", "--json"],
      ["send", "failing.awsreq", "--verbose"],
      ["send", "failing.awsreq", "--json"],
      ["send", "refused.awsreq", "--json"],
      ["send", "typed.awsreq", "--all"],
      ["list", "echo.awsreq", "--json"],
    ];
    for (const args of runs) {
      const secrets = [keys.secretAccessKey, sessionToken, processSecret];
      assertNoLeak(await machine.run(args), secrets, args.join(" "));
    }
  });

  it("keeps the exact bytes where they are asked for", async () => {
    await machine.write("work/echo.awsreq", `${head}POST ${endpoint.url}/prod/echo\n\n${sessionToken}\n`);
    await machine.run(["send", "echo.awsreq", "--output", "echo.json"]);
    assert.ok((await readFile(join(machine.work, "echo.json"), "utf8")).includes(sessionToken));
  });

  it("lets no profile that a file chose sign for a host that nobody approved", async () => {
    const file = await machine.write("work/team.awsreq", `${head}DELETE https://api.invalid/prod/pets/1\n`);
    const refused = await machine.run(["send", file]);
    assert.equal(refused.code, 3);
    assert.match(
      refused.stderr,
      /team\.awsreq:4 would send a DELETE request signed as profile canary to api\.invalid/,
    );
    assert.match(refused.stderr, /add --approve canary@api\.invalid\./);
    // It gets past the guard, and then there is no such host.
    assert.equal((await machine.run(["send", file, "--approve", "canary@api.invalid"])).code, 4);
    assert.equal((await machine.run(["send", file])).code, 4);
    const approvals = join(machine.home, ".config/awsreq/approvals.json");
    assert.equal((await stat(approvals)).mode & 0o777, 0o600);
    assert.ok(!(await readFile(approvals, "utf8")).includes("secret"));
  });

  it("does not read a file outside the folder where nobody can be asked", async () => {
    await machine.write("outside.txt", "outside");
    await machine.write("work/.git/keep", "");
    const file = await machine.write(
      "work/outside.awsreq",
      `${head}POST ${endpoint.url}/prod/echo\n\n< ../outside.txt\n`,
    );
    const before = endpoint.records.length;
    const { code, stderr } = await machine.run(["send", file]);
    assert.deepEqual([code, endpoint.records.length], [2, before]);
    assert.match(
      stderr,
      /outside\.awsreq:6:3: error: The included file is not read: .*outside\.txt is outside .*Say yes when you are asked, or put the file into .*\(E_REFUSED_INCLUDE_OUTSIDE\)/,
    );
  });

  it("takes a profile as approved that the person names", async () => {
    const file = await machine.write(
      "work/named.awsreq",
      // An AWS host of whoever rents it; nothing leaves this machine, where nobody listens.
      `# @connect-to 127.0.0.1:1\n${head.replace("# @profile canary\n", "")}GET https://abc123.execute-api.us-east-1.amazonaws.com/\n`,
    );
    assert.equal((await machine.run(["send", file])).code, 3);
    assert.equal((await machine.run(["send", file, "--profile", "canary"])).code, 4);
    assert.equal((await machine.run(["send", file], { AWS_PROFILE: "canary" })).code, 4);
    const { stderr } = await machine.run(["send", file, "--approve", "nonsense"]);
    assert.match(stderr, /is not of the form PROFILE@HOST/);
  });

  it("asks about a named profile at a host that is not AWS's, and about its values by themselves", async () => {
    const text = `${head}POST https://named.invalid/\n\n< ./body.txt\n`;
    const file = await machine.write("work/other.awsreq", text);
    await machine.write("work/body.txt", "body");
    const args = ["send", file, "--profile", "canary"];
    const { code, stderr } = await machine.run(args);
    assert.equal(code, 3);
    assert.match(stderr, /add --approve canary@named\.invalid --approve @named\.invalid\./);
    const [credentials, values] = [
      ["--approve", "canary@named.invalid"],
      ["--approve", "@named.invalid"],
    ];
    assert.equal((await machine.run([...args, ...credentials])).code, 3);
    assert.equal((await machine.run([...args, ...values])).code, 4);
    const other = `# @auth none\nPOST https://named.invalid/\n\n< ./body.txt\n`;
    assert.equal((await machine.run(["send", await machine.write("work/none.awsreq", other)])).code, 4);
  });

  it("sends credentials over plain http to hosts of the person's own alone", async () => {
    const file = await machine.write("work/plain.awsreq", `${head}GET http://stack.invalid:4566/\n`);
    const args = ["send", file, "--profile", "canary", "--approve", "canary@stack.invalid:4566"];
    assert.equal((await machine.run(args)).code, 3);
    assert.equal((await machine.run(args, { AWSREQ_PLAIN_HTTP_HOSTS: "a, stack.invalid:4566" })).code, 4);
  });

  it("never lets the environment's keys stand in for a profile that was named", async () => {
    const env = {
      AWS_ACCESS_KEY_ID: "AKIAHOSTILEHOSTILE00",
      AWS_SECRET_ACCESS_KEY: "h".repeat(40),
      AWS_PROFILE: "failing",
    };
    await machine.write("work/own.awsreq", `${head}GET ${endpoint.url}/prod/pets\n`);
    const { code, stderr } = await machine.run(["send", "own.awsreq"], env);
    assert.equal(code, 0, stderr);
    const verdict = endpoint.records.at(-1)?.verdict;
    assert.equal(verdict?.ok && verdict.accessKeyId, keys.accessKeyId);
    const gone = await machine.run(["send", "own.awsreq", "--profile", "gone"], env);
    assert.equal(gone.code, 3);
  });

  it("maps one committed profile variable to everybody's own", async () => {
    await machine.write("work/team/http-client.env.json", '{ "dev": { "stage": "prod" } }');
    await machine.write("work/team/http-client.private.env.json", '{ "dev": { "profile": "canary" } }');
    const text = `# @profile {{profile}}\n# @region us-east-1\n# @service execute-api\nGET ${endpoint.url}/{{stage}}/pets\n`;
    await machine.write("work/team/a.awsreq", text);
    const { code, stderr } = await machine.run(["send", "team/a.awsreq"]);
    assert.equal(code, 0, stderr);
    assert.match(stderr, /note: the environment is "dev", the only one/);
    assert.match((await machine.run(["send", "team/a.awsreq", "--env", "dve"])).stderr, /dev/);
  });

  it("leaves no file behind", async () => {
    assert.equal(existsSync(join(machine.work, "echo.json.part")), false);
  });
});
