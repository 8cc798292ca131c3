import { version } from "../../package.json";

/** What `awsreq --version` prints. */
export const versionText = `awsreq ${version}`;

/** What `awsreq --help` prints. */
export const helpText = `awsreq: send AWS-signed requests from request files, and see how they were signed

  awsreq send FILE      sign and send; the answer's body goes to standard output
  awsreq explain FILE   sign and show how, line by line; sends nothing
  awsreq whoami [FILE]  who signs, asked of AWS: account, ARN, expiry
  awsreq diagnose [FILE] why AWS refused a request: JSON, HAR, raw HTTP, curl -v
                                                          [--json] [--profile P]
  awsreq list FILE      the requests of a file            [--json]
  awsreq approvals      what was approved: list           [--json]
                        forget ID… or forget --all
  awsreq endpoint       a local IAM-secured pet store     [--port N] [--policy FILE]

Which request (FILE may be - for standard input):
  --request NAME        the request with "# @name NAME", else the one titled NAME
  --line N              the request at that line
  --all                 every request, in order, but those that are "# @disabled";
                        what cannot be sent is told, and the rest is sent

Who signs, and for what:
  --profile P           AWS profile; wins over "# @profile" and AWS_PROFILE
  --role ARN            a role on top of the profile; wins over "# @role"
  --mfa-code CODE       the six digits, where the profile has mfa_serial
  --region R            region to sign for
  --service S           service to sign for, for example execute-api
  --auth iam|none       sign, or do not, where neither the file nor the host says;
                        never undoes "# @auth"
  --approve P@HOST      let profile P sign for HOST from now on, in this folder;
                        environment@, container@, instance@ name keys without a
                        profile, @HOST lets includes and private values go to HOST;
                        may be repeated

Values:
  --env NAME            environment of http-client.env.json
  --var NAME=VALUE      a variable; may be repeated, wins over the file

send:
  --timeout 30s         for the whole exchange (500ms, 30s, 2m), the wait for the
                        first byte (60 s otherwise) and silences (30 s) included
  --confirm             yes to what "# @confirm" and "# @note" ask, and to nothing else
  --output FILE         write the body's exact bytes to FILE
  --include             status lines and headers before the body, trailers behind it
  --clock-offset S      seconds to add to this machine's clock when signing
  --run-checks          after a refusal, ask AWS and the host about it (each is listed
                        first: whoami, clock, route, policies); nothing is changed
  --verbose             how it was signed, and where the time went, on standard error
  --json                one JSON document on standard output, nothing else

diagnose:
  --profile P           sign the request of the capture again with P's secret, and say
                        how it was signed (raw HTTP, HAR, curl -v, a curl command)

explain:
  --at 20150830T123600Z sign as if it were then
  --presign SECONDS     a presigned URL in place of the Authorization header
  --json                one JSON document on standard output, nothing else

endpoint:
  --port N              listen there; 8998 unless told otherwise, 0 for any free port
  --policy FILE         JSON with the IAM policies that hold: identity, resource,
                        boundary, session, scp, rcp, vpcEndpoint

Exit codes:
  0  every answer was below 400          3  refused, or no credentials
  1  an answer of 400 or more            4  no complete answer (network, cut or damaged body)
  2  usage, or a problem in the file     70 a bug in awsreq · 130, 143 interrupted

NO_COLOR turns colours off.
`;
