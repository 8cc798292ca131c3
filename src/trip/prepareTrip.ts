import { UserError } from "../errors.ts";
import { refuseUntrusted } from "../guard/refuse.ts";
import { type Resolution, type ResolveContext, resolveRequest } from "../request/resolve.ts";
import { isDisabled } from "../request/runDirectives.ts";
import { writtenRequest } from "../request/selectRequest.ts";
import { redactedError, redactedProblem, redactorOf } from "../shown/tripRedactor.ts";
import { emptyAuthorization } from "../signing/ownAuthorization.ts";
import type { Problem, RequestBlock, RequestFile } from "../stages.ts";
import { emptyAuthProblem, unheardProblems } from "./authProblems.ts";
import { authOf, checkSignable, forWhat, presignedMode } from "./decisions.ts";
import { recordedContext } from "./recordedContext.ts";
import { errorInText, type PrepareAgain, type PreparedTrip, tripErrorOf } from "./trip.ts";
import type { TripChoices } from "./tripChoices.ts";

/** The first half: text becomes a request. No credential is touched, nothing is asked, nothing leaves. */
export async function prepareTrip(
  file: RequestFile,
  block: RequestBlock,
  choices: TripChoices,
  context: Omit<ResolveContext, "willSign">,
): Promise<PreparedTrip> {
  const trip = unprepared(file, block);
  const { recording, replayed } = recordedContext(context);
  try {
    refuseUntrusted(choices.trusted);
    const willSign: ResolveContext["willSign"] = (draft) => isSigned(draft, choices);
    const resolution = await resolveRequest(file, block, { ...recording, willSign });
    const prepared = preparedTrip(trip, resolution, { file, block }, choices, context);
    return prepared.request === null ? prepared : { ...prepared, again: againWith(choices, replayed) };
  } catch (error) {
    return { ...trip, error: tripErrorOf(error) };
  }
}

/** A request of which nothing but its place is looked at. */
function unprepared(file: RequestFile, block: RequestBlock): Omit<PreparedTrip, "error"> {
  const { name, title, method } = block;
  const known = { name, title, written: writtenRequest(block), line: method.range.start.line };
  const nothing = { problems: [], request: null, auth: null, privateValues: [] };
  return { ...known, ...(isDisabled(file, block) && { disabled: true }), ...nothing };
}

/** A request that is left out because it is `@disabled`; what it names is not read. */
export function skippedTrip(file: RequestFile, block: RequestBlock): PreparedTrip {
  return { ...unprepared(file, block), skipped: "@disabled", error: null };
}

function againWith(choices: TripChoices, replayed: () => Omit<ResolveContext, "willSign">): PrepareAgain {
  return {
    prepare: (file, block) => prepareTrip(file, block, choices, replayed()),
    scope: (request, plan) => forWhat(request, plan, choices).scope,
  };
}

/** What a person is told of the text quotes values; private ones are masked here, before anybody gets to show them. */
function preparedTrip(
  trip: Omit<PreparedTrip, "error">,
  { request, problems: told, privateValues }: Resolution,
  { file, block }: { readonly file: RequestFile; readonly block: RequestBlock },
  choices: TripChoices,
  { fileName, now }: Pick<ResolveContext, "fileName" | "now">,
): PreparedTrip {
  const redactor = redactorOf({ identity: null, plan: null, request, privateValues });
  const redacted = (problems: readonly Problem[]) =>
    problems.map((problem) => redactedProblem(problem, redactor));
  const problems = redacted(told);
  const known = { ...trip, problems, privateValues };
  if (request === null) return { ...known, error: errorInText(problems, fileName) };
  const empty = emptyAuthProblem(request, block);
  if (empty !== null) {
    const also = redacted([empty]);
    return { ...known, problems: [...problems, ...also], error: errorInText(also, fileName) };
  }
  try {
    const auth = authOf(request, choices);
    if (auth.kind === "sign") checkSignable(request, presignedMode(auth.mode, choices), choices, now());
    const unheard = redacted(unheardProblems(file, block, auth, choices));
    return { ...known, problems: [...problems, ...unheard], request, auth, error: null };
  } catch (error) {
    return { ...known, error: redactedError(tripErrorOf(error), redactor) };
  }
}

/** What cannot be decided is told once there is a request to tell it of. */
function isSigned(draft: Parameters<ResolveContext["willSign"]>[0], choices: TripChoices): boolean {
  try {
    return emptyAuthorization(draft) === null && authOf(draft, choices).kind === "sign";
  } catch (error) {
    if (error instanceof UserError) return false;
    throw error;
  }
}
