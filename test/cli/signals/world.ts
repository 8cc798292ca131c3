import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { type RawServer, rawServer } from "../../transport/servers.ts";
import { cliPath, createMachine, type Machine } from "../cliProcess.ts";

/** Where one command is started and interrupted: a machine, and servers that do what the phase needs. */
export interface SignalWorld extends Machine {
  readonly env: Readonly<Record<string, string>>;
  /** Files that must not be left behind. */
  readonly leftFiles: () => readonly string[];
  /** Processes of this machine that still run, by their ids. */
  readonly leftProcesses: () => readonly number[];
  /** Rejects when a command ends while its phase is still waited for. */
  readonly endedEarly: Promise<never>;
  /** Runs what a phase has to tidy up, as servers that are processes. */
  readonly afterwards: (tidy: () => unknown) => void;
  /** Makes a FIFO in the work folder and gives its path. */
  readonly fifo: (name: string) => string;
}

/** What each phase signs with, unless it says otherwise. */
const signer = {
  AWS_ACCESS_KEY_ID: "AKIASIGNALSEXAMPLE00",
  AWS_SECRET_ACCESS_KEY: "signals".repeat(6),
  AWS_REGION: "us-east-1",
  AWS_EC2_METADATA_DISABLED: "true",
};

/** A world whose temporary folder is its own, so that what is left in it can be seen. */
export async function createSignalWorld(): Promise<SignalWorld> {
  const machine = await createMachine();
  const tmp = join(machine.home, "tmp");
  mkdirSync(tmp);
  const env = { TMPDIR: tmp, ...signer };
  let endEarly: (error: Error) => void = () => undefined;
  const endedEarly = new Promise<never>((_, reject) => {
    endEarly = reject;
  });
  endedEarly.catch(() => undefined);
  const tidyings: (() => unknown)[] = [];
  return {
    ...machine,
    env,
    start(...args) {
      const child = machine.start(...args);
      child.once("exit", (code) =>
        endEarly(new Error(`It ended with ${code} before its phase was reached.`)),
      );
      return child;
    },
    endedEarly,
    afterwards: (tidy) => tidyings.push(tidy),
    async remove() {
      for (const tidy of tidyings) tidy();
      await machine.remove();
    },
    leftFiles: () => [
      ...readdirSync(tmp).filter((name) => name.startsWith("awsreq")),
      ...readdirSync(machine.home, { recursive: true, encoding: "utf8" }).filter((name) =>
        /\.(?:part|tmp|awsreq-body)$/.test(name),
      ),
    ],
    leftProcesses: () => processesOf(machine.home),
    fifo(name) {
      const path = join(machine.work, name);
      execFileSync("mkfifo", [path]);
      return path;
    },
  };
}

/** Waits until something holds; each condition here is one that the phase itself brings about. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await pause(5);
}

/** Resolves when a process has opened a path. */
export function hasOpened({ pid }: ChildProcess, path: string): Promise<void> {
  return until(() => descriptorsOf(pid ?? 0).includes(path));
}

/** Resolves when a file is there and is not empty. */
export function isWritten(path: string): Promise<void> {
  return until(() => existsSync(path) && readFileSync(path).length > 0);
}

/** Resolves when the server has received a text. */
export function hasReceived(server: RawServer, text: string): Promise<void> {
  return until(() => server.received().includes(text));
}

/** A server that takes everything and says nothing. */
export function silentServer(): Promise<RawServer> {
  return rawServer(() => undefined);
}

/** Resolves when a process is connecting, and is not answered: Linux calls that SYN_SENT and numbers it 02. */
export function isConnecting({ pid }: ChildProcess): Promise<void> {
  return until(() => {
    const rows = readFileSync("/proc/net/tcp", "utf8").split("\n");
    const inodes = rows.map((row) => row.trim().split(/\s+/)).filter(([, , , state]) => state === "02");
    const links = descriptorsOf(pid ?? 0);
    return inodes.some((columns) => links.includes(`socket:[${columns[9]}]`));
  });
}

/** A phase: `start` resolves when the process is in it. */
export interface SignalPhase {
  readonly name: string;
  readonly start: (world: SignalWorld) => Promise<ChildProcess>;
}

/** Starts a command; its output is read unless told otherwise, and its input ends unless it is null. */
export function startIn(
  world: SignalWorld,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  { input = "", reads = true }: { readonly input?: string | null; readonly reads?: boolean } = {},
): ChildProcess {
  const child = world.start(args, { ...world.env, ...env }, input);
  if (reads) child.stdout?.resume();
  return child;
}

/** Starts a command on a terminal of its own; what kills it reaches the command, and not the terminal. */
export function startOnTerminal(
  world: SignalWorld,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): ChildProcess {
  const pid = join(world.home, "pid");
  const words = [process.execPath, cliPath, ...args].map((word) => `'${word}'`);
  const terminal = spawn("script", ["-qefc", `echo $$ > ${pid}; exec ${words.join(" ")}`, "/dev/null"], {
    cwd: world.work,
    env: { PATH: process.env["PATH"], SHELL: "/bin/sh", HOME: world.home, ...world.env, ...env },
    stdio: "pipe",
  });
  const kill = (signal?: NodeJS.Signals | number) => process.kill(Number(readFileSync(pid, "utf8")), signal);
  return Object.assign(terminal, { kill });
}

/** A request that is not signed. */
export function unsigned(url: string): string {
  return `# @auth none\nGET ${url}\n`;
}

/** A request that is signed, to a port of this machine. */
export function signed(port: number): string {
  return `# @auth iam\n# @service execute-api\nGET http://127.0.0.1:${port}/prod/pets\n`;
}

function descriptorsOf(pid: number): readonly string[] {
  try {
    const folder = `/proc/${pid}/fd`;
    return readdirSync(folder).map((name) => linkOr(join(folder, name)));
  } catch {
    return [];
  }
}

function linkOr(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return "";
  }
}

function processesOf(home: string): readonly number[] {
  if (process.platform !== "linux") return [];
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && environmentOf(name).includes(`HOME=${home}\0`))
    .map(Number);
}

/** Without those that have ended and are only yet to be reaped. */
function environmentOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, "utf8");
  } catch {
    return "";
  }
}
