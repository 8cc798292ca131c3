import assert from "node:assert/strict";
import { sign } from "../../src/signing/sign.ts";
import type { Header } from "../../src/stages.ts";
import { createMachine, credentialsFile, finished, keys, type Machine } from "./cliProcess.ts";

const host = "a1b2.execute-api.eu-west-1.amazonaws.com";
const token = "canary-session-token-0123456789";
const cookie = "canary-cookie-0123456789";

/** The lines of a request that a program signed, its path encoded once only where told so. */
async function signedLines(path: string, doubleEncode: boolean): Promise<readonly string[]> {
  const headers: Header[] = [
    { name: "Host", value: host, origin: "default" },
    { name: "Cookie", value: cookie, origin: "typed" },
  ];
  const target = { typed: "", scheme: "https:", host, port: 443, authority: host, path, query: null };
  const signed = await sign(
    { method: "GET", target, headers, body: new Uint8Array() },
    { ...keys, sessionToken: token },
    { region: "eu-west-1", regionSource: "", service: "execute-api", serviceSource: "" },
    {
      mode: "header",
      payload: "signed",
      contentSha256Header: false,
      normalizePath: true,
      doubleEncode,
      tokenAfterSigning: false,
    },
    new Date("2026-01-02T03:04:05Z"),
  );
  return [`GET ${path} HTTP/1.1`, ...signed.headers.map(({ name, value }) => `${name}: ${value}`)];
}

const answer = [
  "< HTTP/1.1 403 Forbidden",
  "< x-amzn-errortype: InvalidSignatureException",
  "< ",
  '{"message":"The request signature we calculated does not match the signature you provided."}',
];

describe("a request from elsewhere, signed again with a profile", () => {
  let machine: Machine;
  before(async () => {
    machine = await createMachine();
    await machine.write(
      ".aws/credentials",
      `${credentialsFile(token)}[other]\naws_access_key_id = AKIAOTHEROTHEROTHER0\naws_secret_access_key = ${"o".repeat(40)}\n`,
    );
  });
  after(() => machine.remove());

  async function diagnosed(text: string, ...args: string[]) {
    const { code, stdout } = await finished(machine.start(["diagnose", "-", "--json", ...args], {}, text));
    assert.equal(code, 0, stdout);
    return { stdout, result: JSON.parse(stdout).results[0] };
  }

  const forms: Readonly<Record<string, (lines: readonly string[]) => string>> = {
    "curl -v": (lines) => [...lines.map((line) => `> ${line}`), "> ", ...answer].join("\n"),
    "raw HTTP": (lines) => `${lines.join("\r\n")}\r\n\r\n`,
    "a curl command": ([first = "", ...headers]) =>
      `curl 'https://${host}${first.split(" ")[1]}' \\\n  ${headers.map((line) => `-H '${line}'`).join(" \\\n  ")}`,
    "a HAR": ([first = "", ...headers]) =>
      JSON.stringify({
        log: {
          entries: [
            {
              request: {
                method: "GET",
                url: `https://${host}${first.split(" ")[1]}`,
                headers: headers.map((line) => ({
                  name: line.slice(0, line.indexOf(":")),
                  value: line.slice(line.indexOf(":") + 2),
                })),
              },
              response: { status: 403, headers: [], content: { text: answer.at(-1) } },
            },
          ],
        },
      }),
  };
  for (const [name, write] of Object.entries(forms)) {
    it(`${name}: the path was encoded once, and that is proved`, async () => {
      const text = write(await signedLines("/prod/a%3Ab", false));
      const { stdout, result } = await diagnosed(text, "--profile", "canary");
      assert.equal(result.verification.outcome, "differs");
      assert.deepEqual(
        [result.findings[0].cause, result.findings[0].certainty],
        ["sig-path-encoding", "proved"],
      );
      for (const secret of [token, cookie, keys.secretAccessKey, keys.accessKeyId])
        assert.ok(!stdout.includes(secret), `${secret} in ${stdout}`);
    });

    it(`${name}: signed well, it is not the signature`, async () => {
      const text = write(await signedLines("/prod/a%3Ab", true));
      const { result } = await diagnosed(text, "--profile", "canary");
      assert.equal(result.verification.outcome, "right");
      assert.ok(result.findings.every(({ cause }: { cause: string }) => !cause.startsWith("sig-")));
    });
  }

  it("says when the profile has another key, and when there is no signature", async () => {
    const text = forms["raw HTTP"]?.(await signedLines("/prod/a", true)) ?? "";
    assert.equal((await diagnosed(text, "--profile", "other")).result.verification.outcome, "other key");
    const plain = "GET / HTTP/1.1\r\nHost: a.example\r\n\r\n";
    assert.equal((await diagnosed(plain, "--profile", "other")).result.verification.outcome, "no signature");
  });

  it("says on the terminal how it was signed", async () => {
    const text = forms["raw HTTP"]?.(await signedLines("/prod/a%3Ab", false)) ?? "";
    const { stdout } = await finished(machine.start(["diagnose", "--profile", "canary"], {}, text));
    assert.match(
      stdout,
      /^profile "canary" gives another signature, and why is known\.\nproved: The path was signed/,
    );
    assert.match(stdout, /signed as "\/prod\/a%3Ab"; for the service it is "\/prod\/a%253Ab"/);
  });

  it("a profile that is not there stops it", async () => {
    const { code, stderr } = await finished(
      machine.start(["diagnose", "--profile", "nobody"], {}, "GET / HTTP/1.1\n\n"),
    );
    assert.equal(code, 3, stderr);
    assert.match(stderr, /nobody/);
  });
});
