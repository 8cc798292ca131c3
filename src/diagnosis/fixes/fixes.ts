import type { RequestChange } from "../../stages.ts";
import type { CanonicalDifference } from "../canonical/canonicalDiff.ts";
import { canonicalParts } from "../canonical/canonicalEcho.ts";
import { decodedOnce, isEncodingOf } from "../canonical/encodings.ts";
import { type Cause, causes } from "../causes/causes.ts";
import { signedRegionOfHost } from "../reading/calledHost.ts";
import { isForeignUrl } from "../reading/calledOperation.ts";
import { clocksOf } from "../reading/serverTime.ts";
import type { Symptoms } from "../reading/symptoms.ts";
import type { IamStatement } from "../statements/statement.ts";
import type { Fix, FixCommand } from "./fix.ts";
import { isSeen } from "./seenText.ts";

/** From what fixes are made. */
interface Mending {
  readonly symptoms: Symptoms;
  readonly difference: CanonicalDifference | undefined;
  readonly statement: IamStatement | null;
}

type Mender = (mending: Mending) => readonly Fix[];

/** What can be done about a cause: what a program can do first, then what a person has to, then where to read on. */
export function fixesFor(cause: Cause, mending: Mending): readonly Fix[] {
  const { statement } = mending;
  const [advice, ...links] = adviceFor(cause);
  return [
    ...(menders.get(cause)?.(mending) ?? []),
    ...(advice === undefined ? [] : [advice]),
    ...(statement === null ? [] : [copyOf("Copy the statement", JSON.stringify(statement, null, 2))]),
    ...links,
  ];
}

/** What a person has to do about a cause, and where to read on. */
export function adviceFor(cause: Cause): readonly Fix[] {
  const { fix, page } = causes[cause];
  return [
    { kind: "advice", title: fix },
    { kind: "link", title: "What AWS says of it", url: page },
  ];
}

const switching = commandOf("Sign as another profile", { id: "switchProfile" });
const refreshing = commandOf("Get new credentials and send again", { id: "refreshCredentials" });
const again = commandOf("Send again", { id: "sendAgain" });

const menders: ReadonlyMap<Cause, Mender> = new Map<Cause, Mender>([
  ["scope-wrong-region", regionOfTheHost],
  ["s3-wrong-region", regionOfTheBucket],
  ["scope-wrong-service", serviceOfTheAnswer],
  ["clock-behind", serverTime],
  ["clock-ahead", serverTime],
  ["clock-skew-s3", serverTime],
  ["stale-signature", () => [again]],
  // Somebody else's URL is the same when it is sent again.
  ["presign-expired", ({ symptoms }) => (isForeignUrl(symptoms) ? [] : [again])],
  ["cred-expired-token", () => [refreshing, switching]],
  ["cred-invalid-key", () => [switching]],
  ["cred-missing-session-token", () => [switching]],
  ["cred-wrong-partition", () => [switching]],
  ["iam-no-identity-allow", () => [switching]],
  ["sig-path-encoding", ({ symptoms, difference }) => pathAsItArrived(symptoms, difference)],
  ["sig-query-encoding", ({ symptoms, difference }) => queryAsItArrived(symptoms, difference)],
  ["sig-content-type-changed", ({ symptoms, difference }) => headerAsItArrived(symptoms, difference)],
  ["sig-content-length", ({ symptoms, difference }) => headerAsItArrived(symptoms, difference)],
  ["sig-header-mutated", ({ symptoms, difference }) => headerAsItArrived(symptoms, difference)],
  ["unsigned-request", ({ symptoms }) => signIt(symptoms)],
  ["apigw-api-key", ({ symptoms }) => apiKey(symptoms)],
  ["client-sso-expired", () => [copyOf("Copy the command", "aws sso login")]],
  ["client-login-expired", () => [copyOf("Copy the command", "aws login")]],
]);

function regionOfTheHost({ symptoms: { request } }: Mending): readonly Fix[] {
  const region = signedRegionOfHost(request.host);
  return region === null || region === request.region ? [] : [directive("region", region)];
}

function regionOfTheBucket({ symptoms: { text, answer, header } }: Mending): readonly Fix[] {
  const region =
    /expecting '([a-z0-9-]{1,40})'/.exec(text)?.[1] ??
    answer.fields.get("Region") ??
    header("x-amz-bucket-region");
  return /^[a-z0-9-]{1,40}$/.test(region) ? [directive("region", region)] : [];
}

