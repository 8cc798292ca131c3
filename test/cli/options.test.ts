import assert from "node:assert/strict";
import type { RequestRecord } from "../../src/endpoint/requestLine.ts";
import type { Endpoint } from "../../src/endpoint/startEndpoint.ts";
import {
  createMachine,
  credentialsFile,
  type Finished,
  type Machine,
  startNotedEndpoint,
} from "./cliProcess.ts";
import { documentOf } from "./outputSchema.ts";

const head = "# @profile canary\n# @region us-east-1\n# @service execute-api\n";

describe("what is given beside the file", () => {
  let machine: Machine;
  let endpoint: Endpoint & { readonly records: RequestRecord[] };

  before(async () => {
    machine = await createMachine();
    endpoint = await startNotedEndpoint();
    await machine.write(".aws/credentials", credentialsFile());
    await machine.write(".aws/config", "[profile canary]\nregion = eu-north-1\n");
  });

  after(async () => {
    await endpoint.close();
    await machine.remove();
  });

  /** Runs `awsreq send a.awsreq` on this text. */
  async function send(text: string, args: readonly string[] = [], env = {}): Promise<Finished> {
    await machine.write("work/a.awsreq", text);
    return machine.run(["send", "a.awsreq", ...args], env);
  }

  const regions: readonly [from: string, directive: string, args: string[], env: object, region: string][] = [
    ["--region", "# @region eu-west-1\n", ["--region", "us-west-2"], {}, "us-west-2"],
    ["a.awsreq:3", "# @region eu-west-1\n", [], { AWS_REGION: "us-west-2" }, "eu-west-1"],
    ["AWS_REGION", "", [], { AWS_REGION: "us-west-2", AWS_DEFAULT_REGION: "eu-west-1" }, "us-west-2"],
    ["AWS_DEFAULT_REGION", "", [], { AWS_DEFAULT_REGION: "eu-west-1" }, "eu-west-1"],
    ["~/.aws/config:2", "", [], {}, "eu-north-1"],
  ];
  for (const [from, directive, args, env, region] of regions) {
    it(`signs for the region of ${from} when nothing above it speaks`, async () => {
      const text = `# @profile canary\n# @service execute-api\n${directive}GET ${endpoint.url}/prod/pets\n`;
      const { stdout } = await send(text, [...args, "--json"], env);
      const signing = documentOf(stdout).requests[0]?.signing;
      assert.deepEqual(signing?.region, region);
      assert.ok(signing.regionSource.includes(from), signing.regionSource);
    });
  }

  it("signs for the service of --service, where nothing else says that it is to be signed", async () => {
    const text = `GET ${endpoint.url}/prod/pets\n`;
    assert.equal((await send(text, ["--profile", "canary", "--region", "us-east-1"])).code, 2);
    const flags = ["--profile", "canary", "--region", "us-east-1", "--service", "execute-api"];
    assert.equal((await send(text, flags)).code, 0);
  });

  it("takes variables from --var before the block, the file and the environment", async () => {
    await machine.write(
      "work/http-client.env.json",
      JSON.stringify({
        $shared: { a: "shared", b: "shared", c: "shared", d: "shared", e: "shared" },
        dev: { a: "dev", b: "dev", c: "dev", d: "dev" },
        test: { d: "test" },
      }),
    );
    const variables = "@a = file\n@b = file\n@c = file\n";
    const target = `${endpoint.url}/prod/echo/{{a}}/{{b}}/{{c}}/{{d}}/{{e}}`;
    const text = `${head}${variables}###\n@a = block\n@b = block\nGET ${target}\n`;
    const flags = ["--var", "a=flag=1", "--env", "dev"];
    assert.equal((await send(text, flags)).code, 0);
    assert.equal(endpoint.records.at(-1)?.raw.target, "/prod/echo/flag=1/block/file/dev/shared");
    assert.equal((await send(text, ["--env", "test"])).code, 0);
    assert.equal(endpoint.records.at(-1)?.raw.target, "/prod/echo/block/block/file/test/shared");
    assert.equal((await send(text)).code, 0);
    assert.equal(endpoint.records.at(-1)?.raw.target, "/prod/echo/block/block/file/shared/shared");
    const unknown = await send(text, ["--env", "tset"]);
    assert.match(unknown.stderr, /There is no environment "tset".*[Dd]id you mean `test`\?.*\n.*dev, test\./);
  });

  it("lets --timeout win over @timeout, whichever is longer, and says which of them to raise", async () => {
    const slow = (timeout: string) => `${head}# @timeout ${timeout}\nGET ${endpoint.url}/prod/slow?ms=300\n`;
    const short = await send(slow("10s"), ["--timeout", "100ms"]);
    assert.equal(short.code, 4);
    assert.match(short.stderr, /was not finished within 100 ms.*E_TOTAL_TIMEOUT/);
    assert.match(short.stderr, /--timeout/);
    assert.equal((await send(slow("100ms"), ["--timeout", "10s"])).code, 0);
    assert.match((await send(slow("100ms"))).stderr, /@timeout/);
  });

  it("takes no time limit that a timer cannot keep, as @timeout does not either", async () => {
    const { code, stderr } = await send(`${head}GET ${endpoint.url}/prod/pets\n`, ["--timeout", "99999999m"]);
    assert.equal(code, 2, stderr);
    assert.match(stderr, /--timeout cannot be "99999999m"/);
  });

  const worst: readonly [name: string, code: number, requests: readonly string[]][] = [
    ["1, when an answer is 404", 1, ["/prod/pets/1", "/prod/pets/77"]],
    ["3 before 1, when one is refused", 3, ["/prod/pets/77", "http://example.invalid", "/prod/pets/1"]],
    ["4 before 3 and 1", 4, ["/prod/pets/77", "http://127.0.0.1:1", "http://example.invalid"]],
  ];
  for (const [name, code, targets] of worst) {
    it(`ends --all with ${name}, and makes every request`, async () => {
      const requests = targets.map(
        (target) => `GET ${target.startsWith("/") ? endpoint.url : ""}${target}\n`,
      );
      const before = endpoint.records.length;
      const ran = await send(`${head}\n###\n${requests.join("\n###\n")}`, ["--all"]);
      assert.equal(ran.code, code, ran.stderr);
      const headings = ran.stderr.split("\n").filter((line) => line.startsWith("###"));
      assert.equal(headings.length, targets.length);
      const sent = targets.filter((target) => target.startsWith("/"));
      assert.deepEqual(
        endpoint.records.slice(before).map(({ raw }) => raw.target),
        sent,
      );
    });
  }

  it("takes a request by any line of its block", async () => {
    const text = `${head}\n### one\nGET ${endpoint.url}/prod/pets/1\n\n### two\n# a comment\nPOST ${endpoint.url}/prod/echo\nA: b\n\nbody\nmore\n`;
    for (const line of ["8", "9", "10", "12", "13"]) {
      assert.equal((await send(text, ["--line", line])).code, 0);
      assert.equal(endpoint.records.at(-1)?.raw.target, "/prod/echo", line);
    }
    const none = await send(text, ["--line", "99"]);
    assert.match(none.stderr, /No request stands at line 99\..*\n.*line 6 GET/);
  });

  it("prints a presigned URL alone on its line, so that it can be taken whole", async () => {
    await machine.write("work/a.awsreq", `${head}GET ${endpoint.url}/prod/pets?limit=1\n`);
    const { code, stdout, stderr } = await machine.run(["explain", "a.awsreq", "--presign", "60"]);
    assert.deepEqual([code, stderr], [0, ""]);
    const [url, ...others] = stdout.split("\n").filter((line) => line.startsWith("http"));
    assert.deepEqual(others, []);
    const answer = await fetch(url ?? "");
    assert.equal(answer.status, 200);
    assert.equal(endpoint.records.at(-1)?.verdict.ok, true);
  });

  it("explains why a request is not signed", async () => {
    await machine.write("work/a.awsreq", `# @auth none\nGET ${endpoint.url}/\n`);
    const { code, stdout } = await machine.run(["explain", "a.awsreq"]);
    assert.deepEqual([code, stdout], [0, "a.awsreq:2 is not signed: @auth none, a.awsreq:1.\n"]);
  });

  it("does not pass over --presign for a request that is not signed", async () => {
    await machine.write("work/a.awsreq", `# @auth none\nGET ${endpoint.url}/\n`);
    const { stdout, stderr } = await machine.run(["explain", "a.awsreq", "--presign", "60"]);
    assert.match(`${stdout}${stderr}`, /--presign/);
  });
});

