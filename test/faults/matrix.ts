import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import type { LookupFunction } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { OutputDocument } from "../../src/cli/document.ts";
import { exitCodes } from "../../src/cli/exitCode.ts";
import { tripEffects } from "../../src/cli/tripEffects.ts";
import { verifySignature } from "../../src/endpoint/verify.ts";
import type { TransferLimits } from "../../src/transport/limits.ts";
import type { TransferEvent } from "../../src/transport/sendOptions.ts";
import { assertNoLeak } from "../cli/canary.ts";
import type { Finished } from "../cli/cliProcess.ts";
import { commandHere } from "../cli/commandHere.ts";
import { answering, closeServers, type RawServer } from "../transport/servers.ts";
import type { FaultOutcome } from "./faultRow.ts";
import { activeCharacters } from "./inertText.ts";
import { faultRow } from "./rows.ts";

const random = () => Math.random().toString(36).slice(2).padEnd(11, "z");

/** Keys of the environment that sign; what of them is secret must come out nowhere. */
export const keys = {
  AWS_ACCESS_KEY_ID: "AKIAFAULTFAULTFAULT1",
  AWS_SECRET_ACCESS_KEY: `fault/secret+${random()}${random()}=`,
  AWS_SESSION_TOKEN: `fault-token/${random()}${random()}+==`,
} as const;
const secrets = [keys.AWS_SECRET_ACCESS_KEY, keys.AWS_SESSION_TOKEN];

/** The lines with which a request to any host is signed. */
export const signed = "# @service execute-api\n# @region us-east-1\n";

/** A person's machine in a folder, without a process around it. */
export interface FaultWorld {
  readonly home: string;
  /** The folder of the request file. */
  readonly work: string;
  write(path: string, content: string | Uint8Array): Promise<string>;
}

/** One case: what is sent into which trouble. */
export interface Scenario {
  /** The request file; its first request is sent. */
  readonly text: string | Uint8Array;
  readonly args?: readonly string[];
  /** Undefined takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly home?: null;
  /** Whether the person stops it at this event of the transfer. */
  readonly stopAt?: (event: TransferEvent) => boolean;
  /** Standard output is a terminal. */
  readonly terminal?: true;
  readonly limits?: Partial<TransferLimits>;
  readonly lookup?: LookupFunction;
  /** What the message has to name: the host that is to blame. */
  readonly host?: string;
  /** What is kept of the answer. */
  readonly kept?: { readonly status: number; readonly body?: string; readonly complete?: boolean };
  /** Ends what was started for the case, whatever came of it. */
  readonly close?: () => Promise<void>;
  /** What else has to be so. */
  readonly also?: (seen: Seen) => void | Promise<void>;
}

/** A case as a person saw it, and as a program did. */
export interface Seen {
  readonly person: Finished;
  readonly document: OutputDocument;
}

type Make = (world: FaultWorld) => Scenario | Promise<Scenario>;

/** The tests of one row: each case of the table, with the table's words for what has to come out. */
export function faultCases(number: number, scenarios: Readonly<Record<string, Make>>): void {
  const { title, cases } = faultRow(number);
  assert.deepEqual(Object.keys(scenarios).sort(), Object.keys(cases).sort(), `the cases of fault ${number}`);
  describe(`fault ${number}: ${title}`, () => {
    let world: FaultWorld;
    let good: RawServer;
    beforeEach(async () => {
      world = await createWorld();
      good = await answering("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nnext");
    });
    afterEach(async () => {
      await closeServers();
      await rm(world.home, { recursive: true, force: true });
    });
    for (const [name, outcome] of Object.entries(cases)) {
      it(name, async () => {
        const make = scenarios[name];
        assert.ok(make);
        const scenario = await make(world);
        try {
          await checkCase(world, scenario, outcome);
        } finally {
          await scenario.close?.();
        }
        await nextRequestWorks(good);
      });
    }
  });
}

async function createWorld(): Promise<FaultWorld> {
  const home = await mkdtemp(join(tmpdir(), "awsreq-fault-"));
  const work = join(home, "work");
  await mkdir(work);
  return {
    home,
    work,
    async write(path, content) {
      const file = join(home, path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, content, { mode: 0o600 });
      return file;
    },
  };
}

