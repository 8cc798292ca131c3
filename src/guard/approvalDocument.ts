import type { OutsideValue, Signer } from "../stages.ts";
import type { Approval, ApprovalSubject, Destination } from "./approvalStore.ts";

/** Approvals as they were read. */
export interface ReadApprovals {
  readonly approvals: readonly Approval[];
  /** How many are of an earlier version, which did not say whether it was https: they approve nothing. */
  readonly outdated: number;
}

/** The text of an approvals file: one approval a line, so that a person can read and delete them. */
export function serialiseApprovals(approvals: readonly Approval[]): string {
  const lines = approvals.map(({ subject, used }) =>
    JSON.stringify({ ...writtenSubject(subject), used: new Date(used).toISOString() }),
  );
  return `{"version": 1, "approvals": [\n${lines.join(",\n")}\n]}\n`;
}

function writtenSubject(subject: ApprovalSubject): object {
  switch (subject.kind) {
    case "signing": {
      const { signer, ...rest } = subject;
      return { ...rest, ...writtenSigner(signer) };
    }
    case "credentials": {
      const { signer, to, ...rest } = subject;
      return { ...rest, ...writtenSigner(signer), ...to };
    }
    case "connection":
    case "value": {
      const { to, ...rest } = subject;
      return { ...rest, ...to };
    }
    case "process":
      return subject;
  }
}

function writtenSigner(signer: Signer): object {
  return signer.kind === "profile" ? { profile: signer.name } : { keys: signer.kind };
}

/** The approvals of such a text; null when it is none. A line that is not understood approves nothing. */
export function parseApprovals(text: string): ReadApprovals | null {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return null;
  }
  const fields = fieldsOf(document);
  const entries: unknown = fields?.get("approvals");
  if (fields?.get("version") !== 1 || !Array.isArray(entries)) return null;
  const read = entries.map((entry: unknown) => fieldsOf(entry));
  return {
    approvals: read.flatMap((entry) => approvalOf(entry) ?? []),
    outdated: read.filter(isOutdated).length,
  };
}

function isOutdated(fields: Fields | null): boolean {
  const kind = fields?.get("kind");
  return (kind === "credentials" || kind === "values") && !fields?.has("scheme");
}

type Fields = ReadonlyMap<string, unknown>;

/** Own fields only: nothing is ever found on a prototype. */
function fieldsOf(value: unknown): Fields | null {
  return typeof value === "object" && value !== null ? new Map(Object.entries(value)) : null;
}

function approvalOf(fields: Fields | null): Approval | null {
  const subject = fields === null ? null : subjectOf(fields);
  const written = fields?.get("used");
  const used = typeof written === "string" ? Date.parse(written) : Number.NaN;
  return subject === null || Number.isNaN(used) ? null : { subject, used };
}

function subjectOf(fields: Fields): ApprovalSubject | null {
  const kind = fields.get("kind");
  if (kind === "process") {
    const [profile, hash] = [fields.get("profile"), fields.get("hash")];
    return isText(profile) && isText(hash) ? { kind, profile, hash } : null;
  }
  const folder = fields.get("folder");
  if (!isText(folder)) return null;
  return kind === "signing" || kind === "credentials"
    ? signedSubject(kind, folder, fields)
    : sentSubject(kind, folder, fields);
}

function signedSubject(
  kind: "signing" | "credentials",
  folder: string,
  fields: Fields,
): ApprovalSubject | null {
  const [signer, to, role] = [signerOf(fields), destinationOf(fields), fields.get("role")];
  if (signer === null || !isTextOrNull(role)) return null;
  if (kind === "signing") return { kind, folder, signer, role };
  const changes = fields.get("changes");
  return to !== null && typeof changes === "boolean" ? { kind, folder, signer, role, to, changes } : null;
}

function sentSubject(kind: unknown, folder: string, fields: Fields): ApprovalSubject | null {
  const [to, value] = [destinationOf(fields), fields.get("value")];
  if (to === null) return null;
  if (kind === "connection") return { kind, folder, to };
  return kind === "value" && isOutsideValue(value) ? { kind, folder, to, value } : null;
}

function signerOf(fields: Fields): Signer | null {
  const [name, keys] = [fields.get("profile"), fields.get("keys")];
  if (isText(name)) return keys === undefined ? { kind: "profile", name } : null;
  return isKeysKind(keys) ? { kind: keys } : null;
}

function destinationOf(fields: Fields): Destination | null {
  const [scheme, host, connectTo] = ["scheme", "host", "connectTo"].map((key) => fields.get(key));
  return isText(scheme) && isText(host) && isTextOrNull(connectTo) ? { scheme, host, connectTo } : null;
}

const keysKinds: ReadonlySet<unknown> = new Set([
  "environment",
  "web-identity",
  "container",
  "instance",
  "private-environment",
]);
const outsideValues: ReadonlySet<unknown> = new Set(["include", "processEnv", "privateEnvironment"]);

function isKeysKind(value: unknown): value is Exclude<Signer["kind"], "profile"> {
  return keysKinds.has(value);
}

function isOutsideValue(value: unknown): value is OutsideValue {
  return outsideValues.has(value);
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function isTextOrNull(value: unknown): value is string | null {
  return value === null || typeof value === "string";
}
