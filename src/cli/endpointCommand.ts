import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { resolve } from "node:path";
import { createLocalKeys, writeLocalKeys } from "../endpoint/localKeys.ts";
import type { Policies } from "../endpoint/policies.ts";
import { readPolicies } from "../endpoint/readPolicies.ts";
import { requestLine } from "../endpoint/requestLine.ts";
import { type Endpoint, startEndpoint } from "../endpoint/startEndpoint.ts";
import { UserError } from "../errors.ts";
import { inertLine } from "../guard/terminalText.ts";
import { runtimeFolderOf } from "../machine.ts";
import type { Command } from "./command.ts";
import { exitCodes } from "./exitCode.ts";
import { fileFaultText } from "./fileFault.ts";
import { readNamedFile } from "./namedFile.ts";
import { write, writeLines } from "./output.ts";
import type { Surroundings } from "./surroundings.ts";

/** `awsreq endpoint`: runs the local IAM-secured endpoint until it is interrupted. Returns the exit code. */
export async function endpointCommand(
  args: Extract<Command, { command: "endpoint" }>,
  surroundings: Surroundings,
): Promise<number> {
  const policies = args.policy === undefined ? null : await policiesOf(args.policy, surroundings);
  const keys = createLocalKeys(randomBytes);
  const endpoint = await startEndpoint({
    credentials: [keys],
    policies,
    ...(args.port === undefined ? {} : { port: args.port }),
    onRequest: (record) => {
      surroundings.stderr.write(`${inertLine(requestLine(record))}\n`);
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
      await write(surroundings.exactStdout, `http://localhost:${endpoint.port}\n`);
      await writeLines(surroundings, introduction(endpoint, args.policy));
      if (!surroundings.signal.aborted) await once(surroundings.signal, "abort");
    } finally {
      await forget();
    }
  } finally {
    await endpoint.close();
  }
  return exitCodes.good;
}

const largestFile = 256 * 1024;

async function policiesOf(file: string, { cwd, signal }: Surroundings): Promise<Policies> {
  const path = resolve(cwd, file);
  let text: string;
  try {
    const bytes = await readNamedFile(path, largestFile, signal);
    if (bytes === null) throw fileError(file, "it is larger than 256 KB");
    text = Buffer.from(bytes).toString("utf8");
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw fileError(file, fileFaultText(error), error);
  }
  return readPolicies(text, file);
}

function fileError(file: string, why: string, cause?: unknown): UserError {
  return new UserError({
    code: "E_POLICY_FILE",
    phase: "file",
    message: `The policy file ${file} cannot be read: ${why}.`,
    hint: "Give the path of a JSON file with IAM policies, or leave --policy out: then everything is allowed.",
    cause,
  });
}

function introduction({ port, apiKey }: Endpoint, policy: string | undefined): string[] {
  return [
    `An IAM-secured pet store listens at http://localhost:${port}/prod/pets`,
    "  sign with:  # @profile awsreq-local   (keys made for this run, good for this address only)",
    "              # @region us-east-1",
    "              # @service execute-api",
    "  routes:     GET|POST /prod/pets, GET|DELETE /prod/pets/{id}, /prod/echo, /prod/forbidden,",
    "              /prod/binary, /prod/large, /prod/slow, /prod/chunked, /prod/cut, /prod/redirect",
    `              /prod/keyed (with x-api-key: ${apiKey}, made for this run)`,
    "  refusals:   /prod/refusals lists them, /prod/refusals/{cause} answers as AWS does",
    ...(policy === undefined ? [] : [`  policies:   ${inertLine(policy)}`]),
    "Ctrl-C ends it.",
  ];
}
