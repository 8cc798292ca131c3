import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { ensureInstalled, root, run } from "./install.mjs";

/**
 * The main job, from a fresh clone: the local endpoint runs, a request is signed and sent, and the signature explained;
 * then the examples open in VS Code.
 */
const endsAfterwards = process.argv.includes("--once");
const cli = join(root, "dist", "cli.js");

ensureInstalled();
run(process.execPath, [join("scripts", "build.mjs")]);

const endpoint = await startEndpoint();
console.error(`\nThe local IAM endpoint listens at ${endpoint.url}. Sending examples/hello.awsreq:\n`);
const code = await send(new URL(endpoint.url).port);
if (endsAfterwards || code !== 0) {
  await endpoint.stop();
  process.exitCode = code;
} else {
  const { port } = new URL(endpoint.url);
  const { openEditor } = await import("./editor.mjs");
  const editor = await openEditor(port);
  console.error(
    [
      "",
      "That was the first request. The endpoint stays up.",
      ...editor.lines,
      "In another terminal:",
      "  node dist/cli.js list examples/pets.awsreq",
      `  node dist/cli.js send examples/pets.awsreq --request add${portHint(endpoint.url)}`,
      `  node dist/cli.js explain examples/pets.awsreq --request awkward${portHint(endpoint.url)}`,
      "Ctrl-C ends it.",
    ].join("\n"),
  );
  for (const signal of ["SIGINT", "SIGTERM"])
    process.on(signal, () => void Promise.all([editor.stop(), endpoint.stop()]));
}

/** The usual port if it is free, else any: somebody else's program on it is no reason to fail. */
async function startEndpoint() {
  return (await endpointOn([])) ?? (await endpointOn(["--port", "0"])) ?? process.exit(1);
}

async function endpointOn(args) {
  const child = spawn(process.execPath, [cli, "endpoint", ...args], {
    cwd: root,
    stdio: ["ignore", "pipe", "ignore"],
  });
  // An installation that fails later ends this process at once; the endpoint must not outlive it.
  process.once("exit", () => child.kill("SIGTERM"));
  const ended = once(child, "exit");
  const lines = createInterface({ input: child.stdout });
  const url = await Promise.race([once(lines, "line").then(([line]) => line), ended.then(() => null)]);
  if (url === null) return null;
  const stop = async () => {
    child.kill("SIGTERM");
    await ended;
  };
  return { url, stop };
}

async function send(port) {
  const args = ["send", join("examples", "hello.awsreq"), "--var", `port=${port}`, "--include", "--verbose"];
  const [status] = await once(
    spawn(process.execPath, [cli, ...args], { cwd: root, stdio: "inherit" }),
    "exit",
  );
  console.log();
  return status ?? 1;
}

function portHint(url) {
  const { port } = new URL(url);
  return port === "8998" ? "" : ` --var port=${port}`;
}
