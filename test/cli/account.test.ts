import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { localAccount } from "../../src/endpoint/scene.ts";
import { keyIdOf } from "../identity/keyIdOf.ts";
import {
  assumed,
  calledBy,
  refused,
  type StsAnswer,
  type StsCall,
  withLocalSts,
} from "../identity/localSts.ts";
import { createMachine, type Machine } from "./cliProcess.ts";
import { type CountingServer, startCountingServer } from "./countingServer.ts";
import { documentOf } from "./outputSchema.ts";

const [wanted, other] = ["111122223333", "444455556666"];
const secret = "account/secret".repeat(3);

function profile(name: string, id: string, ...more: readonly string[]): readonly string[] {
  return [`[profile ${name}]`, `aws_access_key_id = ${id}`, `aws_secret_access_key = ${secret}`, ...more];
}

/** STS of a world in which the old keys are of this account. */
const stsOf =
  (account: string) =>
  (call: StsCall): StsAnswer =>
    call.fields["Action"] === "GetCallerIdentity"
      ? calledBy(account, `arn:aws:iam::${account}:user/anna`)
      : assumed(call);

describe("# @account", () => {
  let machine: Machine;
  let server: CountingServer;
  let ran: string;

  before(async () => {
    machine = await createMachine();
    server = await startCountingServer();
    ran = `${machine.home}/ran`;
    const said = { Version: 1, AccessKeyId: "AKIAIOSFODNN7EXAMPLE", SecretAccessKey: secret };
    const program = async (name: string, account: string) => {
      const document = JSON.stringify(JSON.stringify({ ...said, AccountId: account }));
      const text = `require("node:fs").appendFileSync(${JSON.stringify(ran)}, "x"); console.log(${document})`;
      return `credential_process = "${process.execPath}" "${await machine.write(name, text)}"`;
    };
    await machine.write("ran", "");
    await machine.write(
      ".aws/config",
      [
        ...profile("dev", keyIdOf(wanted)),
        ...profile("prod", keyIdOf(other)),
        ...profile("old", "AKIAIOSFODNN7EXAMPLE"),
        ...profile("stated", "AKIAIOSFODNN7EXAMPLE", `aws_account_id = ${wanted}`),
        ...profile("statedOther", "AKIAIOSFODNN7EXAMPLE", `aws_account_id = ${other}`),
        ...profile("misstated", keyIdOf(other), `aws_account_id = ${wanted}`),
        "[profile ops]",
        `role_arn = arn:aws:iam::${wanted}:role/ops`,
        "source_profile = prod",
        "[profile opsOther]",
        `role_arn = arn:aws:iam::${other}:role/ops`,
        "source_profile = dev",
        "[profile tool]",
        await program("tool.js", wanted),
        "[profile toolOther]",
        await program("toolOther.js", other),
        "[profile toolStated]",
        await program("toolStated.js", wanted),
        `aws_account_id = ${other}`,
        "",
      ].join("\n"),
    );
  });
  after(async () => {
    await server.close();
    await machine.remove();
  });

  const text = (account: string, more = "") =>
    `# @account ${account}\n# @region us-east-1\n# @service execute-api\n${more}GET ${server.url}/pets\n`;

  /** Runs a command on the file; what arrived at the API and at STS meanwhile. */
  async function run(
    file: string,
    args: readonly string[],
    sts: (call: StsCall) => StsAnswer = stsOf(wanted),
    env: Readonly<Record<string, string>> = {},
  ) {
    await machine.write("work/a.awsreq", file);
    const before = server.arrived.length;
    const processes = (await readFile(ran, "utf8")).length;
    return withLocalSts(sts, async ({ url, calls }) => {
      const [command = "send", ...rest] = args;
      const done = await machine.run([command, "a.awsreq", ...rest], { AWS_ENDPOINT_URL_STS: url, ...env });
      return {
        ...done,
        arrived: server.arrived.length - before,
        asked: calls.map(({ fields }) => fields["Action"]),
        ran: (await readFile(ran, "utf8")).length - processes,
      };
    });
  }

  const as = (name: string) => ["send", "--profile", name];

  const sent: readonly (readonly [string, readonly string[]])[] = [
    ["dev", []],
    ["stated", []],
    ["ops", ["AssumeRole"]],
    ["tool", []],
    ["old", ["GetCallerIdentity"]],
  ];
  for (const [name, asked] of sent) {
    it(`lets the account itself sign: ${name}`, async () => {
      const done = await run(text(wanted), as(name));
      assert.deepEqual([done.code, done.arrived, done.asked], [0, 1, asked], done.stderr);
    });
  }

  const refusedRows: readonly (readonly [string, RegExp, readonly string[], number])[] = [
    ["prod", /from its access key id/, [], 0],
    ["statedOther", /from aws_account_id of its profile/, [], 0],
    ["misstated", /from its access key id/, [], 0],
    ["opsOther", /from role arn:aws:iam::444455556666:role\/ops, ~\/\.aws\/config:\d+/, [], 0],
    ["toolStated", /from aws_account_id of its profile/, [], 0],
    ["toolOther", /from its credential process/, [], 1],
    ["old", /from STS/, ["GetCallerIdentity"], 0],
  ];
  for (const [name, from, asked, runs] of refusedRows) {
    it(`refuses another account's signer before anything is sent: ${name}`, async () => {
      const done = await run(text(wanted), as(name), stsOf(other));
      assert.deepEqual([done.code, done.arrived, done.asked, done.ran], [3, 0, asked, runs], done.stderr);
      assert.match(
        done.stderr,
        new RegExp(
          `a\\.awsreq:1: this request is for account ${wanted}, but profile "${name}" signs for ${other} \\(from .*\\); nothing was sent\\. \\(E_ACCOUNT\\)\n.*correct \`# @account\``,
        ),
      );
      assert.match(done.stderr, from);
      const explained = await run(text(wanted), ["explain", "--profile", name], stsOf(other));
      assert.deepEqual([explained.code, explained.stdout], [3, ""]);
      assert.match(explained.stderr, /\(E_ACCOUNT\)/);
      const json = documentOf((await run(text(wanted), [...as(name), "--json"], stsOf(other))).stdout);
      assert.deepEqual(
        json.requests.map(({ error, request, response }) => [error?.code, request, response]),
        [["E_ACCOUNT", null, null]],
      );
    });
  }

  it("goes by the role on top, named by the file or by --role", async () => {
    const role = (account: string) => `arn:aws:iam::${account}:role/x`;
    const byFile = await run(text(wanted, `# @role ${role(other)}\n`), as("prod"));
    assert.deepEqual([byFile.code, byFile.arrived, byFile.asked], [3, 0, []]);
    assert.match(byFile.stderr, /E_ACCOUNT/);
    const onTop = await run(text(wanted, `# @role ${role(wanted)}\n`), [
      ...as("prod"),
      "--role",
      role(wanted),
    ]);
    assert.deepEqual([onTop.code, onTop.arrived], [0, 1], onTop.stderr);
    const elsewhere = await run(text(wanted), [...as("dev"), "--role", role(other)]);
    assert.deepEqual([elsewhere.code, elsewhere.arrived, elsewhere.asked], [3, 0, []]);
    assert.match(elsewhere.stderr, /E_ACCOUNT/);
  });

  it("holds for keys of the environment", async () => {
    const env = { AWS_ACCESS_KEY_ID: keyIdOf(other), AWS_SECRET_ACCESS_KEY: secret };
    const done = await run(text(wanted), ["send"], stsOf(wanted), env);
    assert.deepEqual([done.code, done.arrived, done.asked], [3, 0, []]);
    assert.match(done.stderr, /the identity of AWS_ACCESS_KEY_ID signs for 444455556666/);
    const stated = { AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE", AWS_SECRET_ACCESS_KEY: secret };
    const wrong = await run(text(wanted), ["send"], stsOf(wanted), { ...stated, AWS_ACCOUNT_ID: other });
    assert.deepEqual([wrong.code, wrong.arrived, wrong.asked], [3, 0, []]);
  });

  const silent: readonly (readonly [string, (call: StsCall) => StsAnswer])[] = [
    ["denied", () => refused(403, "AccessDenied")],
    ["a server error", () => refused(500, "InternalFailure")],
    ["no answer of STS", () => ({ status: 200, body: "<html>" })],
  ];
  for (const [name, answer] of silent) {
    it(`refuses where the account cannot be told: ${name}`, async () => {
      const done = await run(text(wanted), as("old"), answer);
      assert.deepEqual([done.code, done.arrived], [3, 0], done.stderr);
      assert.match(
        done.stderr,
        /cannot be told for which profile "old" signs.*\(E_ACCOUNT_UNKNOWN\)\n.*aws_account_id/,
      );
    });
  }

  it("refuses where STS cannot be reached", async () => {
    const env = { AWS_ENDPOINT_URL_STS: "http://127.0.0.1:9" };
    const done = await run(text(wanted), as("old"), stsOf(wanted), env);
    assert.deepEqual([done.code, done.arrived], [3, 0], done.stderr);
    assert.match(done.stderr, /E_ACCOUNT_UNKNOWN/);
  });

  it("asks STS after the approval only", async () => {
    const file = `# @profile old\n# @account ${wanted}\nGET https://abc.execute-api.eu-west-1.amazonaws.com/\n`;
    const done = await run(file, ["send"]);
    assert.deepEqual([done.code, done.asked], [3, []]);
    assert.match(done.stderr, /E_NOT_APPROVED/);
  });

  it("is told before anybody is asked", async () => {
    const file = `# @profile prod\n# @account ${wanted}\nGET https://abc.execute-api.eu-west-1.amazonaws.com/\n`;
    assert.match((await run(file, ["send"])).stderr, /E_ACCOUNT\)/);
  });

  it("says in explain that STS was asked", async () => {
    const done = await run(text(wanted), ["explain", "--profile", "old"]);
    assert.deepEqual([done.code, done.asked, done.arrived], [0, ["GetCallerIdentity"], 0], done.stderr);
    assert.match(done.stderr, /note: STS was asked for the account/);
  });

  it("is the request's own before the file's, and may be a variable", async () => {
    const two = `# @account ${other}\n\n### one\n${text(wanted)}`;
    assert.equal((await run(two, as("dev"))).code, 0);
    const general = `# @account ${other}\n\n### one\n${text(wanted).split("\n").slice(1).join("\n")}`;
    assert.match((await run(general, as("dev"))).stderr, /a\.awsreq:1: .*E_ACCOUNT/);
    const variable = await run(text("{{account}}"), [...as("dev"), "--var", `account=${other}`]);
    assert.deepEqual([variable.code, variable.arrived], [3, 0]);
  });

  for (const value of [
    "1111-2222-3333",
    "11112222333",
    "1111222233334",
    "dev",
    "arn:aws:iam::111122223333:root",
    "",
  ]) {
    it(`is twelve digits, not ${JSON.stringify(value)}`, async () => {
      const done = await run(text(value), as("dev"));
      assert.deepEqual([done.code, done.arrived], [2, 0]);
      assert.match(done.stderr, /^a\.awsreq:1:\d+: error: .*@account.*\(E_DIRECTIVE_VALUE\)/);
    });
  }

  it("says where it has no effect", async () => {
    const own = await run(`# @auth none\n# @account ${wanted}\nGET ${server.url}/\n`, ["send"]);
    assert.deepEqual([own.code, own.arrived], [0, 1], own.stderr);
    assert.match(own.stderr, /^a\.awsreq:2:\d+: warning: @account has no effect here.*\(W_ACCOUNT_UNUSED\)/m);
    const general = await run(`# @account ${wanted}\n\n###\n# @auth none\nGET ${server.url}/\n`, ["send"]);
    assert.match(general.stderr, /^a\.awsreq:1:\d+: hint: .*\(H_ACCOUNT_UNUSED\)/m);
  });

  it("is held against the account that whoami tells, which is told as well", async () => {
    for (const name of ["prod", "old", "opsOther"]) {
      const done = await run(text(wanted), ["whoami", "--profile", name], stsOf(other));
      assert.equal(done.code, 3);
      assert.match(done.stdout, new RegExp(`^account +${other}$`, "m"));
      assert.match(
        done.stderr,
        /for account 111122223333, but .* signs for 444455556666 \(from STS\).*E_ACCOUNT/,
      );
      const json = await run(text(wanted), ["whoami", "--profile", name, "--json"], stsOf(other));
      const [{ identity, error }] = JSON.parse(json.stdout).identities;
      assert.deepEqual([json.code, identity.account, error.code], [3, other, "E_ACCOUNT"]);
    }
    const right = await run(text(wanted), ["whoami", "--profile", "old"]);
    assert.deepEqual([right.code, right.stderr], [0, ""]);
  });

  it("is the account of its ARNs for the local endpoint", async () => {
    assert.equal(localAccount, "123456789012");
    const local = (account: string) => run(text(account), as("awsreq-local"));
    assert.match((await local(wanted)).stderr, /signs for 123456789012 \(from the local endpoint\)/);
    // As far as its keys, which nobody gave out.
    assert.match((await local(localAccount)).stderr, /E_LOCAL_PROFILE/);
  });
});
