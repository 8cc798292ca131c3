import { spawn, spawnSync } from "node:child_process";
import { cliPath, finished, type Machine } from "./cliProcess.ts";

/** Why nothing can be run on a terminal here, or null. */
export const noTerminal: string | null =
  process.platform === "linux" && spawnSync("script", ["--version"]).status === 0
    ? null
    : "there is no `script` of util-linux, which makes a terminal";

/** Runs `awsreq` with a terminal for both of its outputs and gives all that came to the screen. */
export async function onTerminal(
  { home, work }: Pick<Machine, "home" | "work">,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<{ readonly code: number | null; readonly screen: string }> {
  const words = [process.execPath, cliPath, ...args].map((word) => `'${word.replaceAll("'", "'\\''")}'`);
  const child = spawn("script", ["-qfec", words.join(" "), "/dev/null"], {
    cwd: work,
    env: { PATH: process.env["PATH"], SHELL: "/bin/sh", HOME: home, NO_COLOR: "1", ...env },
    stdio: "pipe",
  });
  child.stdin.end();
  const { code, stdout } = await finished(child);
  return { code, screen: stdout.replaceAll("\r\n", "\n") };
}
