import { hasOpened, type SignalPhase, type SignalWorld, signed, startIn } from "./world.ts";

const commands = ["send", "explain", "list", "whoami", "diagnose"];

/** Reading what a person names: a FIFO without a writer, standard input that does not end. */
const named: readonly SignalPhase[] = commands.flatMap((command) => [
  {
    name: `${command}, reading a FIFO without a writer`,
    async start(world: SignalWorld) {
      const path = world.fifo("file");
      const child = startIn(world, [command, path]);
      await hasOpened(child, path);
      return child;
    },
  },
  {
    name: `${command}, reading standard input that does not end`,
    async start(world: SignalWorld) {
      const child = startIn(world, [command, "-"], {}, { input: null });
      // More than a pipe holds: it is taken as the command reads.
      await new Promise((resolve) => child.stdin?.write("# a line\n".repeat(30_000), resolve));
      return child;
    },
  },
]);

const policy: SignalPhase = {
  name: "endpoint, reading a policy from a FIFO",
  async start(world) {
    const path = world.fifo("policy");
    const child = startIn(world, ["endpoint", "--port", "0", "--policy", path]);
    await hasOpened(child, path);
    return child;
  },
};

const noKeys = { AWS_ACCESS_KEY_ID: "", AWS_SECRET_ACCESS_KEY: "" };
const role = { AWS_ROLE_ARN: "arn:aws:iam::111122223333:role/ops", ...noKeys };
const container = { AWS_CONTAINER_CREDENTIALS_FULL_URI: "http://127.0.0.1:9/keys", ...noKeys };

const settings: readonly (readonly [
  what: string,
  variable: string,
  env: Readonly<Record<string, string>>,
])[] = [
  ["the AWS config", "AWS_CONFIG_FILE", { AWS_PROFILE: "one" }],
  ["the AWS credentials", "AWS_SHARED_CREDENTIALS_FILE", { AWS_PROFILE: "one" }],
  ["a web identity token", "AWS_WEB_IDENTITY_TOKEN_FILE", role],
  ["a container's token", "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", container],
  ["a CA bundle", "AWS_CA_BUNDLE", {}],
];

/** Files that settings name. */
const bySetting: readonly SignalPhase[] = settings.flatMap(([what, variable, env]) =>
  ["send", "explain", "whoami"]
    .filter((command) => command === "send" || variable !== "AWS_CA_BUNDLE")
    .map((command) => ({
      name: `${command}, reading ${what} from a FIFO`,
      async start(world: SignalWorld) {
        const file = await world.write("work/a.awsreq", signed(9));
        const path = world.fifo("setting");
        const approved = ["--approve", "environment@loopback", "--approve", "container@loopback"];
        const args = [command, file, ...(command === "whoami" ? [] : approved)];
        const child = startIn(world, args, { ...env, [variable]: path });
        await hasOpened(child, path);
        return child;
      },
    })),
);

export const readingPhases: readonly SignalPhase[] = [...named, policy, ...bySetting];
