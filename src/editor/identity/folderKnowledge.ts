import { homedir } from "node:os";
import * as vscode from "vscode";
import { placeOfDocument } from "../documentPlace.ts";
import type { Picks } from "./picks.ts";
import type { SignerVoices } from "./signerGuess.ts";

/** What the files around a request file say about who signs. */
export type Known = Pick<SignerVoices, "around" | "variables">;

/** What was read of the folders of this window. */
export interface FolderKnowledge extends vscode.Disposable {
  /** What is known now; reading begins when it was not read yet, and `onDidChange` tells of its end. */
  of(document: vscode.TextDocument): Known;
  readonly onDidChange: vscode.Event<void>;
}

const nothing: Known = {
  around: {
    dotenvProfile: undefined,
    dotenvRegion: undefined,
    samProfile: undefined,
    samRegion: undefined,
  },
  variables: new Map(),
};

const watched = "**/{http-client.env.json,http-client.private.env.json,.env,samconfig.toml}";

/**
 * Reads environments, `.env` and `samconfig.toml` when a request file is first shown, in a trusted workspace only. No AWS
 * file is read, nothing is run or contacted. What reads them is a bundle of its own.
 */
export function createFolderKnowledge(picks: Picks): FolderKnowledge {
  const changed = new vscode.EventEmitter<void>();
  const kept = new Map<string, Known>();
  const parts: vscode.Disposable[] = [changed];
  const forget = (): void => {
    kept.clear();
    changed.fire();
  };
  const watch = (): void => {
    const watcher = vscode.workspace.createFileSystemWatcher(watched);
    parts.push(
      watcher,
      watcher.onDidChange(forget),
      watcher.onDidCreate(forget),
      watcher.onDidDelete(forget),
    );
  };
  return {
    of(document) {
      if (!vscode.workspace.isTrusted || document.uri.scheme !== "file") return nothing;
      const place = placeOfDocument(document);
      const environment = picks.environment(place.folder);
      const key = JSON.stringify([place.directory, place.folder, environment]);
      const known = kept.get(key);
      if (known !== undefined) return known;
      if (parts.length === 1) watch();
      kept.set(key, nothing);
      void read({ ...place, environment }).then((found) => {
        // A change of the files in between asks for another reading.
        if (kept.get(key) !== nothing || found === nothing) return;
        kept.set(key, found);
        changed.fire();
      });
      return nothing;
    },
    onDidChange: changed.event,
    dispose() {
      for (const part of parts) part.dispose();
    },
  };
}

interface Place {
  readonly directory: string;
  readonly folder: string;
  readonly environment: string | null;
}

/** Files that cannot be understood leave it at nothing: sending says what is wrong with them. */
async function read(place: Place): Promise<Known> {
  const { environmentOf, folderVoicesOf } = await import("../trips/folderFiles.ts");
  const trusted = { ...place, trusted: true };
  const { env, platform, getuid } = process;
  const machine = { env, home: homedir() || null, platform, uid: getuid?.() ?? null };
  const [around, variables] = await Promise.all([
    folderVoicesOf(trusted, machine).catch(() => nothing.around),
    environmentOf(trusted, machine).then(
      ({ environment }) => new Map([...environment.values].map(([name, { text }]) => [name, text])),
      () => nothing.variables,
    ),
  ]);
  return { around, variables };
}
