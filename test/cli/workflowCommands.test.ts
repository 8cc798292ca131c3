import assert from "node:assert/strict";
import { commandsIn } from "./actionsRunner.ts";
import { createMachine, credentialsFile, type Finished, finished, type Machine } from "./cliProcess.ts";
import { answerOf, type HostileServer, startHostileServer } from "./hostileServer.ts";
import { noTerminal, onTerminal } from "./onTerminal.ts";

const head = "# @profile canary\n# @region us-east-1\n# @service execute-api\n";
const anywhere = "##[set-output name=a;]b";
const atStart = "::set-output name=a::b";
const onActions = { GITHUB_ACTIONS: "true" };

describe("under GitHub Actions", () => {
  let machine: Machine;
  let server: HostileServer;
  let answer: Buffer;

  before(async () => {
    machine = await createMachine();
    server = await startHostileServer(() => answer);
    await machine.write(".aws/credentials", credentialsFile());
  });

  after(async () => {
    await server.close();
    await machine.remove();
  });

  /** Neither stream, nor both in one, is obeyed; between the two, something was said. */
  async function inert(args: readonly string[], env: Readonly<Record<string, string>> = onActions) {
    const ran = await machine.run(args, env);
    assert.notEqual(ran.stdout + ran.stderr, "");
    assert.deepEqual(commandsIn(ran.stdout), [], ran.stdout);
    assert.deepEqual(commandsIn(ran.stderr), [], ran.stderr);
    assert.deepEqual(commandsIn(ran.stdout + ran.stderr), []);
    return ran;
  }

  async function sent(bytes: Buffer, args: readonly string[] = [], env = onActions): Promise<Finished> {
    answer = bytes;
    await machine.write("work/a.awsreq", `${head}GET ${server.url}/pets\n`);
    return inert(["send", "a.awsreq", ...args], env);
  }

  const bodies: readonly (readonly [string, string | Uint8Array])[] = [
    ["a command of the first form in the middle of a line", `hello ${anywhere}`],
    ["a command behind U+0085", `ok\n\u0085${atStart}\n`],
    ["a command behind U+3000 and U+2028", `ok\n\u3000\u2028${atStart}\n`],
    ["a command behind a bare CR", `ok\r${atStart}\r`],
    ["a command beside a byte that is no UTF-8", Buffer.from(`${atStart}\n\xff\n`, "latin1")],
    ["a command at the very start", atStart],
    ["a command that ends the wrapping", `::stop-commands::x\n::x::\n${atStart}\n`],
    ["JSON that says it", `{"a":"${anywhere}"}`],
    ["nothing of the kind", "hello\n"],
  ];
  for (const [name, body] of bodies) {
    it(`no body is obeyed: ${name}`, async () => {
      const { stdout } = await sent(answerOf([], body));
      const [, token = "", shown] = /^::stop-commands::([0-9a-f]{32})\n([\s\S]*)::\1::\n$/.exec(stdout) ?? [];
      assert.notEqual(token, "");
      const whole = Buffer.from(body).toString("utf8");
      assert.equal(shown, whole.endsWith("\n") ? whole : `${whole}\n`);
    });
  }

  it("fault 107: no status text, header or redirect is obeyed", async () => {
    const bytes = answerOf([`Location: ${anywhere}`, `X-A: ${anywhere}`], "", `HTTP/1.1 302 ${anywhere}`);
    const { stdout, stderr } = await sent(bytes, ["--include", "--verbose"]);
    assert.ok(stdout.includes(anywhere) && stderr.includes(anywhere));
    assert.match(stderr, /^::stop-commands::[0-9a-f]{32}\n/);
  });

  it("fault 107: no reason of a refusal is obeyed", async () => {
    const message = `User: ${anywhere} is not authorized to perform: execute-api:Invoke on resource: ${anywhere}`;
    const { stderr } = await sent(
      answerOf(
        ["x-amzn-errortype: AccessDeniedException"],
        JSON.stringify({ message }),
        "HTTP/1.1 403 Forbidden",
      ),
    );
    assert.match(stderr, /likely|proved|possible|certain/);
  });

  it("whatever GITHUB_ACTIONS holds, and on nothing but that", async () => {
    const env: Readonly<Record<string, string>> = { GITHUB_ACTIONS: "1" };
    answer = answerOf([], atStart);
    await machine.write("work/a.awsreq", `${head}GET ${server.url}/pets\n`);
    await inert(["send", "a.awsreq"], env);
    for (const none of [undefined, { GITHUB_ACTIONS: "" }]) {
      assert.equal((await machine.run(["send", "a.awsreq"], none)).stdout, atStart);
    }
  });

  it("--json stays one document, in which nothing is a command", async () => {
    const body = `${anywhere}\n${atStart}`;
    const { stdout } = await sent(answerOf([`X-A: ${anywhere}`], body), ["--json"]);
    assert.equal(JSON.parse(stdout).requests[0].response.body, body);
    assert.ok(!stdout.includes("##["));
  });

  it("no text of a file, of a name or of a command line is obeyed", async () => {
    const file = `work/x\n${atStart}${anywhere}.awsreq`;
    const titled = `### ${anywhere}\n${head}# @name n\nGET ${server.url}/${anywhere}\nX-A: ${anywhere}\n`;
    const path = await machine.write(file, titled);
    await inert(["list", path]);
    await inert(["list", path, "--json"]);
    await inert(["explain", path]);
    await inert(["explain", path, "--json"]);
    await inert(["explain", path, "--profile", anywhere]);
    await inert(["whoami", "--profile", `\n${atStart}`]);
    await inert(["whoami", "--profile", anywhere, "--json"]);
    await inert(["send", `\n${atStart}`]);
    await inert(["send", anywhere, "--json"]);
    await inert([`\n${atStart}`]);
    await inert(["endpoint", "--policy", `\n${atStart}`]);
    await machine.write(
      "work/bad.awsreq",
      `GET https://x.invalid/{{${anywhere}}}\n\n###\nPOST {{${atStart}}}\n`,
    );
    await inert(["send", "bad.awsreq", "--all"]);
    await machine.write(
      "work/include.awsreq",
      `${head}POST ${server.url}/\n\n< ./a\u0085${atStart}${anywhere}\n`,
    );
    await inert(["send", "include.awsreq"]);
    await machine.write(
      "work/denied.json",
      JSON.stringify({ status: 403, service: "lambda", body: { message: anywhere } }),
    );
    await inert(["diagnose", "denied.json"]);
    await inert(["diagnose", "denied.json", "--json"]);
  });

  it("the endpoint's log of requests is not obeyed, and its address can still be read", async () => {
    const child = machine.start(["endpoint", "--port", "0"], onActions);
    const ended = finished(child);
    const url = await new Promise<string>((resolve) =>
      child.stdout?.once("data", (text) => resolve(String(text).trim())),
    );
    await fetch(`${url}/prod/${anywhere}`, { headers: { "x-a": anywhere } });
    await fetch(url, { method: "POST", headers: { host: anywhere } }).catch(() => undefined);
    child.kill("SIGTERM");
    const { stderr } = await ended;
    assert.ok(stderr.includes("/prod/"), stderr);
    assert.deepEqual(commandsIn(stderr), []);
    assert.match(url, /^http:\/\/localhost:\d+$/);
  });

  it("a terminal is not obeyed either", async function () {
    if (noTerminal !== null) return this.skip();
    answer = answerOf([], `x ${anywhere}`, `HTTP/1.1 200 ${anywhere}`);
    await machine.write("work/a.awsreq", `${head}GET ${server.url}/pets\n`);
    const { screen } = await onTerminal(machine, ["send", "a.awsreq", "--include"], onActions);
    assert.ok(screen.includes(anywhere));
    assert.deepEqual(commandsIn(screen), [], screen);
  });
});
