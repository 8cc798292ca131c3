import type { RequestBody } from "../requestBody.ts";
import type { Header, RequestChange, RequestSettings, ResolvedRequest } from "../stages.ts";
import type { PreparedTrip } from "./trip.ts";

type Resolved = Pick<PreparedTrip, "auth"> & { readonly request: ResolvedRequest };

/**
 * True when a request is the one that was sent but for what a change says: the same host, signer, headers, body and
 * settings, and no value from outside that was not in it.
 */
export function changesOnly(change: RequestChange, before: Resolved, after: Resolved): boolean {
  return (
    isSameBeside(before.request, after.request) &&
    isSameAuth(change, before, after) &&
    isTargetChanged(change, before.request, after.request) &&
    areHeadersChanged(change, before.request.headers, after.request.headers) &&
    areSettingsChanged(change, before.request.settings, after.request.settings)
  );
}

function isSameBeside(before: ResolvedRequest, after: ResolvedRequest): boolean {
  return (
    after.name === before.name &&
    after.title === before.title &&
    after.method === before.method &&
    isSameBody(before.body, after.body) &&
    after.outsideValues.every((kind) => before.outsideValues.includes(kind)) &&
    after.privateValues.every((value) => before.privateValues.includes(value))
  );
}

/** A file that stays on the disk is the same while it is the very one that was found. */
function isSameBody(before: RequestBody, after: RequestBody): boolean {
  const [old, now] = [before, after].map((body) => (body instanceof Uint8Array ? [body] : body.parts));
  if (old === undefined || now === undefined || old.length !== now.length) return false;
  return old.every((part, at) => {
    const other = now[at];
    if (part === other) return true;
    return part instanceof Uint8Array && other instanceof Uint8Array && Buffer.compare(part, other) === 0;
  });
}

function isSameAuth(change: RequestChange, before: Resolved, after: Resolved): boolean {
  if (change.kind === "directive" && change.key === "auth") return true;
  const { auth } = before;
  return auth?.kind === after.auth?.kind && modeOf(before) === modeOf(after);
}

function modeOf({ auth }: Resolved): string {
  return auth?.kind === "sign" ? JSON.stringify(auth.mode) : "";
}

function isTargetChanged(
  change: RequestChange,
  { target: before }: ResolvedRequest,
  { target: after }: ResolvedRequest,
): boolean {
  if (after.scheme !== before.scheme || after.authority !== before.authority) return false;
  if (after.host !== before.host || after.port !== before.port) return false;
  const [old, now] = [before, after].map(({ path, query }) => (query === null ? path : `${path}?${query}`));
  if (old === undefined || now === undefined) return false;
  // What is signed has no plus in its query.
  if (change.kind === "directive") return now.replaceAll("+", "%20") === old.replaceAll("+", "%20");
  return change.kind === "header" ? now === old : isReplacedOnce(old, now, change.from, change.to);
}

function isReplacedOnce(before: string, after: string, from: string, to: string): boolean {
  for (let at = before.indexOf(from); at !== -1; at = before.indexOf(from, at + 1)) {
    if (`${before.slice(0, at)}${to}${before.slice(at + from.length)}` === after) return true;
  }
  return false;
}

function areHeadersChanged(
  change: RequestChange,
  before: readonly Header[],
  after: readonly Header[],
): boolean {
  if (change.kind !== "header") return isSame(sent(before, null), sent(after, null));
  const name = change.name.toLowerCase();
  if (!isSame(sent(before, name), sent(after, name))) return false;
  const now = after.filter((header) => header.name.toLowerCase() === name);
  // Where a typed header goes, ours may come.
  if (change.value === null) return now.every(({ origin }) => origin === "default");
  return now.length === 1 && now[0]?.value === change.value;
}

function sent(headers: readonly Header[], without: string | null): readonly unknown[] {
  return headers
    .filter(({ name }) => name.toLowerCase() !== without)
    .map(({ name, value, origin }) => [name, value, origin]);
}

function areSettingsChanged(change: RequestChange, before: RequestSettings, after: RequestSettings): boolean {
  const key = change.kind === "directive" ? change.key : null;
  if (!isSame(values(before, key), values(after, key))) return false;
  if (change.kind !== "directive" || change.value === null) return true;
  const value = after[change.key]?.value;
  return (typeof value === "object" ? value.kind : value) === change.value.split(" ")[0];
}

/** Their places move with the lines. */
function values(settings: RequestSettings, without: string | null): readonly unknown[] {
  return Object.entries(settings)
    .filter(([key]) => key !== without)
    .map(([key, { value }]) => [key, value]);
}

function isSame(before: unknown, after: unknown): boolean {
  return JSON.stringify(before) === JSON.stringify(after);
}
