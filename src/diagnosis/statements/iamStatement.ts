import type { Field } from "../../stages.ts";
import { signedRegionOfHost } from "../reading/calledHost.ts";
import type { RequestFacts } from "../reading/diagnosisInput.ts";
import { apiStatements } from "./apiStatements.ts";
import { type CalledParts, partitionOf } from "./calledParts.ts";
import { namedOperation } from "./namedOperation.ts";
import type { IamStatement } from "./statement.ts";
import { storeStatements } from "./storeStatements.ts";

/** What a statement is made from. */
export interface StatementFacts {
  /** Signing name. */
  readonly service: string | null;
  readonly request: Pick<RequestFacts, "method" | "host" | "path" | "region"> & {
    readonly query?: string | null;
    readonly headers?: readonly Field[];
    readonly bodyText?: string | null;
    readonly apiType?: string | null;
  };
  /** Twelve digits, or null while unknown. */
  readonly account: string | null;
}

/** Stands where a part is not known: a person has to fill it in. */
const unknownAccount = "ACCOUNT_ID";

/** One row for each service whose requests tell their action and resource by host, method and path. */
const makers: ReadonlyMap<string, (parts: CalledParts) => IamStatement | null> = new Map([
  ...apiStatements,
  ...storeStatements,
]);

/**
 * The statement that allows a request; null for a service whose requests do not tell. Capital letters
 * (`FUNCTION_NAME`) stand where the request does not say it.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference.html
 */
export function statementFor({ service, request, account }: StatementFacts): IamStatement | null {
  const { method, host, path } = request;
  const region = request.region ?? signedRegionOfHost(host);
  if (service === null || method === null || host === null || path === null || region === null) return null;
  const parts: CalledParts = {
    method,
    host: host.replace(/:\d+$/, ""),
    path: path.replace(/^\//, ""),
    query: new URLSearchParams(request.query ?? ""),
    headers: request.headers ?? [],
    body: request.bodyText ?? "",
    apiType: request.apiType ?? null,
    region,
    account: account ?? unknownAccount,
    partition: partitionOf(region),
  };
  return makers.get(service)?.(parts) ?? namedOperation(service, parts);
}

/**
 * The statement that a denial of IAM asks for in its own words; null for a text that is none.
 * @param account fills in the one that API Gateway masks, where its last digits are the same
 */
export function statementOfDenial(text: string, account: string | null = null): IamStatement | null {
  const match = /is not authorized to perform: ([\w-]+:\w+)(?: on resource: "?([^\s",]+))?/.exec(
    text.replace(/\s+/g, " "),
  );
  const action = match?.[1];
  if (action === undefined) return null;
  const resource = (match?.[2] ?? "*").replace(/\*{8}(\d{4})/, (masked, last: string) =>
    account?.endsWith(last) === true ? account : masked,
  );
  return { Effect: "Allow", Action: action, Resource: resource };
}
