import { arn, type CalledParts, label, textsOf } from "./calledParts.ts";
import { graphqlRoot } from "./graphqlRoot.ts";
import { allow, type IamStatement } from "./statement.ts";

type Maker = (parts: CalledParts) => IamStatement | null;

/** Services that stand before somebody's own code. */
export const apiStatements: ReadonlyMap<string, Maker> = new Map<string, Maker>([
  ["execute-api", apiStatement],
  ["lambda", lambdaStatement],
  ["appsync", graphqlStatement],
  ["vpc-lattice-svcs", latticeStatement],
  ["iotdata", thingStatement],
  ["bedrock", modelStatement],
  ["aps", (parts) => allow(prometheusAction(parts.path), arn(parts, "aps", workspaceOf(parts.path)))],
]);

/** REST: `api/stage/METHOD/path`; the path is the request's, not the template's. */
function apiStatement(parts: CalledParts): IamStatement {
  const isDefault = /\.execute-api\./.test(parts.host);
  const api = isDefault ? label(parts.host).split("-vpce-", 1)[0] : "API_ID";
  const segments = parts.path.split("/");
  // An HTTP API's default stage has no name in the path, and neither has any behind a domain of one's own.
  const hasStage = isDefault && !/^http$/i.test(parts.apiType ?? "");
  const named = hasStage ? segments.shift() : undefined;
  const stage = named || (isDefault ? "$default" : "STAGE");
  const resource = (rest: string) => arn(parts, "execute-api", `${api}/${stage}/${rest}`);
  if (/^websocket$/i.test(parts.apiType ?? "")) return allow("execute-api:Invoke", resource("$connect"));
  if (segments[0] === "@connections")
    return allow("execute-api:ManageConnections", resource(`${parts.method}/@connections/*`));
  return allow("execute-api:Invoke", resource(`${parts.method}/${segments.join("/")}`));
}

/** Both actions for a URL: since October 2025 it takes the second as well. */
function lambdaStatement(parts: CalledParts): IamStatement | null {
  if (/\.lambda-url\./.test(parts.host))
    return allow(
      ["lambda:InvokeFunctionUrl", "lambda:InvokeFunction"],
      arn(parts, "lambda", "function:FUNCTION_NAME"),
    );
  if (/\.lambda-web\./.test(parts.host))
    return allow(
      "lambda:InvokeWebFunctionEndpoint",
      arn(parts, "lambda", "web-function/FUNCTION_NAME/endpoint/ENDPOINT"),
    );
  const name = /^2015-03-31\/functions\/([^/]+)\/invocations$/.exec(parts.path)?.[1];
  if (name === undefined) return null;
  const decoded = decodedName(name);
  const resource = decoded.startsWith("arn:") ? decoded : arn(parts, "lambda", `function:${decoded}`);
  return allow("lambda:InvokeFunction", resource);
}

/** Root fields of the operation, each with its type. */
function graphqlStatement(parts: CalledParts): IamStatement {
  const { kind, fields: names } = graphqlRoot(textsOf(parts.body).get("query") ?? "");
  const type = kind.charAt(0).toUpperCase() + kind.slice(1);
  const fields = names.map((field) => arn(parts, "appsync", `apis/API_ID/types/${type}/fields/${field}`));
  const [only, ...more] = fields;
  if (only === undefined) return allow("appsync:GraphQL", arn(parts, "appsync", "apis/API_ID/*"));
  return allow("appsync:GraphQL", more.length === 0 ? only : fields);
}

function latticeStatement(parts: CalledParts): IamStatement {
  return allow("vpc-lattice-svcs:Invoke", arn(parts, "vpc-lattice", `service/SERVICE_ID/${parts.path}`));
}

/** `topics/T`, `things/T/shadow`. */
function thingStatement(parts: CalledParts): IamStatement | null {
  const [kind, ...rest] = parts.path.split("/").map(decodedName);
  if (kind === "topics") return allow("iot:Publish", arn(parts, "iot", `topic/${rest.join("/")}`));
  if (kind !== "things") return null;
  const actions = new Map([
    ["GET", "iot:GetThingShadow"],
    ["POST", "iot:UpdateThingShadow"],
    ["DELETE", "iot:DeleteThingShadow"],
  ]);
  const action = actions.get(parts.method);
  return action === undefined ? null : allow(action, arn(parts, "iot", `thing/${rest[0] ?? "THING_NAME"}`));
}

/** `model/ID/invoke`, `model/ID/converse`, each with a stream. */
function modelStatement(parts: CalledParts): IamStatement | null {
  const [, id = "", operation = ""] = /^model\/([^/]+)\/([\w-]+)$/.exec(parts.path) ?? [];
  if (id === "") return null;
  const action = /stream/.test(operation) ? "bedrock:InvokeModelWithResponseStream" : "bedrock:InvokeModel";
  const model = decodedName(id);
  if (model.startsWith("arn:")) return allow(action, model);
  const foundation = (name: string, region: string) =>
    `arn:${parts.partition}:bedrock:${region}::foundation-model/${name}`;
  // A profile of several regions needs both itself and the model in each of them.
  const across = /^(?:us|eu|apac|global|us-gov)\.(.+)$/.exec(model)?.[1];
  return across === undefined
    ? allow(action, foundation(model, parts.region))
    : allow(action, [arn(parts, "bedrock", `inference-profile/${model}`), foundation(across, "*")]);
}

function prometheusAction(path: string): string {
  if (/remote_write$/.test(path)) return "aps:RemoteWrite";
  if (/\/(?:series)$/.test(path)) return "aps:GetSeries";
  return /\/labels?\b/.test(path) ? "aps:GetLabels" : "aps:QueryMetrics";
}

function workspaceOf(path: string): string {
  return `workspace/${/workspaces\/([^/]+)/.exec(path)?.[1] ?? "WORKSPACE_ID"}`;
}

/** As written when it is no UTF-8. */
function decodedName(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
