import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { commandHere } from "../cli/commandHere.ts";
import { answer, closeServers, type RawServer, rawServer } from "../transport/servers.ts";

const keys = {
  AWS_ACCESS_KEY_ID: "AKIAREDIRECTREDIRECT",
  AWS_SECRET_ACCESS_KEY: `redirect/secret+${Math.random().toString(36).slice(2)}`,
  AWS_SESSION_TOKEN: `redirect-token/${Math.random().toString(36).slice(2)}==`,
};

/** How a server may name another one. */
const locations: readonly ((port: number) => string)[] = [
  (port) => `http://127.0.0.1:${port}/`,
  (port) => `http://localhost:${port}/a?b#c`,
  (port) => `//127.0.0.1:${port}/`,
  (port) => `HTTP://127.0.0.1:${port}`,
  (port) => `http:\\\\127.0.0.1:${port}\\`,
  (port) => ` http://127.0.0.1:${port}/ `,
  (port) => `http://user:password@127.0.0.1:${port}/`,
  (port) => `http://[::ffff:127.0.0.1]:${port}/`,
];

describe("invariant 5: a redirect to another origin", () => {
  let home: string;
  let second: RawServer;
  before(async () => {
    home = await mkdtemp(join(tmpdir(), "awsreq-redirects-"));
    await mkdir(join(home, ".aws"));
  });
  beforeEach(async () => {
    second = await rawServer(answer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
  });
  afterEach(closeServers);
  after(() => rm(home, { recursive: true, force: true }));

  const here = (env: Readonly<Record<string, string>>) => ({ env, home, cwd: home, tmpdir: home });
  /** A server that leads elsewhere. */
  const leading = (status: number, location: string) =>
    rawServer(answer(`HTTP/1.1 ${status} Go\r\nLocation: ${location}\r\nContent-Length: 0\r\n\r\n`));

  it("is shown, and the other origin is never connected to", async () => {
    const status = fc.constantFrom(300, 301, 302, 303, 304, 305, 306, 307, 308);
    const way = fc.constantFrom(...locations);
    const method = fc.constantFrom("GET", "HEAD", "POST", "DELETE");
    const mode = fc.constantFrom("# @auth iam\n", "# @auth presign 60\n", "# @auth none\n");
    await fc.assert(
      fc.asyncProperty(status, way, method, mode, fc.boolean(), async (code, locate, verb, auth, json) => {
        const first = await leading(code, locate(second.port));
        const scope = auth.includes("none") ? "" : "# @service execute-api\n# @region us-east-1\n";
        const text = `${auth}${scope}${verb} http://127.0.0.1:${first.port}/from\nCookie: session=canary\nX-Amz-Meta-A: canary\n`;
        await writeFile(join(home, "a.awsreq"), text);
        await commandHere(["send", "a.awsreq", ...(json ? ["--json"] : [])], here(keys));
        await first.close();
        assert.match(first.received(), / \/from/);
        assert.equal(second.received(), "");
        assert.equal(second.open(), 0);
      }),
      { numRuns: 60 },
    );
  });

  it("is not followed by who asks for credentials either", async () => {
    const first = await leading(307, `http://127.0.0.1:${second.port}/`);
    const url = `http://127.0.0.1:${first.port}`;
    const pair = `aws_access_key_id = ${keys.AWS_ACCESS_KEY_ID}\naws_secret_access_key = ${keys.AWS_SECRET_ACCESS_KEY}\n`;
    const role =
      "[profile a]\nrole_arn = arn:aws:iam::111122223333:role/a\nsource_profile = base\nregion = eu-west-1\n";
    await writeFile(join(home, ".aws/credentials"), `[base]\n${pair}`);
    await writeFile(join(home, ".aws/config"), role);
    await writeFile(join(home, "a.awsreq"), "# @auth iam\nGET http://127.0.0.1:1/\n");
    for (const [args, env] of [
      [["--profile", "a"], { AWS_ENDPOINT_URL_STS: url }],
      [["--profile", "base"], { AWS_ENDPOINT_URL_STS: url }],
      [
        [],
        { AWS_CONTAINER_CREDENTIALS_FULL_URI: `${url}/keys`, AWS_CONTAINER_AUTHORIZATION_TOKEN: "canary" },
      ],
      [[], { AWS_EC2_METADATA_SERVICE_ENDPOINT: url }],
    ] as const) {
      const before = first.received().length;
      const { code } = await commandHere(["whoami", ...args], here({ ...env, AWS_REGION: "eu-west-1" }));
      assert.notEqual(code, 0);
      assert.ok(first.received().length > before, JSON.stringify(env));
      assert.equal(second.received(), "");
    }
  });
});
