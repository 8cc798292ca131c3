/**
 * Prefixes of actions, and signing names, of services whose resources have policies of their own.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-services-that-work-with-iam.html
 */
const services: ReadonlySet<string> = new Set(
  `acm-pca aps backup backup-storage bedrock bedrock-agentcore cloudtrail codeartifact codebuild dynamodb ecr
ecr-public elasticfilesystem entityresolution es events execute-api glacier glue iam kafka kinesis kms lambda lex
lex-v2 logs mediastore network-firewall oam osis payment-cryptography redshift-serverless
refactor-spaces rekognition rolesanywhere s3 s3-object-lambda s3-outposts s3express s3tables s3vectors schemas
secretsmanager serverlessrepo ses signer sms-voice sns sqs ssm ssm-contacts ssm-incidents sts vpc-lattice vpc-lattice-svcs
xray`.split(/\s+/),
);

/**
 * Whether a service's resources may have policies of their own.
 * @param action `s3:GetObject`, or the service alone
 */
export function hasResourcePolicies(action: string): boolean {
  return services.has(action.split(":", 1)[0] ?? "");
}
