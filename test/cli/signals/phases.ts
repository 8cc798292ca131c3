import { identityPhases } from "./identityPhases.ts";
import { longPhases } from "./longPhases.ts";
import { outputPhases } from "./outputPhases.ts";
import { readingPhases } from "./readingPhases.ts";
import { wirePhases } from "./wirePhases.ts";
import type { SignalPhase } from "./world.ts";

/** Every wait of every command. */
export const signalPhases: readonly SignalPhase[] = [
  ...readingPhases,
  ...wirePhases,
  ...identityPhases,
  ...outputPhases,
  ...longPhases,
];
