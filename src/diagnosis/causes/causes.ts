import { accessCauses } from "./accessCauses.ts";
import { serviceCauses } from "./serviceCauses.ts";
import { signingCauses } from "./signingCauses.ts";

/** Why a request was refused: every cause that is told from the others. */
export const causes = { ...signingCauses, ...accessCauses, ...serviceCauses } as const;

export type Cause = keyof typeof causes;
