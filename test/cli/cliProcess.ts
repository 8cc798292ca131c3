import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, isAbsolute, join, resolve } from "node:path";
import type { RequestRecord } from "../../src/endpoint/requestLine.ts";
import { type Endpoint, startEndpoint } from "../../src/endpoint/startEndpoint.ts";
import { commandHere } from "./commandHere.ts";

/** The built command line; `npm test` builds it first. */
export const cliPath = resolve("dist", "cli.js");
if (!existsSync(cliPath)) throw new Error("dist/cli.js is missing: run `npm run build` first.");

/** What a finished process left behind. */
export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A person's machine in a temporary folder: a home, a work folder, and no AWS variable that the tests did not set. */
export interface Machine {
  readonly home: string;
  readonly work: string;
  /** Writes a file below the home folder and gives its path. */
  write(path: string, text: string): Promise<string>;
  /** Starts `awsreq` in the work folder; standard input is a pipe that ends after `input`, or stays open for null. */
  start(args: readonly string[], env?: Readonly<Record<string, string>>, input?: string | null): ChildProcess;
  /**
   * Runs `awsreq` in the work folder: in this process, which is the same and ten times as fast, or in one of its own where
   * the command or Node itself looks at that.
   */
  run(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Finished>;
  remove(): Promise<void>;
}

/** Makes a machine. */
export async function createMachine(): Promise<Machine> {
  const home = await mkdtemp(join(tmpdir(), "awsreq-cli-"));
  const work = join(home, "work");
  await mkdir(work);
  const environment = (env: Readonly<Record<string, string>>) => ({
    PATH: process.env["PATH"],
    HOME: home,
    XDG_RUNTIME_DIR: join(home, "run"),
    ...env,
  });
  const start: Machine["start"] = (args, env = {}, input = "") => {
    const child = spawn(process.execPath, [cliPath, ...args], {
      cwd: work,
      env: environment(env),
      stdio: "pipe",
    });
    child.stdin.on("error", () => undefined);
    if (input !== null) child.stdin.end(input);
    return child;
  };
  return {
    home,
    work,
    async write(path, text) {
      const file = join(home, path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text, { mode: 0o600 });
      return file;
    },
    start,
    run: (args, env = {}) =>
      needsProcess(args, env)
        ? finished(start(args, env))
        : commandHere(args, { env: environment(env), home, cwd: work, tmpdir: env["TMPDIR"] ?? tmpdir() }),
    remove: () => rm(home, { recursive: true, force: true }),
  };
}

/** Relative paths of `--output` and of AWS_CA_BUNDLE are the process's own, so are descriptors; some variables are Node's. */
function needsProcess(args: readonly string[], env: Readonly<Record<string, string>>): boolean {
  const own = args.some((arg) => arg === "-" || arg.startsWith("--output") || arg.startsWith("/dev/"));
  const { AWS_CA_BUNDLE: bundle = "" } = env;
  const isRelative = bundle !== "" && !isAbsolute(bundle);
  return own || isRelative || Object.keys(env).some((name) => name.startsWith("NODE_") || name === "HOME");
}

/** Waits for a process and collects what it wrote. */
export async function finished(child: ChildProcess): Promise<Finished> {
  const texts = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name]?.setEncoding("utf8").on("data", (text: string) => {
      texts[name] += text;
    });
  }
  const [code] = (await once(child, "close")) as [number | null];
  return { code, ...texts };
}

/** Keys that the tests' endpoint knows. Each run has its own, so that a leak cannot hide behind an example. */
export const keys = {
  accessKeyId: "AKIACANARYCLIEXAMPLE",
  secretAccessKey: `canary/secret+${Math.random().toString(36).slice(2)}/of=the+cli`,
};

/** An endpoint that notes what it received. */
export async function startNotedEndpoint(
  options: { sessionToken?: string; service?: string } = {},
): Promise<Endpoint & { readonly records: RequestRecord[] }> {
  const records: RequestRecord[] = [];
  const { sessionToken, service } = options;
  const endpoint = await startEndpoint({
    port: 0,
    credentials: [{ ...keys, ...(sessionToken === undefined ? {} : { sessionToken }) }],
    ...(service === undefined ? {} : { service }),
    onRequest: (record) => records.push(record),
  });
  return { ...endpoint, records };
}

/** An AWS credentials file with the profile `canary`. */
export function credentialsFile(sessionToken?: string): string {
  const token = sessionToken === undefined ? "" : `aws_session_token = ${sessionToken}\n`;
  return `[canary]\naws_access_key_id = ${keys.accessKeyId}\naws_secret_access_key = ${keys.secretAccessKey}\n${token}`;
}
