import assert from "node:assert/strict";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createMachine, finished, type Machine } from "./cliProcess.ts";

const head = "# @profile awsreq-local\n# @region us-east-1\n# @service execute-api\n";

/** A running `awsreq endpoint`, with what it has said so far. */
interface Running {
  readonly child: ChildProcess;
  readonly url: string;
  /** Waits until standard error holds this. */
  said(pattern: RegExp): Promise<RegExpExecArray>;
}

async function startEndpointCommand(machine: Machine, ...args: string[]): Promise<Running> {
  const child = machine.start(["endpoint", "--port", "0", ...args]);
  let stderr = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const [line] = (await once(child.stdout?.setEncoding("utf8") ?? child, "data")) as [string];
  const said = async (pattern: RegExp): Promise<RegExpExecArray> => {
    for (;;) {
      const match = pattern.exec(stderr);
      if (match !== null) return match;
      await once(child.stderr ?? child, "data");
    }
  };
  return { child, url: line.trim(), said };
}

describe("awsreq endpoint --policy", () => {
  let machine: Machine;
  before(async () => {
    machine = await createMachine();
  });
  after(() => machine.remove());

  async function withCommand(args: readonly string[], use: (running: Running) => Promise<void>) {
    const running = await startEndpointCommand(machine, ...args);
    try {
      await use(running);
    } finally {
      running.child.kill("SIGTERM");
      await once(running.child, "close");
    }
  }

  it("allows what the file allows, and says which policy stands against the rest", async () => {
    const statement = {
      Effect: "Allow",
      Action: "execute-api:Invoke",
      Resource: "arn:aws:execute-api:*:*:*/prod/GET/*",
    };
    const document = { Version: "2012-10-17", Statement: statement };
    await machine.write("work/reading.json", JSON.stringify(document));
    await withCommand(["--policy", "reading.json"], async ({ url, said }) => {
      await said(/policies: {3}reading\.json\n/);
      await machine.write(
        "work/policy.awsreq",
        `${head}@api = ${url}/prod\n\n### A\n# @name list\nGET {{api}}/pets\n\n### B\n# @name remove\nDELETE {{api}}/pets/1\n`,
      );
      assert.equal((await machine.run(["send", "policy.awsreq", "--request", "list"])).code, 0);
      const denied = await machine.run(["send", "policy.awsreq", "--request", "remove"]);
      assert.equal(denied.code, 1);
      assert.match(
        denied.stdout,
        /user\/local is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:us-east-1:\*{8}9012:local\/prod\/DELETE\/pets\/1 because no identity-based policy allows the execute-api:Invoke action/,
      );
      assert.match(denied.stderr, /iam-no-identity-allow/);
      await said(/DELETE \/prod\/pets\/1 403 AKIA…\w{4} \(because no identity-based policy allows/);
    });
  });

  it("tells the API key of the run, and the key is good", async () => {
    await withCommand([], async ({ url, said }) => {
      const [, key = ""] = await said(/x-api-key: ([A-Z2-7]{40}),/);
      await machine.write("work/keyed.awsreq", `${head}GET ${url}/prod/keyed\nX-Api-Key: ${key}\n`);
      assert.equal((await machine.run(["send", "keyed.awsreq"])).code, 0);
      await machine.write("work/keyless.awsreq", `${head}GET ${url}/prod/keyed\n`);
      const keyless = await machine.run(["send", "keyless.awsreq"]);
      assert.deepEqual([keyless.code, JSON.parse(keyless.stdout)], [1, { message: "Forbidden" }]);
    });
  });

  it("shows a refusal whoever signs, and the diagnosis knows it", async () => {
    await withCommand([], async ({ url }) => {
      const text = `${head.replace("execute-api", "aoss")}GET ${url}/prod/refusals/aoss-data-access\n`;
      await machine.write("work/shown.awsreq", text);
      const { code, stderr } = await machine.run(["send", "shown.awsreq"]);
      assert.equal(code, 1);
      assert.match(stderr, /likely: .*\(aoss-data-access\)/);
    });
  });

  const faults: readonly [name: string, text: string | null, words: RegExp][] = [
    ["nowhere.json", null, /The policy file nowhere\.json cannot be read: there is no such file or folder\./],
    [".", null, /The policy file \. cannot be read: it is a folder\./],
    ["broken.json", '{\n  "scp": [', /broken\.json:2:11: the JSON is not valid: /],
    [
      "condition.json",
      '{"Statement": {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {}}}',
      /condition\.json:1:79: Condition is not evaluated by the local endpoint\.[\s\S]*without Condition/,
    ],
    ["large.json", " ".repeat(300_000), /large\.json cannot be read: it is larger than 256 KB\./],
  ];
  for (const [name, text, words] of faults) {
    it(`ends with 2 for ${name}, before it listens`, async () => {
      if (text !== null) await machine.write(`work/${name}`, text);
      const { code, stdout, stderr } = await finished(
        machine.start(["endpoint", "--port", "0", "--policy", name]),
      );
      assert.deepEqual([code, stdout], [2, ""]);
      assert.match(stderr, words);
      assert.match(stderr, /E_POLICY_FILE/);
    });
  }

  it("needs a file, and is in the help", async () => {
    assert.equal((await machine.run(["endpoint", "--policy"])).code, 2);
    assert.match((await machine.run(["--help"])).stdout, /--policy FILE/);
  });
});
