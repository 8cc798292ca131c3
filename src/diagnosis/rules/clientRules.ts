import { type Rule, saying } from "../rule.ts";

/** What a client says before anything is sent. */
export const clientRules: readonly Rule[] = [
  saying(
    /SSO session .{0,60}(?:expired|invalid)|token from sso|Unable to load SSO token|SSO token .{0,40}(?:expired|invalid|not found)|sso login\b/i,
    "client-sso-expired",
    92,
  ),
  saying(
    /reauthenticate using 'aws login'|login credentials|signin:CreateOAuth2Token|run 'aws login'/i,
    "client-login-expired",
    94,
  ),
  saying(
    /Unable to locate credentials|Partial credentials found|Could not load credentials from any providers|NoCredentialProviders|Unable to load (?:AWS )?credentials|no valid credential sources|Missing credentials in config/i,
    "client-no-credentials",
    90,
  ),
  saying(
    /profile \(.{1,80}\) could not be found|profile .{0,80}(?:could not be found|does not exist|not found)|Infinite loop in credential|failed to get shared config profile|Could not resolve credentials using profile/i,
    "client-profile-missing",
    92,
  ),
  saying(
    /must specify a region|Region is missing|Missing region in config|Could not find region|no region (?:was )?(?:found|specified|configured)/i,
    "client-no-region",
    92,
  ),
  saying(
    /Error retrieving metadata|(?:container|EC2|instance) metadata.{0,80}(?:fail|refused|timed? ?out|404|unable|not)|Unable to (?:load|retrieve|fetch).{0,40}(?:IMDS|metadata)/i,
    "client-imds",
    90,
  ),
];
