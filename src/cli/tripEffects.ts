import { randomBytes } from "node:crypto";
import { version } from "../../package.json";
import { approvalFile, approvalsPath } from "../guard/approvalFile.ts";
import { type ApprovalStore, approvalsInMemory } from "../guard/approvalStore.ts";
import { processEnvRefusal } from "../guard/processEnvPolicy.ts";
import { inertLine } from "../guard/terminalText.ts";
import { createCredentialCache } from "../identity/credentialCache.ts";
import { clock, identityEffects } from "../machine.ts";
import type { Ask } from "../questions.ts";
import type { Environment } from "../request/environments.ts";
import type { ResolveContext } from "../request/resolve.ts";
import { defaultLimits, streamedLimits } from "../transport/limits.ts";
import { proxyFor } from "../transport/proxyEnvironment.ts";
import { askedInclude } from "../trip/askedInclude.ts";
import type { TripEffects } from "../trip/tripEffects.ts";
import type { TripArguments } from "./command.ts";
import type { RequestSource } from "./requestSource.ts";
import type { Surroundings } from "./surroundings.ts";
import { terminalAsk, withMfaCode } from "./terminalAsk.ts";

/** Names that `{{$processEnv NAME}}` may read, from the person's own environment: `AWSREQ_PROCESS_ENV=CI_JOB,STAGE`. */
export function allowedProcessEnv(env: Surroundings["env"]): ReadonlySet<string> {
  return new Set(listed(env["AWSREQ_PROCESS_ENV"]));
}

/** Hosts that may get credentials over plain http, from the person's own environment: `AWSREQ_PLAIN_HTTP_HOSTS=localstack:4566`. */
export function plainHttpHosts(env: Surroundings["env"]): readonly string[] {
  return listed(env["AWSREQ_PLAIN_HTTP_HOSTS"]);
}

/** Profiles that are asked about each time before something is changed: `AWSREQ_PROTECTED_PROFILES=prod,prod-*`. */
export function protectedProfiles(env: Surroundings["env"]): readonly string[] {
  return listed(env["AWSREQ_PROTECTED_PROFILES"]);
}

function listed(text: string | undefined): readonly string[] {
  const items = (text ?? "").split(",").map((item) => item.trim());
  return items.filter((item) => item !== "");
}

/** What the text of requests is resolved with in a terminal. */
export function resolveContext(
  source: Pick<RequestSource, "fileName" | "directory" | "folder">,
  environment: Environment,
  variables: ReadonlyMap<string, string>,
  now: () => Date,
  surroundings: Surroundings,
): Omit<ResolveContext, "willSign"> {
  const { env } = surroundings;
  return {
    fileName: source.fileName,
    directory: source.directory,
    variables,
    environment,
    version,
    now,
    randomBytes,
    utcOffset: (at) => -at.getTimezoneOffset(),
    processEnv: (name) => env[name],
    processEnvRefusal: (name) => processEnvRefusal(name, allowedProcessEnv(env)),
    readInclude: (path) =>
      askedInclude(
        path,
        { ...surroundings, folder: source.folder, place: source.fileName },
        askHere(surroundings),
      ),
  };
}

/** Asks on the terminal, or answers no where nobody can. */
function askHere({ signal, stdin, stderr, canAsk }: Surroundings): Ask {
  const interrupt = () => process.kill(process.pid, "SIGINT");
  return terminalAsk(canAsk ? { input: stdin, output: stderr, interrupt } : null, inertLine, signal);
}

/** What trips do to the world when they are started from a terminal. `storageDirectory` is made when first needed. */
export function tripEffects(
  surroundings: Surroundings,
  storageDirectory: string,
  {
    timeout,
    mfaCode,
    clockOffset = 0,
    streamed = false,
  }: Pick<TripArguments, "mfaCode"> & {
    readonly timeout?: number;
    readonly clockOffset?: number;
    /** Whether bodies go on in pieces: then they have no limit. */
    readonly streamed?: boolean;
  },
): TripEffects {
  const { env, signal } = surroundings;
  const ask = withMfaCode(mfaCode, askHere(surroundings));
  const now = () => new Date(Date.now() + clockOffset);
  const usual = streamed ? streamedLimits : defaultLimits;
  const limits = timeout === undefined ? usual : { ...usual, total: timeout };
  return {
    now,
    clock,
    approval: { store: approvalStore(surroundings), ask, now: () => Date.now() },
    identity: identityEffects(surroundings, signal, {
      cache: createCredentialCache(),
      metadata: true,
      proxyFor: (url) => proxyFor(url, env)?.url ?? null,
    }),
    sendOptions: ({ target }) => ({
      limits,
      storageDirectory,
      now: clock,
      proxy: proxyFor(`${target.scheme}//${target.authority}`, env),
    }),
    onTransfer: () => undefined,
    signal,
  };
}

/** Approvals are kept in the person's own configuration; without a home they last as long as the command. */
export function approvalStore({ env, platform, home, uid, stderr }: Surroundings): ApprovalStore {
  const configured = env["XDG_CONFIG_HOME"] ?? env["APPDATA"] ?? "";
  if (home === null && configured === "") return approvalsInMemory();
  return approvalFile(approvalsPath(env, platform, home ?? ""), uid, (sentence) => {
    stderr.write(`awsreq: ${inertLine(sentence)}\n`);
  });
}
