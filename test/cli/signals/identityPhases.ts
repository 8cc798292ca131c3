import { join } from "node:path";
import { noTerminal } from "../onTerminal.ts";
import {
  hasReceived,
  isWritten,
  type SignalPhase,
  type SignalWorld,
  signed,
  silentServer,
  startIn,
  startOnTerminal,
  until,
} from "./world.ts";

const noKeys = { AWS_ACCESS_KEY_ID: "", AWS_SECRET_ACCESS_KEY: "" };
const commands = ["send", "explain", "whoami"];
const capture = "HTTP/1.1 403 Forbidden\r\nContent-Type: application/json\r\n\r\n{}";

/** Waiting for credentials from a server: a container's agent, an instance's metadata, STS. */
const asking: readonly SignalPhase[] = commands.flatMap((command) => [
  {
    name: `${command}, asking a container's agent`,
    async start(world: SignalWorld) {
      const server = await silentServer();
      const url = `http://127.0.0.1:${server.port}/keys`;
      const file = await world.write("work/a.awsreq", signed(9));
      const child = startIn(world, [command, file, ...approved("container")], {
        ...noKeys,
        AWS_CONTAINER_CREDENTIALS_FULL_URI: url,
      });
      await hasReceived(server, "GET /keys");
      return child;
    },
  },
  {
    name: `${command}, asking an instance's metadata`,
    async start(world: SignalWorld) {
      const server = await silentServer();
      const file = await world.write("work/a.awsreq", signed(9));
      const child = startIn(world, [command, file, ...approved("instance")], {
        ...noKeys,
        AWS_EC2_METADATA_DISABLED: "",
        AWS_EC2_METADATA_SERVICE_ENDPOINT: `http://127.0.0.1:${server.port}`,
      });
      await hasReceived(server, "PUT ");
      return child;
    },
  },
  ...[false, true].map((isThroughProxy) => ({
    name: `${command}, asking STS for a role${isThroughProxy ? " by a proxy" : ""}`,
    async start(world: SignalWorld) {
      const server = await silentServer();
      const here = `http://127.0.0.1:${server.port}`;
      await world.write(".aws/config", roleProfile);
      const file = await world.write("work/a.awsreq", signed(9));
      const env: Record<string, string> = isThroughProxy
        ? { HTTPS_PROXY: here, AWS_ENDPOINT_URL_STS: "https://sts.corp.example" }
        : { AWS_ENDPOINT_URL_STS: here };
      const child = startIn(world, [command, file, "--profile", "ops"], { ...noKeys, ...env });
      await hasReceived(server, isThroughProxy ? "CONNECT " : "AssumeRole");
      return child;
    },
  })),
]);

function approved(signer: string): readonly string[] {
  return ["--approve", `${signer}@127.0.0.1:9`];
}

const roleProfile = [
  "[profile ops]",
  "role_arn = arn:aws:iam::111122223333:role/ops",
  "source_profile = base",
  "region = us-east-1",
  "[profile base]",
  "aws_access_key_id = AKIASIGNALSEXAMPLE00",
  `aws_secret_access_key = ${"signals".repeat(6)}`,
  "[profile coded]",
  "role_arn = arn:aws:iam::111122223333:role/ops",
  "source_profile = base",
  "mfa_serial = arn:aws:iam::111122223333:mfa/me",
  "region = us-east-1",
  "",
].join("\n");

/** A credential process that does not end, with a child of its own. */
const processes: readonly SignalPhase[] = [...commands, "diagnose"].map((command) => ({
  name: `${command}, waiting for a credential process`,
  async start(world: SignalWorld) {
    const started = join(world.home, "started");
    const script = await world.write("slow.sh", `sleep 600 &\necho $! > ${started}\nwait\n`);
    await world.write(".aws/config", `[profile slow]\ncredential_process = /bin/sh ${script}\n`);
    const file = await world.write("work/a.awsreq", command === "diagnose" ? capture : signed(9));
    const child = startIn(world, [command, file, "--profile", "slow"], noKeys);
    await isWritten(started);
    return child;
  },
}));

/** Questions on a terminal; Ctrl-C is a key there, which the terminal or the reader of lines makes something of. */
const questions: readonly SignalPhase[] = (
  [
    ["for a second factor", "coded", "Six digits:"],
    ["whether to sign, and to run a credential process", "slow", "N]"],
  ] as const
).flatMap(([what, profile, prompt]) =>
  [false, true].map((byKey) => ({
    name: `send, asking ${what}${byKey ? ", Ctrl-C typed" : ""}`,
    async start(world: SignalWorld) {
      await world.write(".aws/config", `${roleProfile}[profile slow]\ncredential_process = /bin/sleep 600\n`);
      const place = profile === "slow" ? `# @profile slow\n` : "";
      const file = await world.write("work/a.awsreq", `${place}${signed(9)}`);
      const named = profile === "slow" ? [] : ["--profile", profile];
      const terminal = startOnTerminal(world, ["send", file, ...named], noKeys);
      let screen = "";
      terminal.stdout?.on("data", (bytes: Buffer) => {
        screen += bytes.toString();
      });
      await until(() => screen.includes(prompt));
      if (byKey) {
        const kill = terminal.kill;
        terminal.kill = (signal) =>
          signal === "SIGINT" ? terminal.stdin?.write("\x03") === true : kill(signal);
      }
      return terminal;
    },
  })),
);

export const identityPhases: readonly SignalPhase[] = [
  ...asking,
  ...processes,
  ...(noTerminal === null ? questions : []),
];
