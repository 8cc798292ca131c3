import { arn, type CalledParts, label } from "./calledParts.ts";
import { allow, type IamStatement } from "./statement.ts";

type Maker = (parts: CalledParts) => IamStatement | null;

/** Services that keep somebody's data. */
export const storeStatements: ReadonlyMap<string, Maker> = new Map<string, Maker>([
  ["s3", bucketStatement],
  ["es", searchStatement],
  ["aoss", (parts) => allow("aoss:APIAccessAll", arn(parts, "aoss", `collection/${label(parts.host)}`))],
  ["neptune-db", graphStatement],
]);

/** `search-NAME-26characters.region.es.amazonaws.com`. */
function searchStatement(parts: CalledParts): IamStatement {
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

const bucketActions: ReadonlyMap<string, string> = new Map([
  ["GET", "s3:ListBucket"],
  ["HEAD", "s3:ListBucket"],
  ["PUT", "s3:CreateBucket"],
  ["POST", "s3:DeleteObject"],
  ["DELETE", "s3:DeleteBucket"],
]);

/** Parts of a bucket or an object that have actions of their own; `{}` is Get, Put or Delete. */
const subresources: ReadonlyMap<string, readonly [bucket: string, object: string]> = new Map([
  ["acl", ["s3:{}BucketAcl", "s3:{}ObjectAcl"]],
  ["tagging", ["s3:{}BucketTagging", "s3:{}ObjectTagging"]],
  ["policy", ["s3:{}BucketPolicy", "s3:{}BucketPolicy"]],
  ["location", ["s3:GetBucketLocation", "s3:GetBucketLocation"]],
  ["versioning", ["s3:{}BucketVersioning", "s3:{}BucketVersioning"]],
  ["versions", ["s3:ListBucketVersions", "s3:ListBucketVersions"]],
  ["cors", ["s3:{}BucketCORS", "s3:{}BucketCORS"]],
  ["uploads", ["s3:ListBucketMultipartUploads", "s3:PutObject"]],
  ["versionId", ["s3:{}ObjectVersion", "s3:{}ObjectVersion"]],
]);

const verbs: ReadonlyMap<string, string> = new Map([
  ["GET", "Get"],
  ["HEAD", "Get"],
  ["PUT", "Put"],
  ["POST", "Put"],
  ["DELETE", "Delete"],
]);

/** What is deleted by the permission to put it has no action of its own. */
function named(action: string): string {
  return action.replace(/^s3:Delete(?=Bucket(?:Tagging|CORS)$|ObjectAcl$|BucketAcl$)/, "s3:Put");
}

function bucketStatement({ host, path, method, partition, query }: CalledParts): IamStatement | null {
  const inHost = /^(.+)\.s3[.-]/.exec(host)?.[1];
  const [first = "", ...rest] = path.split("/");
  const bucket = inHost ?? first;
  const key = inHost === undefined ? rest.join("/") : path;
  if (bucket === "") return method === "GET" ? allow("s3:ListAllMyBuckets", "*") : null;
  const part = [...subresources].find(([name]) => query.has(name))?.[1];
  const plain = (key === "" ? bucketActions : objectActions).get(method);
  const action =
    part === undefined ? plain : named(part[key === "" ? 0 : 1].replace("{}", verbs.get(method) ?? "Get"));
  if (action === undefined) return null;
  return allow(action, `arn:${partition}:s3:::${bucket}${key === "" ? "" : `/${key}`}`);
}

/** The cluster's resource id stands in no host. */
function graphStatement(parts: CalledParts): IamStatement {
  const writes = /mutation|\bupdate=|\.(?:addV|addE|drop|property)\(|\b(?:CREATE|MERGE|DELETE|SET)\b/.test(
    `${parts.body}${parts.query.toString()}`,
  );
  const actions = writes
    ? ["neptune-db:ReadDataViaQuery", "neptune-db:WriteDataViaQuery", "neptune-db:DeleteDataViaQuery"]
    : "neptune-db:ReadDataViaQuery";
  return allow(actions, arn(parts, "neptune-db", "CLUSTER_RESOURCE_ID/*"));
}
