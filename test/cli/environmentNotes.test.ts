import assert from "node:assert/strict";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { closeServers } from "../transport/servers.ts";
import { type WireServer, wireServer } from "../trip/wireServer.ts";
import { createMachine, finished, type Machine } from "./cliProcess.ts";
import { documentOf } from "./outputSchema.ts";

describe("request and environment files on the command line", () => {
  let machine: Machine;
  let server: WireServer;
  before(async () => {
    machine = await createMachine();
    server = await wireServer();
  });
  after(() => Promise.all([machine?.remove(), closeServers()]));

  const url = (path: string) => `# @auth none\nGET http://127.0.0.1:${server.port}/${path}\n`;
  const send = async (environment: unknown, path: string, args: readonly string[] = []) => {
    await machine.write("work/http-client.env.json", JSON.stringify(environment));
    await machine.write("work/t.awsreq", url(path));
    return machine.run(["send", "t.awsreq", ...args]);
  };

  const sent: readonly (readonly [what: string, environment: unknown, path: string, line: string])[] = [
    ["nested values", { dev: { api: { key: "k" } } }, "{{api.key}}", "/k"],
    ["a literal key before a path", { dev: { api: { key: "k" }, "api.key": "l" } }, "{{api.key}}", "/l"],
    ["entries of a list", { dev: { list: ["a", { b: 1 }] } }, "{{list.0}}/{{list.1.b}}", "/a/1"],
    [
      "values beside what other tools keep there",
      {
        $schema: "https://a.example/schema.json",
        $shared: { $default_headers: { "X-Tenant": "demo" } },
        $default: "x",
        dev: { host: "h", Security: { Auth: { id: { Type: "OAuth2" } } } },
      },
      "{{host}}",
      "/h",
    ],
  ];
  for (const [what, environment, path, line] of sent) {
    it(`sends ${what}`, async () => {
      const { code, stderr } = await send(environment, path);
      assert.equal(code, 0, stderr);
      assert.equal(server.taken().line, `GET ${line} HTTP/1.1`);
    });
  }

  const explained: readonly (readonly [what: string, environment: unknown, path: string, why: RegExp])[] = [
    [
      "which environments define it",
      { dev: { b: "1" }, prod: { b: "2" } },
      "{{b}}",
      /dev and prod define it: choose one with --env \(in VS Code: Select Environment\)/,
    ],
    ["that it is left out", { dev: { n: null } }, "{{n}}", /env\.json:1:13: n is left out: .* not null/],
    [
      "that it is an object",
      { dev: { api: { key: "k" } } },
      "{{api}}",
      /name a value in it, as \{\{api\.name\}\}/,
    ],
    ["that it is a list", { dev: { l: ["k"] } }, "{{l}}", /as \{\{l\.0\}\}/],
  ];
  for (const [what, environment, path, why] of explained) {
    it(`says beside the error, and in the document, ${what}`, async () => {
      const { code, stderr } = await send(environment, path);
      assert.equal(code, 2);
      assert.match(stderr, why);
      const { stdout } = await machine.run(["send", "t.awsreq", "--json"]);
      const { requests, problems } = JSON.parse(stdout) as {
        requests: { error: { message: string } }[];
        problems: { message: string }[];
      };
      assert.match(requests[0]?.error.message ?? "", why);
      assert.match(problems.map(({ message }) => message).join("\n"), why);
      assert.throws(() => server.taken());
    });
  }

  it("shows no private value that is a whole header, or in an authorisation that was encoded", async () => {
    await machine.write("work/http-client.env.json", "{}");
    await machine.write(
      "work/http-client.private.env.json",
      JSON.stringify({ $shared: { me: "X-Custom: canary-header-value", pair: "alice canary-password" } }),
    );
    await machine.write("work/t.awsreq", `${url("a").trim()}\n{{me}}\nAuthorization: Basic {{pair}}\n`);
    const encoded = Buffer.from("alice:canary-password").toString("base64");
    for (const more of [["--verbose"], ["--json"]]) {
      const { code, stdout, stderr } = await machine.run(["send", "t.awsreq", ...more]);
      assert.equal(code, 0, stderr);
      const { headers } = server.taken();
      assert.deepEqual(headers, ["X-Custom: canary-header-value", `Authorization: Basic ${encoded}`]);
      assert.doesNotMatch(stdout + stderr, /canary/);
      assert.ok(!`${stdout}${stderr}`.includes(encoded));
    }
    await rm(join(machine.work, "http-client.private.env.json"));
  });

  it("tells what is odd about the environment when nothing is sent, too", async () => {
    const { code, stderr } = await send({ dev: { n: null } }, "{{other}}");
    assert.equal(code, 2);
    assert.match(stderr, /note: the environment is "dev", the only one/);
    assert.match(stderr, /note: .*env\.json:1:13: n is left out/);
  });

  it("tells the same in the document", async () => {
    await machine.write("work/http-client.env.json", JSON.stringify({ dev: { n: null } }));
    const profile = "# @profile dev\n\n### one\n";
    await machine.write("work/noted.http", `${profile}GET http://127.0.0.1:${server.port}/a\n`);
    const { stdout } = await machine.run(["send", "noted.http", "--json"]);
    server.taken();
    const { notes, problems } = documentOf(stdout);
    assert.match(notes.join("\n"), /the environment is "dev", the only one/);
    assert.match(notes.join("\n"), /env\.json:1:13: n is left out/);
    assert.deepEqual(
      problems.map(({ code, line }) => [code, line]),
      [["H_NOT_SIGNED", 4]],
    );
  });

  const body = `# @auth none\nPOST http://127.0.0.1:PORT/a\nContent-Type: application/json\n\n{"name":"José"}`;
  const file = () => body.replace("PORT", String(server.port));

  it("refuses files that are neither UTF-8 nor UTF-16, at their byte", async () => {
    await send({}, "");
    server.taken();
    await writeFile(join(machine.work, "t.awsreq"), file(), "latin1");
    for (const args of [
      ["send", "t.awsreq"],
      ["list", "t.awsreq"],
      ["explain", "t.awsreq"],
    ]) {
      const { code, stderr } = await machine.run(args);
      assert.equal(code, 2);
      assert.match(stderr, /t\.awsreq:5:13: the byte 0xE9 is not UTF-8.*\(E_FILE_ENCODING\)/);
    }
    const { stdout } = await machine.run(["send", "t.awsreq", "--json"]);
    assert.equal((JSON.parse(stdout) as { error: { code: string } }).error.code, "E_FILE_ENCODING");
    const piped = machine.start(["send", "-"], {}, null);
    piped.stdin?.end(Buffer.from(file(), "latin1"));
    assert.match((await finished(piped)).stderr, /standard input:5:13/);
    await writeFile(join(machine.work, "http-client.env.json"), '{"dev":{"a":"\xe9"}}', "latin1");
    await machine.write("work/t.awsreq", url("a"));
    const environment = await machine.run(["send", "t.awsreq"]);
    assert.equal(environment.code, 2);
    assert.match(environment.stderr, /http-client\.env\.json:1:14: .*\(E_ENVIRONMENT_ENCODING\)/);
    assert.throws(() => server.taken());
  });

  it("reads UTF-16 and a byte order mark, and sends UTF-8", async () => {
    await machine.write("work/http-client.env.json", "\ufeff{}");
    for (const bytes of [
      Buffer.from(`\ufeff${file()}`, "utf16le"),
      Buffer.from(`\ufeff${file()}`, "utf16le").swap16(),
      Buffer.from(`\ufeff${file()}`),
    ]) {
      await writeFile(join(machine.work, "t.awsreq"), bytes);
      assert.equal((await machine.run(["send", "t.awsreq"])).code, 0);
      assert.equal(server.taken().body, '{"name":"José"}');
    }
  });
});
