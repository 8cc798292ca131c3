import type { Cause } from "../causes/causes.ts";
import type { Symptoms } from "../reading/symptoms.ts";
import { quoted, type Rule, saying, type Verdict } from "./rule.ts";

/** What clients say before anything is sent. */
export const clientRules: readonly Rule[] = [
  saying(
    /SSO (?:session|access token|token).{0,80}(?:expired|invalid|not found|missing|does not exist)|(?:expired|invalid|refresh|load|retriev|find)\w* .{0,40}SSO (?:session|token)|token from sso|SSOToken(?:Load|Provider)?Error|UnauthorizedSSOToken|AWS SSO accounts?:.{0,20}Session token not found|Session token not found or invalid|aws sso login|sso login --|invalid_grant.{0,80}refresh token|Invalid refresh token provided|refreshing AWS IAM Identity Center token|SSO OIDC: CreateToken|Identity Center .{0,60}(?:expired|invalid)|Token is expired\. To refresh/i,
    "client-sso-expired",
    93,
  ),
  saying(
    /re-?u?authenticate with 'aws login'|re-?authenticate using 'aws login'|login credentials|CreateOAuth2Token|(?:run|using|with) [`'"]aws login\b|login_session/i,
    "client-login-expired",
    97,
  ),
  saying(
    /profile \(.{1,80}\) could not be found|Circular relationship detected with profiles|(?:profile|source_profile) .{0,120}(?:could not be found|does(?:n't| not) (?:exist|seem to be configured)|not found|must have credentials|contained no credentials|is not configured|cannot be found|was not found)|Infinite loop in credential|(?:failed to get|failed to load) (?:shared config )?profile|SharedConfigProfileNotExist|No AWS profile named|Unable to find the '.{1,80}' profile|ProfileNotFound|Could not resolve credentials using profile|'.{1,80}' not found in credentials file/i,
    "client-profile-missing",
    94,
  ),
  saying(
    /must specify a region|Region is missing|MissingRegion|Missing (?:the )?region|(?:Could not|Unable to) (?:find|load|determine|resolve|locate) (?:a |the |an AWS )?region\b|No region (?:was |has been )?(?:found|specified|configured|provided|set)|No RegionEndpoint|region must be (?:set|specified)|partition_matching_region|ec2imds: GetRegion|argument "region" is required|Invalid Configuration: Missing Region|configuration options?: region\b|"region" configuration value is required|region (?:is )?not (?:set|configured|specified)/i,
    "client-no-region",
    95,
  ),
  (symptoms) => credentialProcess(symptoms),
  (symptoms) => containerEndpoint(symptoms),
  noCredentials,
  metadata,
];

const process =
  /credential[_ ]process|custom-process|Process(?:Credentials?)?Provider|CredentialProcess|Command returned non-zero exit value/i;

/** The program that a profile names for its credentials gave none. */
function credentialProcess({ text }: Symptoms): readonly Verdict[] {
  const match = process.exec(text);
  if (match === null || !/fail|error|exception|did not|exit|timed? ?out|not found|invalid/i.test(text))
    return [];
  const detail =
    "The command of the profile's credential_process gave no credentials. Run it by hand to see why.";
  return [{ cause: "client-no-credentials", weight: 93, evidence: [quoted(match[0])], detail }];
}

/** Asked only where the environment names a container's endpoint, so that credentials were to come from there. */
function containerEndpoint({ text }: Symptoms): readonly Verdict[] {
  const match =
    /CredentialsEndpointError|from ECS metadata|(?:invalid|not a valid) .{0,40}(?:endpoint host|hostname)/i.exec(
      text,
    );
  if (match === null || !/169\.254\.170\.|CredentialsEndpointError|ECS metadata/.test(text)) return [];
  return metadataVerdict(97, [quoted(match[0])]);
}

const none =
  /Unable to locate (?:AWS )?credentials|Partial credentials found|(?:Could not|Unable to|Failed to) (?:load|find|locate|resolve|obtain|get) (?:AWS |any |valid )*credentials(?! from (?:the )?(?:EC2|ECS|IMDS|instance|container))|NoCredentialProviders|no valid (?:credential sources|providers in chain)|no providers in chain|Missing ?credentials|without credentials set|(?:provider )?credentials (?:were )?not found|no (?:AWS )?credentials (?:have been|were|are|found|provided|configured|available)|Cannot read credentials from|Unable to resolve AWS account|NoAuthHandlerFound|no credentials in the property|CredentialsNotLoaded|No AWS access key|EnvAccessKeyNotFound|AWS_ACCESS_KEY_ID .{0,60}(?:not set|not found|missing|must be)/i;

/** The chain gave nothing; that its last link was the machine's metadata is most often no news. */
function noCredentials({ text }: Symptoms): readonly Verdict[] {
  const match = none.exec(text);
  // What STS said to somebody who had credentials is not that there were none.
  if (match === null || /is not authorized to perform|security token included/i.test(text)) return [];
  const evidence = [quoted(match[0])];
  const also = asked.test(text) ? metadataVerdict(66, evidence) : [];
  // The chain names each of its links, a profile that is not there among them.
  const whole = /NoCredentialProviders|providers in chain/.test(text) ? 96 : 92;
  return [
    { cause: "client-no-credentials", weight: also.length === 0 || whole > 92 ? whole : 69.5, evidence },
    ...also,
  ];
}

/** The metadata of the machine or the container was asked. */
const asked =
  /169\.254\.169\.254|169\.254\.170\.2\d?|fd00:ec2::|ec2imds|\bIMDS\b|(?:EC2|ECS|container|instance)(?: instance| profile| role)?[ -](?:metadata|profile|role|credentials)|EC2Metadata(?:Error|Client)|EC2RoleRequest|InstanceMetadata|InstanceProfile|CredentialsEndpointError|metadata (?:service|server|endpoint)/i;

/** A client's account of what the machine's metadata answered; the status is that one's. */
export function tellsOfMetadata({ text, answer }: Symptoms): boolean {
  return answer.form !== "xml" && answer.form !== "html" && askedByClient.test(text.slice(0, 20_000));
}

const askedByClient =
  /EC2MetadataClient|ECS metadata|Error retrieving (?:credentials?|metadata)|(?:Credential|Metadata)RetrievalError|169\.254\.170\.2/i;

const failing =
  /fail|error|refused|time|404|401|unable|not found|could not|cannot|no (?:EC2|route|instance)|unreachable|exceeded/i;

function metadata({ text }: Symptoms): readonly Verdict[] {
  const match = asked.exec(text);
  if (match === null || !failing.test(text) || none.test(text)) return [];
  const evidence = [quoted(text.slice(Math.max(0, match.index - 60), match.index + 80))];
  return [
    ...metadataVerdict(
      /Error retrieving (?:metadata|credentials? from (?:the )?(?:ECS|EKS|container))|container metadata|http request to retrieve credentials failed/i.test(
        text,
      )
        ? 90
        : 69,
      evidence,
    ),
    { cause: "client-no-credentials", weight: 60, evidence, detail: elsewhere },
  ];
}

const elsewhere =
  "The machine's metadata is what a client asks last: away from EC2 and ECS this means that nothing before it had credentials.";

function metadataVerdict(weight: number, evidence: readonly string[]): readonly Verdict[] {
  const cause: Cause = "client-imds";
  return [{ cause, weight, evidence }];
}
