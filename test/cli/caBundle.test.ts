import assert from "node:assert/strict";
import { connect } from "node:net";
import { assumed, calledBy, type RunningSts, type StsCall, startLocalSts } from "../identity/localSts.ts";
import { certificate, type KeyPair } from "../transport/certificates.ts";
import { answer, closeServers, onHead, type RawServer, rawServer, tlsServer } from "../transport/servers.ts";
import { createMachine, credentialsFile, keys, type Machine } from "./cliProcess.ts";

const ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
const arn = "arn:aws:sts::111122223333:assumed-role/ops/me";
const head = "# @region eu-west-1\n# @service execute-api\n";
const role =
  "[profile ops]\nrole_arn = arn:aws:iam::111122223333:role/ops\nsource_profile = canary\nregion = eu-west-1\n";

describe("a CA bundle", () => {
  let machine: Machine;
  let authority: KeyPair;
  let other: KeyPair;
  let pem: string;
  let server: RawServer;
  let sts: RunningSts;
  let connections = 0;
  /** What the server had received before the last send. */
  let seen = "";

  before(async () => {
    machine = await createMachine();
    authority = await certificate({ name: "Corporate Authority", authority: true });
    other = await certificate({ name: "Other Authority", authority: true });
    pem = await machine.write("ca.pem", authority.cert);
    await machine.write("work/ca.pem", authority.cert);
    await machine.write(".aws/credentials", credentialsFile());
    const pair = await certificate({
      issuer: authority,
      names: ["localhost", "sts.corp.example", "api.corp.example"],
    });
    const told = (call: StsCall) =>
      call.fields["Action"] === "AssumeRole" ? assumed(call) : calledBy("111122223333", arn);
    sts = await startLocalSts(told, (id) => (id === keys.accessKeyId ? keys : null), pair);
  });
  beforeEach(async () => {
    connections = 0;
    const pair = await certificate({ issuer: authority, names: ["localhost", "api.corp.example"] });
    server = await tlsServer(pair, (socket) => {
      connections += 1;
      answer(ok)(socket);
    });
    await machine.write(".aws/config", "");
    await machine.write("work/.env", "");
  });
  afterEach(closeServers);
  after(async () => {
    await sts.close();
    await machine.remove();
  });

  const send = async (
    directives: string,
    env: Readonly<Record<string, string>> = {},
    flags: string[] = [],
  ) => {
    seen = server.received();
    await machine.write("work/a.awsreq", `${directives}GET https://localhost:${server.port}/\n`);
    return machine.run(["send", "a.awsreq", ...flags], env);
  };
  const signed = (env: Readonly<Record<string, string>> = {}) =>
    send(`${head}`, env, ["--profile", "canary"]);
  const unsigned = (env: Readonly<Record<string, string>> = {}) => send("# @auth none\n", env);
  const worked = ({ code, stdout, stderr }: Awaited<ReturnType<typeof signed>>) => {
    assert.equal(stderr.includes("E_"), false, stderr);
    assert.deepEqual([code, stdout], [0, "ok"]);
  };
  const untrusted = ({ code, stderr }: Awaited<ReturnType<typeof signed>>) => {
    assert.equal(code, 4, stderr);
    assert.match(stderr, /E_TLS_UNKNOWN_ISSUER/);
    assert.equal(server.received(), seen);
  };
  const local = () => sts.url.replace("127.0.0.1", "localhost");

  it("is needed here", async () => untrusted(await signed()));

  it("of AWS_CA_BUNDLE counts for signed and unsigned requests", async () => {
    worked(await signed({ AWS_CA_BUNDLE: pem }));
    worked(await unsigned({ AWS_CA_BUNDLE: pem }));
    worked(await signed({ AWS_CA_BUNDLE: "ca.pem" }));
  });

  it("of a profile counts for that profile, and for nobody else", async () => {
    await machine.write(".aws/config", `[profile canary]\nca_bundle = ${pem}\n`);
    worked(await signed());
    worked(await signed({ AWS_CA_BUNDLE: "" }));
    await machine.write(".aws/config", `[profile ops]\nca_bundle = ${pem}\n`);
    untrusted(await signed());
  });

  it("of [default] counts where nobody chose a profile, for keys of the environment and unsigned requests", async () => {
    await machine.write(".aws/config", "[default]\nca_bundle = ~/ca.pem\n");
    const env = { AWS_ACCESS_KEY_ID: keys.accessKeyId, AWS_SECRET_ACCESS_KEY: keys.secretAccessKey };
    worked(await send(`# @auth iam\n${head}`, env));
    worked(await unsigned());
    untrusted(await signed());
  });

  it("of AWS_CA_BUNDLE goes before the profile's", async () => {
    const wrong = await machine.write("other.pem", other.cert);
    await machine.write(".aws/config", `[profile canary]\nca_bundle = ${wrong}\n`);
    worked(await signed({ AWS_CA_BUNDLE: pem }));
    untrusted(await signed());
  });

  it("is added: other roots, NODE_EXTRA_CA_CERTS too, count as before", async () => {
    const wrong = await machine.write("other.pem", other.cert);
    worked(await signed({ AWS_CA_BUNDLE: wrong, NODE_EXTRA_CA_CERTS: pem }));
  });

  it("may hold many certificates, text between them, and some that cannot be read", async () => {
    const broken = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----";
    const text = `# Bundle caf\u00e9\n${other.cert}\n${broken}\nCorporate Authority\n===\n${authority.cert}-----BEGIN CERTIFICATE-----\ncut`;
    worked(await signed({ AWS_CA_BUNDLE: await machine.write("many.pem", text) }));
  });

  it("makes no certificate good for another host", async () => {
    await machine.write("work/a.awsreq", `${head}GET https://127.0.0.1:${server.port}/\n`);
    const { stderr } = await machine.run(["send", "a.awsreq", "--profile", "canary"], { AWS_CA_BUNDLE: pem });
    assert.match(stderr, /E_TLS_WRONG_NAME/);
    assert.equal(server.received(), "");
  });

  const voices: readonly (readonly [title: string, env: () => Readonly<Record<string, string>>])[] = [
    ["AWS_CA_BUNDLE", () => ({ AWS_CA_BUNDLE: pem })],
    ["the profile", () => ({})],
  ];
  for (const [title, env] of voices) {
    it(`of ${title} counts for STS: roles and whoami, with a proxy and without`, async () => {
      await machine.write(".aws/config", `${role}ca_bundle = ${title === "the profile" ? pem : ""}\n`);
      const args = ["whoami", "--profile", "ops", "--json"];
      const direct = await machine.run(args, { ...env(), AWS_ENDPOINT_URL_STS: local() });
      assert.equal(direct.code, 0, direct.stdout + direct.stderr);
      assert.equal(JSON.parse(direct.stdout).identities[0].identity.arn, arn);
      const proxy = await proxyTo(Number(new URL(sts.url).port));
      const proxied = await machine.run(args, {
        ...env(),
        AWS_ENDPOINT_URL_STS: "https://sts.corp.example",
        HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`,
      });
      assert.equal(proxied.code, 0, proxied.stdout + proxied.stderr);
    });
  }

  it("is what an error about STS's certificate speaks of", async () => {
    await machine.write(".aws/config", role);
    for (const profile of ["ops", "canary"]) {
      const run = await machine.run(["whoami", "--profile", profile], { AWS_ENDPOINT_URL_STS: local() });
      assert.equal(run.code, 3, run.stdout);
      assert.match(run.stderr, /certificate.*issuer that is not trusted.*E_STS/s);
      assert.match(run.stderr, /→ .*AWS_CA_BUNDLE or NODE_EXTRA_CA_CERTS/s);
      assert.doesNotMatch(run.stderr, /Check the network/);
    }
  });

  describe("that is none stops everything before anything is sent", () => {
    const stopped = async (path: string, what: RegExp, place = "AWS_CA_BUNDLE") => {
      const env: Readonly<Record<string, string>> = place === "AWS_CA_BUNDLE" ? { AWS_CA_BUNDLE: path } : {};
      for (const run of [await signed(env), await unsigned(env)]) {
        if (place !== "AWS_CA_BUNDLE" && run.code === 4) continue;
        assert.equal(run.code, 3, run.stderr);
        const text = run.stderr.replace(/\s+/g, " ");
        assert.match(text, /E_CA_BUNDLE/);
        assert.match(text, what);
        assert.ok(text.includes(place), text);
      }
      assert.equal(connections, 0);
    };
    it("a file that does not exist", () =>
      stopped("/nowhere/ca.pem", /bundle \/nowhere\/ca\.pem .*does not exist/));
    it("a folder", () => stopped(machine.work, /is a directory/));
    it("an empty file", async () => stopped(await machine.write("e.pem", ""), /holds no certificate/));
    it("a key", async () => stopped(await machine.write("k.pem", authority.key), /holds no certificate/));
    it("a broken certificate", async () => {
      const broken = authority.cert.replace(/M[A-Za-z]/g, "!!");
      await stopped(await machine.write("b.pem", broken), /~\/b\.pem .*holds no certificate/);
    });
    it("a file without end", () => stopped("/dev/zero", /is larger than 10 MB/));
    it("one that a profile names", async () => {
      await machine.write(".aws/config", "[profile canary]\nca_bundle = ~/none.pem\n");
      await stopped("", /~\/none\.pem .*does not exist/, "~/.aws/config:2");
    });

    it("for STS too", async () => {
      await machine.write(".aws/config", role);
      const before = sts.calls.length;
      for (const profile of ["ops", "canary"]) {
        const run = await machine.run(["whoami", "--profile", profile], {
          AWS_ENDPOINT_URL_STS: local(),
          AWS_CA_BUNDLE: "/nowhere/ca.pem",
        });
        assert.match(run.stderr, /E_CA_BUNDLE/);
      }
      assert.equal(sts.calls.length, before);
    });
  });

  it("is never taken from a folder: its AWS files, its .env, its request file", async () => {
    const config = await machine.write("work/aws-config", `[profile canary]\nca_bundle = ${pem}\n`);
    const inside = await signed({ AWS_CONFIG_FILE: config });
    assert.equal(inside.code, 3, inside.stderr);
    assert.match(inside.stderr, /E_AWS_FILE_IN_WORKSPACE/);
    assert.equal(connections, 0);
    untrusted(await unsigned({ AWS_CONFIG_FILE: config }));
    await machine.write("work/.env", `AWS_CA_BUNDLE=${pem}\n`);
    untrusted(await signed());
    untrusted(await send(`# @ca-bundle ${pem}\n@AWS_CA_BUNDLE = ${pem}\n# @auth none\n`));
  });
});

function proxyTo(port: number): Promise<RawServer> {
  return rawServer((socket) =>
    onHead(socket, () => {
      const onward = connect(port, "127.0.0.1").on("error", () => undefined);
      onward.once("close", () => socket.destroy());
      socket.once("close", () => onward.destroy());
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      socket.pipe(onward).pipe(socket);
    }),
  );
}
