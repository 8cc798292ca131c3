/** Causes in who signed it, and what they may. */
export const accessCauses = {
  "cred-missing-session-token": {
    title: "The session token is missing",
    fix: "Temporary keys (ASIA…) need their session token: send X-Amz-Security-Token.",
  },
  "cred-invalid-key": {
    title: "AWS does not know the access key, or it is inactive",
    fix: "Use an active key of the right account; `awsreq whoami` tells whether it is known.",
  },
  "cred-region-not-enabled": {
    title: "The region is not enabled for the account",
    fix: "Enable the region, or get credentials from STS in a region rather than its global endpoint.",
  },
  "cred-wrong-partition": {
    title: "The keys are of another partition",
    fix: "Use keys of the partition (aws, aws-cn, aws-us-gov) that the host is in.",
  },
  "cred-expired-token": {
    title: "The temporary credentials have expired",
    fix: "Get new credentials and send again.",
  },
  "iam-no-identity-allow": {
    title: "No policy of the caller allows it",
    fix: "Allow the action on the resource in a policy of the caller.",
  },
  "iam-explicit-deny-identity": {
    title: "A policy of the caller denies it",
    fix: "Find the Deny in the caller's policies; it may depend on MFA, address or region.",
  },
  "iam-no-resource-allow": {
    title: "The resource's policy does not allow it",
    fix: "Allow the caller in the resource's policy; across accounts both sides must allow.",
  },
  "iam-explicit-deny-resource": {
    title: "The resource's policy denies it",
    fix: "Find the Deny in the policy of the API, bucket, queue or key.",
  },
  "iam-scp-deny": {
    title: "A service control policy of the organization denies it",
    fix: "Ask the administrators of the organization.",
  },
  "iam-rcp-deny": {
    title: "A resource control policy of the organization denies it",
    fix: "Ask the administrators of the organization.",
  },
  "iam-permissions-boundary": {
    title: "The permissions boundary does not allow it",
    fix: "Widen the boundary of the user or role.",
  },
  "iam-session-policy": {
    title: "The session's policy does not allow it",
    fix: "Get a session with a wider policy.",
  },
  "iam-vpce-policy": {
    title: "The VPC endpoint's policy does not allow it",
    fix: "Allow it in the policy of the VPC endpoint.",
  },
  "iam-trust-policy": {
    title: "The role does not let the caller assume it",
    fix: "Check the role's trust policy (principal, external ID, second factor) and sts:AssumeRole of the caller.",
  },
  "assume-role-wrong-arn": {
    title: "The ARN that was to be assumed is not a role",
    fix: "Give the ARN of a role.",
  },
  "iam-kms": {
    title: "The KMS key does not let the caller use it",
    fix: "Allow kms:Decrypt or kms:GenerateDataKey for the caller, and in the key's policy.",
  },
  "mfa-code-invalid": {
    title: "The code of the second factor is not taken",
    fix: "Wait for the next code; each is taken once.",
  },
  "mfa-serial-wrong": {
    title: "The second factor is not that user's",
    fix: "Correct mfa_serial, or the source profile.",
  },
} as const;
