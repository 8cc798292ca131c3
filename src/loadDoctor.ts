import type { Doctor } from "./diagnosis/doctor.ts";

/** Loads the doctor, a bundle of its own beside this one, when a request was refused. */
export async function loadDoctor(): Promise<Doctor> {
  const { doctor } = await import("./diagnosis/doctor.ts");
  return doctor;
}
