import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { appendFile, mkdir, mkdtemp, open, rename, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { UserError } from "../../src/errors.ts";
import { type IncludeEffects, nodeIncludeEffects, readInclude } from "../../src/guard/readInclude.ts";

async function codeOf(reading: Promise<unknown>): Promise<string> {
  const error: unknown = await reading.then(
    () => "read",
    (reason: unknown) => reason,
  );
  return error instanceof UserError ? error.code : String(error);
}

describe("readInclude", () => {
  let root = "";
  const path = (name: string): string => join(root, name);

  before(async () => {
    root = await mkdtemp(join(tmpdir(), "awsreq-read-"));
  });
  after(() => rm(root, { recursive: true }));

  /** Real effects, with something done after the file was opened. */
  const whenOpened = (act: () => Promise<unknown>): IncludeEffects => ({
    ...nodeIncludeEffects,
    open: async (name, flags) => {
      const handle = await open(name, flags);
      let stats = 0;
      return {
        stat: async (options) => {
          const found = await handle.stat(options);
          stats += 1;
          if (stats === 1) await act();
          return found;
        },
        read: (...args) => handle.read(...args),
        close: () => handle.close(),
      };
    },
  });

  it("fault 86: gives the very bytes, none included", async () => {
    const bytes = Uint8Array.from({ length: 70_000 }, (_, at) => at % 256);
    await writeFile(path("bytes"), bytes);
    await writeFile(path("empty"), "");
    assert.deepEqual(await readInclude(path("bytes"), nodeIncludeEffects), bytes);
    assert.deepEqual(await readInclude(path("empty"), nodeIncludeEffects), new Uint8Array());
  });

  it("fault 86: refuses folders, FIFOs, sockets and devices without waiting for them", async () => {
    await mkdir(path("folder"));
    await promisify(execFile)("mkfifo", [path("fifo")]);
    const server = createServer().listen(path("socket"));
    await new Promise((resolve) => server.once("listening", resolve));
    try {
      for (const name of [path("folder"), path("fifo"), path("socket"), "/dev/null"]) {
        assert.equal(await codeOf(readInclude(name, nodeIncludeEffects)), "E_REFUSED_INCLUDE_KIND", name);
      }
      await assert.rejects(readInclude(path("fifo"), nodeIncludeEffects), {
        message: `The included ${path("fifo")} is a FIFO (named pipe), not a file.`,
        hint: "Include a regular file: only its bytes can be known before they are signed.",
      });
    } finally {
      server.close();
    }
  });

  it("fault 86: refuses a FIFO or link that takes a file's place before it is opened", async () => {
    const swapped = (name: string, put: () => Promise<unknown>): IncludeEffects => ({
      ...nodeIncludeEffects,
      stat: async (at) => {
        const found = await nodeIncludeEffects.stat(at);
        await rm(path(name));
        await put();
        return found;
      },
    });
    await writeFile(path("other"), "key");
    for (const name of ["a", "b", "c"]) await writeFile(path(name), "pet");
    const fifo = swapped("a", () => promisify(execFile)("mkfifo", [path("a")]));
    const link = swapped("b", () => symlink(path("other"), path("b")));
    const file = swapped("c", () => rename(path("other"), path("c")));
    assert.equal(await codeOf(readInclude(path("a"), fifo)), "E_REFUSED_INCLUDE_KIND");
    assert.equal(await codeOf(readInclude(path("b"), link)), "E_INCLUDE_UNREADABLE");
    assert.equal(await codeOf(readInclude(path("c"), file)), "E_REFUSED_INCLUDE_CHANGED");
  });

  it("fault 86: refuses a file that grows, shrinks or is rewritten while it is read", async () => {
    const acts = [
      () => appendFile(path("moving"), "more"),
      () => truncate(path("moving"), 1),
      () => writeFile(path("moving"), "tep"),
    ];
    for (const act of acts) {
      await writeFile(path("moving"), "pet");
      assert.equal(await codeOf(readInclude(path("moving"), whenOpened(act))), "E_REFUSED_INCLUDE_CHANGED");
    }
  });

  it("fault 86: refuses what is too large by its size, read or not", async () => {
    await writeFile(path("sparse"), "");
    await truncate(path("sparse"), 3 * 1024 ** 3);
    await writeFile(path("four"), "four");
    await assert.rejects(readInclude(path("sparse"), nodeIncludeEffects), {
      code: "E_REFUSED_INCLUDE_SIZE",
      phase: "guard",
      message: `The included file ${path("sparse")} has 3221225472 bytes; the limit is 104857600.`,
    });
    assert.equal(await codeOf(readInclude(path("four"), nodeIncludeEffects, 3)), "E_REFUSED_INCLUDE_SIZE");
    assert.equal(await codeOf(readInclude(path("four"), nodeIncludeEffects, 4)), "read");
  });

  it("fault 86: names what is missing or unreadable", async () => {
    await assert.rejects(readInclude(path("missing"), nodeIncludeEffects), {
      code: "E_INCLUDE_UNREADABLE",
      message: `The included file ${path("missing")} does not exist.`,
    });
    await writeFile(path("closed"), "pet");
    const denied = Object.assign(new Error("EACCES"), { code: "EACCES" });
    const effects: IncludeEffects = { ...nodeIncludeEffects, open: () => Promise.reject(denied) };
    await assert.rejects(readInclude(path("closed"), effects), {
      message: `The included file ${path("closed")} may not be read by you.`,
      cause: denied,
    });
  });
});
