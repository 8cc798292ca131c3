import { UserError } from "../../errors.ts";
import type { Credentials } from "../../stages.ts";
import { unlessAborted } from "../cancellation.ts";
import type { ContainerStep, InstanceMetadataStep } from "../plan/sourceStep.ts";
import { certificateCause } from "./certificateCause.ts";
import { readMetadataCredentials } from "./metadataCredentials.ts";
import { askMetadata, type MetadataAnswer } from "./metadataRequest.ts";

/** What asking this machine's own services takes. */
export interface MetadataEffects {
  readonly readFile: (path: string) => Promise<Uint8Array>;
  readonly signal: AbortSignal;
  /** Milliseconds for each request. */
  readonly metadataTimeout: number;
}

type MetadataStep = ContainerStep | InstanceMetadataStep;

/**
 * The credentials of the container that this runs in. The SDK's provider is not used: it takes what it is not told from
 * the process's environment.
 * @throws UserError `E_METADATA`, `E_KEY_FORM`, `E_CANCELLED`
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html
 */
export async function containerCredentials(
  step: ContainerStep,
  effects: MetadataEffects,
): Promise<Credentials> {
  const authorization = await authorizationOf(step, effects);
  const headers = { accept: "application/json", ...(authorization !== null && { authorization }) };
  const { metadataTimeout: timeout, signal } = effects;
  const answer = await askMetadata({ method: "GET", url: step.url, headers, timeout, signal });
  return readMetadataCredentials(bytesOf(step, answer, timeout), `the container (${step.place})`);
}

/**
 * The credentials of the EC2 instance's role, by version 2 of the service alone: version 1 answers to anybody who can
 * make this machine send a GET. The SDK's provider falls back to it, and reads the endpoint from another profile.
 * @throws UserError `E_METADATA`, `E_KEY_FORM`, `E_CANCELLED`
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-metadata-security-credentials.html
 */
export async function instanceCredentials(
  step: InstanceMetadataStep,
  effects: MetadataEffects,
): Promise<Credentials> {
  const headers = { "x-aws-ec2-metadata-token": await instanceSession(step, effects) };
  const roles = "/latest/meta-data/iam/security-credentials/";
  const role = lineOf(await askInstance(step, "GET", roles, headers, effects));
  if (!/^[\w+=,.@-]{1,64}$/.test(role)) throw fault(step, "names no role", "Give the instance a role.");
  return readMetadataCredentials(
    await askInstance(step, "GET", `${roles}${role}`, headers, effects),
    `instance metadata (${step.place})`,
  );
}

/**
 * Begins a session with the instance's metadata service: that there is one is known then, and no credential yet.
 * @returns the session's token, for a header
 * @throws UserError `E_METADATA`, `E_CANCELLED`
 */
export async function instanceSession(step: InstanceMetadataStep, effects: MetadataEffects): Promise<string> {
  const headers = { "x-aws-ec2-metadata-token-ttl-seconds": "300" };
  const token = await askInstance(step, "PUT", "/latest/api/token", headers, effects);
  return headerValue(lineOf(token), step);
}

async function askInstance(
  step: InstanceMetadataStep,
  method: "GET" | "PUT",
  path: string,
  headers: Readonly<Record<string, string>>,
  { metadataTimeout: timeout, signal }: MetadataEffects,
): Promise<Uint8Array> {
  const answer = await askMetadata({ method, url: `${step.endpoint}${path}`, headers, timeout, signal });
  return bytesOf(step, answer, timeout);
}

async function authorizationOf(
  step: ContainerStep,
  { readFile, signal }: MetadataEffects,
): Promise<string | null> {
  const { authorization } = step;
  if (authorization === null) return null;
  if ("value" in authorization) return headerValue(authorization.value, step);
  const bytes = await unlessAborted(
    readFile(authorization.file).catch((cause: unknown) => {
      throw fault(step, `has a token file that cannot be read (${authorization.file})`, agentHint, cause);
    }),
    signal,
  );
  return headerValue(lineOf(bytes), step);
}

/** What would break out of its header is refused, and not shown. */
function headerValue(value: string, step: MetadataStep): string {
  if (/^[\x20-\x7e]{1,20000}$/.test(value)) return value;
  throw fault(step, "has a token that cannot be sent in a header", agentHint);
}

function lineOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes).trim().split("\n")[0] ?? "";
}

function bytesOf(step: MetadataStep, answer: MetadataAnswer, timeout: number): Uint8Array {
  if (answer.kind === "fault") {
    const late = answer.code === "ETIMEDOUT";
    const certificate = certificateCause(answer.code);
    if (certificate !== null) {
      throw fault(step, `could not be asked: ${certificate.says} (${answer.code})`, issuerHint);
    }
    const what = late ? `gave no answer within ${timeout / 1000} s` : `could not be asked (${answer.code})`;
    throw fault(step, what, unreachableHint);
  }
  if (answer.status === 200) return answer.bytes;
  const hint = answer.status === 404 ? "Give the instance or the task a role." : agentHint;
  throw fault(step, `answered with status ${answer.status}`, hint);
}

const agentHint = "Look at the agent or the role that this machine was started with.";
const issuerHint =
  "Look at the address; if you trust the issuer of its certificate, name the issuer's in NODE_EXTRA_CA_CERTS.";
const unreachableHint =
  "If this machine is no AWS instance or container, choose a profile: --profile, # @profile or AWS_PROFILE.";

function fault(step: MetadataStep, what: string, hint: string, cause?: unknown): UserError {
  const who = step.kind === "container" ? "The container's credentials address" : "Instance metadata";
  return new UserError({
    code: "E_METADATA",
    phase: "credentials",
    message: `${who} (${step.place}) ${what}.`,
    hint,
    cause,
  });
}
