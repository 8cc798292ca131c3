import type { Parameter } from "./namedActions.ts";

// Operations of AWS's REST services whose answer holds credentials, by the output members of botocore's service models
// (1.43, Apache-2.0): keys, tokens, passwords, private keys, and URLs that sign a person in. Three services that botocore
// does not have (rolesanywhere, the credential provider of iot, the sign-in page) are from their documentation.
// One a line: host label, method, path, operation. `*` is one segment, `**` one or more; `?name` must be there and not false.
const table = `
airflow POST /clitoken/* CreateCliToken
airflow POST /webtoken/* CreateWebLoginToken
amplify GET /apps ListApps
amplify GET /apps/* GetApp
amplify GET /apps/*/branches ListBranches
amplify GET /apps/*/branches/* GetBranch
amplifybackend GET /backend/*/challenge/* GetToken
amplifybackend POST /backend/*/challenge CreateToken
amplifyuibuilder POST /tokens/* ExchangeCodeForToken
amplifyuibuilder POST /tokens/*/refresh RefreshToken
apigateway GET /apikeys?includeValues GetApiKeys
apigateway GET /apikeys/*?includeValue GetApiKey
apigateway GET /usageplans/*/keys GetUsagePlanKeys
apigateway GET /usageplans/*/keys/* GetUsagePlanKey
apigateway POST /apikeys CreateApiKey
apigateway POST /usageplans/*/keys CreateUsagePlanKey
appsync GET /v1/apis/*/apikeys ListApiKeys
appsync POST /v1/apis/*/apikeys CreateApiKey
appsync POST /v1/apis/*/apikeys/* UpdateApiKey
bedrock-agentcore POST /identities/GetWorkloadAccessToken GetWorkloadAccessToken
bedrock-agentcore POST /identities/GetWorkloadAccessTokenForJWT GetWorkloadAccessTokenForJWT
bedrock-agentcore POST /identities/GetWorkloadAccessTokenForUserId GetWorkloadAccessTokenForUserId
bedrock-agentcore POST /identities/api-key GetResourceApiKey
bedrock-agentcore POST /identities/oauth2/token GetResourceOauth2Token
bedrock-agentcore POST /identities/payment/token GetResourcePaymentToken
chime GET /accounts/*/bots ListBots
chime GET /accounts/*/bots/* GetBot
chime POST /accounts/*/bots CreateBot
chime POST /accounts/*/bots/* RegenerateSecurityToken
codeartifact POST /v1/authorization-token GetAuthorizationToken
codecatalyst PUT /v1/accessTokens CreateAccessToken
codecatalyst PUT /v1/spaces/*/projects/*/devEnvironments/*/session StartDevEnvironmentSession
connect GET /user/federate/* GetFederationToken
connect POST /auth/code/* CreateAuthCode
credentials.iot GET /role-aliases/*/credentials AssumeRoleWithCertificate
datazone GET /v2/domains/*/connections/* GetConnection
datazone GET /v2/domains/*/environments/*/credentials GetEnvironmentCredentials
deadline GET /2023-10-12/farms/*/fleets/*/read-roles AssumeFleetRoleForRead
deadline GET /2023-10-12/farms/*/fleets/*/workers/*/fleet-roles AssumeFleetRoleForWorker
deadline GET /2023-10-12/farms/*/fleets/*/workers/*/queue-roles AssumeQueueRoleForWorker
deadline GET /2023-10-12/farms/*/queues/*/read-roles AssumeQueueRoleForRead
deadline GET /2023-10-12/farms/*/queues/*/user-roles AssumeQueueRoleForUser
eks GET /eks-anywhere-subscriptions ListEksAnywhereSubscriptions
eks GET /eks-anywhere-subscriptions/* DescribeEksAnywhereSubscription
eks-auth POST /clusters/*/assume-role-for-pod-identity AssumeRoleForPodIdentity
emr-containers POST /virtualclusters/*/endpoints/*/credentials GetManagedEndpointSessionCredentials
emr-serverless GET /applications/*/jobruns/*/dashboard GetDashboardForJobRun
emr-serverless GET /applications/*/sessions/*/endpoint GetSessionEndpoint
finspace GET /kx/environments/*/connectionString GetKxConnectionString
finspace-api GET /credentials/programmatic GetProgrammaticAccessCredentials
finspace-api POST /datasets/*/dataviewsv2/*/external-access-details GetExternalDataViewAccessDetails
finspace-api POST /user/*/password ResetUserPassword
grafana POST /workspaces/*/apikeys CreateWorkspaceApiKey
grafana POST /workspaces/*/serviceaccounts/*/tokens CreateWorkspaceServiceAccountToken
iot POST /keys-and-certificate CreateKeysAndCertificate
iot POST /provisioning-templates/*/provisioning-claim CreateProvisioningClaim
iotmanagedintegrations POST /provisioning-profiles CreateProvisioningProfile
iotwireless GET /wireless-devices/* GetWirelessDevice
ivs POST /BatchGetStreamKey BatchGetStreamKey
ivs POST /CreateChannel CreateChannel
ivs POST /CreateStreamKey CreateStreamKey
ivs POST /GetStreamKey GetStreamKey
ivschat POST /CreateChatToken CreateChatToken
ivsrealtime POST /CreateIngestConfiguration CreateIngestConfiguration
ivsrealtime POST /CreateParticipantToken CreateParticipantToken
ivsrealtime POST /CreateStage CreateStage
ivsrealtime POST /GetIngestConfiguration GetIngestConfiguration
kinesisvideo POST /getDASHStreamingSessionURL GetDASHStreamingSessionURL
kinesisvideo POST /getHLSStreamingSessionURL GetHLSStreamingSessionURL
kinesisvideo POST /v1/get-ice-server-config GetIceServerConfig
lakeformation POST /AssumeDecoratedRoleWithSAML AssumeDecoratedRoleWithSAML
lakeformation POST /GetTemporaryDataLocationCredentials GetTemporaryDataLocationCredentials
lakeformation POST /GetTemporaryGluePartitionCredentials GetTemporaryGluePartitionCredentials
lakeformation POST /GetTemporaryGlueTableCredentials GetTemporaryGlueTableCredentials
lambda POST /2025-09-09/microvms/**/auth-token CreateMicrovmAuthToken
lambda POST /2025-09-09/microvms/**/shell-auth-token CreateMicrovmShellAuthToken
geo GET /metadata/v0/keys/* DescribeKey
geo POST /metadata/v0/keys CreateKey
managedblockchain GET /accessors/* GetAccessor
managedblockchain POST /accessors CreateAccessor
mediapackage GET /channels ListChannels
mediapackage GET /channels/* DescribeChannel
mediapackage POST /channels CreateChannel
mediapackage PUT /channels/*/credentials RotateChannelCredentials
mediapackage PUT /channels/*/ingest_endpoints/*/credentials RotateIngestEndpointCredentials
meetings-chime GET /meetings/*/attendees ListAttendees
meetings-chime GET /meetings/*/attendees/* GetAttendee
meetings-chime POST /meetings/*/attendees CreateAttendee
meetings-chime POST /meetings?operation CreateMeetingWithAttendees
oidc POST /client/register RegisterClient
oidc POST /token CreateToken
participant.connect POST /participant/connection CreateParticipantConnection
pca-connector-scep GET /challengePasswords/** GetChallengePassword
pca-connector-scep POST /challenges CreateChallenge
portal.sso GET /federation/credentials GetRoleCredentials
quicksight GET /accounts/*/dashboards/*/embed-url GetDashboardEmbedUrl
quicksight GET /accounts/*/session-embed-url GetSessionEmbedUrl
quicksight POST /accounts/*/embed-url/** GenerateEmbedUrl
rolesanywhere POST /sessions CreateSession
route53globalresolver GET /tokens/* GetAccessToken
route53globalresolver POST /tokens/* CreateAccessToken
s3 GET /**?session CreateSession
s3-control GET /v20180820/accessgrantsinstance/dataaccess GetDataAccess
signin GET /federation?SigninToken login
signin POST /v1/token CreateOAuth2Token
wickr GET /networks/*/oidc GetOidcInfo
wickr GET /networks/*/tdf GetOpentdfConfig
wickr POST /networks/*/oidc/save RegisterOidcConfig
wickr POST /networks/*/tdf RegisterOpentdfConfig
`;

