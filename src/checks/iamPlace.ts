import { UserError } from "../errors.ts";
import { addressKind } from "./privateAddress.ts";
import type { AwsPlace } from "./refused.ts";

/** An endpoint that somebody chose, and who: `AWS_ENDPOINT_URL_IAM`, `~/.aws/config:3`. */
export interface ChosenEndpoint {
  readonly value: string;
  readonly place: string;
}

/**
 * Where IAM is asked, which has one endpoint in each partition.
 * @throws UserError `E_IAM_ENDPOINT`
 * @see https://docs.aws.amazon.com/general/latest/gr/iam-service.html
 */
export function iamPlace(partition: string, chosen: ChosenEndpoint | null): AwsPlace {
  const [host, region] = hosts.get(partition) ?? ["iam.amazonaws.com", "us-east-1"];
  return { endpoint: chosen === null ? `https://${host}` : checkedEndpoint(chosen), region };
}

const hosts: ReadonlyMap<string, readonly [host: string, region: string]> = new Map([
  ["aws-cn", ["iam.cn-north-1.amazonaws.com.cn", "cn-north-1"]],
  ["aws-us-gov", ["iam.us-gov.amazonaws.com", "us-gov-west-1"]],
  ["aws-iso", ["iam.us-iso-east-1.c2s.ic.gov", "us-iso-east-1"]],
  ["aws-iso-b", ["iam.us-isob-east-1.sc2s.sgov.gov", "us-isob-east-1"]],
  ["aws-eusc", ["iam.eusc-de-east-1.amazonaws.eu", "eusc-de-east-1"]],
]);

/** The request bears the session token, so plain http is for this machine alone. */
function checkedEndpoint({ value, place }: ChosenEndpoint): string {
  const url = /^https?:\/\/[^\s@\\]+$/i.test(value) && URL.canParse(value) ? new URL(value) : null;
  if (url?.protocol === "https:" || (url !== null && isThisMachine(url.hostname))) return value;
  throw new UserError({
    code: "E_IAM_ENDPOINT",
    phase: "credentials",
    message: `The IAM endpoint given by ${place} is ${url === null ? "not a URL" : "plain http to another machine"}.`,
    hint: "Give an https:// URL; http:// is for loopback addresses only.",
  });
}

function isThisMachine(host: string): boolean {
  return /(?:^|\.)localhost$/.test(host) || addressKind(host.replace(/^\[(.*)\]$/, "$1")) === "loopback";
}
