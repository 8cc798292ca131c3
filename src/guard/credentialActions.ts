/**
 * Operations whose answer holds credentials, by endpoint prefix: keys, tokens, passwords, private keys, secrets, data keys
 * in the clear, and URLs that sign a person in. Made from the output members of botocore's service models (1.43,
 * Apache-2.0), without those that AWS answers masked (MasterUserPassword of rds, FsxAdminPassword of fsx).
 */
const table = `
acm ExportCertificate GetAcmeExternalAccountBindingCredentials
api.ecr GetAuthorizationToken
api.ecr-public GetAuthorizationToken
api.sagemaker CreatePartnerAppPresignedUrl CreatePresignedDomainUrl CreatePresignedMlflowAppUrl CreatePresignedMlflowTrackingServerUrl CreatePresignedNotebookInstanceUrl StartSession
api.tunneling.iot OpenTunnel RotateTunnelAccessToken
athena CreatePresignedNotebookUrl GetSessionEndpoint
codebuild CreateWebhook StartSandboxConnection UpdateWebhook
codepipeline GetJobDetails GetThirdPartyJobDetails PollForJobs
cognito-identity GetCredentialsForIdentity GetOpenIdToken GetOpenIdTokenForDeveloperIdentity
cognito-idp AddUserPoolClientSecret AdminInitiateAuth AdminRespondToAuthChallenge AssociateSoftwareToken CreateUserPoolClient DescribeUserPoolClient GetTokensFromRefreshToken InitiateAuth ListUserPoolClientSecrets RespondToAuthChallenge UpdateUserPoolClient
devicefarm CreateTestGridUrl
directconnect DescribeRouterConfiguration DescribeVirtualInterfaces
ec2 CreateKeyPair CreateVpnConnection DescribeVpnConnections ExportVerifiedAccessInstanceClientConfiguration GetPasswordData GetVpnConnectionDeviceSampleConfiguration ModifyVpnConnection ModifyVpnConnectionOptions ModifyVpnTunnelCertificate ModifyVpnTunnelOptions
ecs ExecuteCommand
elasticmapreduce GetClusterSessionCredentials GetOnClusterAppUIPresignedURL GetPersistentAppUIPresignedURL GetSessionEndpoint
evs GetDepotUrl
gamelift CreateBuild GetComputeAccess GetComputeAuthToken GetInstanceAccess RequestUploadCredentials
glue BatchGetJobs GetConnection GetConnections GetJob GetJobs GetSessionEndpoint
iam CreateAccessKey CreateServiceSpecificCredential CreateVirtualMFADevice ResetServiceSpecificCredential
interconnect AcceptConnectionProposal CreateConnection GetConnection UpdateConnection
invoicing GetProcurementPortalPreference
kinesisanalytics CreateApplicationPresignedUrl
kms Decrypt DeriveSharedSecret GenerateDataKey GenerateDataKeyPair
license-manager CreateToken GetAccessToken
lightsail CreateBucketAccessKey CreateContainerServiceRegistryLogin CreateGUISessionAccessDetails CreateKeyPair DownloadDefaultKeyPair GetBucketAccessKeys GetInstanceAccessDetails GetRelationalDatabaseMasterUserPassword
pcs RegisterComputeNodeGroupInstance
redshift GetClusterCredentials GetClusterCredentialsWithIAM GetIdentityCenterAuthToken
redshift-serverless GetCredentials GetIdentityCenterAuthToken
route53domains RetrieveDomainAuthCode TransferDomainToAnotherAwsAccount
secretsmanager BatchGetSecretValue GetRandomPassword GetSecretValue
snowball GetJobUnlockCode
ssm CreateActivation GetAccessToken ResumeSession StartSession
storagegateway DescribeChapCredentials
sts AssumeRole AssumeRoleWithSAML AssumeRoleWithWebIdentity AssumeRoot GetDelegatedAccessToken GetFederationToken GetSessionToken GetWebIdentityToken
wafv2 CreateAPIKey ListAPIKeys
workmail AssumeImpersonationRole
`;

/** Operations of ssm that hand out a SecureString when `WithDecryption` says so. */
const decrypting = /^Get(?:Parameter|Parameters|ParametersByPath|ParameterHistory)$/;

/** Services whose operations are known by their names alone, at whatever host they are asked for. */
const wellKnown: readonly string[] = [
  "sts",
  "secretsmanager",
  "kms",
  "iam",
  "api.ecr",
  "ssm",
  "ec2",
  "redshift",
];

/** Names that say it themselves: for operations that the table does not have yet, and for hosts that are not known. */
const tellingName =
  /^(?:(?:BatchGet|Get|Create|Generate|Request|Retrieve|Issue)\w*(?:Credentials|(?:Access|Auth|Authorization|Session|Federation|Login|Identity|OpenId|Signin)Token|SecretValue|MasterUserPassword)|AssumeRo(?:le|ot)\w*)$/i;

let services: ReadonlyMap<string, ReadonlySet<string>> | null = null;

/**
 * True for an operation whose answer holds credentials.
 * @param service endpoint prefix, or null for a host that is not known
 * @param asksToDecrypt whether the request has, or may have, `WithDecryption`
 */
export function isCredentialAction(
  name: string,
  service: string | null,
  asksToDecrypt: () => boolean,
): boolean {
  const among = service === null ? wellKnown : [service];
  if (tellingName.test(name) || among.some((each) => tableOf(each).has(name))) return true;
  return among.includes("ssm") && decrypting.test(name) && asksToDecrypt();
}

function tableOf(service: string): ReadonlySet<string> {
  services ??= new Map(
    table
      .trim()
      .split("\n")
      .map((line) => line.split(" "))
      .map(([prefix = "", ...names]) => [prefix, new Set(names)]),
  );
  return services.get(service) ?? new Set();
}
