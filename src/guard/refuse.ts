import { UserError } from "../errors.ts";
import type { ResolvedRequest } from "../stages.ts";
import { type RefusalCode, type RefusalContext, refusalRules, untrusted } from "./refusalRules.ts";

/**
 * Everything for which a resolved request is refused, the gravest first; empty when it may go on to be asked about.
 * Needs no network: addresses behind names are checked by `checkAddress` at look-up.
 */
export function refusals(request: ResolvedRequest, context: RefusalContext): readonly UserError[] {
  return refusalCodes.flatMap((code) => {
    const refusal = refusalRules[code](request, context);
    return refusal === null ? [] : [new UserError({ code, phase: "guard", ...refusal })];
  });
}

/**
 * Stands at the beginning of a trip: before files are included, the environment is read or a credential is looked for.
 * @throws UserError `E_REFUSED_UNTRUSTED`
 */
export function refuseUntrusted(trusted: boolean): void {
  if (!trusted) throw new UserError({ code: "E_REFUSED_UNTRUSTED", phase: "guard", ...untrusted });
}

const refusalCodes = Object.keys(refusalRules) as readonly RefusalCode[];
