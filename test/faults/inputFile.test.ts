import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { answering, type RawServer } from "../transport/servers.ts";
import { answeredWith } from "./answered.ts";
import { type FaultWorld, faultCases, run, type Scenario, signed } from "./matrix.ts";

const ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
const kept = { status: 200, body: "ok", complete: true } as const;

/** A file that a server's address is put into. */
async function file(
  text: (url: string) => string | Uint8Array,
  more: Partial<Scenario> | ((server: RawServer) => Partial<Scenario>) = {},
): Promise<Scenario> {
  const server = await answering(ok);
  const rest = typeof more === "function" ? more(server) : more;
  return { text: text(`http://127.0.0.1:${server.port}`), ...rest };
}

/** Below the two lines that sign it. */
const request = (text: (url: string) => string, more: Parameters<typeof file>[1] = {}) =>
  file((url) => `${signed}${text(url)}`, more);
const taken = (text: (url: string) => string) => request(text, { kept });
/** Whose bytes arrive. */
const arriving = (text: (url: string) => string, ...bytes: readonly string[]) =>
  request(text, (server) => ({
    kept,
    also: () => {
      const received = Buffer.from(server.received(), "latin1").toString("utf8");
      for (const part of bytes) assert.ok(received.includes(part), received);
    },
  }));

async function withEnvironment(world: FaultWorld, json: string, args: readonly string[] = []) {
  await world.write("work/http-client.env.json", json);
  return request((url) => `GET ${url}/{{x}}\n`, { args });
}

faultCases(106, {
  empty: () => file(() => ""),
  "comments only": () => file(() => "# a\n// b\n"),
  "a method without a URL": () => file(() => "POST\n"),
  "a misspelt method": () => taken((url) => `GTE ${url}/\n`),
  "a blank in the URL": () => arriving((url) => `GET ${url}/a b\n`, "GET /a%20b HTTP/1.1"),
  "no host": () => request(() => "GET http:///x\n"),
  "an unknown variable": () => request((url) => `GET ${url}/{{nowhere}}\n`),
  "a circle of variables": () => request((url) => `@a = {{b}}\n@b = {{a}}\nGET ${url}/{{a}}\n`),
  "an unclosed variable": () => request((url) => `GET ${url}/{{x\n`),
  "an environment that there is not": (world) =>
    withEnvironment(world, '{"dev": {"x": "1"}}', ["--env", "dve"]),
  "an environment file that is no JSON": (world) => withEnvironment(world, '{\n"dev": {"x": 1,\n}}'),
  "an environment file of another form": (world) => withEnvironment(world, "[]"),
  "a private environment that git does not ignore": async (world) => {
    await world.write("work/.git/HEAD", "ref: refs/heads/main\n");
    await world.write("work/.git/objects/x", "");
    await world.write("work/.git/refs/x", "");
    await world.write("work/http-client.private.env.json", '{"dev": {"x": "private-value"}}');
    return request((url) => `GET ${url}/{{x}}\n`, { kept });
  },
  "### in the midst of a line, and twice": () =>
    arriving((url) => `GET ${url}/a###b\n###\n### c\n`, "GET /a"),
  "CRLF, LF and CR": () =>
    arriving((url) => `GET ${url}/\r\nA: 1\nB: 2\rC: 3\r\n`, "\r\nA: 1\r\nB: 2\r\nC: 3\r\n"),
  "a byte order mark": () => file((url) => `\ufeff${signed}GET ${url}/\n`, { kept }),
  tabs: () => arriving((url) => `\tGET\t${url}/x\t\nA:\t1\n`, "GET /x HTTP/1.1", "\r\nA: 1\r\n"),
  "a line of more than 1 MB": () => request((url) => `POST ${url}/\n\n${"x".repeat(1024 * 1024 + 1)}`),
  "a file of more than 5 MB": () => request((url) => `GET ${url}/\n${"# x\n".repeat(1_400_000)}`),
  "100 000 lines": () => taken((url) => `GET ${url}/\n\n###\n${"# x\n".repeat(100_000)}`),
  "half a surrogate pair": () =>
    file((url) => Buffer.concat([Buffer.from(`${signed}GET ${url}/`), Buffer.from([0xed, 0xa0, 0x80])])),
  "a bidirectional character": () => request((url) => `GET ${url}/\u202ex\n`),
  "a header without a colon": () => request((url) => `GET ${url}/\nAccept text/plain\n`),
  "a header twice": () => arriving((url) => `GET ${url}/\nX-A: 1\nx-a: 2\n`, "\r\nX-A: 1\r\nx-a: 2\r\n"),
  "a folded header": () => request((url) => `GET ${url}/\nA: x\n  y z\n`),
  "a header that is not ASCII": () => arriving((url) => `GET ${url}/\nX-N: Zoë ✓\n`, "\r\nX-N: Zoë ✓\r\n"),
  "CR and LF from a variable": () =>
    request((url) => `GET ${url}/\nA: {{v}}\n`, { args: ["--var", "v=a\r\nB: c"] }),
  "a body with ### in it": () => arriving((url) => `POST ${url}/\n\na ### b\n ### c`, "a ### b\n ### c"),
  "blanks at the ends of lines": () =>
    arriving((url) => `POST ${url}/  \nA: 1  \n\nb  `, "\r\nA: 1\r\n", "b  "),
  "the file itself as its body": () => arriving((url) => `PUT ${url}/\n\n< ./case.awsreq`, "< ./case.awsreq"),
  "two Host headers": () => request((url) => `GET ${url}/\nHost: a\nHost: b\n`),
});

const keeping = async (world: FaultWorld, path: string, more: Partial<Scenario> = {}) =>
  request((url) => `GET ${url}/\n`, { args: ["--output", join(world.work, path)], ...more });

faultCases(107, {
  "80 columns": () => request((url) => `GET ${url}/\n`, { args: ["--verbose"], kept }),
  "--output exists": async (world) => {
    await world.write("work/there.bin", "old");
    return keeping(world, "there.bin", {
      also: async () => assert.equal(await readFile(join(world.work, "there.bin"), "utf8"), "ok"),
    });
  },
  "--output cannot be written": (world) => keeping(world, "nowhere/there.bin"),
  "a question in CI": async (world) => {
    await world.write(
      ".aws/credentials",
      "[dev]\naws_access_key_id = AKIADEVDEVDEVDEVDEV1\naws_secret_access_key = s\n",
    );
    return { text: `# @profile dev\n${signed}DELETE https://api.example.test/\n`, env: { CI: "true" } };
  },
  "workflow commands in a body": async (world) => {
    const scenario = await answeredWith([], "::error::x\n", { env: { GITHUB_ACTIONS: "true" } }, "400 Bad");
    assert.ok(world.work);
    return scenario;
  },
  "control characters in a body": () =>
    answeredWith(["Content-Type: text/plain"], "a\u0007b\n", { terminal: true }),
});

/** What `run` gives is what a process would: the matrix rests on it. */
describe("the matrix", () => {
  it("ends a command line that nobody understands with 2", async () => {
    const { code, stderr } = await run({ home: "/", work: "/" }, ["sned"], {});
    assert.deepEqual([code, /E_USAGE/.test(stderr)], [2, true]);
  });
});
