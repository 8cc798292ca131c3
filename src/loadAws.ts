import type { AwsProviders } from "./identity/providers/awsProviders.ts";

/** Loads the AWS SDK's part, a bundle of its own beside this one, when a role is first assumed. */
export async function loadAws(): Promise<AwsProviders> {
  // Read by the SDK while it loads; it would print a warning about Node 20 into people's output.
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] = "true";
  const { awsProviders } = await import("./identity/providers/awsProviders.ts");
  return awsProviders;
}
