import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { awsConfigOf } from "../../../src/editor/trips/awsConfig.ts";
import { type EditorTrip, makeTrip } from "../../../src/editor/trips/editorTrip.ts";
import { environmentOf, folderVoicesOf } from "../../../src/editor/trips/folderFiles.ts";
import { type Surroundings, signerPreview } from "../../../src/editor/trips/signerPreview.ts";
import type { TripInput } from "../../../src/editor/trips/tripInput.ts";
import { UserError } from "../../../src/errors.ts";
import { createTurns } from "../../../src/guard/approvalStore.ts";
import { createCredentialCache } from "../../../src/identity/credentialCache.ts";
import type { Machine } from "../../../src/machine.ts";
import { parseRequestFile } from "../../../src/request/parse.ts";
import { requestAt } from "../../../src/request/selectRequest.ts";
import type { TripPreview } from "../../../src/trip/previewTrip.ts";
import { inputFor } from "../trips/tripWorld.ts";

/** Files by their path below the world's root: `home/.aws/config`, `folder/.env`. */
export type WorldFiles = Readonly<Record<string, string>>;

/** A machine of its own, on which a request is both previewed and signed. */
export interface PreviewWorld {
  readonly root: string;
  preview(text: string, changes?: Partial<TripInput>): Promise<TripPreview>;
  sign(text: string, changes?: Partial<TripInput>): Promise<EditorTrip["trip"]>;
  remove(): Promise<void>;
}

const keys = (name: string) => `[${name}]
aws_access_key_id = AKIAPREVIEW${name.toUpperCase().padEnd(9, "X").slice(0, 9)}
aws_secret_access_key = preview/secret/${name.padEnd(25, "0")}
`;

/** Profiles that have keys wherever a table says nothing else. */
export const usualCredentials = ["default", "dev", "ops", "set", "dot", "sam", "env"].map(keys).join("\n");

/** Makes a machine with these files and this environment. */
export async function createPreviewWorld(files: WorldFiles, env: Machine["env"]): Promise<PreviewWorld> {
  const root = await mkdtemp(join(tmpdir(), "awsreq-preview-"));
  const [home, folder] = [join(root, "home"), join(root, "folder")];
  const all: WorldFiles = { "folder/.keep": "", "home/.aws/credentials": usualCredentials, ...files };
  for (const [path, text] of Object.entries(all)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  const uid = process.getuid?.() ?? null;
  const machine: Machine = { env, home, platform: process.platform, tmpdir: root, uid };
  return {
    root,
    async preview(text, changes = {}) {
      const input = { ...inputFor(text, folder), ...changes };
      const file = parseRequestFile(text);
      const block = requestAt(file.requests, input.line);
      if (block === null) throw new Error("no request stands at the line");
      return signerPreview(file, block, input, await surroundingsOf(input, machine), env);
    },
    async sign(text, changes = {}) {
      const { trip } = await makeTrip({ ...inputFor(text, folder), ...changes }, "sign", machine, {
        store: {
          load: async () => [],
          save: async () => undefined,
          forget: async () => 0,
          inTurn: createTurns(),
        },
        ask: async () => "once",
        cache: createCredentialCache(),
        onPrepared: () => undefined,
        onAdvance: () => undefined,
        onTransfer: () => undefined,
        signal: AbortSignal.timeout(5000),
      });
      return trip;
    },
    remove: () => rm(root, { recursive: true, force: true }),
  };
}

/** As the editor reads them when a request file is shown. */
async function surroundingsOf(input: TripInput, machine: Machine): Promise<Surroundings> {
  const { environment } = await environmentOf(input, machine);
  const folderVoices = await folderVoicesOf(input, machine);
  const config = await awsConfigOf(machine, [input.folder]).catch((error: unknown) => {
    if (error instanceof UserError) return error;
    throw error;
  });
  return { environment, folderVoices, config, error: null };
}