async function checkCase(world: FaultWorld, scenario: Scenario, outcome: FaultOutcome): Promise<void> {
  await world.write("work/case.awsreq", scenario.text);
  const args = ["send", "case.awsreq", ...(scenario.args ?? [])];
  const person = await run(world, args, scenario);
  const program = await run(world, [...args, "--json"], scenario);
  const document = JSON.parse(program.stdout) as OutputDocument;
  const what = `${person.stderr}\n${person.stdout.slice(0, 500)}`;
  // Who is told to stop by a signal ends with the signal's code (test/cli/receivedBodies.test.ts); the command itself
  // calls such an exchange incomplete.
  const exit = outcome.phase === "cancel" ? exitCodes.incomplete : outcome.exit;
  assert.deepEqual([person.code, program.code], [exit, exit], what);
  const error = document.error ?? document.requests[0]?.error ?? null;
  assert.deepEqual([error?.code ?? null, error?.phase ?? null], [outcome.code, outcome.phase], what);
  assert.ok(`${person.stderr}${person.stdout}`.includes(outcome.says), `${outcome.says} in ${what}`);
  if (error !== null) {
    assert.ok(person.stderr.includes(error.code), what);
    assert.ok(error.message.includes(scenario.host ?? ""), what);
    // Of a place in the file the message itself says what to do.
    if (error.phase !== "file") assert.ok((error.hint ?? "").length > 10, `an advice: ${what}`);
  }
  for (const text of [person.stderr, person.stdout, program.stdout])
    assert.doesNotMatch(text, /^ {4}at |node:internal|this is a bug/m);
  // Invariant 9. A pipe gets the very bytes of a body.
  const shown = `${person.stderr}${scenario.terminal === true ? person.stdout : ""}`;
  assert.deepEqual(activeCharacters(shown), []);
  for (const ran of [person, program]) assertNoLeak(ran, secrets, "a secret");
  const response = document.requests[0]?.response;
  for (const [key, value] of Object.entries(scenario.kept ?? {}))
    assert.deepEqual({ [key]: response?.[key as "status"] }, { [key]: value }, what);
  await scenario.also?.({ person, document });
}

/** Whatever went wrong, the next request of the same process is answered. */
async function nextRequestWorks(good: RawServer): Promise<void> {
  const world = await createWorld();
  await world.write("work/next.awsreq", `${signed}GET http://127.0.0.1:${good.port}/`);
  const { code, stdout, stderr } = await run(world, ["send", "next.awsreq"], {});
  await rm(world.home, { recursive: true, force: true });
  assert.deepEqual([code, stdout], [0, "next"], stderr);
  assert.ok(isSigned(good.received()), "invariant 3: what is sent is what was signed");
}

/** Whether the bytes of one request bear a signature of our keys, by the endpoint's own verifier. */
function isSigned(bytes: string): boolean {
  const [head = ""] = bytes.split("\r\n\r\n");
  const [line = "", ...fields] = head.split("\r\n");
  const [method = "", target = ""] = line.split(" ");
  const headers = fields.map((field) => {
    const at = field.indexOf(": ");
    return [field.slice(0, at), field.slice(at + 2)] as const;
  });
  const credentials = () => ({
    accessKeyId: keys.AWS_ACCESS_KEY_ID,
    secretAccessKey: keys.AWS_SECRET_ACCESS_KEY,
    sessionToken: keys.AWS_SESSION_TOKEN,
  });
  const raw = { method, target, headers, body: new Uint8Array() };
  return verifySignature(raw, { credentials, region: "us-east-1", service: "execute-api", now: new Date() })
    .ok;
}

/** Runs a command line as the program does, in this process. */
export async function run(
  world: Pick<FaultWorld, "home" | "work">,
  args: readonly string[],
  scenario: Omit<Scenario, "text">,
): Promise<Finished> {
  const stop = new AbortController();
  const here = {
    env: {
      HOME: world.home,
      XDG_RUNTIME_DIR: join(world.home, "run"),
      // Whatever this machine is, its own metadata service is not asked.
      AWS_EC2_METADATA_DISABLED: "true",
      ...keys,
      ...scenario.env,
    },
    home: scenario.home === null ? null : world.home,
    cwd: world.work,
    tmpdir: world.home,
    columns: 80,
    stdoutIsTerminal: scenario.terminal === true,
    signal: stop.signal,
  };
  return commandHere(args, here, effectsIn(scenario, stop));
}

/** The program's own effects, with a test's limits and resolver, and somebody who stops them. */
function effectsIn(
  { limits, lookup, stopAt }: Omit<Scenario, "text">,
  stop: AbortController,
): typeof tripEffects {
  return (...given) => {
    const effects = tripEffects(...given);
    return {
      ...effects,
      onTransfer: (event) => void (stopAt?.(event) && stop.abort()),
      sendOptions(request) {
        const options = effects.sendOptions(request);
        return {
          ...options,
          limits: { ...options.limits, ...limits },
          ...(lookup === undefined ? {} : { lookup }),
        };
      },
    };
  };
}
