import { hostname } from "node:os";
import * as vscode from "vscode";

/** The machine that the profiles are of: with SSH, WSL, containers and Codespaces not the one with the screen. */
export function machineName(): string {
  const { remoteName } = vscode.env;
  return remoteName === undefined ? hostname() : `${hostname()} (${remoteName})`;
}
