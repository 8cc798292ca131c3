import assert from "node:assert/strict";
import { createServer } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { assumed, calledBy, type StsCall, startLocalSts } from "../identity/localSts.ts";
import { certificate } from "../transport/certificates.ts";
import { answering, closeServers } from "../transport/servers.ts";
import { createMachine, credentialsFile, keys } from "./cliProcess.ts";

/** A CONNECT proxy that leads every name to one loopback port. */
async function startProxy(port: number) {
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer();
  server.on("connect", (message, socket: Socket) => {
    asked.push(message.url ?? "");
    const onward = connect(port, "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      onward.pipe(socket).pipe(onward);
    });
    for (const one of [onward, socket]) {
      sockets.add(one);
      one.on("error", () => one.destroy());
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    asked,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

describe("STS behind a proxy", () => {
  const head = "HTTP/1.1 200 OK\r\n";
  for (const [what, bytes, said] of [
    ["that refuses", "HTTP/1.1 407 Who\r\nContent-Length: 0\r\n\r\n", /the proxy answered 407/],
    ["whose head does not end", `${head}${"X-More: x\r\n".repeat(100_000)}`, /HPE_HEADER_OVERFLOW/],
    ["that speaks no HTTP", "SSH-2.0-OpenSSH\r\n\r\n", /HPE_INVALID/],
  ] as const) {
    it(`fault 20: a proxy ${what} is named`, async () => {
      const proxy = await answering(bytes);
      const machine = await createMachine();
      try {
        const role = "role_arn = arn:aws:iam::111122223333:role/ops\nsource_profile = canary\n";
        await machine.write(".aws/credentials", credentialsFile());
        await machine.write(".aws/config", `[profile ops]\n${role}region = eu-west-1\n`);
        const { code, stderr } = await machine.run(["whoami", "--profile", "ops"], {
          AWS_ENDPOINT_URL_STS: "https://sts.corp.example",
          HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`,
        });
        assert.equal(code, 3);
        assert.match(stderr, said);
        while (proxy.open() > 0) await new Promise(setImmediate);
      } finally {
        await machine.remove();
        await closeServers();
      }
    });
  }

  it("is reached through it, for roles and for whoami, end to end over TLS", async () => {
    const arn = "arn:aws:sts::111122223333:assumed-role/ops/me";
    const pair = await certificate({ name: "sts", names: ["sts.corp.example"] });
    const answer = (call: StsCall) =>
      call.fields["Action"] === "AssumeRole" ? assumed(call) : calledBy("111122223333", arn);
    const sts = await startLocalSts(answer, (id) => (id === keys.accessKeyId ? keys : null), pair);
    const proxy = await startProxy(Number(new URL(sts.url).port));
    const machine = await createMachine();
    try {
      await machine.write(".aws/credentials", credentialsFile());
      const role =
        "role_arn = arn:aws:iam::111122223333:role/ops\nsource_profile = canary\nregion = eu-west-1\n";
      await machine.write(".aws/config", `[profile ops]\n${role}`);
      const { code, stdout, stderr } = await machine.run(["whoami", "--profile", "ops", "--json"], {
        AWS_ENDPOINT_URL_STS: "https://sts.corp.example",
        HTTPS_PROXY: proxy.url,
        NODE_EXTRA_CA_CERTS: await machine.write("ca.pem", pair.cert),
      });
      assert.equal(code, 0, stdout + stderr);
      assert.equal(JSON.parse(stdout).identities[0].identity.arn, arn);
      assert.deepEqual(proxy.asked, ["sts.corp.example:443", "sts.corp.example:443"]);
      assert.deepEqual(
        sts.calls.map(({ fields, signed }) => [fields["Action"], signed]),
        [
          ["AssumeRole", true],
          ["GetCallerIdentity", true],
        ],
      );
    } finally {
      proxy.close();
      await sts.close();
      await machine.remove();
    }
  });
});
