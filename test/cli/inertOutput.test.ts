import assert from "node:assert/strict";
import { once } from "node:events";
import { symlink } from "node:fs/promises";
import { join } from "node:path";
import { createMachine, credentialsFile, finished, type Machine } from "./cliProcess.ts";
import { answerOf, type HostileServer, startHostileServer } from "./hostileServer.ts";
import { noTerminal, onTerminal } from "./onTerminal.ts";

const head = "# @profile canary\n# @region us-east-1\n# @service execute-api\n";

/** What a terminal obeys or a reader does not see. */
const hostile =
  "\u001b]0;title\u0007\u009b31m\u0085\u007f\u202egpj\u2066x\u200b\u2060\ufeff\u{e0041}\u{e007f}\u2028\u2029\u00ad";
/** The same without what HTTP forbids in a head. */
const inHead = hostile.replace(/(?![\u0080-\u009f])\p{Cc}/gu, "");
/** What makes a line of its own of a name. */
const forged = "\r\n200 OK · signed as canary\n\tSend it? [y/N] y\r";
const noInertCharacter =
  /[^\n\x20-\x7e\u00a0-\u00ac\u00ae-\u061b\u061d-\u200a\u2010-\u2027\u202f-\u205f\u2070-\ud7ff\ue000-\ufefe\uff00-\u{dffff}]/u;

function assertInert(text: string, what: string): void {
  const found = noInertCharacter.exec(text);
  assert.equal(
    found,
    null,
    `${what}: U+${found?.[0].codePointAt(0)?.toString(16)} in ${JSON.stringify(text)}`,
  );
}

/** No line says what only the forged line says. */
function assertNotForged(text: string, what: string): void {
  const lines = text.split("\n").filter((line) => /^\s*(?:200 OK · signed as canary|Send it\?)/.test(line));
  assert.deepEqual(lines, [], `${what}: ${JSON.stringify(text)}`);
}

