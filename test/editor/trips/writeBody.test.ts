import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeBody } from "../../../src/editor/trips/writeBody.ts";
import { createBodyStore } from "../../../src/transport/bodyStore.ts";

describe("writeBody", () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "awsreq-save-"));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const whole = Buffer.from(Array.from({ length: 3_000_001 }, (_, at) => at % 251));

  async function stored() {
    const store = createBodyStore({ memory: 1000, directory: join(root, "bodies") });
    await store.append(whole);
    await store.seal();
    return store;
  }

  it("writes the exact bytes, never asking for more than a piece", async () => {
    const store = await stored();
    let largest = 0;
    const body = {
      ...store,
      size: store.size,
      slice(start: number, end: number) {
        largest = Math.max(largest, end - start);
        return store.slice(start, end);
      },
    };
    const path = join(root, "response.bin");
    writeFileSync(path, "before");
    await writeBody(body, path);
    assert.ok(readFileSync(path).equals(whole));
    assert.equal(statSync(path).mode & 0o777, 0o600);
    assert.ok(largest <= 1024 * 1024);
    assert.deepEqual(readdirSync(root).sort(), ["bodies", "response.bin"]);
  });

  it("writes an empty body", async () => {
    const path = join(root, "response.bin");
    await writeBody(createBodyStore({ memory: 10, directory: root }), path);
    assert.equal(readFileSync(path).length, 0);
  });

  it("leaves what stood there, and nothing else, when it fails", async () => {
    const store = await stored();
    const path = join(root, "response.bin");
    writeFileSync(path, "before");
    const broken = { ...store, size: store.size, slice: () => Promise.reject(new Error("gone")) };
    await assert.rejects(writeBody(broken, path), /gone/);
    assert.equal(readFileSync(path, "utf8"), "before");
    mkdirSync(join(root, "folder"));
    await assert.rejects(writeBody(store, join(root, "folder")));
    assert.deepEqual(readdirSync(root).sort(), ["bodies", "folder", "response.bin"]);
  });
});
