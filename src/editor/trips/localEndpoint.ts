import { randomBytes } from "node:crypto";
import { createLocalKeys, readLocalKeys, writeLocalKeys } from "../../endpoint/localKeys.ts";
import { type Endpoint, startEndpoint } from "../../endpoint/startEndpoint.ts";
import { UserError } from "../../errors.ts";
import { type Machine, runtimeFolderOf } from "../../machine.ts";

/** A local endpoint that can be sent to. */
export interface LocalEndpoint {
  readonly port: number;
  /** False when another program of the same person runs it already. */
  readonly startedHere: boolean;
  close(): Promise<void>;
}

const usualPort = 8998;

/**
 * Starts the local IAM endpoint on its usual port, or uses the one that runs there; on another port when something
 * else has it.
 * @throws UserError `E_PORT_UNUSABLE`, `E_RUNTIME_FOLDER`
 */
export async function startLocalEndpoint(machine: Machine): Promise<LocalEndpoint> {
  const folder = runtimeFolderOf(machine);
  const keys = createLocalKeys(randomBytes);
  const endpoint = await onPort(usualPort, keys);
  if (endpoint !== null) return opened(endpoint, folder, keys, machine);
  const running = await readLocalKeys(folder, `127.0.0.1:${usualPort}`, machine.uid);
  if (running !== null) return { port: usualPort, startedHere: false, close: async () => undefined };
  return opened(await startEndpoint({ credentials: [keys], port: 0 }), folder, keys, machine);
}

type Keys = ReturnType<typeof createLocalKeys>;

async function onPort(port: number, keys: Keys): Promise<Endpoint | null> {
  try {
    return await startEndpoint({ credentials: [keys], port });
  } catch (error) {
    if (error instanceof UserError && error.code === "E_PORT_TAKEN") return null;
    throw error;
  }
}

async function opened(
  endpoint: Endpoint,
  folder: string,
  keys: Keys,
  { uid }: Machine,
): Promise<LocalEndpoint> {
  const forget = await writeLocalKeys(folder, endpoint.authority, keys, uid);
  const close = async () => {
    await forget();
    await endpoint.close();
  };
  return { port: endpoint.port, startedHere: true, close };
}
