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

/** What a request has that nobody signs here: it is told from others by that. */
const unsigned: ReadonlyMap<
  RefusedCause,
  { readonly directive?: string; readonly header?: string; readonly query?: string }
> = new Map([
  ["apigw-resource-policy", { directive: "# @auth none" }],
  ["token-refused", { header: "Authorization: Bearer example" }],
  ["presigned-credentials-ended", { query: "?X-Amz-Signature=00&X-Amz-Security-Token=t" }],
]);

function requestFor(cause: RefusedCause, profile: string, url: string): string {
  const { service = "execute-api", request } = circumstances[cause];
  const region = request?.region ?? "us-east-1";
  const method = cause === "apigw-waf" ? "POST" : (request?.method ?? "GET");
  const path = service === "iotdevicegateway" ? `${cause}?from=/mqtt` : cause;
  const body = bodies.get(cause) ?? "";
  const { directive, header = "", query = "" } = unsigned.get(cause) ?? {};
  return [
    `### ${cause}`,
    `# @name ${cause}`,
    `# @profile ${profile}`,
    `# @region ${region}`,
    directive ?? `# @service ${service}`,
    `${method} ${url}/prod/refusals/${path}${query}${header === "" ? "" : `\n${header}`}${body}`,
    "",
  ].join("\n");
}
