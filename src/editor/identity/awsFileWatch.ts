import type * as vscode from "vscode";
import type { TripRunner } from "../trips/loadRunner.ts";
import type { KnownIdentities } from "./knownIdentities.ts";
import { watchFile } from "./watchedFile.ts";

/** Watches the AWS files from the first send on. */
export interface AwsFileWatch extends vscode.Disposable {
  begin(runner: TripRunner): void;
}

/** Credentials in memory are got anew after somebody changed the AWS files. Nothing of the files is read here. */
export function createAwsFileWatch(identities: KnownIdentities): AwsFileWatch {
  const parts: vscode.Disposable[] = [];
  return {
    begin(runner) {
      const machine = runner.thisMachine();
      for (const kind of ["config", "credentials"] as const) {
        const path = runner.awsFilePath(kind, machine);
        const forget = (): void => {
          runner.cache.clear();
          identities.forget();
        };
        if (path !== null) parts.push(watchFile(path, forget));
      }
    },
    dispose() {
      for (const part of parts) part.dispose();
    },
  };
}
