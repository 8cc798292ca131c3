import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createMachine, type Machine } from "./cliProcess.ts";
import { type CountingServer, startCountingServer } from "./countingServer.ts";
import { noTerminal, onTerminal } from "./onTerminal.ts";
import { documentOf } from "./outputSchema.ts";

const unsigned = "# @auth none\n";

describe("which requests of a file are sent", () => {
  let machine: Machine;
  let server: CountingServer;

  before(async () => {
    machine = await createMachine();
    server = await startCountingServer();
  });

  after(async () => {
    await server.close();
    await machine.remove();
  });

  /** Runs `awsreq COMMAND a.http` on this text and tells what came of it and what arrived. */
  async function run(command: "send" | "explain", text: string, ...args: readonly string[]) {
    await machine.write("work/a.http", text);
    const before = server.arrived.length;
    const ran = await machine.run([command, "a.http", ...args]);
    const lines = server.arrived.slice(before).map(({ method, url }) => `${method} ${url}`);
    return { ...ran, lines };
  }
  const send = (text: string, ...args: readonly string[]) => run("send", text, ...args);

  const asking: readonly (readonly [directive: string, says: RegExp])[] = [
    ["# @note Really delete everything?", /“Really delete everything\?”/],
    ["# @note", /asks before it is sent/],
    ["// @confirm", /asks before it is sent/],
    ["# @confirm = Really?", /“Really\?”/],
    ["# @confirm Delete {{what}}?\n@what = pets", /“Delete pets\?”/],
    ["# @note Not a variable: {{nowhere}}", /“Not a variable: \{\{nowhere\}\}”/],
    ["# @note One\n# @note Two\n# @confirm Three", /“One”, “Two” and “Three”/],
  ];
  for (const [directive, says] of asking) {
    it(`sends nothing where nobody can answer ${JSON.stringify(directive)}`, async () => {
      const text = `${unsigned}${directive}\nDELETE ${server.url}/pets\n`;
      const { code, stderr, lines } = await send(text);
      assert.deepEqual([code, lines], [3, []], stderr);
      assert.match(stderr, /E_NOT_APPROVED/);
      assert.match(stderr, says);
      assert.match(stderr, /→ .*add --confirm\./);
      const confirmed = await send(text, "--confirm");
      assert.deepEqual([confirmed.code, confirmed.lines], [0, ["DELETE /pets"]], confirmed.stderr);
      const explained = await run("explain", text);
      assert.deepEqual([explained.code, explained.lines], [0, []], explained.stderr);
    });
  }

  it("sends the other requests of --all, and asks in the preamble's words for each", async () => {
    const text = `# @confirm Production?\n\n###\n${unsigned}GET ${server.url}/1\n###\n${unsigned}GET ${server.url}/2\n`;
    const { code, lines, stderr } = await send(text, "--all");
    assert.deepEqual([code, lines], [3, []], stderr);
    assert.equal(stderr.match(/“Production\?”/g)?.length, 2, stderr);
    assert.deepEqual((await send(text, "--all", "--confirm")).lines, ["GET /1", "GET /2"]);
    const one = `${unsigned}GET ${server.url}/1\n###\n${unsigned}# @note\nGET ${server.url}/2\n###\n${unsigned}GET ${server.url}/3\n`;
    assert.deepEqual((await send(one, "--all")).lines, ["GET /1", "GET /3"]);
  });

  it("answers nothing but @note and @confirm with --confirm", async () => {
    const text = `# @profile p\n# @region us-east-1\n# @service execute-api\n# @confirm\nGET https://a.example.com/\n`;
    await machine.write(".aws/credentials", "[p]\naws_access_key_id = AKIAP\naws_secret_access_key = s\n");
    const { code, stderr } = await send(text, "--confirm");
    assert.equal(code, 3);
    assert.match(stderr, /E_NOT_APPROVED[\s\S]*--approve p@a\.example\.com\./);
    const approved = await send(text);
    assert.match(approved.stderr, /--approve p@a\.example\.com --confirm\./);
  });

  it("never shows a private value in what is asked", async () => {
    await machine.write("work/http-client.private.env.json", '{"dev":{"key":"hush-hush-hush"}}');
    await machine.write("work/.gitignore", "*.private.env.json\n");
    const { code, stderr } = await send(
      `${unsigned}# @confirm Use {{key}}?\nGET ${server.url}/\n`,
      "--env",
      "dev",
    );
    await machine.write("work/http-client.private.env.json", "{}");
    assert.equal(code, 3, stderr);
    assert.match(stderr, /E_NOT_APPROVED/);
    assert.doesNotMatch(stderr, /hush/);
  });

  it("leaves out with --all what is @disabled, and says so", async () => {
    const one = (path: string, more = "") => `${unsigned}${more}GET ${server.url}${path}\n`;
    const text = [
      one("/1"),
      `# @name off\n${one("/2", "# @disabled\n")}`,
      one("/3", "// @disabled true\n"),
      one("/4", "# @disabled false\n"),
      one("/5", "# @disabled !this.token\n"),
    ].join("###\n");
    const all = await send(text, "--all");
    assert.deepEqual([all.code, all.lines], [0, ["GET /1", "GET /4"]], all.stderr);
    assert.match(all.stderr, /### off \(line \d+\)\nskipped: @disabled\n/);
    assert.equal(all.stderr.match(/^skipped: @disabled$/gm)?.length, 3, all.stderr);
    assert.match(all.stderr, /a\.http:\d+:\d+: warning: .*W_DISABLED_CONDITION/);
    const { requests } = documentOf((await send(text, "--all", "--json")).stdout);
    assert.deepEqual(
      requests.map(({ skipped, response }) => [skipped, response === null]),
      [
        [null, false],
        ["@disabled", true],
        ["@disabled", true],
        [null, false],
        ["@disabled", true],
      ],
    );
    const named = await send(text, "--request", "off");
    assert.deepEqual([named.code, named.lines], [0, ["GET /2"]], named.stderr);
    assert.match(named.stderr, /note: .*@disabled/);
    assert.deepEqual((await send(text, "--line", String(text.split("\n").length - 1))).lines, ["GET /5"]);
    const sole = await send(one("/6", "# @disabled\n"));
    assert.deepEqual([sole.code, sole.lines], [2, []], sole.stderr);
    assert.match(sole.stderr, /E_SELECT[\s\S]*--line 3/);
    assert.equal((await send(one("/6", "# @disabled\n"), "--all")).code, 0);
  });

  it("says nothing of other tools' words for what awsreq does anyway", async () => {
    const words = "# @no-redirect\n# @no-cookie-jar\n// @no-log\n";
    const { code, stderr } = await send(`${unsigned}${words}GET ${server.url}/\n`);
    assert.deepEqual([code, /warning|hint/.test(stderr)], [0, false], stderr);
  });

  it("takes a commented variable for a comment", async () => {
    const text = `@region = eu-west-1\n# @region = us-east-1\n// @token = x\n\n### pets\n# @service execute-api\n# @profile p\nGET https://127.0.0.1:1/{{region}}\n`;
    await machine.write(".aws/config", "[profile p]\nregion = eu-north-1\n");
    const { code, stdout, stderr } = await run("explain", text, "--json");
    const { problems, requests } = documentOf(stdout);
    assert.deepEqual([code, problems], [0, []], stderr);
    assert.equal(requests[0]?.signing?.region, "eu-north-1");
    const without = await run(
      "explain",
      text.replace("@region = eu", "@area = eu").replace("{{region}}", ""),
      "--json",
    );
    assert.equal(documentOf(without.stdout).requests[0]?.signing?.region, "us-east-1");
  });

  it("tells of each script once, at its place", async () => {
    const text = `${unsigned}GET ${server.url}/1\n\n> {% client.log(1) %}\n\n###\n${unsigned}GET ${server.url}/2\n\n> ./check.js\n`;
    const { stderr, lines } = await send(text, "--all");
    assert.deepEqual(lines, ["GET /1", "GET /2"]);
    assert.deepEqual(stderr.match(/^a\.http:\d+:1: warning: .*W_SCRIPT/gm)?.length, 2, stderr);
    assert.equal(stderr.match(/W_SCRIPT/g)?.length, 2);
  });

  it("sends with --all what can be sent, and reports the rest", async () => {
    const text = [
      `${unsigned}GET ${server.url}/1\n`,
      `### broken\n${unsigned}GET ${server.url}/{{nowhere}}\n`,
      `###\nGET http://undecided.example/\n`,
      `###\n< {% x %}\nGET ${server.url}/script\n`,
      `### last\n${unsigned}GET ${server.url}/5\n`,
    ].join("\n");
    await machine.write("work/a.awsreq", text);
    const before = server.arrived.length;
    const all = await machine.run(["send", "a.awsreq", "--all"]);
    const sent = () => server.arrived.slice(before).map(({ url }) => url);
    assert.deepEqual([all.code, sent()], [2, ["/1", "/5"]], all.stderr);
    assert.match(all.stderr, new RegExp(`### GET ${server.url}/1 \\(line 2\\)`));
    assert.match(all.stderr, /### broken \(line \d+\)\n.*not sent.*E_VARIABLE_UNKNOWN/);
    assert.match(all.stderr, /^a\.awsreq:9:1: error: undecided\.example is.*E_AUTH_UNDECIDED/m);
    assert.match(
      all.stderr,
      /### GET http:\/\/undecided\.example\/ \(line 9\)\nerror: not sent, because nothing/,
    );
    const json = await machine.run(["send", "a.awsreq", "--all", "--json"]);
    assert.equal(json.code, 2);
    assert.deepEqual(
      documentOf(json.stdout).requests.map(({ error, response }) => error?.code ?? response?.status),
      [200, "E_VARIABLE_UNKNOWN", "E_AUTH_UNDECIDED", "E_SCRIPT", 200],
    );
    const explained = await machine.run(["explain", "a.awsreq", "--all"]);
    assert.equal(explained.code, 2);
    assert.match(explained.stdout, /a\.awsreq:2 is not signed[\s\S]*a\.awsreq:\d+ is not signed/);
  });

  const worst: readonly (readonly [string, number])[] = [
    ["http://127.0.0.1:1/", 4],
    ["http://169.254.169.254/", 3],
  ];
  for (const [url, code] of worst) {
    it(`ends --all with ${code} before the 2 of a request with an error in its text`, async () => {
      const text = `${unsigned}GET ${url}\n###\n${unsigned}GET ${server.url}/{{nowhere}}\n`;
      const { code: ended, stderr } = await send(text, "--all");
      assert.equal(ended, code, stderr);
    });
  }

  it("selects by title: exactly, then without case, after a name", async () => {
    const one = (title: string, path: string, more = "") =>
      `### ${title}\n${more}${unsigned}GET ${server.url}${path}\n\n`;
    const text =
      one("List pets", "/1") +
      one("list PETS", "/2") +
      one("Other", "/3") +
      one("x", "/4", "# @name Other\n") +
      one("Same", "/5") +
      one("Same", "/6") +
      one("Größe", "/7");
    const wanted: readonly (readonly [string, string])[] = [
      ["List pets", "/1"],
      ["list PETS", "/2"],
      ["Other", "/4"],
      ["OTHER", "/3"],
      ["GRÖSSE", ""],
      ["GRÖßE", "/7"],
      ["", ""],
    ];
    for (const [title, path] of wanted) {
      const { lines, code } = await send(text, `--request=${title}`);
      assert.deepEqual([lines, code], path === "" ? [[], 2] : [[`GET ${path}`], 0], title);
    }
    for (const title of ["LIST PETS", "Same", "same"]) {
      const { code, stderr } = await send(text, "--request", title);
      assert.equal(code, 2);
      assert.match(stderr, /E_SELECT/);
      const [first, second] = title.toLowerCase() === "same" ? [20, 24] : [3, 7];
      assert.match(stderr, new RegExp(`lines ${first} and ${second}`), stderr);
    }
    const none = await send(text, "--request", "List pest");
    assert.match(none.stderr, /did you mean `List pets`[\s\S]*"List pets" \(line 3 GET /);
  });

  it("heads an untitled request with its method and URL, in which nothing secret is shown", async () => {
    const target = `${server.url.replace("//", "//ann:hunter2hunter2@")}/x?token=hunter2hunter2&limit=1`;
    const { stderr } = await send(
      `${unsigned}GET ${server.url}/x?api_key=hunter2hunter2&limit=1\n###\nGET {{nowhere}}/y\n###\nGET ${target}\n`,
      "--all",
    );
    assert.match(stderr, new RegExp(`^### GET ${server.url}/x\\?api_key=.*&limit=1 \\(line 2\\)$`, "m"));
    assert.match(stderr, /^### GET \{\{nowhere\}\}\/y \(line 4\)$/m);
    assert.doesNotMatch(stderr, /hunter2/);
  });
});

describe("text on a terminal", () => {
  it("is laid out anew only when all of it is one JSON value", async function () {
    if (noTerminal !== null) this.skip();
    const texts = ["[INFO] a,b {c: d}, [1]\n[WARN] x , y\n", "{a:b}\n", "[section]\nkey = 1\n", "[1][2]\n"];
    const server = createServer(({ url }, response) => {
      response.setHeader("Content-Type", "text/plain");
      response.end(texts[Number(url?.slice(1))] ?? '{"a":[1,2]}');
    });
    await new Promise<void>((done) => {
      server.listen(0, "127.0.0.1", () => done());
    });
    const machine = await createMachine();
    try {
      const { port } = server.address() as AddressInfo;
      for (const [index, text] of [...texts, '{\n  "a": [\n    1,\n    2\n  ]\n}'].entries()) {
        await machine.write("work/t.awsreq", `${unsigned}GET http://127.0.0.1:${port}/${index}\n`);
        const { screen } = await onTerminal(machine, ["send", "t.awsreq"]);
        assert.ok(screen.includes(`\n${text}`), screen);
      }
    } finally {
      server.closeAllConnections();
      server.close();
      await machine.remove();
    }
  });
});
