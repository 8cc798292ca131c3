import type { Machine } from "../../machine.ts";
import { calledIdentity, callerIdentity } from "../../trip/callerIdentity.ts";
import type { Trip } from "../../trip/trip.ts";
import { type EditorEffects, tripEffects } from "./editorTrip.ts";
import type { TripInput } from "./tripInput.ts";

/** True when AWS may know more of who signed than we do. */
export function isCallerUnknown({ plan, identity }: Trip): boolean {
  return plan?.way.kind === "aws" && identity !== null && identity.arn === null;
}

/**
 * The trip with the account and the ARN that STS gives for who signed.
 * @throws UserError `E_STS`, `E_CANCELLED`
 */
export async function calledTrip(
  trip: Trip,
  input: TripInput,
  machine: Machine,
  effects: EditorEffects,
): Promise<Trip> {
  const { plan, identity } = trip;
  if (plan === null || identity === null) return trip;
  const caller = await callerIdentity(plan, identity.credentials, tripEffects(input, machine, effects));
  return { ...trip, identity: calledIdentity(identity, caller) };
}
