import type { Trip } from "../../trip/trip.ts";
import { userErrorText } from "../faultMessage.ts";
import type { Log } from "../log.ts";
import type { TripRunner } from "../trips/loadRunner.ts";
import type { TripInput } from "../trips/tripInput.ts";

/** Asks AWS who signed, after a send, for as long as the window lasts. */
export interface IdentityLookup {
  /** The trip with what AWS says; null when nothing is to be asked, or AWS does not say. */
  look(trip: Trip, input: TripInput, effects: Parameters<TripRunner["calledTrip"]>[3]): Promise<Trip | null>;
}

/** A key whose owner AWS would not tell is not asked about again: what matters is the answer that was shown before. */
export function createIdentityLookup(runner: () => Promise<TripRunner>, log: Log): IdentityLookup {
  const silent = new Set<string>();
  return {
    async look(trip, input, effects) {
      const { calledTrip, isCallerUnknown, thisMachine } = await runner();
      const key = trip.identity?.credentials.accessKeyId ?? "";
      if (!isCallerUnknown(trip) || silent.has(key)) return null;
      try {
        return await calledTrip(trip, input, thisMachine(), effects);
      } catch (error) {
        // The answer is there already, and stays: what went wrong here is no fault of the request.
        if (userErrorText(error) === null) log.bug("who signed", error);
        silent.add(key);
        return null;
      }
    },
  };
}
