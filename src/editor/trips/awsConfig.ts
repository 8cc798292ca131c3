import { readFile, realpath, stat } from "node:fs/promises";
import { type AwsFiles, awsFilePath, readAwsConfig } from "../../identity/files/awsFiles.ts";
import type { Machine } from "../../machine.ts";

/** Whose config file it is. */
export type ConfigMachine = Pick<Machine, "env" | "home">;

/** Where the AWS config file is; null when neither its variable nor a home directory is set. */
export function awsConfigPath(machine: ConfigMachine): string | null {
  return awsFilePath("config", machine);
}

/** Something else whenever the AWS config file is another: a file that did not exist is not watched everywhere. */
export async function awsConfigStamp(machine: ConfigMachine): Promise<string> {
  const path = awsConfigPath(machine);
  const found = path === null ? null : await stat(path).catch(() => null);
  return found === null ? "none" : [found.ino, found.size, found.mtimeMs].join(" ");
}

/** Bytes; what people write is far smaller. */
const largest = 1024 * 1024;

/**
 * Names and regions of the AWS config file, for what the editor says beforehand. The credentials file is not read.
 * @param folders workspace folders
 * @throws UserError for a file that cannot be read or understood
 */
export function awsConfigOf(machine: ConfigMachine, folders: readonly string[]): Promise<AwsFiles> {
  const effects = { ...machine, readFile: regularFile, realPath: (path: string) => realpath(path) };
  return readAwsConfig(effects, folders);
}

/** A pipe can be read once only, and is left to the send; such a file says nothing here. */
async function regularFile(path: string): Promise<Uint8Array> {
  const found = await stat(path);
  const isReadable = found.isDirectory() || (found.isFile() && found.size <= largest);
  // Reading a folder fails as it does for the send.
  return isReadable ? readFile(path) : new Uint8Array();
}
