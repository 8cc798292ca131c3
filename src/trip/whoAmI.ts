import type { UserError } from "../errors.ts";
import type { CallerIdentity } from "../identity/credentialCache.ts";
import { confirmMachine, type IdentityPlan, identify } from "../identity/resolveIdentity.ts";
import type { Identity, ResolvedRequest, Sourced } from "../stages.ts";
import { wrongAccount } from "./accountGuard.ts";
import { calledIdentity, callerIdentity } from "./callerIdentity.ts";
import { approveSigner, approveTrip, askForProcess } from "./tripApproval.ts";
import type { TripChoices } from "./tripChoices.ts";
import type { TripEffects } from "./tripEffects.ts";
import { whoSigns } from "./whoSigns.ts";

/** Who signs, as AWS knows them. */
export interface KnownCaller {
  /** With the account and the ARN that AWS gives. */
  readonly identity: Identity;
  /** Null for keys that AWS does not know: those of the local endpoint. */
  readonly caller: CallerIdentity | null;
  /** The region that holds where neither request nor host tells one. */
  readonly region: Sourced<string> | null;
  /** Sentences worth knowing about the choice of who signs. */
  readonly notes: readonly string[];
  /** Why the request would not be sent: it is for another account; else null. */
  readonly refused: UserError | null;
}

/**
 * Gets credentials and asks STS whose they are; no request of the file is sent.
 * @param request who would sign it; null for any request of the folder that says nothing itself
 * @throws UserError `E_NOT_APPROVED`, `E_STS` and what identifying throws
 */
export async function whoAmI(
  request: ResolvedRequest | null,
  choices: TripChoices,
  effects: TripEffects,
): Promise<KnownCaller> {
  const plan = await whoSigns(request ?? anyRequest, choices, effects.identity);
  await confirmMachine(plan, effects.identity);
  if (request === null) {
    await approveSigner(plan, isFolders(plan, choices) ? "signer" : "process", choices, effects.approval);
  } else {
    await approveTrip(request, { plan, scope: null }, false, choices, effects.approval);
  }
  const ask = askForProcess(plan, effects.approval);
  const identity = await identify(plan, { ...effects.identity, ask });
  const caller = await callerIdentity(plan, identity.credentials, effects);
  const called = calledIdentity(identity, caller);
  const refused = request === null ? null : wrongAccount(request, plan, called);
  return { identity: called, caller, region: plan.region, notes: plan.notes, refused };
}

/** Whether the folder's own files chose the profile: the person asked who they are, and not who the folder says. */
function isFolders(
  { profile, source }: IdentityPlan,
  { configuredProfile, folderVoices }: TripChoices,
): boolean {
  const { dotenvProfile, samProfile } = folderVoices;
  const inWorkspace = configuredProfile?.inWorkspace === true ? configuredProfile : undefined;
  return [inWorkspace, dotenvProfile, samProfile].some(
    (voice) => voice?.value === profile && voice?.source === source,
  );
}

/** Stands for any request: STS is always there. */
export const anyRequest: Pick<ResolvedRequest, "settings" | "target"> = {
  settings: {},
  target: {
    typed: "https://sts.amazonaws.com",
    scheme: "https:",
    host: "sts.amazonaws.com",
    port: 443,
    authority: "sts.amazonaws.com",
    path: "/",
    query: null,
  },
};
