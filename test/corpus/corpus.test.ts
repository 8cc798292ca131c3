import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { cliPath, type Finished, finished } from "../cli/cliProcess.ts";
import {
  type CorpusCase,
  copyCorpus,
  type NotedRequest,
  noted,
  readCases,
  readFileNames,
  readRecorded,
} from "./corpus.ts";
import { startWireServer } from "./wireServer.ts";

/** What a run of the command line left behind. */
interface Run extends Finished {
  readonly sent: readonly NotedRequest[];
}

const cases = readCases();
const recorded = readRecorded();
const page = readFileSync(resolve(__dirname, "../../docs/format.md"), "utf8");
/** First cells of the table in which docs/format.md tells what is not as in httpYac. */
const rows = [
  ...((page.split("\n## Where httpYac differs\n")[1] ?? "").split("\n## ")[0]?.matchAll(/^\| ([^|]+) \|/gm) ??
    []),
].map(([, cell = ""]) => cell);

/** Sends every file of the corpus by the built command line, a few at a time, each worker with a server of its own. */
async function sendAll(workers: number): Promise<ReadonlyMap<string, Run>> {
  const runs = new Map<string, Run>();
  const waiting = [...cases];
  await Promise.all(
    Array.from({ length: workers }, async () => {
      const server = await startWireServer();
      const folder = copyCorpus(server.port);
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const [file, { args = [], mask }] = next;
        const done = await sendFile(folder, file, args);
        runs.set(file, { ...done, sent: noted(server.take(), server.port, mask) });
      }
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    }),
  );
  return runs;
}

async function sendFile(folder: string, file: string, args: readonly string[]): Promise<Finished> {
  const path = join(folder, file);
  const child = spawn(process.execPath, [cliPath, "send", path, "--all", ...args], {
    cwd: dirname(path),
    env: {
      PATH: process.env["PATH"],
      HOME: folder,
      XDG_RUNTIME_DIR: join(folder, "run"),
      TZ: "UTC",
      CORPUS_USER: "ann",
      AWSREQ_PROCESS_ENV: "CORPUS_USER",
    },
    stdio: "pipe",
  });
  child.stdin.end();
  return finished(child);
}

function expected(file: string, { differs }: CorpusCase): readonly NotedRequest[] {
  return differs?.requests ?? recorded.get(file) ?? [];
}

describe("the corpus of request files", () => {
  let runs: ReadonlyMap<string, Run>;
  before(async function () {
    this.timeout(240_000);
    runs = await sendAll(3);
  });

  it("has at least 100 files, each with a case and a recording", () => {
    assert.ok(cases.size >= 100);
    assert.deepEqual([...cases.keys()].sort(), [...readFileNames()].sort());
    assert.deepEqual([...cases.keys()].sort(), [...recorded.keys()].sort());
  });

  it("names a row of docs/format.md for every difference from httpYac, and has a difference for every row", () => {
    const named = [...cases.values()].flatMap(({ differs }) => (differs === undefined ? [] : [differs.row]));
    assert.deepEqual(
      named.filter((row) => !rows.includes(row)),
      [],
    );
    assert.deepEqual(
      rows.slice(1).filter((row) => !named.includes(row)),
      [],
    );
    for (const [file, { differs }] of cases)
      if (differs !== undefined) assert.notDeepEqual(differs.requests, recorded.get(file), file);
  });

  it("is counted in the README", () => {
    const readme = readFileSync(resolve(__dirname, "../../README.md"), "utf8");
    const refused = [...cases.values()].filter((each) => each.refused !== undefined).length;
    const differ = [...cases.values()].filter(
      (each) => each.refused === undefined && each.differs !== undefined,
    );
    const counts = [
      `has ${cases.size} request files`,
      `${cases.size - refused - differ.length} send byte for byte`,
      `${differ.length} send something else`,
      `${refused} hold a request that is refused`,
    ];
    for (const count of counts) assert.ok(readme.includes(count), count);
  });

  for (const [file, each] of cases) {
    const as = each.differs === undefined ? "as httpYac sends it" : `with a difference: ${each.differs.row}`;
    it(`${file}: ${each.shows} (${as})`, () => {
      const run = runs.get(file);
      assert.ok(run);
      assert.deepEqual(run.sent, expected(file, each), run.stderr);
      const code = each.refused ?? each.said;
      if (code !== undefined) assert.ok(run.stderr.includes(`(${code}`), run.stderr);
      assert.equal(run.code === 0, each.refused === undefined, `exit code ${run.code}: ${run.stderr}`);
    });
  }
});
