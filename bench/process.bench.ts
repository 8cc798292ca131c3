import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEndpoint } from "../src/endpoint/startEndpoint.ts";
import { type Contender, measure, report } from "./measure.ts";

const keys = { accessKeyId: "AKIABENCHMARKEXAMPLE", secretAccessKey: "bench".repeat(8) };

/** Whole processes, from spawn to exit, as a script would run them. */
async function compare(): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), "awsreq-bench-home-"));
  const endpoint = await startEndpoint({ port: 0, credentials: [keys] });
  try {
    const file = join(home, "pets.awsreq");
    writeFileSync(file, `# @region us-east-1\n# @service execute-api\nGET ${endpoint.url}/prod/pets\n`);
    const env = {
      PATH: process.env["PATH"],
      HOME: home,
      AWS_ACCESS_KEY_ID: keys.accessKeyId,
      AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
    };
    const user = `${keys.accessKeyId}:${keys.secretAccessKey}`;
    const curl = [
      "-sf",
      "--aws-sigv4",
      "aws:amz:us-east-1:execute-api",
      "--user",
      user,
      `${endpoint.url}/prod/pets`,
    ];
    const contenders: Contender[] = [
      { name: "node -e 0", run: () => finished(process.execPath, ["-e", "0"], env) },
      {
        name: "awsreq send",
        run: () => finished(process.execPath, [join("dist", "cli.js"), "send", file], env),
      },
    ];
    if (await works("curl", curl, env))
      contenders.push({ name: "curl --aws-sigv4", run: () => finished("curl", curl, env) });
    const claims = [{ subject: "awsreq send", against: "node -e 0", limit: 2.5 }];
    if (!report("A signed GET as a process", await measure(contenders, 15, 2), claims)) process.exitCode = 1;
  } finally {
    await endpoint.close();
    rmSync(home, { recursive: true, force: true });
  }
}

async function finished(command: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  const [code] = await once(spawn(command, args, { env, stdio: "ignore" }), "exit");
  if (code !== 0) throw new Error(`${command} ended with ${code}`);
}

/** curl is there on most machines, but SigV4 only since 7.75. */
function works(command: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<boolean> {
  return finished(command, args, env).then(
    () => true,
    () => false,
  );
}

void compare();
