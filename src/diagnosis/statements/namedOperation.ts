import { arn, type CalledParts, textsOf } from "./calledParts.ts";
import { allow, type IamStatement } from "./statement.ts";

/** Services whose actions have another prefix than their signing name. */
const prefixes: ReadonlyMap<string, string> = new Map([
  ["monitoring", "cloudwatch"],
  ["email", "ses"],
  ["iotdata", "iot"],
  ["tagging", "tag"],
  ["states", "states"],
]);

/**
 * The statement for a request that names its operation: `X-Amz-Target: DynamoDB_20120810.GetItem`, or `Action=` in the
 * query or a form. Null for one that names none. The resource is `*` where the request does not tell it.
 */
export function namedOperation(service: string, parts: CalledParts): IamStatement | null {
  const target = parts.headers.find(([name]) => name.toLowerCase() === "x-amz-target")?.[1];
  const form = new URLSearchParams(parts.body.startsWith("{") ? "" : parts.body.slice(0, 20_000));
  const given = (name: string) => parts.query.get(name) ?? form.get(name);
  const operation = target?.split(".").at(-1) ?? given("Action");
  if (operation === null || operation === undefined || !/^[A-Z]\w{1,80}$/.test(operation)) return null;
  const texts = textsOf(parts.body);
  const value = (name: string) => texts.get(name) ?? given(name) ?? undefined;
  const resource = resources.get(service)?.(parts, value) ?? "*";
  return allow(`${prefixes.get(service) ?? service}:${operation}`, resource);
}

type Value = (name: string) => string | undefined;
type ResourceOf = (parts: CalledParts, value: Value) => string | undefined;

/** What of a request names the resource. */
const resources: ReadonlyMap<string, ResourceOf> = new Map<string, ResourceOf>([
  ["dynamodb", (parts, value) => named(parts, "dynamodb", "table/", value("TableName"))],
  ["sqs", (parts, value) => queue(parts, value("QueueUrl"))],
  ["sns", (_, value) => value("TopicArn") ?? value("TargetArn")],
  ["sts", (_, value) => value("RoleArn")],
  ["kms", (parts, value) => named(parts, "kms", "key/", value("KeyId"))],
  ["secretsmanager", (parts, value) => secret(parts, value("SecretId"))],
  ["ssm", (parts, value) => named(parts, "ssm", "parameter/", value("Name")?.replace(/^\//, ""))],
  ["states", (_, value) => value("stateMachineArn") ?? value("executionArn")],
  [
    "kinesis",
    (parts, value) => value("StreamARN") ?? named(parts, "kinesis", "stream/", value("StreamName")),
  ],
  ["logs", (parts, value) => named(parts, "logs", "log-group:", value("logGroupName"))],
]);

function named(
  parts: CalledParts,
  service: string,
  kind: string,
  name: string | undefined,
): string | undefined {
  if (name === undefined || name.startsWith("arn:")) return name;
  return arn(parts, service, `${kind}${name}`);
}

/** `https://sqs.region.amazonaws.com/account/name`, in a parameter or as the path. */
function queue(parts: CalledParts, url: string | undefined): string | undefined {
  const [, account, name] = /(\d{12})\/([\w.-]+)$/.exec(url ?? parts.path) ?? [];
  return name === undefined ? undefined : `arn:${parts.partition}:sqs:${parts.region}:${account}:${name}`;
}

/** Six characters that Secrets Manager adds stand behind the name. */
function secret(parts: CalledParts, name: string | undefined): string | undefined {
  const resource = named(parts, "secretsmanager", "secret:", name);
  return resource === undefined || name?.startsWith("arn:") ? resource : `${resource}-??????`;
}
