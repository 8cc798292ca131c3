import type { AnswerHeaders } from "./answer.ts";
import { splitTarget } from "./canonicalQuery.ts";
import type { ByteString, RawRequest } from "./rawRequest.ts";

/** The ids that one answer bears, as API Gateway, S3 and the other services write them. */
export interface AnswerIds {
  readonly request: string;
  readonly gateway: string;
  readonly s3Request: string;
  readonly s3Host: string;
}

/** What is known when one request is answered. */
export interface Scene {
  readonly request: RawRequest;
  /** As received, without the query. */
  readonly path: ByteString;
  readonly region: string;
  /** The endpoint's clock. */
  readonly now: Date;
  readonly ids: AnswerIds;
}

/** The account whose users sign at a local endpoint. */
export const localAccount = "123456789012";

/** Who signs at a local endpoint. */
export const localUserArn = `arn:aws:iam::${localAccount}:user/local`;

/** The one action that a REST API asks for. */
export const invoke = "execute-api:Invoke";

/** The scene of a request that has just been read. */
export function sceneOf(
  request: RawRequest,
  region: string,
  now: Date,
  random: (size: number) => Uint8Array,
): Scene {
  return { request, path: splitTarget(request.target).path, region, now, ids: newIds(random) };
}

/** New ids. */
export function newIds(random: (size: number) => Uint8Array): AnswerIds {
  const hex = Buffer.from(random(16)).toString("hex");
  return {
    request: hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5"),
    gateway: Buffer.from(random(11)).toString("base64"),
    s3Request: Buffer.from(random(8)).toString("hex").toUpperCase(),
    s3Host: Buffer.from(random(56)).toString("base64"),
  };
}

/** The ARN of a method as policies see it, and with a masked account as API Gateway's answers show it. */
export function methodArn({ request, path, region }: Scene, account: "whole" | "masked"): string {
  const [, stage = "", ...segments] = path.split("/");
  const shown = account === "whole" ? localAccount : `********${localAccount.slice(-4)}`;
  return `arn:aws:execute-api:${region}:${shown}:local/${stage}/${request.method}/${segments.join("/")}`;
}

/** What every answer of API Gateway bears. */
export function gatewayHeaders({ now, ids }: Pick<Scene, "now" | "ids">, errorType?: string): AnswerHeaders {
  const headers: [string, string][] = [
    ["Date", now.toUTCString()],
    ["x-amzn-RequestId", ids.request],
    ["x-amz-apigw-id", ids.gateway],
  ];
  if (errorType !== undefined) headers.push(["x-amzn-ErrorType", errorType]);
  return headers;
}
