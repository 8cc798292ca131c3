import { guard } from "./guard.ts";
import { identity } from "./identity.ts";
import type { Mutant } from "./mutant.ts";
import { pipeline } from "./pipeline.ts";
import { redactor } from "./redactor.ts";
import { signing } from "./signing.ts";
import { transport } from "./transport.ts";

/** The mutants of each room. `npm run mutation` tries them. */
export const rooms: Readonly<Record<string, readonly Mutant[]>> = {
  guard,
  pipeline,
  signing,
  identity,
  transport,
  redactor,
};
