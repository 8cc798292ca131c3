import * as vscode from "vscode";

/** The log of this window. What is written has been redacted before. */
export interface Log extends vscode.Disposable {
  info(line: string): void;
  /** A bug: its stack goes into the log, never a request's values. */
  bug(what: string, error: unknown): void;
  show(): void;
}

/** The channel is made when something is first written or shown. */
export function createLog(): Log {
  let channel: vscode.LogOutputChannel | null = null;
  const opened = (): vscode.LogOutputChannel => {
    channel ??= vscode.window.createOutputChannel("awsreq", { log: true });
    return channel;
  };
  return {
    info: (line) => opened().info(line),
    bug: (what, error) => opened().error(`${what}: ${stackOf(error)}`),
    show: () => opened().show(),
    dispose: () => channel?.dispose(),
  };
}

/** Where it happened. A bug's message may hold anything, so it stays out. */
function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  return [error.name, ...frames].join("\n");
}
