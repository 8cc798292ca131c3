import { refuseUntrusted } from "../guard/refuse.ts";
import { type ResolveContext, resolveRequest } from "../request/resolve.ts";
import type { RequestBlock, RequestFile } from "../stages.ts";
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
    const willSign: ResolveContext["willSign"] = (draft) => authOf(draft, choices).kind === "sign";
    const { request, problems } = await resolveRequest(file, block, { ...recording, willSign });
    if (request === null) return { ...trip, problems, error: errorInText(problems, context.fileName) };
    const auth = authOf(request, choices);
    if (auth.kind === "sign")
      checkSignable(request, presignedMode(auth.mode, choices), choices, context.now());
    return { ...trip, problems, request, auth, error: null, again: againWith(choices, replayed) };
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
