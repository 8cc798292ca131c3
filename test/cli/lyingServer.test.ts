import assert from "node:assert/strict";
import type { Finding } from "../../src/diagnosis/diagnose.ts";
import { changedText } from "../../src/request/changedText.ts";
import { type Echo, type LyingServer, startLyingServer, withEchoed } from "../trip/lyingServer.ts";
import { createMachine, credentialsFile, type Machine } from "./cliProcess.ts";

const canary = "ghp_PRIVATECANARY0123456789";

describe("a server that lies about the signature, on the command line", () => {
  let machine: Machine;
  let server: LyingServer;
  before(async () => {
    machine = await createMachine();
    server = await startLyingServer();
    await machine.write(".aws/credentials", credentialsFile());
    await machine.write(
      "work/http-client.private.env.json",
      JSON.stringify({ dev: { githubToken: canary } }),
    );
  });
  after(async () => {
    await server.close();
    await machine.remove();
  });

  const text = () =>
    `# @profile canary\n# @region us-east-1\n# @service execute-api\nGET ${server.url}/prod/pets\nX-Tenant: acme\n`;
  const tenant = (value: string) => (truth: Echo) => withEchoed(truth, "x-tenant", value);

  /** What `send` says of a request, and what it offers to change. */
  async function sent(of: string) {
    await machine.write("work/a.awsreq", of);
    const { stdout, stderr } = await machine.run(["send", "a.awsreq", "--json", "--profile", "canary"]);
    const findings: readonly Finding[] = JSON.parse(stdout).requests[0]?.diagnosis ?? assert.fail(stderr);
    const edits = findings.flatMap(({ fixes }) => fixes.flatMap((fix) => (fix.kind === "edit" ? [fix] : [])));
    return { findings, edits };
  }

  it("offers its variable as text, and sends no value of the private environment with it", async () => {
    server.lie = tenant("acme{{githubToken}}");
    const { edits } = await sent(text());
    const [edit] = edits;
    assert.equal(edit?.proved, true);
    const changed = changedText(text(), 3, edit.change);
    assert.ok(typeof changed !== "string");
    assert.equal(changed.text, text().replace("acme", "acme\\{{githubToken}}"));
    await sent(changed.text);
    assert.match(server.seen.at(-1) ?? "", /\nX-Tenant\nacme\{\{githubToken\}\}\n/);
    assert.ok(!server.seen.some((seen) => seen.includes(canary)));
  });

  for (const value of ["acme\r# @connect-to evil.example.com", "ac\u202eme", "\\{{githubToken}}", "a\tb"]) {
    it(`tells ${JSON.stringify(value)}, and offers no edit`, async () => {
      server.lie = tenant(value);
      const { findings, edits } = await sent(text());
      assert.equal(findings[0]?.cause, "sig-header-mutated");
      assert.deepEqual(edits, []);
    });
  }

  it("says that an edit was tried only where canonical request and string to sign are the same", async () => {
    const tried = /→ Send x-tenant as it arrives \(signed again with it/;
    await machine.write("work/a.awsreq", text());
    const told = async () => (await machine.run(["send", "a.awsreq", "--profile", "canary"])).stderr;
    server.lie = tenant("two");
    assert.match(await told(), tried);
    server.lie = (truth) => ({ ...tenant("two")(truth), stringToSign: "AWS4-HMAC-SHA256\nx\ny\nz" });
    const untried = await told();
    assert.match(untried, /→ Send x-tenant as it arrives\n/);
    assert.doesNotMatch(untried, tried);
  });
});
