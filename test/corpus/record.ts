/**
 * Records what httpYac sends for every file of the corpus, into httpyac.json. No test runs this; httpYac is installed
 * outside the repository:
 *
 *     npm install --prefix /tmp/httpyac httpyac@6.16.7 --ignore-scripts
 *     node --import tsx test/corpus/record.ts /tmp/httpyac/node_modules/httpyac [file…]
 *     npm run format
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { copyCorpus, type NotedRequest, noted, readCases, readRecorded } from "./corpus.ts";
import { startWireServer } from "./wireServer.ts";

async function record(httpyac: string, only: readonly string[]): Promise<void> {
  const { version, bin } = JSON.parse(readFileSync(join(httpyac, "package.json"), "utf8"));
  const program = join(httpyac, typeof bin === "string" ? bin : bin.httpyac);
  const server = await startWireServer();
  const folder = copyCorpus(server.port);
  const cases = [...readCases()];
  const sent: Record<string, readonly NotedRequest[]> =
    only.length > 0 ? Object.fromEntries(readRecorded()) : {};
  for (const [file, { args = [], mask }] of cases) {
    if (only.length > 0 && !only.includes(file)) continue;
    const path = join(folder, file);
    const child = spawn(process.execPath, [program, "send", path, "--all", "--output", "none", ...args], {
      cwd: dirname(path),
      env: { PATH: process.env["PATH"], HOME: folder, TZ: "UTC", CORPUS_USER: "ann" },
      stdio: ["ignore", "ignore", "ignore"],
      timeout: 20_000,
    });
    await once(child, "close");
    sent[file] = noted(server.take(), server.port, mask);
    process.stdout.write(`${file}: ${sent[file]?.length}\n`);
  }
  await server.close();
  rmSync(folder, { recursive: true, force: true });
  const ordered = Object.fromEntries(cases.map(([file]) => [file, sent[file] ?? []]));
  const text = JSON.stringify({ httpyac: version, sent: ordered }, null, 2);
  writeFileSync(join(__dirname, "httpyac.json"), `${text}\n`);
}

const [httpyac, ...files] = process.argv.slice(2);
if (httpyac === undefined) {
  process.stderr.write("Name the folder of the package httpyac.\n");
  process.exitCode = 2;
} else void record(httpyac, files);
