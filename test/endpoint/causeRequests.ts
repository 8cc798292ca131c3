import { type RefusedCause, refusedCauses } from "../../src/endpoint/refusedCauses.ts";
import { circumstances } from "./causeRows.ts";

/** A request file with a request for each refusal that the endpoint knows, named after its cause. */
export function causeRequests(profile: string, url: string): string {
  return refusedCauses.map((cause) => requestFor(cause, profile, url)).join("\n");
}

const bodies: ReadonlyMap<RefusedCause, string> = new Map([
  ["apigw-waf", `\n\n${"x".repeat(9000)}`],
  ["apigw-get-with-body", "\n\n{}"],
]);

function requestFor(cause: RefusedCause, profile: string, url: string): string {
  const { service = "execute-api", request } = circumstances[cause];
  const region = request?.region ?? "us-east-1";
  const method = cause === "apigw-waf" ? "POST" : (request?.method ?? "GET");
  const path = service === "iotdevicegateway" ? `${cause}?from=/mqtt` : cause;
  const body = bodies.get(cause) ?? "";
  return [
    `### ${cause}`,
    `# @name ${cause}`,
    `# @profile ${profile}`,
    `# @region ${region}`,
    `# @service ${service}`,
    `${method} ${url}/prod/refusals/${path}${body}`,
    "",
  ].join("\n");
}
