import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { assumed, withLocalSts } from "../identity/localSts.ts";
import { createMachine, credentialsFile, type Machine } from "./cliProcess.ts";
import { type CountingServer, startCountingServer } from "./countingServer.ts";

/** Not contacted: whoever asks for it is refused before. */
const unapproved = "https://abc.execute-api.eu-west-1.amazonaws.com/pets";

describe("what is not approved gets no credentials", () => {
  let machine: Machine;
  let server: CountingServer;
  let ran: string;

  before(async () => {
    machine = await createMachine();
    server = await startCountingServer();
    ran = await machine.write("ran", "");
    const said = { Version: 1, AccessKeyId: "AKIAPROCESSPROCESS00", SecretAccessKey: "process".repeat(6) };
    const program = await machine.write(
      "cred.js",
      `require("node:fs").appendFileSync(${JSON.stringify(ran)}, "x"); console.log(${JSON.stringify(JSON.stringify(said))})`,
    );
    await machine.write(".aws/credentials", credentialsFile());
    await machine.write(
      ".aws/config",
      [
        "[profile tool]",
        `credential_process = "${process.execPath}" "${program}"`,
        "[profile ops]",
        "role_arn = arn:aws:iam::111122223333:role/ops",
        "source_profile = canary",
        "[profile toolOps]",
        "role_arn = arn:aws:iam::111122223333:role/ops",
        "source_profile = tool",
        "",
      ].join("\n"),
    );
    // From here on the program may run: what keeps it from running is the host alone.
    await machine.write("work/a.awsreq", request("tool", `${server.url}/pets`));
    const { code, stderr } = await machine.run([
      "send",
      "a.awsreq",
      "--approve",
      `tool@127.0.0.1:${server.port}`,
    ]);
    assert.deepEqual([code, await runs()], [0, 1], stderr);
  });
  after(async () => {
    await server.close();
    await machine.remove();
  });

  const request = (profile: string, url: string, more = "") =>
    `# @profile ${profile}\n# @region us-east-1\n# @service execute-api\n${more}GET ${url}\n`;

  const runs = async () => (await readFile(ran, "utf8")).length;

  const role = "# @role arn:aws:iam::111122223333:role/on-top\n";
  const rows: readonly (readonly [string, string, string])[] = [
    ["a program that was approved for another host", "tool", ""],
    ["a role of a profile", "ops", ""],
    ["a role on top of a profile", "canary", role],
    ["a role on top of a program", "tool", role],
    ["a role whose source is a program", "toolOps", ""],
  ];
  for (const [name, profile, more] of rows) {
    it(`not from ${name}`, async () => {
      await machine.write("work/a.awsreq", request(profile, unapproved, more));
      await withLocalSts(assumed, async ({ url, calls }) => {
        const before = [await runs(), server.arrived.length];
        const done = await machine.run(["send", "a.awsreq"], { AWS_ENDPOINT_URL_STS: url });
        assert.equal(done.code, 3, done.stderr);
        assert.match(done.stderr, /E_NOT_APPROVED/);
        assert.deepEqual([calls, await runs(), server.arrived.length], [[], ...before]);
      });
    });
  }

  for (const command of ["explain", "whoami"]) {
    it(`not for ${command} either`, async () => {
      await machine.write("work/a.awsreq", request("ops", unapproved));
      await withLocalSts(assumed, async ({ url, calls }) => {
        const done = await machine.run([command, "a.awsreq"], { AWS_ENDPOINT_URL_STS: url });
        assert.deepEqual([done.code, calls], [3, []], done.stderr);
        assert.match(done.stderr, /E_NOT_APPROVED/);
      });
    });
  }
});