describe("text from outside", () => {
  let machine: Machine;
  let server: HostileServer;
  let answer = answerOf([]);

  before(async () => {
    machine = await createMachine();
    server = await startHostileServer(() => answer);
    await machine.write(".aws/credentials", credentialsFile());
  });

  after(async () => {
    await server.close();
    await machine.remove();
  });

  const name = `${hostile}${forged}`;
  const inLine = hostile;
  const titled = () => `### ${inLine}\n${head}# @name a${inLine}\nGET ${server.url}/a\nX-A: ${inLine}\n`;

  const plain = () => `${head}GET ${server.url}/a\n`;

  /** A name of a file with everything in it that the file system takes. */
  const fileOf = (text: string) => machine.write(`work/a${name.replaceAll("/", "")}.awsreq`, text);

  /** Command lines, each of which brings hostile text to another sink; `null` in them stands for the file's path. */
  const sinks: readonly (readonly [sink: string, text: () => string, args: readonly (string | null)[]])[] = [
    ["list: title, name, URL", titled, ["list", null]],
    ["list: problems", () => `GET {{a${inLine}}}\nX${inLine}: b\n# @region ${inLine}\n`, ["list", null]],
    ["list: a URL with a tab and a lone escape", () => `GET https://x.invalid/\ta\u009b\n`, ["list", null]],
    ["explain: every line of the breakdown", titled, ["explain", null, "--at", "20260101T000000Z"]],
    ["explain: not signed", () => `# @auth none\nGET ${server.url}/\n`, ["explain", null]],
    ["explain: an unknown profile", titled, ["explain", null, "--profile", name]],
    ["explain: a region from a flag", titled, ["explain", null, "--region", name]],
    ["explain: a role from a flag", titled, ["explain", null, "--role", name]],
    [
      "explain: headings of several",
      () => `${titled()}\n###${inLine}\nGET ${server.url}/\n`,
      ["explain", null, "--all"],
    ],
    ["send: what an answer says", plain, ["send", null, "--include", "--verbose"]],
    [
      "send: what an answer says, of several",
      () => `${plain()}\n###\nGET ${server.url}/\n`,
      ["send", null, "--all"],
    ],
    ["send: checks of a refusal", plain, ["send", null, "--run-checks", "--approve", "canary@127.0.0.1"]],
    [
      "send: headings of several",
      () => `${titled()}\n###${inLine}\nGET ${server.url}/\n`,
      ["send", null, "--all"],
    ],
    ["send: problems of the text", () => `${head}GET https://x.invalid/{{a${inLine}}}\n`, ["send", null]],
    [
      "send: the path of an include",
      () => `${head}POST ${server.url}/\n\n< ./a${inLine}\t\u0085b\n`,
      ["send", null],
    ],
    [
      "send: a variable in the URL",
      () => `${head}GET ${server.url}/{{v}}\n`,
      ["send", null, "--var", `v=${name}`],
    ],
    ["send: a variable as scheme", () => `${head}GET {{v}}://x/\n`, ["send", null, "--var", `v=${name}`]],
    ["send: a variable as host", () => `${head}GET https://{{v}}/\n`, ["send", null, "--var", `v=${name}`]],
    [
      "send: a variable as profile",
      () => `# @profile {{v}}\nGET ${server.url}/\n`,
      ["send", null, "--var", `v=${name}`],
    ],
    [
      "send: a variable in a header",
      () => `${head}GET ${server.url}/\nX-A: {{v}}\n`,
      ["send", null, "--var", `v=${name}`],
    ],
    [
      "send: a variable as path of an include",
      () => `${head}POST ${server.url}/\n\n< ./{{v}}\n`,
      ["send", null, "--var", `v=${name}`],
    ],
    ["send: an unknown environment", titled, ["send", null, "--env", name]],
    ["send: an unknown request", titled, ["send", null, "--request", name]],
    ["send: an approval", titled, ["send", null, "--approve", name]],
    ["send: an output file", titled, ["send", null, "--output", `nowhere/${name}`]],
    ["a file that is not there", titled, ["send", `${name}.awsreq`]],
    ["an unknown command", titled, [name]],
    ["an unknown option", titled, ["send", null, `--${name}`]],
    ["two files", titled, ["send", null, name]],
    ["whoami: an unknown profile", titled, ["whoami", "--profile", name]],
    ["whoami: a request", titled, ["whoami", null, "--profile", name]],
    ["diagnose: a file that is not there", titled, ["diagnose", name]],
    [
      "diagnose: what an answer says",
      () =>
        `HTTP/1.1 403 ${inLine}\r\nx-amzn-errortype: AccessDenied${inLine}\r\n\r\n{"message":${JSON.stringify(`User: ${name} is not authorized to perform: s3:GetObject on resource: ${name}`)}}`,
      ["diagnose", null],
    ],
    ["endpoint: a policy file", titled, ["endpoint", "--policy", name]],
    ["endpoint: a port", titled, ["endpoint", "--port", name]],
  ];

  const hostileAnswer = () =>
    answerOf(
      [`X-A: ${inHead}\t${inHead}`, `Location: ${inHead}`, "x-amzn-errortype: AccessDeniedException"],
      JSON.stringify({
        message: `User: ${name} is not authorized to perform: s3:GetObject on resource: ${name}`,
      }),
      `HTTP/1.1 403 ${inHead}`,
    );

  for (const [sink, text, given] of sinks) {
    it(`is inert in ${sink}`, async function () {
      if (noTerminal !== null) return this.skip();
      answer = hostileAnswer();
      const file = await fileOf(text());
      const args = given.map((arg) => arg ?? file);
      const { screen } = await onTerminal(machine, args);
      assert.notEqual(screen, "");
      assertInert(screen, "on a terminal");
      assertNotForged(screen, "on a terminal");
      assert.match(screen, /\\x9b|\\u202e|\\r\\n|\\u2028/, "hostile text was to be shown");
      const { stderr } = await machine.run(args);
      assertInert(stderr, "standard error");
      assertNotForged(stderr, "standard error");
    });

    it(`is inert in ${sink}, with --json`, async () => {
      answer = hostileAnswer();
      const file = await fileOf(text());
      const args = given.map((arg) => arg ?? file);
      if (args[0] === "endpoint") return;
      const { stdout, stderr } = await machine.run([...args, "--json"]);
      assertInert(stdout + stderr, "--json");
      assert.doesNotThrow(() => JSON.parse(stdout));
    });
  }

  it("is inert in the target of a link", async () => {
    await machine.write("outside.txt", "x");
    await machine.write("work/.git/keep", "");
    await machine.write(`deep${name}/outside.txt`, "x");
    await symlink(join(machine.home, `deep${name}`), join(machine.work, "link"));
    await machine.write("work/link.awsreq", `${head}POST ${server.url}/\n\n< ./link/outside.txt\n`);
    const { stderr } = await machine.run(["send", "link.awsreq"]);
    assert.notEqual(stderr, "");
    assertInert(stderr, "standard error");
    assertNotForged(stderr, "standard error");
  });

  it("is inert in the endpoint's log of requests", async () => {
    const child = machine.start(["endpoint", "--port", "0"]);
    const ended = finished(child);
    const [line] = (await once(child.stdout ?? child, "data")) as [Buffer];
    await fetch(`${String(line).trim()}/prod/${encodeURI(inLine)}`, {
      method: "POST",
      headers: { "x-a": "\x85\x9b" },
    });
    child.kill("SIGTERM");
    const { stderr } = await ended;
    assertInert(stderr, "standard error");
  });

  it("stays the same value in --json", async () => {
    answer = answerOf([`X-A: ${inHead}`], `${name}##[x]\u{1f600}❤\ufe0f\u00e9`, `HTTP/1.1 200 ${inHead}`);
    const file = await machine.write("work/plain.awsreq", `${head}GET ${server.url}/\n`);
    const { stdout } = await machine.run(["send", file, "--json"]);
    const { response } = JSON.parse(stdout).requests[0];
    assert.deepEqual([response.statusText, response.headers[0]], [inHead, ["X-A", inHead]]);
    assert.equal(response.body, `${name}##[x]\u{1f600}❤\ufe0f\u00e9`);
    assert.ok(stdout.includes("\u{1f600}❤\ufe0f\u00e9"));
  });

  it("fault 31: is clipped where a status text is long, in --json it is whole", async () => {
    const reason = "x".repeat(2000);
    answer = answerOf([], "", `HTTP/1.1 200 ${reason}`);
    const file = await machine.write("work/plain.awsreq", `${head}GET ${server.url}/\n`);
    const { stdout, stderr } = await machine.run(["send", file, "--include"]);
    assert.match(stderr, /^200 x{80}… · /);
    assert.match(stdout, /^HTTP\/1\.1 200 x{80}…\n/);
    const json = await machine.run(["send", file, "--json"]);
    assert.equal(JSON.parse(json.stdout).requests[0].response.statusText, reason);
  });

  it("fault 77: says where a redirect leads, and that nobody went there", async () => {
    const file = await machine.write("work/plain.awsreq", `${head}GET ${server.url}/\n`);
    for (const [status, location, shown] of [
      ["301 Moved", "https://other.invalid/a?b=c#d", "https://other.invalid/a?b=c#d"],
      ["302 Found", "//other.invalid/\u009b\u202e", "//other.invalid/\\x9b\\u202e"],
      ["307 X", "/relative", "/relative"],
      ["308 X", `/${"a".repeat(5000)}`, `/${"a".repeat(1999)}…`],
    ] as const) {
      answer = answerOf([`location: ${location}`, "Location: /second"], "", `HTTP/1.1 ${status}`);
      const { stderr, code } = await machine.run(["send", file]);
      assert.equal(code, 0);
      const [, first, second] = stderr.split("\n");
      assert.equal(first, `  → ${shown} (redirects are not followed)`);
      assert.equal(second, "  → /second (redirects are not followed)");
    }
    for (const status of ["304 Not Modified", "201 Created", "300 Multiple Choices"]) {
      answer = answerOf(status.startsWith("300") ? [] : ["Location: /made"], "", `HTTP/1.1 ${status}`);
      assert.ok(!(await machine.run(["send", file])).stderr.includes("→"), status);
    }
  });
});
