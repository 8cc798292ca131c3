import type { TripError } from "../errors.ts";
import { isNobodysChoice, type ProfileChoice } from "../identity/choice/profileChoice.ts";
import { type ChosenSigner, chooseSigner } from "../identity/choice/signerChoice.ts";
import type { AwsFiles } from "../identity/files/awsFiles.ts";
import type { Environment } from "../identity/files/profile.ts";
import { kindOf } from "../identity/files/profileKind.ts";
import { planCredentials } from "../identity/plan/plan.ts";
import type { ResolveContext } from "../request/resolve.ts";
import { redactedError, redactorOf } from "../shown/tripRedactor.ts";
import type { AuthDecision } from "../signing/authMode.ts";
import type { RequestBlock, RequestFile, ResolvedRequest, SigningScope, Sourced } from "../stages.ts";
import { forWhat, refuse, signerVoices } from "./decisions.ts";
import { prepareTrip } from "./prepareTrip.ts";
import { tripErrorOf } from "./trip.ts";
import type { TripChoices } from "./tripChoices.ts";

/** What sending a request will do, as far as that is decided before anybody is asked and any credential is read. */
export interface TripPreview {
  /** Null when the send ends before this is decided. */
  readonly auth: AuthDecision | null;
  /** Null for a request that is not signed, and where nobody can be named. */
  readonly signer: PreviewedSigner | null;
  /** The error that the send will end with; null when there is none, or one that only the credentials tell. */
  readonly error: TripError | null;
}

/** Who signs, and for what. What the send draws by lot, or takes from the clock, is null. */
export interface PreviewedSigner {
  /** Null for credentials of the environment. */
  readonly profile: string | null;
  /** The profile, or the credentials of the environment in words; null while nobody can know. */
  readonly who: string | null;
  /** Who chose it: `pets.awsreq:1`, `AWS_PROFILE`, `default`. */
  readonly source: string;
  /** Nobody chose, so the machine's own credentials sign where `default` has none. */
  readonly orMachine: boolean;
  readonly role: Sourced<string> | null;
  /** The only account whose credentials may sign, when the request says one. */
  readonly account: Sourced<string> | null;
  /** Null while nothing tells for what. */
  readonly region: Sourced<string> | null;
  readonly service: Sourced<string> | null;
  /** Sentences: somebody else is not listened to, another region is not used. */
  readonly notes: readonly string[];
}

/** Everything around a request that a preview takes; nothing of it asks, runs, contacts or reads a credential. */
export interface PreviewAround {
  readonly choices: TripChoices;
  readonly context: Omit<ResolveContext, "willSign" | "now" | "randomBytes" | "readInclude">;
  readonly env: Environment;
  /** Whether container and instance metadata may be asked. */
  readonly metadata: boolean;
  /** What the AWS config file says, without the credentials file. */
  readonly readConfig: () => Promise<AwsFiles>;
}

/**
 * What the send of a request will do: the same functions decide it, stopped where a credential would be looked at. Files
 * that a body names are not read; they count as there.
 */
export async function previewTrip(
  file: RequestFile,
  block: RequestBlock,
  around: PreviewAround,
): Promise<TripPreview> {
  let preview = await previewOnce(file, block, around, 0);
  if (!drawsLots(file, block, around)) return preview;
  for (let lot = 1; lot < lots; lot += 1)
    preview = agreed(preview, await previewOnce(file, block, around, lot));
  return preview;
}

/** Looks at a request that holds chance or time, each with others: what differs is not known before the send. */
const lots = 6;

/** Times that share no part. */
function timeOf(lot: number): Date {
  return new Date(
    Date.UTC(1987 + 7 * lot, lot, 3 + 4 * lot, 1 + 3 * lot, 5 + 7 * lot, 8 + 9 * lot, 101 + lot),
  );
}

/** Bytes that are no chance, so that a file that does not change is shown the same. */
function bytesOf(lot: number): (count: number) => Uint8Array {
  let drawn = 0;
  return (count) =>
    Uint8Array.from({ length: count }, () => {
      drawn += 1;
      return (lot * 53 + drawn * (lot * 2 + 1)) % 128;
    });
}

async function previewOnce(
  file: RequestFile,
  block: RequestBlock,
  { choices, context, ...around }: PreviewAround,
  lot: number,
): Promise<TripPreview> {
  const { request, auth, error, privateValues } = await prepareTrip(
    file,
    withoutTypedLength(block),
    choices,
    {
      ...context,
      now: () => timeOf(lot),
      randomBytes: bytesOf(lot),
      // Whatever the file holds: only whether there is a body counts.
      readInclude: async () => new Uint8Array(1),
    },
  );
  if (request === null || auth === null) return { auth, signer: null, error };
  const redactor = redactorOf({ identity: null, plan: null, request, privateValues });
  const told = (found: TripError | null) => found && redactedError(found, redactor);
  const decided = { ...auth, reason: redactor.message(auth.reason) };
  if (auth.kind !== "sign")
    return { auth: decided, signer: null, error: told(errorOf(() => refuse(request, null, choices))) };
  const { signer, error: later } = await previewSigner(request, choices, around);
  return {
    auth: decided,
    signer: signer && withReasons(signer, (text) => redactor.message(text)),
    error: told(later),
  };
}

