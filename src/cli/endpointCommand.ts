import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createLocalKeys, writeLocalKeys } from "../endpoint/localKeys.ts";
import { requestLine } from "../endpoint/requestLine.ts";
import { startEndpoint } from "../endpoint/startEndpoint.ts";
import { inertText } from "../guard/terminalText.ts";
import { runtimeFolderOf } from "../machine.ts";
import type { Command } from "./arguments.ts";
import { exitCodes } from "./exitCode.ts";
import { write, writeLines } from "./output.ts";
import type { Surroundings } from "./surroundings.ts";

/** `awsreq endpoint`: runs the local IAM-secured endpoint until it is interrupted. Returns the exit code. */
export async function endpointCommand(
  args: Extract<Command, { command: "endpoint" }>,
  surroundings: Surroundings,
): Promise<number> {
  const keys = createLocalKeys(randomBytes);
  const endpoint = await startEndpoint({
    credentials: [keys],
    ...(args.port === undefined ? {} : { port: args.port }),
    onRequest: (record) => {
      surroundings.stderr.write(`${inertText(requestLine(record))}\n`);
    },
  });
  try {
    const forget = await writeLocalKeys(
      runtimeFolderOf(surroundings),
      endpoint.authority,
      keys,
      surroundings.uid,
    );
    try {
      // The address alone, so that scripts can read it.
      await write(surroundings.stdout, `http://localhost:${endpoint.port}\n`);
      await writeLines(surroundings, introduction(endpoint.port));
      if (!surroundings.signal.aborted) await once(surroundings.signal, "abort");
    } finally {
      await forget();
    }
  } finally {
    await endpoint.close();
  }
  return exitCodes.good;
}

function introduction(port: number): string[] {
  return [
    `An IAM-secured pet store listens at http://localhost:${port}/prod/pets`,
    "  sign with:  # @profile awsreq-local   (keys made for this run, good for this address only)",
    "              # @region us-east-1",
    "              # @service execute-api",
    "  routes:     GET|POST /prod/pets, GET|DELETE /prod/pets/{id}, /prod/echo, /prod/forbidden,",
    "              /prod/binary, /prod/large, /prod/slow, /prod/chunked, /prod/cut, /prod/redirect",
    "Ctrl-C ends it.",
  ];
}
