import type { TripError } from "../../errors.ts";
import type { Machine } from "../../machine.ts";
import { requestAt } from "../../request/selectRequest.ts";
import { nobodysTrip, type RedactedOf, redactedError, redactorOf } from "../../shown/tripRedactor.ts";
import type { ResolvedRequest } from "../../stages.ts";
import { prepareTrip } from "../../trip/prepareTrip.ts";
import { tripErrorOf } from "../../trip/trip.ts";
import { whoAmI } from "../../trip/whoAmI.ts";
import { choicesOf } from "./editorChoices.ts";
import { contextOf, type EditorEffects, tripEffects } from "./editorTrip.ts";
import { environmentOf, folderVoicesOf } from "./folderFiles.ts";
import { type IdentityFact, identityFacts } from "./identityFacts.ts";
import type { TripInput } from "./tripInput.ts";

/** What AWS says of who signs, as facts to be shown; or why it cannot be told. */
export type WhoAmIAnswer =
  | { readonly kind: "facts"; readonly facts: readonly IdentityFact[] }
  | { readonly kind: "unsigned"; readonly reason: string }
  | { readonly kind: "error"; readonly error: TripError };

/** Gets credentials for the request at the input's line, or for the folder where there is none, and asks STS whose they are. */
export async function editorWhoAmI(
  input: TripInput,
  machine: Machine,
  effects: EditorEffects,
): Promise<WhoAmIAnswer> {
  let redacted: RedactedOf = nobodysTrip;
  try {
    const { environment } = await environmentOf(input, machine);
    const choices = choicesOf(input, await folderVoicesOf(input, machine));
    const { file } = input;
    const block = requestAt(file.requests, input.line);
    let request: ResolvedRequest | null = null;
    if (block !== null) {
      const context = contextOf(input, block.method.range.start.line, { environment, machine, effects });
      const prepared = await prepareTrip(file, block, choices, context);
      redacted = { ...nobodysTrip, ...prepared };
      if (prepared.error !== null) return { kind: "error", error: prepared.error };
      if (prepared.auth?.kind !== "sign") return { kind: "unsigned", reason: prepared.auth?.reason ?? "" };
      request = prepared.request;
    }
    const known = await whoAmI(request, choices, tripEffects(input, machine, effects));
    return { kind: "facts", facts: identityFacts(known) };
  } catch (error) {
    return { kind: "error", error: redactedError(tripErrorOf(error), redactorOf(redacted)) };
  }
}
