import type { RequestFacts } from "./diagnosisInput.ts";

/** The least statement of a policy that allows a request. */
export interface IamStatement {
  readonly Effect: "Allow";
  readonly Action: string | readonly string[];
  readonly Resource: string;
}

/** What a statement is made from. */
export interface StatementFacts {
  /** Signing name. */
  readonly service: string | null;
  readonly request: Pick<RequestFacts, "method" | "host" | "path" | "region">;
  /** Twelve digits, or null while unknown. */
  readonly account: string | null;
}

/** Stands where a part is not known: a person has to fill it in. */
const unknownAccount = "ACCOUNT_ID";

interface Parts {
  readonly method: string;
  readonly host: string;
  /** Without the slash before it. */
  readonly path: string;
  readonly region: string;
  readonly account: string;
  readonly partition: string;
}

type Maker = (parts: Parts) => IamStatement | null;

/** One row for each service whose requests tell their action and resource. */
const makers: ReadonlyMap<string, Maker> = new Map<string, Maker>([
  ["execute-api", apiStatement],
  ["lambda", functionUrlStatement],
  ["appsync", (parts) => allow("appsync:GraphQL", arn(parts, "appsync", "apis/API_ID/*"))],
  ["es", searchStatement],
  ["aoss", (parts) => allow("aoss:APIAccessAll", arn(parts, "aoss", `collection/${label(parts.host)}`))],
  ["s3", bucketStatement],
]);

/**
 * The statement that allows a request, from its host, method and path; null for a service whose requests do not tell.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference.html
 */
export function statementFor({ service, request, account }: StatementFacts): IamStatement | null {
  const { method, host, path, region } = request;
  const make = makers.get(service ?? "");
  if (make === undefined || method === null || host === null || path === null || region === null) return null;
  return make({
    method,
    host: host.replace(/:\d+$/, ""),
    path: path.replace(/^\//, ""),
    region,
    account: account ?? unknownAccount,
    partition: partitionOf(region),
  });
}

/** The statement that a denial of IAM asks for in its own words; null for a text that is none. */
export function statementOfDenial(text: string): IamStatement | null {
  const match = /is not authorized to perform: ([\w-]+:\w+)(?: on resource: "?([^\s",]+))?/.exec(
    text.replace(/\s+/g, " "),
  );
  const action = match?.[1];
  return action === undefined ? null : allow(action, match?.[2] ?? "*");
}

/** REST: `api/stage/METHOD/path`; the path is the request's, not the template's. */
function apiStatement(parts: Parts): IamStatement | null {
  const [stage = "", ...rest] = parts.path.split("/");
  if (stage === "" || !/\.execute-api\./.test(parts.host)) return null;
  const api = label(parts.host);
  if (rest[0] === "@connections")
    return allow(
      "execute-api:ManageConnections",
      arn(parts, "execute-api", `${api}/${stage}/${parts.method}/@connections/*`),
    );
  return allow(
    "execute-api:Invoke",
    arn(parts, "execute-api", `${api}/${stage}/${parts.method}/${rest.join("/")}`),
  );
}

/** Both actions: since October 2025 a function URL checks the second as well. */
function functionUrlStatement(parts: Parts): IamStatement | null {
  if (!/\.lambda-url\./.test(parts.host)) return null;
  return {
    ...allow("", arn(parts, "lambda", "function:FUNCTION_NAME")),
    Action: ["lambda:InvokeFunctionUrl", "lambda:InvokeFunction"],
  };
}

/** `search-NAME-26characters.region.es.amazonaws.com`. */
function searchStatement(parts: Parts): IamStatement | null {
  const domain = /^(?:search|vpc)-(.+)-[a-z0-9]{26}$/.exec(label(parts.host))?.[1] ?? "DOMAIN_NAME";
  const method = parts.method.charAt(0).toUpperCase() + parts.method.slice(1).toLowerCase();
  return allow(`es:ESHttp${method}`, arn(parts, "es", `domain/${domain}/*`));
}

const objectActions: ReadonlyMap<string, string> = new Map([
  ["GET", "s3:GetObject"],
  ["HEAD", "s3:GetObject"],
  ["PUT", "s3:PutObject"],
  ["POST", "s3:PutObject"],
  ["DELETE", "s3:DeleteObject"],
]);

function bucketStatement({ host, path, method, partition }: Parts): IamStatement | null {
  const inHost = /^(.+)\.s3[.-]/.exec(host)?.[1];
  const [first = "", ...rest] = path.split("/");
  const bucket = inHost ?? first;
  const key = inHost === undefined ? rest.join("/") : path;
  const action = objectActions.get(method);
  if (bucket === "" || action === undefined) return null;
  return key === ""
    ? allow("s3:ListBucket", `arn:${partition}:s3:::${bucket}`)
    : allow(action, `arn:${partition}:s3:::${bucket}/${key}`);
}

function allow(Action: string, Resource: string): IamStatement {
  return { Effect: "Allow", Action, Resource };
}

function arn({ partition, region, account }: Parts, service: string, resource: string): string {
  return `arn:${partition}:${service}:${region}:${account}:${resource}`;
}

function label(host: string): string {
  return host.split(".")[0] ?? "";
}

function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}
