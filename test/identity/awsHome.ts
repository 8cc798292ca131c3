import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { IdentityOptions } from "../../src/identity/choice/signerChoice.ts";
import { createCredentialCache } from "../../src/identity/credentialCache.ts";
import { awsProviders } from "../../src/identity/providers/awsProviders.ts";
import type { IdentityEffects } from "../../src/identity/resolveIdentity.ts";

/** A home directory of one test: file contents by path below it; gone afterwards. */
export async function withHome<T>(
  files: Readonly<Record<string, string | Uint8Array>>,
  use: (home: string) => Promise<T>,
): Promise<T> {
  const home = await realpath(await mkdtemp(join(tmpdir(), "awsreq-home-")));
  try {
    for (const [path, content] of Object.entries(files)) {
      await mkdir(dirname(join(home, path)), { recursive: true });
      await writeFile(join(home, path), content);
    }
    return await use(home);
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

/** Real effects on that home; every question is answered yes, time stands at `noon`. */
export function effectsFor(home: string | null, changes: Partial<IdentityEffects> = {}): IdentityEffects {
  return {
    env: { PATH: process.env["PATH"] },
    home,
    readFile,
    realPath: (path) => realpath(path),
    ask: async () => true,
    loadAws,
    localCredentials: async () => null,
    now: () => noon,
    signal: new AbortController().signal,
    platform: process.platform,
    processTimeout: 5000,
    processOutputLimit: 100_000,
    stsTimeout: 5000,
    stsAttempts: 1,
    metadata: true,
    metadataTimeout: 300,
    proxyFor: () => null,
    cache: createCredentialCache(),
    ...changes,
  };
}

/** Request options that say nothing about who signs. */
export const plainOptions: IdentityOptions = {
  authority: "abc123.execute-api.eu-west-1.amazonaws.com",
  untrustedRoots: [],
};

/** The time of every test. */
export const noon = new Date("2030-05-17T12:00:00.000Z");

async function loadAws() {
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] = "true";
  return awsProviders;
}
