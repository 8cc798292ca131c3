import { homedir } from "node:os";
import * as vscode from "vscode";
import { UserError } from "../../errors.ts";
import { placeOfDocument } from "../documentPlace.ts";
import type { Surroundings } from "../trips/signerPreview.ts";
import type { Picks } from "./picks.ts";
import { watchFile, watchFiles } from "./watchedFile.ts";

/** What was read for the request files of this window. */
export interface FolderKnowledge extends vscode.Disposable {
  /** Read when it is first asked for, and kept until a file changes. */
  of(document: vscode.TextDocument): Promise<Surroundings>;
  readonly onDidChange: vscode.Event<void>;
}

const nothing: Surroundings = {
  environment: { name: null, values: new Map(), files: [] },
  folderVoices: {
    dotenvProfile: undefined,
    dotenvRegion: undefined,
    samProfile: undefined,
    samRegion: undefined,
    problems: [],
  },
  config: { files: [], profiles: new Map(), services: new Map(), misplaced: new Map() },
  error: null,
};

const watched = "**/{http-client.env.json,http-client.private.env.json,.env,samconfig.toml}";

/**
 * Reads environments, `.env`, `samconfig.toml` and names and regions of the AWS config file when a request file is first
 * shown, in a trusted workspace only. The credentials file is not read, nothing is run or contacted. What reads them is a
 * bundle of its own.
 */
export function createFolderKnowledge(picks: Picks): FolderKnowledge {
  const changed = new vscode.EventEmitter<void>();
  const kept = new Map<string, Promise<Surroundings>>();
  const parts: vscode.Disposable[] = [changed];
  const forget = (): void => {
    kept.clear();
    changed.fire();
  };
  const config = createConfigKnowledge(forget);
  return {
    async of(document) {
      if (!vscode.workspace.isTrusted || !isRead.has(document.uri.scheme)) return nothing;
      if (await config.hasChanged()) kept.clear();
      const place = placeOfDocument(document);
      const environment = picks.environment(place.folder);
      const key = JSON.stringify([place.directory, place.folder, environment]);
      const known = kept.get(key);
      if (known !== undefined) return known;
      if (parts.length === 1) parts.push(config, watchFiles(watched, forget));
      const reading = read({ ...place, environment }, config.read);
      kept.set(key, reading);
      return reading;
    },
    onDidChange: changed.event,
    dispose() {
      for (const part of parts) part.dispose();
    },
  };
}

/** Where a request file is looked at as it is sent: comparisons and the like show texts of other places. */
const isRead: ReadonlySet<string> = new Set(["file", "untitled", "vscode-remote"]);

interface Place {
  readonly directory: string;
  readonly folder: string;
  readonly environment: string | null;
}

async function read(place: Place, config: () => Promise<Surroundings["config"]>): Promise<Surroundings> {
  const { environmentOf, folderVoicesOf } = await import("../trips/folderFiles.ts");
  const trusted = { ...place, trusted: true };
  try {
    const machine = thisFolderMachine();
    const { environment } = await environmentOf(trusted, machine);
    const folderVoices = await folderVoicesOf(trusted, machine);
    return { environment, folderVoices, config: await config(), error: null };
  } catch (error) {
    if (error instanceof UserError) return { ...nothing, error };
    throw error;
  }
}

interface ConfigKnowledge extends vscode.Disposable {
  /** True when the file is another than at the last question; what was read of it is forgotten then. */
  readonly hasChanged: () => Promise<boolean>;
  readonly read: () => Promise<Surroundings["config"]>;
}

/** The AWS config file, read once and again after it changed. */
function createConfigKnowledge(onDidChange: () => void): ConfigKnowledge {
  let reading: Promise<Surroundings["config"]> | null = null;
  let watch: vscode.Disposable | null = null;
  let stamp: string | null = null;
  const forget = (): void => {
    reading = null;
    onDidChange();
  };
  return {
    async hasChanged() {
      const { awsConfigPath, awsConfigStamp } = await import("../trips/awsConfig.ts");
      const machine = thisFolderMachine();
      const path = awsConfigPath(machine);
      if (path !== null) watch ??= watchFile(path, forget);
      const now = await awsConfigStamp(machine);
      if (now === stamp) return false;
      stamp = now;
      reading = null;
      return true;
    },
    read() {
      reading ??= readConfig();
      return reading;
    },
    dispose: () => watch?.dispose(),
  };
}

function thisFolderMachine() {
  const { env, platform, getuid } = process;
  const home = homedir();
  return { env, home: home === "" ? null : home, platform, uid: getuid?.() ?? null };
}

async function readConfig(): Promise<Surroundings["config"]> {
  const { awsConfigOf } = await import("../trips/awsConfig.ts");
  const folders = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);
  try {
    return await awsConfigOf(thisFolderMachine(), folders);
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
}
