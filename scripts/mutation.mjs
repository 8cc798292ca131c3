import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ensureInstalled } from "./install.mjs";
import { copyWorkTree, endRuns } from "./workTree.mjs";

/** Of a hundred mutants as many have to be caught. */
const leastCaught = 95;

ensureInstalled();
const { tsImport } = await import("tsx/esm/api");
const { transform } = await import("esbuild");
const { rooms } = await tsImport("../test/mutation/rooms.ts", import.meta.url);

const { values } = parseArgs({
  options: {
    room: { type: "string", multiple: true },
    only: { type: "string", multiple: true },
    /** How many are tried at a time. */
    copies: { type: "string", default: "2" },
  },
});
const mutants = chosen();
const folder = mkdtempSync(join(tmpdir(), "awsreq-mutation-"));
process.once("SIGINT", stop);
process.once("SIGTERM", stop);
try {
  process.exitCode = (await everyMutant()) ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** All, or those of the rooms and names that were asked for. */
function chosen() {
  const all = Object.entries(rooms).flatMap(([room, list]) => list.map((mutant) => ({ ...mutant, room })));
  const found = all.filter(
    ({ room, name }) => (values.room?.includes(room) ?? true) && (values.only?.includes(name) ?? true),
  );
  const names = [...(values.room ?? []), ...(values.only ?? [])];
  const unknown = names.filter((name) => !all.some((mutant) => mutant.room === name || mutant.name === name));
  if (new Set(all.map(({ name }) => name)).size < all.length) end("Two mutants have one name.");
  if (unknown.length > 0) end(`There is no mutant and no room ${unknown.join(", ")}.`);
  if (found.length === 0) end("No mutant is in that room and of that name.");
  return found;
}

function end(sentence) {
  console.error(sentence);
  process.exit(2);
}

function stop() {
  endRuns();
  rmSync(folder, { recursive: true, force: true });
  process.exit(130);
}

async function everyMutant() {
  const started = Date.now();
  const trees = Array.from({ length: Number(values.copies) }, (_, index) =>
    copyWorkTree(join(folder, String(index))),
  );
  if (!(await passWithout(trees))) return false;
  const verdicts = new Map();
  await shared(mutants, trees, async (mutant, tree) => {
    const verdict = await verdictOn(mutant, tree);
    verdicts.set(mutant, verdict);
    console.log(`${verdict.kind.padEnd(9)} ${mutant.room}/${mutant.name}${verdict.note}`);
  });
  console.log(`\n${Math.round((Date.now() - started) / 1000)} s`);
  return summed(verdicts);
}

/** Each list entry by the next copy that is free. */
async function shared(list, trees, act) {
  const left = [...list];
  await Promise.all(
    trees.map(async (tree) => {
      for (let entry = left.shift(); entry !== undefined; entry = left.shift()) await act(entry, tree);
    }),
  );
}

/** Whether the named tests pass as long as nothing is changed: else they would catch anything. */
async function passWithout(trees) {
  const files = [...new Set(mutants.flatMap(({ tests }) => tests))].sort();
  const parts = trees.map((_, at) => files.filter((_file, index) => index % trees.length === at));
  let passes = true;
  await shared(parts, trees, async (part, tree) => {
    if (part.length === 0) return;
    if (part.some(needsBundles)) await tree.build();
    const { ended, failed, why, passed, output } = await tree.mocha(part);
    if (ended && failed === null && passed > 0) return;
    passes = false;
    console.error(
      `Without any mutant the tests do not pass: ${failed ?? "they did not end"}. ${why}\n${output}`,
    );
  });
  return passes;
}

/** Changes the copy, runs the mutant's tests there, and puts the file back. */
async function verdictOn(mutant, tree) {
  const path = join(tree.tree, mutant.file);
  const source = readFileSync(path, "utf8");
  const places = source.split(mutant.find).length - 1;
  if (places !== 1) return invalid(`its text is found ${places} times in ${mutant.file}`);
  const changed = source.replace(mutant.find, () => mutant.replace);
  const [before, after] = await Promise.all([codeOf(source), codeOf(changed)]);
  if (after === null) return invalid("it is not TypeScript any more");
  if (after === before) return invalid("it changes nothing");
  writeFileSync(path, changed);
  try {
    return await caughtOrNot(mutant, tree);
  } finally {
    writeFileSync(path, source);
  }
}

/** A mutant has to be a program that starts: what fails to load is no fault of behaviour. */
async function caughtOrNot({ file, tests }, tree) {
  const usesBundles = tests.some(needsBundles);
  if (usesBundles) {
    const { code, output } = await tree.build();
    if (code !== 0) return invalid(`it does not build: ${output.slice(0, 300)}`);
  }
  const { ended, failed, passed, why } = await tree.mocha(tests);
  if (failed === null && ended) {
    return passed > 0 ? { kind: "survived", note: "" } : invalid(`no test ran ${why}`);
  }
  // Tests that import a module which does not load do not even begin; those that start a program fail like any other.
  if (!ended || usesBundles) {
    const { code, output } = await tree.node(loading(file));
    if (code !== 0) return invalid(`it does not load: ${output.slice(0, 300)}`);
  }
  return { kind: "caught", note: `: ${failed ?? "the tests were ended by it"}` };
}

/** Tests of the command line start what is built. */
function needsBundles(test) {
  return test.startsWith("test/cli/");
}

function loading(file) {
  return ["--import", "tsx", "--input-type=module", "-e", `await import("./${file}")`];
}

/** The program that a source is, however it is laid out; null when it is none. */
async function codeOf(source) {
  const stripped = await transform(source, { loader: "ts", minifyWhitespace: true }).catch(() => null);
  return stripped?.code ?? null;
}

function invalid(why) {
  return { kind: "invalid", note: `: ${why}` };
}

/** Figures a room; false below the share that has to be caught, or when a mutant is none. */
function summed(verdicts) {
  const of = (kind, room) =>
    mutants.filter((mutant) => verdicts.get(mutant).kind === kind && (room ?? mutant.room) === mutant.room);
  for (const room of new Set(mutants.map((mutant) => mutant.room))) {
    const all = mutants.filter((mutant) => mutant.room === room).length;
    console.log(`${room}: ${of("caught", room).length} of ${all} caught`);
  }
  for (const { room, name, file, why } of of("survived")) {
    console.log(`survived: ${room}/${name} (${file}): ${why}`);
  }
  const share = (100 * of("caught").length) / mutants.length;
  console.log(
    `${of("caught").length} of ${mutants.length} caught (${share.toFixed(1)} %, at least ${leastCaught} %)`,
  );
  return share >= leastCaught && of("invalid").length === 0;
}
