import { fromTemporaryCredentials, fromWebToken } from "@aws-sdk/credential-providers";
import { agentsFor } from "../../net/agents.ts";

/** The things that are wanted of the AWS SDK, and what carries its calls. */
export interface AwsProviders {
  readonly fromTemporaryCredentials: typeof fromTemporaryCredentials;
  readonly fromWebToken: typeof fromWebToken;
  readonly agentsFor: typeof agentsFor;
}

/**
 * Built into a file of its own, loaded when a role is first assumed (some 40 ms). Whoever loads it sets
 * AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED to "true" first, else the SDK warns about the version of Node.
 */
export const awsProviders: AwsProviders = { fromTemporaryCredentials, fromWebToken, agentsFor };