function serviceOfTheAnswer({ symptoms: { text } }: Mending): readonly Fix[] {
  const service = /scoped to correct service: '([a-z0-9-]{1,40})'/i.exec(text)?.[1];
  return service === undefined ? [] : [directive("service", service)];
}

function directive(key: "region" | "service", value: string): Fix {
  return editOf(`Sign for ${value}: # @${key} ${value}`, { kind: "directive", key, value });
}

/** Milliseconds: a day, the most that can be signed with. */
const longestOffset = 24 * 60 * 60 * 1000;

function serverTime({ symptoms }: Mending): readonly Fix[] {
  const clocks = clocksOf(symptoms);
  if (clocks === null) return [];
  const offset = clocks.server - clocks.ours;
  // Such a clock has to be set: certificates do not hold by it either. Or it was no clock, but an old signature.
  if (Math.abs(offset) > longestOffset) return [];
  return [commandOf("Sign with the server's time", { id: "signWithServerTime", offset })];
}

/** The path that gives the canonical path which the service computed: ours in another encoding, never another one. */
function pathAsItArrived({ request }: Symptoms, difference: CanonicalDifference | undefined): readonly Fix[] {
  if (difference === undefined || request.path === null) return [];
  const theirs = decodedOnce(difference.theirs);
  const isPath = /^\/[\x21-\x7e]*$/.test(theirs) && !/[?#]/.test(theirs);
  if (!isPath || !isEncodingOf(request.path, theirs)) return [];
  // The text may have the host and the stage in variables: only the segments that differ are replaced.
  const at = sameSegments(request.path, theirs);
  const change = { kind: "target", from: request.path.slice(at), to: theirs.slice(at) } as const;
  return [editOf("Write the path as it arrives", change)];
}

/** Characters up to the slash before the first segment that differs. */
function sameSegments(ours: string, theirs: string): number {
  let at = 0;
  while (at < ours.length && ours[at] === theirs[at]) at += 1;
  return Math.max(0, ours.lastIndexOf("/", at));
}

function queryAsItArrived(
  { request }: Symptoms,
  difference: CanonicalDifference | undefined,
): readonly Fix[] {
  if (difference === undefined || request.query === null || request.query === "") return [];
  const { theirs } = difference;
  const isQuery = /^[\x21-\x7e]*$/.test(theirs) && !theirs.includes("#");
  if (!isQuery || !isEncodingOf(sortedQuery(request.query), sortedQuery(theirs))) return [];
  return [editOf("Write the query as it arrives", { kind: "target", from: request.query, to: theirs })];
}

/** As it is canonical: a name alone has an empty value. */
function sortedQuery(query: string): string {
  const pairs = query.split("&").map((pair) => (pair === "" || pair.includes("=") ? pair : `${pair}=`));
  return pairs.sort().join("&");
}

/** They say what is to be done; no proxy has a reason to write them. */
const doing = /^(?:x-amz-|x-amzn-|x-http-method|x-method-override)/;

/** Of the headers that we signed: a service has no names of its own. */
function headerAsItArrived(
  { signing }: Symptoms,
  difference: CanonicalDifference | undefined,
): readonly Fix[] {
  const { name, theirs } = difference ?? {};
  if (name == null || theirs === undefined || theirs === "‹hidden›" || !isSeen(theirs)) return [];
  const signed = canonicalParts(signing.canonicalRequest ?? "")?.headers ?? [];
  if (!signed.some(([found]) => found === name) || doing.test(name)) return [];
  return theirs === ""
    ? [editOf(`Do not send ${name}`, { kind: "header", name, value: null })]
    : [editOf(`Send ${name} as it arrives`, { kind: "header", name, value: theirs })];
}

function signIt({ request }: Symptoms): readonly Fix[] {
  if (request.signed !== false) return [];
  return [editOf("Sign it: # @auth iam", { kind: "directive", key: "auth", value: "iam" })];
}

function apiKey({ request }: Symptoms): readonly Fix[] {
  if (request.headers.some(([name]) => name.toLowerCase() === "x-api-key")) return [];
  const change = { kind: "header", name: "x-api-key", value: "{{apiKey}}", expands: true } as const;
  return [editOf("Send an API key from the environment", change)];
}

function editOf(title: string, change: RequestChange): Fix {
  return { kind: "edit", title, change, proved: false };
}

function commandOf(title: string, command: FixCommand): Fix {
  return { kind: "command", title, command };
}

function copyOf(title: string, text: string): Fix {
  return { kind: "copy", title, text };
}
