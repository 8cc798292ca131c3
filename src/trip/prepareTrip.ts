import { refuseUntrusted } from "../guard/refuse.ts";
import { type ResolveContext, resolveRequest } from "../request/resolve.ts";
import { emptyAuthorization } from "../signing/ownAuthorization.ts";
import type { RequestBlock, RequestFile } from "../stages.ts";
import { emptyAuthProblem, unsignedProblems } from "./authProblems.ts";
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
  const { name, title, method } = block;
  const trip = { name, title, line: method.range.start.line, problems: [], request: null, auth: null };
  const { recording, replayed } = recordedContext(context);
  try {
    refuseUntrusted(choices.trusted);
    const willSign: ResolveContext["willSign"] = (draft) =>
      emptyAuthorization(draft) === null && authOf(draft, choices).kind === "sign";
    const { request, problems } = await resolveRequest(file, block, { ...recording, willSign });
    if (request === null) return { ...trip, problems, error: errorInText(problems, context.fileName) };
    const empty = emptyAuthProblem(request, block);
    if (empty !== null)
      return { ...trip, problems: [...problems, empty], error: errorInText([empty], context.fileName) };
    const auth = authOf(request, choices);
    if (auth.kind === "sign")
      checkSignable(request, presignedMode(auth.mode, choices), choices, context.now());
    const unsigned = unsignedProblems(file, block, auth, choices);
    const again = againWith(choices, replayed);
    return { ...trip, problems: [...problems, ...unsigned], request, auth, error: null, again };
  } catch (error) {
    return { ...trip, error: tripErrorOf(error) };
  }
}

function againWith(choices: TripChoices, replayed: () => Omit<ResolveContext, "willSign">): PrepareAgain {
  return {
    prepare: (file, block) => prepareTrip(file, block, choices, replayed()),
    scope: (request, plan) => forWhat(request, plan, choices).scope,
  };
}