/** The length of a body that is not read is not held against what was typed. */
function withoutTypedLength(block: RequestBlock): RequestBlock {
  if (!block.body.some(({ kind }) => kind === "file")) return block;
  const headers = block.headers.filter(({ name }) => name.text.toLowerCase() !== "content-length");
  return { ...block, headers };
}

async function previewSigner(
  request: ResolvedRequest,
  choices: TripChoices,
  { env, metadata, readConfig }: Pick<PreviewAround, "env" | "metadata" | "readConfig">,
): Promise<Pick<TripPreview, "signer" | "error">> {
  const options = signerVoices(request, choices);
  let signer: PreviewedSigner | null = null;
  try {
    const chosen = await chooseSigner(options, env, readConfig);
    signer = whoOf(chosen, request.settings, options.role?.arn ?? null, metadata);
    // The keys of a profile are not looked at; what the environment lacks can be told.
    if (chosen.choice.kind !== "profile") {
      const context = { files: chosen.files, env, region: options.region ?? null, metadata };
      planCredentials(chosen.choice, context, options.role ?? null);
    }
    const { scope, conflict } = forWhat(request, chosen, choices);
    const notes = conflict === null ? signer.notes : [...signer.notes, conflict];
    signer = { ...signer, ...scopeOf(scope), notes };
    refuse(request, scope, choices);
    return { signer, error: null };
  } catch (error) {
    return { signer, error: tripErrorOf(error) };
  }
}

/** Names and regions are what a person wants to see, also out of a private file; where they come from is masked. */
function withReasons(signer: PreviewedSigner, redact: (text: string) => string): PreviewedSigner {
  const placed = (found: Sourced<string> | null) => found && { ...found, source: redact(found.source) };
  const { region, service, notes } = signer;
  return { ...signer, region: placed(region), service: placed(service), notes: notes.map(redact) };
}

const environmentSigners = {
  environmentKeys: "environment keys",
  environmentWebIdentity: "web identity",
  requestKeys: "keys of the private environment",
} as const;

function whoOf(
  { choice, files, notes }: ChosenSigner,
  settings: ResolvedRequest["settings"],
  role: Sourced<string> | null,
  metadata: boolean,
): PreviewedSigner {
  const profile = choice.kind === "profile" ? choice.name : null;
  const who = choice.kind === "profile" ? choice.name : environmentSigners[choice.kind];
  const orMachine = metadata && mayBeMachine(choice, files);
  const account = settings.account ?? null;
  const scope = { region: null, service: null };
  return { profile, who, source: choice.source, orMachine, role, account, ...scope, notes };
}

/** The credentials file, which is not read, may have keys for `default`. */
function mayBeMachine(choice: ProfileChoice, files: AwsFiles): boolean {
  if (choice.kind !== "profile" || !isNobodysChoice(choice)) return false;
  const profile = files.profiles.get(choice.name);
  return profile === undefined || kindOf(profile, false) === null;
}

function scopeOf(scope: SigningScope): Pick<PreviewedSigner, "region" | "service"> {
  return {
    region: { value: scope.region, source: scope.regionSource },
    service: { value: scope.service, source: scope.serviceSource },
  };
}

function errorOf(run: () => void): TripError | null {
  try {
    run();
    return null;
  } catch (error) {
    return tripErrorOf(error);
  }
}

/** Whether anything that may choose is written with `{{$…}}`. */
function drawsLots(file: RequestFile, block: RequestBlock, around: PreviewAround): boolean {
  const spans = [
    ...[file.preamble, block].flatMap(({ directives }) => directives.map(({ value }) => value)),
    ...block.target,
    ...block.headers.flatMap(({ name, value }) => [name, value]),
    ...around.context.environment.values.values(),
  ];
  return spans.some(isDrawn) || variablesDraw(file);
}

function isDrawn({ text }: { readonly text: string }): boolean {
  return /\{\{%?\s*\$/.test(text);
}

const drawing = new WeakMap<RequestFile, boolean>();

/** Looked at once for all requests of a file. */
function variablesDraw(file: RequestFile): boolean {
  const known = drawing.get(file);
  if (known !== undefined) return known;
  const draw = [file.preamble, ...file.requests].some(({ variables }) =>
    variables.some(({ value }) => isDrawn(value)),
  );
  drawing.set(file, draw);
  return draw;
}

/** What both say. An error that one of them alone has is not known beforehand. */
function agreed(one: TripPreview, other: TripPreview): TripPreview {
  const isSame = one.auth?.kind === other.auth?.kind;
  return {
    auth: isSame ? one.auth : null,
    signer:
      isSame && one.signer !== null && other.signer !== null ? agreedSigner(one.signer, other.signer) : null,
    error: one.error?.code === other.error?.code ? one.error : null,
  };
}

function agreedSigner(one: PreviewedSigner, other: PreviewedSigner): PreviewedSigner {
  const both = (key: "role" | "account" | "region" | "service") =>
    one[key]?.value === other[key]?.value ? one[key] : null;
  const isSame = one.who === other.who;
  return {
    ...one,
    profile: isSame ? one.profile : null,
    who: isSame ? one.who : null,
    role: both("role"),
    account: both("account"),
    region: both("region"),
    service: both("service"),
    notes: one.notes.filter((note) => other.notes.includes(note)),
  };
}
