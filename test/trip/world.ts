import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import type { Surroundings } from "../../src/cli/surroundings.ts";
import { resolveContext, tripEffects } from "../../src/cli/tripEffects.ts";
import { noFolderVoices } from "../../src/identity/choice/folderVoices.ts";
import { completeTrip } from "../../src/pipeline.ts";
import { noEnvironment } from "../../src/request/environments.ts";
import { parseRequestFile } from "../../src/request/parse.ts";
import { prepareTrip } from "../../src/trip/prepareTrip.ts";
import type { Trip } from "../../src/trip/trip.ts";
import type { TripChoices } from "../../src/trip/tripChoices.ts";
import type { TripEffects } from "../../src/trip/tripEffects.ts";
import { type KnownCaller, whoAmI } from "../../src/trip/whoAmI.ts";

/** A place to make trips from, without a process around it. */
export interface World {
  readonly home: string;
  /** Sends (or only signs) the first request of a text. */
  trip(text: string, changes?: Partial<TripChoices>, until?: "sign" | "send"): Promise<Trip>;
  /** Asks whose credentials those are that sign where no request says anything. */
  whoAmI(changes?: Partial<TripChoices>): Promise<KnownCaller>;
  remove(): Promise<void>;
}

/** Makes a world with these environment variables and an empty home; `adapt` changes what its trips do to the world. */
export async function createWorld(
  env: Readonly<Record<string, string>>,
  adapt: (effects: TripEffects) => TripEffects = (effects) => effects,
): Promise<World> {
  const home = await mkdtemp(join(tmpdir(), "awsreq-trip-"));
  const surroundings: Surroundings = {
    env,
    home,
    cwd: home,
    platform: process.platform,
    tmpdir: home,
    uid: process.getuid?.() ?? null,
    stdin: () => new PassThrough(),
    stdout: new PassThrough(),
    stderr: new PassThrough(),
    exactStdout: new PassThrough(),
    exactStderr: new PassThrough(),
    namedBytes: () => Promise.reject(new Error("There is no file.")),
    removedAtExit: () => () => undefined,
    stdoutIsTerminal: false,
    stderrIsTerminal: false,
    canAsk: false,
    columns: 100,
    signal: new AbortController().signal,
  };
  const choices: TripChoices = {
    mode: "terminal",
    profile: undefined,
    role: undefined,
    region: undefined,
    folderVoices: noFolderVoices,
    service: undefined,
    presign: undefined,
    at: undefined,
    granted: [],
    protectedProfiles: [],
    trusted: true,
    folder: home,
    fileName: "a.awsreq",
    allowPlainHttpHosts: [],
  };
  const source = { file: "a.awsreq", fileName: "a.awsreq", directory: home, folder: home, text: "" };
  const effects = () => adapt(tripEffects(surroundings, join(home, "bodies"), {}));
  return {
    home,
    async trip(text, changes = {}, until = "send") {
      const file = parseRequestFile(text);
      const [block] = file.requests;
      if (block === undefined) throw new Error(`no request in ${JSON.stringify(text)}`);
      const context = resolveContext(source, noEnvironment, new Map(), () => new Date(), surroundings);
      const chosen = { ...choices, ...changes };
      const prepared = await prepareTrip(file, block, chosen, context);
      return completeTrip(prepared, until, chosen, effects());
    },
    whoAmI: (changes = {}) => whoAmI(null, { ...choices, ...changes }, effects()),
    remove: () => rm(home, { recursive: true, force: true }),
  };
}
