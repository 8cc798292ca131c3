/** Causes in who signed it, and what they may. */
export const accessCauses = {
  "cred-missing-session-token": {
    title: "The session token is missing",
    signs:
      '"The security token included in the request is invalid", InvalidAccessKeyId: the key id begins with ASIA and no token was sent.',
    fix: "Temporary keys (ASIA…) need their session token: send X-Amz-Security-Token.",
    page: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_use-resources.html",
  },
  "cred-invalid-key": {
    title: "AWS does not know the access key, or it is inactive",
    signs:
      "The same words, UnrecognizedClientException or InvalidClientTokenId for a key id that begins with AKIA, or one with its token.",
    fix: "Use an active key of the right account; `awsreq whoami` tells whether it is known.",
    page: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html",
  },
  "cred-region-not-enabled": {
    title: "The region is not enabled for the account",
    signs: "The same words in a region that accounts have to enable, with keys that work elsewhere.",
    fix: "Enable the region, or get credentials from STS in a region rather than its global endpoint.",
    page: "https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html",
  },
  "cred-wrong-partition": {
    title: "The keys are of another partition",
    signs: "The same words from a host of another partition (China, GovCloud) than the keys'.",
    fix: "Use keys of the partition (aws, aws-cn, aws-us-gov) that the host is in.",
    page: "https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html",
  },
  "cred-expired-token": {
    title: "The temporary credentials have expired",
    signs: 'ExpiredToken, ExpiredTokenException: "The security token included in the request is expired".',
    fix: "Get new credentials and send again.",
    page: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_use-resources.html",
  },
  "iam-no-identity-allow": {
    title: "No policy of the caller allows it",
    signs:
      '"… is not authorized to perform: ACTION on resource: ARN because no identity-based policy allows …", or the sentence without a because.',
    fix: "Allow the action on the resource in a policy of the caller.",
    page: "https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html",
  },
  "iam-explicit-deny-identity": {
    title: "A policy of the caller denies it",
    signs: '"… with an explicit deny in an identity-based policy".',
    fix: "Find the Deny in the caller's policies; it may depend on MFA, address or region.",
    page: "https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html",
  },
  "iam-no-resource-allow": {
    title: "The resource's policy does not allow it",
    signs: '"… because no resource-based policy allows …".',
    fix: "Allow the caller in the resource's policy; across accounts both sides must allow.",
    page: "https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html",
  },
  "iam-explicit-deny-resource": {
    title: "The resource's policy denies it",
    signs:
      '"… with an explicit deny in a resource-based policy"; from API Gateway "with an explicit deny" alone.',
    fix: "Find the Deny in the policy of the API, bucket, queue or key.",
    page: "https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html",
  },
  "iam-scp-deny": {
    title: "A service control policy of the organization denies it",
    signs: '"… in a service control policy".',
    fix: "Ask the administrators of the organization.",
    page: "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html",
  },
  "iam-rcp-deny": {
    title: "A resource control policy of the organization denies it",
    signs: '"… in a resource control policy".',
    fix: "Ask the administrators of the organization.",
    page: "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html",
  },
  "iam-permissions-boundary": {
    title: "The permissions boundary does not allow it",
    signs: '"… permissions boundary …".',
    fix: "Ask whoever set the boundary; one may also demand that a role or user which is created gets it too.",
    page: "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html",
  },
  "iam-session-policy": {
    title: "The session's policy does not allow it",
    signs: '"… session policy …".',
    fix: "Get a session with a wider policy.",
    page: "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html#policies_session",
  },
  "iam-vpce-policy": {
    title: "The VPC endpoint's policy does not allow it",
    signs: '"… VPC endpoint policy …".',
    fix: "Allow it in the policy of the VPC endpoint.",
    page: "https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html",
  },
  "iam-trust-policy": {
    title: "The role does not let the caller assume it",
    signs: '"… is not authorized to perform: sts:AssumeRole on resource: …:role/…".',
    fix: "Check the role's trust policy (principal, external ID, second factor) and sts:AssumeRole of the caller.",
    page: "https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_roles.html",
  },
  "web-identity-not-trusted": {
    title: "The role does not trust this token",
    signs:
      '"Not authorized to perform sts:AssumeRoleWithWebIdentity" (or …WithSAML), InvalidIdentityToken, "No OpenIDConnect provider found".',
    fix: "Correct the role's trust policy: the provider as its principal, and its conditions on aud and sub, letter by letter.",
    page: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html",
  },
  "web-identity-token-expired": {
    title: "The identity provider's token has expired",
    signs: 'ExpiredTokenException of AssumeRoleWithWebIdentity: "Token expired: current date/time …".',
    fix: "Get a new token from the identity provider: AWS credentials play no part in this call.",
    page: "https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html",
  },
  "presigned-credentials-ended": {
    title: "The presigned URL outlived the credentials that made it",
    signs: "ExpiredToken for a URL that bears a signature, whatever its X-Amz-Expires says.",
    fix: "Make the URL anew, with credentials that last as long as it has to.",
    page: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-presigned-url.html",
  },
  "ecr-not-logged-in": {
    title: "The container client is not logged in to that registry",
    signs:
      '"no basic auth credentials", "Your authorization token has expired. Reauthenticate and try again."',
    fix: "Log in anew: `aws ecr get-login-password` of that account and region into `docker login`; a login lasts twelve hours.",
    page: "https://docs.aws.amazon.com/AmazonECR/latest/userguide/registry_auth.html",
  },
  "assume-role-wrong-arn": {
    title: "The ARN that was to be assumed is not a role",
    signs: "sts:AssumeRole on a resource that is a user.",
    fix: "Give the ARN of a role.",
    page: "https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_roles.html",
  },
  "iam-kms": {
    title: "The KMS key does not let the caller use it",
    signs:
      'The action is kms:…, "Access to KMS is not allowed", or a bare Access Denied for an object under a key.',
    fix: "Allow kms:Decrypt or kms:GenerateDataKey for the caller, and in the key's policy.",
    page: "https://docs.aws.amazon.com/kms/latest/developerguide/policy-evaluation.html",
  },
  "mfa-code-invalid": {
    title: "The code of the second factor is not taken",
    signs: '"MultiFactorAuthentication failed with invalid MFA one time pass code".',
    fix: "Wait for the next code; each is taken once.",
    page: "https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_mfa.html",
  },
  "mfa-serial-wrong": {
    title: "The second factor is not that user's",
    signs:
      '"MultiFactorAuthentication failed, unable to validate MFA code. Please verify your MFA serial number".',
    fix: "Correct mfa_serial, or the source profile.",
    page: "https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_mfa.html",
  },
} as const;
