import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const root = resolve(__dirname, "../../..");

let packaged: Promise<string> | null = null;

/** Path of the VSIX, which is packaged once for all walks. */
export function packagedOnce(): Promise<string> {
  packaged ??= (async () => {
    const { packageExtension } = await import(join(root, "scripts/vsix.mjs"));
    const outfile = join(mkdtempSync(join(tmpdir(), "awsreq-vsix-")), "awsreq.vsix");
    await packageExtension(outfile);
    return outfile;
  })();
  return packaged;
}

/** What takes as long as the network does is done before the first test's time begins. */
export async function mochaGlobalSetup(): Promise<void> {
  const { ensureHost } = await import(join(root, "test/host/setup.mjs"));
  ensureHost();
  await packagedOnce();
}
