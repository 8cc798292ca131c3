import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Script } from "node:vm";

/**
 * Runs a bundle as src/cli/program.ts does and leaves V8's cache of what was compiled meanwhile: `codeCache.mjs BUNDLE
 * CACHE`, a process of its own. What runs is what most commands do: a request is read, signed, sent, and answered.
 */
const [, , bundle, cache] = process.argv;
const folder = mkdtempSync(join(tmpdir(), "awsreq-warm-up-"));
const server = createServer((_message, response) => {
  response.setHeader("Content-Type", "application/json");
  response.end('{"warm":"up"}');
});
server.listen(0, "127.0.0.1").unref();
await once(server, "listening");

const file = join(folder, "warm-up.awsreq");
const url = `http://127.0.0.1:${server.address().port}/prod/pets?a=1`;
writeFileSync(
  file,
  `# @region us-east-1\n# @service execute-api\n@api = ${url}\n\n### Warm-up\nGET {{api}}\nAccept: */*\n`,
);

process.env.HOME = folder;
process.env.AWS_ACCESS_KEY_ID = "AKIAWARMUPWARMUPWARM";
process.env.AWS_SECRET_ACCESS_KEY = "warm-up".repeat(6);
process.argv = [process.execPath, bundle, "send", file];

const script = new Script(readFileSync(bundle, "latin1"), { filename: bundle });
process.on("exit", () => {
  writeFileSync(cache, script.createCachedData());
  rmSync(folder, { recursive: true, force: true });
});
const loaded = { exports: {} };
script.runInThisContext()(loaded.exports, createRequire(bundle), loaded, bundle, dirname(bundle));
await loaded.exports.main();
