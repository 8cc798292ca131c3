import * as vscode from "vscode";
import type { Sourced } from "../../stages.ts";

/** What the person picked: a profile for as long as this window lasts or for a folder, and an environment for a folder. */
export interface Picks {
  /** Beats `# @profile`. */
  sessionProfile(folder: string): Sourced<string> | undefined;
  /** Beats the setting, not `# @profile`. */
  folderProfile(folder: string): Sourced<string> | undefined;
  pickProfile(folder: string, profile: string, reach: "session" | "folder"): Promise<void>;
  /** Takes both picks of a folder back. */
  unpickProfile(folder: string): Promise<void>;
  /** Null when none was picked. */
  environment(folder: string): string | null;
  pickEnvironment(folder: string, environment: string | null): Promise<void>;
  readonly onDidChange: vscode.Event<void>;
}

const profileKey = "awsreq.profileByFolder";
const environmentKey = "awsreq.environmentByFolder";

/** Picks are kept in the workspace's own state on this machine, never in its files. */
export function createPicks(memento: vscode.Memento): Picks & vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const session = new Map<string, string>();
  const keep = async (key: string, folder: string, value: string | null): Promise<void> => {
    const kept = new Map(stored(memento, key));
    if (value === null) kept.delete(folder);
    else kept.set(folder, value);
    await memento.update(key, [...kept]);
    changed.fire();
  };
  return {
    sessionProfile: (folder) => sourced(session.get(folder), "picked for this session"),
    folderProfile: (folder) => sourced(stored(memento, profileKey).get(folder), "picked for this folder"),
    pickProfile: async (folder, profile, reach) => {
      if (reach === "folder") return keep(profileKey, folder, profile);
      session.set(folder, profile);
      changed.fire();
    },
    unpickProfile: (folder) => {
      session.delete(folder);
      return keep(profileKey, folder, null);
    },
    environment: (folder) => stored(memento, environmentKey).get(folder) ?? null,
    pickEnvironment: (folder, environment) => keep(environmentKey, folder, environment),
    onDidChange: changed.event,
    dispose: () => changed.dispose(),
  };
}

function sourced(value: string | undefined, source: string): Sourced<string> | undefined {
  return value === undefined ? undefined : { value, source };
}

/** Pairs of folder and value; anything else in the state is not ours. */
function stored(memento: vscode.Memento, key: string): ReadonlyMap<string, string> {
  const value: unknown = memento.get(key);
  const pairs = Array.isArray(value) ? value : [];
  return new Map(pairs.filter(isPair));
}

function isPair(value: unknown): value is [string, string] {
  return Array.isArray(value) && typeof value[0] === "string" && typeof value[1] === "string";
}