interface Route {
  readonly label: string;
  readonly method: string;
  readonly path: RegExp;
  readonly parameter: string | null;
  readonly operation: string;
}

let routes: readonly Route[] | null = null;

/** What a REST request is addressed by: the host without region and suffix, and the rest as it is sent. */
export interface AddressedRequest {
  readonly hostName: string;
  readonly method: string;
  readonly path: string;
  readonly query: readonly Parameter[];
}

/** The REST operation that hands out credentials to this request; null for any other request. */
export function credentialRoute({ hostName, method, path, query }: AddressedRequest): string | null {
  routes ??= table.trim().split("\n").map(readRoute);
  const name = hostName.replace(/s3express-[a-z0-9-]+$/, "s3");
  const forms = pathForms(path);
  const route = routes.find(
    (each) =>
      each.method === method &&
      `.${name}.`.includes(`.${each.label}.`) &&
      forms.some((form) => each.path.test(form)) &&
      (each.parameter === null || query.some((parameter) => asksFor(parameter, each.parameter))),
  );
  return route?.operation ?? null;
}

function readRoute(line: string): Route {
  const [label = "", method = "", target = "", operation = ""] = line.split(" ");
  const [path = "", parameter = null] = target.split("?");
  const pattern = path.replace("/**", "(?:/.*)?").replaceAll(/(?<!\.)\*/g, "[^/]+");
  return { label, method, path: new RegExp(`^${pattern}/?$`, "is"), parameter, operation };
}

function asksFor({ name, value }: Parameter, wanted: string | null): boolean {
  return name.toLowerCase() === wanted?.toLowerCase() && value.toLowerCase() !== "false";
}

/** The path decoded segment by segment and decoded as a whole: `%2F` parts segments for some servers and not for others. */
function pathForms(path: string): readonly string[] {
  const plain = path.replace(/[?#].*$/s, "");
  const bySegment = plain.split("/").map((segment) => decode(segment).replaceAll("/", "%2F"));
  return [normalised(bySegment), normalised(decode(decode(plain)).split("/"))];
}

function normalised(segments: readonly string[]): string {
  const kept: string[] = [];
  for (const segment of segments) {
    if (segment === "..") kept.pop();
    else if (segment !== "." && segment !== "") kept.push(segment);
  }
  return `/${kept.join("/")}`;
}

function decode(text: string): string {
  return text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