describe("a command line that cannot be read", () => {
  let machine: Machine;

  before(async () => {
    machine = await createMachine();
  });

  after(() => machine.remove());

  const rows: readonly [args: string, error: string, hint: string][] = [
    ["snd a.awsreq", 'There is no command "snd".', "Did you mean awsreq send?"],
    ["send a.awsreq --requst x", "awsreq send has no option --requst.", "Did you mean --request?"],
    [
      "explain a.awsreq --output x",
      "awsreq explain has no option --output.",
      "awsreq --help lists the options",
    ],
    ["send a.awsreq --profile", "--profile", "--help"],
    ["send a.awsreq --line -1", "--line", "--help"],
    ["send a.awsreq --json=yes", "--json", "--help"],
  ];
  for (const [args, error, hint] of rows) {
    it(`"${args}" gets one sentence and one hint, and exit code 2`, async () => {
      const { code, stdout, stderr } = await machine.run(args.split(" "));
      assert.deepEqual([code, stdout], [2, ""]);
      const [first = "", second = "", ...rest] = stderr.trimEnd().split("\n");
      assert.match(first, /^awsreq: error: .*\. \(E_USAGE\)$/);
      assert.ok(first.includes(error), first);
      assert.ok(second.startsWith("  → ") && second.includes(hint), second);
      assert.deepEqual(rest, []);
    });
  }

  it("is told as a document with --json, the file named", async () => {
    const { code, stdout, stderr } = await machine.run(["send", "a.awsreq", "--json", "--lin", "3"]);
    const { file, error, requests } = documentOf(stdout);
    assert.deepEqual([code, stderr, file, error?.code, requests], [2, "", "a.awsreq", "E_USAGE", []]);
  });
});
