import type { Field } from "../../stages.ts";
import { signedRegionOfHost } from "../reading/calledHost.ts";
import type { RequestFacts } from "../reading/diagnosisInput.ts";
import { apiStatements } from "./apiStatements.ts";
import { type CalledParts, partitionOf } from "./calledParts.ts";
import { denialParts } from "./denialSentence.ts";
import { namedOperation } from "./namedOperation.ts";
import { allowedTo, type IamStatement } from "./statement.ts";
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
 * The statement that a denial of IAM asks for in its own words; null for a text that is none, and for one whose resource
 * is not there whole.
 * @param account fills in the one that API Gateway masks, where its last digits are the same
 */
export function statementOfDenial(text: string, account: string | null = null): IamStatement | null {
  const denial = denialParts(text);
  if (denial === null) return null;
  const named = /\bon (?:the )?(?:following )?resource/i.test(text);
  if (denial.resource === null && named) return null;
  const resource = (denial.resource ?? "*").replace(/\*{8}(\d{4})/, (masked, last: string) =>
    account?.endsWith(last) === true ? account : masked,
  );
  return { Effect: "Allow", Action: denial.action, Resource: resource };
}

/** As it can be copied into a policy, where a masked account stands for none: a person fills in the place. */
export function forPolicy(statement: IamStatement): IamStatement {
  const { Resource } = statement;
  return typeof Resource === "string"
    ? { ...statement, Resource: Resource.replace(/\*{8}\d{4}/, unknownAccount) }
    : statement;
}

/**
 * The same for the resource's own policy, to whoever was denied; null where that is not told. What is denied to anybody
 * is not allowed to everybody.
 */
export function statementOfResource(text: string, statement: IamStatement | null): IamStatement | null {
  const user = denialParts(text)?.user ?? "";
  if (statement === null) return null;
  if (/^[a-z0-9.-]{1,60}\.amazonaws\.com$/.test(user)) return allowedTo({ Service: user }, statement);
  const isWhole = /^arn:aws[\w-]{0,20}:(?:iam|sts)::\d{12}:[\w+=,.@/-]{1,600}$/.test(user);
  return isWhole ? allowedTo({ AWS: user }, statement) : null;
}
