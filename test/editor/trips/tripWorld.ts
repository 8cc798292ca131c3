import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type EditorTrip, makeTrip } from "../../../src/editor/trips/editorTrip.ts";
import type { TripInput } from "../../../src/editor/trips/tripInput.ts";
import type { PanelFrame } from "../../../src/editor/trips/tripView.ts";
import { type Endpoint, startEndpoint } from "../../../src/endpoint/startEndpoint.ts";
import { type Approval, createTurns } from "../../../src/guard/approvalStore.ts";
import { type CredentialCache, createCredentialCache } from "../../../src/identity/credentialCache.ts";
import type { Machine } from "../../../src/machine.ts";
import type { Answer, Question } from "../../../src/questions.ts";
import { parseRequestFile } from "../../../src/request/parse.ts";
import type { TransferEvent } from "../../../src/transport/sendOptions.ts";

export const keys = {
  accessKeyId: "AKIAEDITORTESTKEY123",
  secretAccessKey: "editor/test/secret/0123456789abcdefghijk",
} as const;

/** A machine with a home and a folder, a running endpoint, and everything that a trip asked and said. */
export interface TripWorld {
  readonly endpoint: Endpoint;
  readonly home: string;
  readonly folder: string;
  readonly machine: Machine;
  readonly questions: Question[];
  readonly approvals: Approval[];
  readonly events: TransferEvent[];
  answer: Answer;
  readonly cache: CredentialCache;
  write(path: string, text: string): Promise<void>;
  make(
    text: string,
    changes?: Partial<TripInput>,
    until?: "sign" | "send",
    signal?: AbortSignal,
  ): Promise<EditorTrip>;
  remove(): Promise<void>;
}

/** Makes such a world; profile `dev` has the endpoint's keys, `wrong` has another secret. */
export async function createTripWorld(env: Readonly<Record<string, string>> = {}): Promise<TripWorld> {
  const root = await mkdtemp(join(tmpdir(), "awsreq-editor-"));
  const [home, folder] = [join(root, "home"), join(root, "folder")];
  const machine: Machine = {
    env,
    home,
    platform: process.platform,
    tmpdir: root,
    uid: process.getuid?.() ?? null,
  };
  const endpoint = await startEndpoint({ credentials: [keys], port: 0 });
  const world: TripWorld = {
    endpoint,
    home,
    folder,
    machine,
    questions: [],
    approvals: [],
    events: [],
    answer: true,
    cache: createCredentialCache(),
    async write(path, text) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), text);
    },
    make: (text, changes = {}, until = "send", signal = new AbortController().signal) =>
      makeTrip({ ...inputFor(text, folder), ...changes }, until, machine, effectsOf(world, signal)),
    async remove() {
      await endpoint.close();
      await rm(root, { recursive: true, force: true });
    },
  };
  await world.write("folder/.keep", "");
  await world.write("home/.aws/credentials", credentials);
  return world;
}

const credentials = `[dev]
aws_access_key_id = ${keys.accessKeyId}
aws_secret_access_key = ${keys.secretAccessKey}

[wrong]
aws_access_key_id = ${keys.accessKeyId}
aws_secret_access_key = not/the/secret/0123456789abcdefghijklmno
`;

/** What the editor knows of a send of the first request of a text. */
export function inputFor(text: string, folder: string): TripInput {
  return {
    text,
    file: parseRequestFile(text),
    line: text.split("\n").findIndex((line) => /^(?:GET|HEAD|POST|PUT|PATCH|DELETE) /.test(line)),
    fileName: "a.awsreq",
    directory: folder,
    folder,
    workspaceFolders: [folder],
    trusted: true,
    environment: null,
    pickedProfile: undefined,
    configuredProfile: undefined,
    configuredRegion: undefined,
    sendAs: null,
    protectedProfiles: [],
    machineCredentials: false,
    sendsAsTyped: false,
    allowPlainHttpHosts: [],
    allowedProcessEnv: [],
    timeout: undefined,
    clockOffset: 0,
    storageDirectory: join(folder, "..", "bodies"),
  };
}

/** Effects that note what was asked and said in the world. */
export function effectsOf(world: TripWorld, signal: AbortSignal): Parameters<typeof makeTrip>[3] {
  return {
    store: {
      load: async () => world.approvals,
      save: async (approval) => void world.approvals.push(approval),
      forget: async () => world.approvals.splice(0).length,
      inTurn: createTurns(),
    },
    ask: async (question) => {
      world.questions.push(question);
      // A yes of these tests is one for the folder.
      return question.kind === "send" && world.answer === true ? "folder" : world.answer;
    },
    cache: world.cache,
    onPrepared: () => undefined,
    onAdvance: () => undefined,
    onTransfer: (event) => void world.events.push(event),
    signal,
  };
}

/** The frame of a panel in which nothing changes. */
export const frame: PanelFrame = {
  trip: 1,
  when: 1_767_225_600_000,
  head: { method: "GET", origin: "", path: "", query: "", title: "", place: "a.awsreq:1" },
  fileName: "a.awsreq",
  restore: { document: "file:///a.awsreq", line: 0, name: null, digest: "d" },
  pinned: false,
  sends: true,
};
