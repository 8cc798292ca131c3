import { type FaultRow, fails, passes, row } from "../faultRow.ts";

const credentials = (code: string, says: string) => fails(code, "credentials", says);
const output = (says: string) => credentials("E_PROCESS_OUTPUT", says);
const sts = (says: string) => credentials("E_STS", says);

/** Faults of who signs. */
export const credentialFaults: readonly FaultRow[] = [
  row(
    96,
    "There is no such profile, or none at all",
    "Who chose the profile, which files were read, and the nearest names. Nobody else signs instead.",
    "Correct the name; `aws configure` makes a profile, `awsreq endpoint` a local one.",
    {
      "an unknown profile": credentials("E_PROFILE_UNKNOWN", "Did you mean"),
      "an empty file": credentials("E_NO_CREDENTIALS", "there is no default profile"),
      "no ~/.aws": credentials("E_NO_CREDENTIALS", "there is no ~/.aws/config"),
      "no home": credentials("E_NO_CREDENTIALS", "HOME is not set"),
      "a profile that gives nothing": credentials("E_PROFILE_EMPTY", "nothing that gives credentials"),
    },
  ),
  row(
    97,
    "The AWS files are odd",
    "They are read as the AWS CLI reads them; what it cannot read is named by file and line, never by content.",
    "Correct the line that is named.",
    {
      "a byte order mark": passes(),
      CRLF: passes(),
      tabs: passes(),
      "a section twice": passes(),
      "[default] beside [profile default]": passes(),
      "a comment behind a value": credentials("E_KEY_FORM", "aws_secret_access_key"),
      "a nested s3 block": passes(),
      "the name __proto__": passes(),
      "a file of 5 MB": passes(),
      "more than 5 MB": credentials("E_AWS_CONFIG", "it is larger than 5 MB"),
      "invalid UTF-8": credentials("E_AWS_CONFIG", "it is not UTF-8"),
      "UTF-16": credentials("E_AWS_CONFIG", "it is UTF-16"),
      "a folder in its place": credentials("E_AWS_FILE", "it is a directory, not a file"),
      "a line that is none": credentials("E_AWS_CONFIG", "~/.aws/config:2"),
    },
  ),
  row(
    98,
    "A role has no source that holds",
    "The chain with its place, and where it breaks.",
    "Give `source_profile` a profile with keys or a credential process.",
    {
      "a circle": credentials("E_PROFILE_LOOP", "a → b → a"),
      itself: credentials("E_PROFILE_LOOP", "a → a"),
      "a source that does not exist": credentials("E_PROFILE_SOURCE", "does not exist"),
      "five roles deep": passes(),
      "no source": credentials("E_PROFILE_SOURCE", "role_arn but no source_profile"),
      "an unknown credential_source": credentials("E_PROFILE_SOURCE", "credential_source"),
    },
  ),
  row(
    99,
    "A credential process gives no credentials",
    "What is wrong with what it gave. Its command, output and standard error are never shown: they may hold keys. It has a minute, a megabyte, no input and no terminal; what it started ends with it.",
    "Run the command yourself; it has to print JSON of Version 1.",
    {
      "a program that is not there": credentials("E_PROCESS_START", "credential_process"),
      "exit code 1, with a secret on standard error": credentials("E_PROCESS_EXIT", "ended with exit code 1"),
      "no JSON": output("it did not print JSON"),
      "Version 2": output("Version 2"),
      expired: credentials("E_PROCESS_EXPIRED", "expired at 2020-01-01"),
      "without Expiration": passes(),
      "10 MB": output("printed more than"),
      "a byte order mark": passes(),
      "a path with blanks": passes(),
      "nothing that can be read from it": output("it printed nothing"),
    },
  ),
  row(
    100,
    "The profile wants a sign-in (SSO, `aws login`)",
    "That this kind is not supported yet, and where the profile says so. Nobody else signs instead; no cache of other tools is read.",
    "Let another profile borrow its credentials: `credential_process = aws configure export-credentials --profile NAME`.",
    {
      sso_session: credentials("E_PROFILE_KIND", "IAM Identity Center sign-in"),
      sso_start_url: credentials("E_PROFILE_KIND", "IAM Identity Center sign-in"),
      login_session: credentials("E_PROFILE_KIND", "console sign-in"),
      "as the source of a role": credentials(
        "E_PROFILE_KIND",
        "aws configure export-credentials --profile sso",
      ),
    },
  ),
  row(
    101,
    "The second factor fails",
    "That it is the code, not the role. A code is never shown.",
    "Wait for the next code: each is good once. `--mfa-code` gives it where nobody can be asked.",
    {
      "nobody can be asked": credentials("E_MFA", "--mfa-code"),
      "a code that STS does not take": credentials("E_MFA_CODE", "STS does not take the code"),
      "five digits": credentials("E_MFA_CODE", "is not six digits"),
      "a code with a blank": passes(),
    },
  ),
  row(
    102,
    "STS does not give the role",
    "STS's own code and status, without what it said beyond that. Nothing is asked again without a reason.",
    "What the advice says: another source, region or role; or wait.",
    {
      "403 AccessDenied": sts("AccessDenied, status 403"),
      "403 RegionDisabledException": sts("another region"),
      "429 Throttling": sts("Throttling, status 429"),
      "503": sts("status 503"),
      "a page in place of an answer": sts("status 502"),
      "nobody listens": sts("ECONNREFUSED"),
    },
  ),
  row(
    103,
    "The credentials end before the request is sent",
    "When they ended; with less than five minutes left a note, and the request goes.",
    "Get new ones, and send again.",
    {
      "they have ended": credentials("E_CREDENTIALS_EXPIRED", "expired at"),
      "they end in four minutes": passes("end in"),
    },
  ),
  row(
    104,
    "The keys in the environment are not whole",
    "Which variable is missing, empty, or has something around its value; never the value.",
    "Set both variables, or unset both, or choose a profile with `--profile`.",
    {
      "no secret": credentials("E_ENV_KEYS", "AWS_SECRET_ACCESS_KEY is not set"),
      "no key id": credentials("E_ENV_KEYS", "AWS_ACCESS_KEY_ID is not set"),
      "an empty secret": credentials("E_ENV_KEYS", "AWS_SECRET_ACCESS_KEY is empty"),
      "empty strings": credentials("E_NO_CREDENTIALS", "(AWS_ACCESS_KEY_ID): empty"),
      "a line break at the end": credentials("E_KEY_FORM", "AWS_SECRET_ACCESS_KEY ends with a line break"),
      "a blank in front": credentials("E_KEY_FORM", "AWS_SECRET_ACCESS_KEY begins or ends with a blank"),
      "in quotes": credentials("E_KEY_FORM", "written in quotes"),
    },
  ),
  row(
    105,
    "A container or an instance gives no credentials",
    "That it was asked, and how long. In VS Code neither is asked until you turn that on; then a second is waited for.",
    "Outside of EC2 and containers, choose a profile.",
    {
      "a container's address that is not allowed": credentials(
        "E_METADATA_ENDPOINT",
        "AWS_CONTAINER_CREDENTIALS_FULL_URI",
      ),
      "a container that answers with an error": credentials("E_METADATA", "500"),
      "turned off by the environment": credentials("E_NO_CREDENTIALS", "there is no default profile"),
    },
  ),
];
