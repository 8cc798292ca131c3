import { UserError } from "../../errors.ts";
import { environmentKeys, expirationVariable, hasEnvironmentKeys } from "../choice/environmentKeys.ts";
import { commentHint, type Environment, type Profile, type ProfileKey } from "../files/profile.ts";
import { nearestNames } from "../nearestNames.ts";
import { containerStep, instanceMetadataStep } from "./machineCredentials.ts";
import { sourceError } from "./planFaults.ts";
import type { PlanContext } from "./roleStep.ts";
import type { SourceStep } from "./sourceStep.ts";

type Source = (profile: Profile, key: ProfileKey, context: PlanContext) => SourceStep;

/** The values that `credential_source` may have, as the AWS CLI writes them. */
const sources: ReadonlyMap<string, Source> = new Map<string, Source>([
  [
    "Environment",
    (profile, key, { env }) => {
      if (!hasEnvironmentKeys(env)) {
        const what = "takes its credentials from the environment, where AWS_ACCESS_KEY_ID is not set";
        throw sourceError(profile, key.place, what, "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.");
      }
      return environmentStep(key.place, env);
    },
  ],
  [
    "EcsContainer",
    (profile, key, context) => {
      checkAllowed(profile, key, context);
      const step = containerStep(context.env);
      if (step !== null) return { ...step, place: key.place };
      const hint = "It works inside ECS, EKS and CloudShell, where that variable is set.";
      const what = "takes its credentials from a container, but AWS_CONTAINER_CREDENTIALS_… is not set";
      throw sourceError(profile, key.place, what, hint);
    },
  ],
  [
    "Ec2InstanceMetadata",
    (profile, key, context) => {
      checkAllowed(profile, key, context);
      const step = instanceMetadataStep(context.env);
      if (step !== null) return { ...step, place: key.place };
      const what = "takes its credentials from instance metadata, which AWS_EC2_METADATA_DISABLED turns off";
      throw sourceError(profile, key.place, what, "Unset AWS_EC2_METADATA_DISABLED.");
    },
  ],
]);

/**
 * The step that takes the keys of the environment.
 * @param place who asks for them
 * @throws UserError `E_ENV_KEYS`, `E_KEY_FORM`
 */
export function environmentStep(place: string, env: Environment): SourceStep {
  const credentials = environmentKeys(env);
  const step = { kind: "environment", place, credentials } as const;
  return credentials.expiration === undefined ? step : { ...step, expirationPlace: expirationVariable };
}

/**
 * The first step of a role whose profile says `credential_source`.
 * @throws UserError `E_PROFILE_SOURCE`, `E_METADATA_OFF`, `E_METADATA_ENDPOINT`, `E_ENV_KEYS`, `E_KEY_FORM`
 */
export function credentialSourceStep(profile: Profile, key: ProfileKey, context: PlanContext): SourceStep {
  const source = sources.get(key.value);
  if (source !== undefined) return source(profile, key, context);
  const names = [...sources.keys()];
  const near = nearestNames(key.value, names);
  const hint = near.length > 0 ? `Did you mean ${near.join(" or ")}?` : `There are: ${names.join(", ")}.`;
  throw sourceError(
    profile,
    key.place,
    `has an unknown credential_source "${key.value}"`,
    `${hint}${commentHint(key.value)}`,
  );
}

function checkAllowed(profile: Profile, key: ProfileKey, { metadata }: PlanContext): void {
  if (metadata) return;
  throw new UserError({
    code: "E_METADATA_OFF",
    phase: "credentials",
    message: `Profile "${profile.name}" (${key.place}) takes its credentials from this machine's metadata, which is off here.`,
    hint: "Turn on awsreq.useMachineCredentials in your user settings, or choose another profile.",
  });
}
