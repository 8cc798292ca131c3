import { diagnose } from "./diagnose.ts";
import { noRequestFacts } from "./diagnosisInput.ts";
import { readCapture } from "./readCapture.ts";

/** Everything that is asked of the doctor: a bundle of its own, loaded when a request was refused. */
export const doctor = { diagnose, readCapture, noRequestFacts } as const;

export type Doctor = typeof doctor;
