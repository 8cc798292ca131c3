import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { commandHere } from "../cli/commandHere.ts";
import { answerBytes } from "../faults/answered.ts";
import { activeCharacters } from "../faults/inertText.ts";
import { answer, closeServers, rawServer } from "../transport/servers.ts";

/** What terminals obey, among text that they do not. */
const piece = fc.oneof(
  fc.constantFrom(
    "\u001b[2J",
    "\u001b]0;title\u0007",
    "\u001b]8;;http://evil.example\u001b\\",
    "\u009b31m",
    "\u0090q",
    "\u007f",
    "\u0000",
    "\b\b\b",
    "\r",
    "\u202egpj.exe",
    "\u2066",
    "\u200b",
    "\ufeff",
    "\u2028",
  ),
  fc.string({ unit: "binary", maxLength: 8 }),
);
const text = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(""));

describe("invariant 9: a terminal", () => {
  let home: string;
  before(async () => {
    home = await mkdtemp(join(tmpdir(), "awsreq-inert-"));
  });
  afterEach(closeServers);
  after(() => rm(home, { recursive: true, force: true }));

  it("obeys nothing of an answer, whatever is asked for", async () => {
    const flags = fc.constantFrom<readonly string[]>([], ["--include"], ["--verbose"], ["--json"]);
    const status = fc.constantFrom("200", "302", "403", "500");
    const type = fc.constantFrom("text/plain", "application/json", "text/html; charset=utf-16le", "");
    await fc.assert(
      fc.asyncProperty(text, text, status, type, flags, async (field, body, code, media, args) => {
        const line = Buffer.from(field.replace(/[\r\n\0]/g, "")).toString("latin1");
        const fields = [`X-Odd: ${line}`, `Location: ${line}`, `Content-Type: ${media}`];
        const server = await rawServer(answer(answerBytes(fields, body, `${code} ${line}`)));
        await writeFile(join(home, "a.awsreq"), `# @auth none\nGET http://127.0.0.1:${server.port}/\n`);
        const here = {
          env: { HOME: home, NO_COLOR: "1" },
          home,
          cwd: home,
          tmpdir: home,
          stdoutIsTerminal: true,
        };
        const { stdout, stderr } = await commandHere(["send", "a.awsreq", ...args], here);
        await server.close();
        assert.deepEqual([...activeCharacters(stdout), ...activeCharacters(stderr)], []);
      }),
      { numRuns: 150 },
    );
  });

  it("obeys nothing of a file, of its name or of a command line", async () => {
    await fc.assert(
      fc.asyncProperty(text, fc.boolean(), async (odd, isJson) => {
        await writeFile(
          join(home, "b.awsreq"),
          `### ${odd}\n# @name ${odd}\n# @${odd} x\nGET {{${odd}\nA${odd}\n`,
        );
        // No system lets a NUL into an argument.
        const argument = odd.replaceAll("\0", "");
        const here = {
          env: { HOME: home, NO_COLOR: "1" },
          home,
          cwd: home,
          tmpdir: home,
          stdoutIsTerminal: true,
        };
        for (const args of [
          ["list", "b.awsreq"],
          ["send", "b.awsreq"],
          ["send", argument],
          ["send", "b.awsreq", "--request", argument],
        ]) {
          const { stdout, stderr } = await commandHere([...args, ...(isJson ? ["--json"] : [])], here);
          assert.deepEqual([...activeCharacters(stdout), ...activeCharacters(stderr)], []);
        }
      }),
      { numRuns: 80 },
    );
  });
});
